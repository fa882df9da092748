"""The requests of a sample, with every date counted from the day it is made."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from matcher.model import Brief, RequestKind, Stage, brief_from_json
from matcher.sample.days import day_from, spoken
from matcher_resources import path_to


@dataclass(frozen=True, slots=True)
class SampleRequester:
    """Who asks."""

    key: str
    name: str
    role: str
    contact: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How members are asked about a request: how many from which day on, over how many days.

    ``paid`` and ``heard_back`` say whether the requester kept those promises; ``share``, whether details were
    given to the requester; ``open_call``, where it was also posted.
    """

    count: int
    on: date
    spread: int
    paid: bool = False
    heard_back: bool = False
    share: bool = False
    open_call: str = ""


@dataclass(frozen=True, slots=True)
class SampleCheck:
    """One answered item of a checklist."""

    item: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """One request: what it says, who sent it, its moves from stage to stage and how its asks went."""

    key: str
    kind: RequestKind
    requester: SampleRequester
    brief: Brief
    received: date
    moves: tuple[tuple[Stage, date], ...]
    note: str
    asks: Asking | None
    checks: tuple[SampleCheck, ...]
    merged_into: str

    @property
    def stage(self) -> Stage:
        """Where it stands now."""
        return self.moves[-1][0]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(path_to("samples/requests.toml").read_text(encoding="utf-8"))


def sample_requests(today: date) -> tuple[SampleRequest, ...]:
    """Every request of the sample, oldest first."""
    requesters = {key: SampleRequester(key, **who) for key, who in _file()["requesters"].items()}
    found = [_request(raw, requesters[raw["requester"]], today) for raw in _file()["request"]]
    return tuple(sorted(found, key=lambda request: request.received))


def _request(raw: dict[str, Any], requester: SampleRequester, today: date) -> SampleRequest:
    asks = raw.get("asks")
    return SampleRequest(
        key=raw["key"],
        kind=RequestKind(raw.get("kind", "request")),
        requester=requester,
        brief=_brief(raw["brief"], requester, today),
        received=_ago(today, raw["received"]),
        moves=tuple((Stage(stage), _ago(today, offset)) for stage, offset in raw["moves"]),
        note=raw.get("note", ""),
        asks=Asking(**(asks | {"on": _ago(today, asks["on"])})) if asks else None,
        checks=tuple(SampleCheck(c["item"], c["answer"], c.get("note", "")) for c in raw.get("check", ())),
        merged_into=raw.get("merged_into", ""),
    )


def _ago(today: date, offset: int) -> date:
    """A day of the past; the last week's days stay as they are, so that nothing new looks older."""
    return day_from(today, offset) if offset < -7 else date.fromordinal(today.toordinal() + offset)


def _brief(raw: dict[str, Any], requester: SampleRequester, today: date) -> Brief:
    said = {
        "requester": requester.name,
        "requester_role": requester.role,
        "contact": requester.contact,
        "organisation": requester.organisation,
    }
    sessions = [session | {"on": day_from(today, session["on"]).isoformat()} for session in raw.get("sessions", ())]
    deadline = day_from(today, raw["deadline"]) if "deadline" in raw else None
    days = {f"session{n}": session["on"] for n, session in enumerate(sessions, 1)}
    days |= {"deadline": deadline.isoformat()} if deadline else {}

    def in_words(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda m: spoken(date.fromisoformat(days[m.group(1)])), text)

    dated = {"sessions": sessions, "deadline": deadline.isoformat() if deadline else None}
    texts = {"text": in_words(raw["text"]).strip(), "deadline_text": in_words(raw.get("deadline_text", ""))}
    return brief_from_json(raw | said | dated | texts)
