"""What everybody said, remembered apart from the program, and what left because of it.

`Account` keeps who said what. Whenever anybody is asked, exported, shared or invited it is asked whether that was
right; `Tally` counts. Nothing here reads the program's own permissions.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from matcher import clock
from matcher.model import (
    Audience,
    Brief,
    Decision,
    Meetup,
    Member,
    Purpose,
    Request,
)
from matcher.storage import Store, work

PEOPLE = 4
PURPOSES = (Purpose.MEDIA, Purpose.POLICY, Purpose.OWN_EVENTS)
REQUESTS = (Audience.MEDIA, Audience.MEDIA, Audience.POLICY)
OPEN_INVITATION = "state IN ('invited', 'coming', 'waiting')"
NOES = (Decision.REFUSED, Decision.WITHDRAWN)
START = datetime(2026, 6, 1, 9, tzinfo=UTC)


@dataclass
class Said:
    """One thing a record said about a purpose. ``seq`` is the order in which it was recorded.

    ``stood``: it was a no, and nothing later was known when it was recorded. ``dated``: the date it bears is known
    to be the day on which she said so.
    """

    purpose: Purpose
    decision: Decision
    at: datetime
    seq: int
    by_hand: bool
    batch: int
    now: datetime
    until: date | None = None
    void: bool = False
    stood: bool = False
    dated: bool = True


@dataclass
class Replied:
    """One answer of a person to a request."""

    request: int
    yes: bool
    seq: int
    batch: int
    void: bool = False


@dataclass
class Tally:
    """What happened, and what must never: the counts that end in ``without``, ``late`` and ``still_open``."""

    histories: int = 0
    steps: int = 0
    asked: int = 0
    exported: int = 0
    released: int = 0
    invited: int = 0
    refused: int = 0
    asked_without: int = 0
    exported_without: int = 0
    released_without: int = 0
    invited_without: int = 0
    late: int = 0
    still_open: int = 0

    def violations(self) -> dict[str, int]:
        """The counts that must be 0."""
        return {
            "asked_without": self.asked_without, "released_without": self.released_without,
            "exported_without": self.exported_without, "invited_without": self.invited_without,
            "late": self.late, "still_open": self.still_open,
        }  # fmt: skip

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Account:
    """A store with a few people and requests, and the account of what they said."""

    store: Store
    folder: Path
    tally: Tally = field(default_factory=Tally)
    days: int = 0
    seq: int = 0
    said: dict[int, list[Said]] = field(default_factory=dict)
    replied: dict[int, list[Replied]] = field(default_factory=dict)
    undid: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.set_clock(0)
        self.connection = self.store.reader.raw_connection()
        self.eyes = self.connection.cursor()
        with work(self.store, "begin") as unit:
            people = [
                Member(first_name=f"P{i}", last_name=f"Q{i}", email=f"p{i}@example.org", phone=f"0770090010{i}",
                       created_at=unit.now, shared_phone=False)
                for i in range(PEOPLE)
            ]  # fmt: skip
            requests = [Request(received_at=unit.now, created_at=unit.now) for _ in REQUESTS]
            for request, audience in zip(requests, REQUESTS, strict=True):
                request.brief = Brief(title=f"About {audience}", audience=audience, requester="Sam Okoro")
            meetup = Meetup(title="Tea", starts_at=START + timedelta(days=900))
            unit.session.add_all([*people, *requests, meetup])
            unit.session.flush()
            self.meetup = meetup.id
            self.people = [member.id for member in people]
            self.requests = [request.id for request in requests]
            self.first_batch = unit.batch_id
        self.said = {person: [] for person in self.people}
        self.replied = {person: [] for person in self.people}

    def set_clock(self, day: int) -> None:
        self.days = day
        os.environ["MATCHER_NOW"] = (START + timedelta(days=day, seconds=self.tally.steps)).isoformat()

    def at(self, day: int, hour: int) -> datetime:
        return START.replace(hour=hour) + timedelta(days=day)

    # What was said

    def look(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands in the database now."""
        return list(self.eyes.execute(sql).fetchall())

    def group(self, person: int) -> list[int]:
        """Every record of a person."""
        root = dict(self.look("SELECT id, coalesce(merged_into, id) FROM member"))
        return [p for p in self.people if root[p] == root[person]]

    def willing(self, person: int, purpose: Purpose) -> bool:
        """Every record of hers that decided says yes, and one did."""
        words = [self._says(record, purpose) for record in self.group(person)]
        return True in words and False not in words

    def refuses(self, person: int, purpose: Purpose) -> bool:
        """One record of hers holds a no that nothing lifted."""
        return any(self._refuses(record, purpose) for record in self.group(person))

    def _says(self, record: int, purpose: Purpose) -> bool | None:
        spoken = [s for s in self.said[record] if s.purpose is purpose]
        today = clock.today()
        if self._refuses(record, purpose):
            return False
        grants = [s for s in spoken if s.decision not in NOES and not s.void]
        if any(s.until is None or s.until >= today for s in grants):
            return True
        return None

    def _refuses(self, record: int, purpose: Purpose) -> bool:
        spoken = [s for s in self.said[record] if s.purpose is purpose]
        grants = [s for s in spoken if s.decision not in NOES and not s.void]
        noes = [s for s in spoken if s.decision in NOES]
        return bool(noes) and not any(all(_outlives(g, no, grants) for no in noes) for g in grants)

    def _her_yes(self, person: int, request: int) -> bool:
        """Her last answer to the request is yes, and she said no to nothing of its kind since."""
        group = self.group(person)
        answers = sorted(
            (r for p in group for r in self.replied[p] if r.request == request and not r.void), key=lambda r: r.seq
        )
        if not answers or not answers[-1].yes:
            return False
        purpose = self.purpose(request)
        return not any(
            s.stood and s.purpose is purpose and s.seq > answers[-1].seq
            for p in group for s in self.said[p]
        )  # fmt: skip

    def purpose(self, request: int) -> Purpose:
        return Purpose(REQUESTS[self.requests.index(request)].value)

    def note(
        self, person: int, purpose: Purpose, decision: Decision, at: datetime, batch: int, *, by_hand: bool,
        until: date | None = None,
    ) -> None:  # fmt: skip
        """Remember what a person said; every record of hers is meant."""
        now, self.seq = clock.now(), self.seq + 1
        for one in self.group(person):
            before = [s.at for s in self.said[one] if s.purpose is purpose]
            moment = max(min(at, now), *before) if by_hand and before else min(at, now)
            said = Said(purpose, decision, moment, self.seq, by_hand, batch, now, until, dated=by_hand or at < now)
            self._remember(one, said)

    def note_form(self, person: int, purpose: Purpose, decision: Decision | None, at: datetime, batch: int) -> None:
        if decision is not None:
            self.note(person, purpose, decision, at, batch, by_hand=False)
            return
        self.seq += 1
        moment = min(at, clock.now())
        for one in self.group(person):  # unticked: a no of every record that had given it by then
            grants = [
                s for s in self.said[one]
                if s.purpose is purpose and s.decision not in NOES and not s.void and s.at < moment
            ]  # fmt: skip
            if any(all(_outlives(g, no, grants) for no in self._noes(one, purpose)) for g in grants):
                self._remember(one, Said(purpose, Decision.WITHDRAWN, moment, self.seq, False, batch, clock.now()))

    def _remember(self, record: int, said: Said) -> None:
        self.said[record].append(said)
        said.stood = said.decision in NOES and self._refuses(record, said.purpose)

    def _noes(self, record: int, purpose: Purpose) -> list[Said]:
        return [s for s in self.said[record] if s.purpose is purpose and s.decision in NOES]

    # What left

    def check_asked(self, person: int, request: int, what: str) -> None:
        right = self.willing(person, self.purpose(request))
        self.tally.asked += right
        self.tally.asked_without += not right
        if not right:
            self.notes.append(f"{what}: P{person} asked about R{request}")

    def check_invited(self, person: int, what: str) -> None:
        right = self.willing(person, Purpose.OWN_EVENTS)
        self.tally.invited += right
        self.tally.invited_without += not right
        if not right:
            self.notes.append(f"{what}: P{person} invited")

    def check_files(self, known: int) -> None:
        """Everybody in a file that came since number ``known`` was willing, and stands in it by her own yes."""
        written = f"id > {known} AND state = 'written'"
        files = self.look(f"SELECT kind, request_id, members FROM out_file WHERE {written}")
        for kind, request, members in files:
            for person in json.loads(members):
                right = self.willing(person, self.purpose(request))
                if kind == "outreach workbook":
                    self.tally.exported += right
                    self.tally.exported_without += not right
                else:
                    right = right and self._her_yes(person, request)
                    self.tally.released_without += not right
                if not right:
                    self.notes.append(f"{kind}: P{person}, R{request}")

    def check_releases(self, known: int) -> None:
        for person, request in self.look(f"SELECT member_id, request_id FROM release WHERE id > {known}"):
            right = self.willing(person, self.purpose(request)) and self._her_yes(person, request)
            self.tally.released += right
            self.tally.released_without += not right
            if not right:
                self.notes.append(f"release: P{person}, R{request}")

    def check_open(self) -> None:
        """Nobody whose no stands has an open ask about that kind of request."""
        going = "SELECT member_id, request_id FROM invitation WHERE state IN ('to_ask', 'asked', 'yes')"
        for person, request in self.look(going):
            if self.refuses(person, self.purpose(request)):
                self.tally.still_open += 1
                self.notes.append(f"open: P{person}, R{request}")
        for (person,) in self.look(f"SELECT member_id FROM meetup_invitation WHERE {OPEN_INVITATION}"):
            if self.refuses(person, Purpose.OWN_EVENTS):
                self.tally.still_open += 1
                self.notes.append(f"open: P{person}, the meet-up")


def _outlives(grant: Said, no: Said, grants: Sequence[Said]) -> bool:
    """Whether a yes counts although there was this no.

    A no by hand is lifted only by a yes that was recorded by hand after it. A no of a form is lifted by what is
    later, by its own date, or was recorded by hand after it; a yes from a day still to come is not later, nor is
    one under a date that cannot be right.
    """
    if grant.by_hand and grant.seq > no.seq:
        return True
    if no.by_hand:
        return any(g.by_hand and no.seq < g.seq < grant.seq for g in grants) and grant.seq > no.seq
    return grant.dated and grant.at > no.at and not (no.seq > grant.seq and grant.at > no.now)
