"""A whole sample network, written to a store of its own."""

import random
import shutil
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from matcher import clock
from matcher.consent import Permission, answer_by, record
from matcher.directory.partners import spell_partner
from matcher.model import (
    Attendance,
    Check,
    CheckIn,
    Enquiry,
    How,
    Invitation,
    InvitationState,
    Meetup,
    MeetupInvitation,
    MeetupKind,
    MeetupState,
    Member,
    OpenCall,
    Partner,
    Purpose,
    Release,
    Request,
    Requester,
    RightsCase,
    RightsKind,
    StageMove,
    brief_to_json,
    new_member_key,
)
from matcher.progress import Progress, silent
from matcher.sample.asks import History, SampleAsk, play, state_on
from matcher.sample.chance import dice
from matcher.sample.days import day_from, moment
from matcher.sample.people import NOT_COLUMNS, SampleDecision, SamplePerson, sample_people
from matcher.sample.requests import SampleRequest, sample_requests
from matcher.storage import Store, Unit, create_store, publish_passphrase, work
from matcher.triage import said_by
from matcher_resources import path_to

PASSPHRASE = "lantern"  # noqa: S105 - published on purpose: the sample holds nobody real
ORGANISATION = "Lantern Network"
SEED = 20261123

_EVIDENCE = "sample"
_RECORDER = "sample"
_SHARED_FIELDS = ["first_name", "phone"]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made, and the ids it got: ``member_ids`` in the order of ``people``, requests by key."""

    people: tuple[SamplePerson, ...]
    requests: tuple[SampleRequest, ...]
    history: History
    today: date
    rng: random.Random
    member_ids: list[int]
    request_ids: dict[str, int]


def make_sample(store_path: Path, *, members: int = 300, seed: int = SEED, progress: Progress = silent) -> Store:
    """Make a store with a fictional network in it, and return it open.

    The same seed on the same day gives the same network; dates are counted from today. Nothing stays when it
    fails or is cancelled. Raises UserError when the path is taken or cannot be written.
    """
    today = clock.today()
    progress(0, len(_STEPS) + 1, "people")
    people = sample_people(members, seed, today)
    requests = sample_requests(today)
    history = play(people, requests, seed, today)
    made = _Made(people, requests, history, today, dice(f"life {seed}"), [], {})
    store = create_store(store_path, ORGANISATION, PASSPHRASE).store
    try:
        for done, (what, step) in enumerate(_STEPS.items(), 1):
            progress(done, len(_STEPS) + 1, what)
            with work(store, f"sample: {what}") as unit:
                step(unit, made)
        publish_passphrase(store_path, PASSPHRASE)
    except BaseException:
        store.close()
        shutil.rmtree(store_path, ignore_errors=True)
        raise
    return store


def _add_members(unit: Unit, made: _Made) -> None:
    rows = [
        {key: value for key, value in asdict(person).items() if key not in NOT_COLUMNS}
        | {"member_key": new_member_key(), "created_at": min(moment(person.joined_on, made.rng), unit.now)}
        for person in made.people
    ]
    made.member_ids.extend(unit.insert(Member, rows))
    _record(unit, made, ((n, d) for n, person in enumerate(made.people) for d in person.decisions))


def _add_later_decisions(unit: Unit, made: _Made) -> None:
    later = [(n, d) for n, person in enumerate(made.people) for d in person.later]
    _record(unit, made, sorted((*later, *made.history.stops), key=lambda told: told[1].at))


def _record(unit: Unit, made: _Made, told: Iterable[tuple[int, SampleDecision]]) -> None:
    record(
        unit,
        *(
            Permission(made.member_ids[n], d.purpose, d.decision, d.at, d.how, _EVIDENCE, recorder=_RECORDER)
            for n, d in told
        ),
    )


def _add_requests(unit: Unit, made: _Made) -> None:
    requesters: dict[str, Requester] = {}
    for request in made.requests:
        who = request.requester
        received = _at(request.received, made.rng, unit.now)
        if who.key not in requesters:
            requesters[who.key] = Requester(
                name=who.name, role=who.role, contact=who.contact, organisation=who.organisation,
                created_at=received,
            )  # fmt: skip
            unit.session.add(requesters[who.key])
            unit.session.flush()
        made.request_ids[request.key] = _add_request(unit, made, request, requesters[who.key].id, received)
    for request in made.requests:
        if request.merged_into:
            row = unit.session.get_one(Request, made.request_ids[request.key])
            row.updates = made.request_ids[request.merged_into]


def _add_request(unit: Unit, made: _Made, request: SampleRequest, requester_id: int, received: datetime) -> int:
    brief = request.brief
    row = Request(
        kind=request.kind, stage=request.stage, requester_id=requester_id, title=brief.title,
        audience=brief.audience, deadline=brief.deadline, brief_json=brief_to_json(brief),
        evidence=said_by(brief, received),
        received_at=received, created_at=received, source_name="", message_id=f"<{request.key}@lantern.example>",
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()
    last = received
    for number, (stage, on) in enumerate(request.moves):
        last = max(last + timedelta(minutes=number), _at(on, made.rng, unit.now))
        note = request.note if number == len(request.moves) - 1 else ""
        unit.session.add(StageMove(request_id=row.id, stage=stage, at=min(last, unit.now), note=note))
    for check in request.checks:
        unit.session.add(Check(request_id=row.id, item=check.item, answer=check.answer, note=check.note))
    return row.id


def _add_asks(unit: Unit, made: _Made) -> None:
    for request in made.requests:
        asking = request.asks
        if asking is None:
            continue
        request_id = made.request_ids[request.key]
        asks = made.history.asks[request.key]
        rows = [
            _ask_row(ask) | {"request_id": request_id, "member_id": made.member_ids[ask.person]} for ask in asks
        ]
        ids = unit.insert(Invitation, rows)
        if asking.open_call:
            posted = moment(asking.on, made.rng)
            text = f"{request.brief.title}. Reply here or message me if you'd like to know more."
            unit.session.add(
                OpenCall(request_id=request_id, text=text, posted_in=asking.open_call, posted_at=posted)
            )
        if asking.share:
            _share(unit, made, request, list(zip(ids, asks, strict=True)))


def _ask_row(ask: SampleAsk) -> dict[str, Any]:
    return {key: value for key, value in asdict(ask).items() if key != "person"} | {"override_reason": ""}


def _share(unit: Unit, made: _Made, request: SampleRequest, asks: Sequence[tuple[int, SampleAsk]]) -> None:
    introduced = moment(request.moves[-1][1], made.rng)
    agreed = [(i, ask) for i, ask in asks if ask.state is InvitationState.YES and made.people[ask.person].phone]
    for invitation_id, ask in agreed[::2]:
        unit.session.add(
            Release(
                request_id=made.request_ids[request.key], member_id=made.member_ids[ask.person],
                invitation_id=invitation_id, recipient=request.requester.contact, shared_fields=_SHARED_FIELDS,
                at=introduced,
            )
        )  # fmt: skip


_ANSWERS = {
    MeetupState.COMING: "coming", MeetupState.WAITING: "waiting", MeetupState.INVITED: "invited",
    MeetupState.NO: "cannot",
}  # fmt: skip
"""What was said to an invitation -> how many said so, as the sample's words name it."""


@cache
def _life() -> dict[str, Any]:
    return tomllib.loads(path_to("samples/network.toml").read_text(encoding="utf-8"))


def _add_partners(unit: Unit, made: _Made) -> None:
    """The organisations that tell care workers of the network, each with the ways members wrote its name."""
    life = _life()
    since = moment(min((person.joined_on for person in made.people), default=made.today), made.rng)
    for raw in life["partner"]:
        told = {name: raw[name] for name in ("name", "kind", "place", "contact", "note") if name in raw}
        partner = Partner(**told, created_at=since)
        unit.session.add(partner)
        unit.session.flush()
        for words in raw["said"]:
            spell_partner(unit, words, partner.id)


def _add_own_life(unit: Unit, made: _Made) -> None:
    life = _life()
    for meetup in life["meetup"]:
        _add_meetup(unit, made, meetup)
    members = len(made.people)
    for place, enquiry in enumerate(life["enquiry"]):
        who = _first(made, lambda p, nation=enquiry["nation"]: p.country == nation, start=members // (place + 2))
        unit.session.add(_enquiry(enquiry, made, who, unit.now))
    silent_ones = [n for n, person in enumerate(made.people) if not person.decisions and not person.later]
    sent = _at(made.today - timedelta(days=life["check_ins"]["days_ago"]), made.rng, unit.now)
    for n in silent_ones[: life["check_ins"]["count"]]:
        unit.session.add(CheckIn(member_id=made.member_ids[n], sent_at=sent))
    for case in life["rights"]:
        received = made.today - timedelta(days=case["days_ago"])
        unit.session.add(
            RightsCase(
                kind=case["kind"], member_id=made.member_ids[members // 3], received_on=received,
                due_on=answer_by(RightsKind(case["kind"]), received), how=How.EMAIL,
                identity_checked_on=received + timedelta(days=2),
            )
        )  # fmt: skip


def _add_meetup(unit: Unit, made: _Made, raw: dict[str, Any]) -> None:
    on = day_from(made.today, raw["on"])
    starts = datetime.combine(on, time.fromisoformat(raw["time"]), clock.LONDON)
    row = Meetup(
        title=raw["title"], starts_at=starts, place=raw["place"], capacity=raw.get("capacity"),
        ends_at=starts + timedelta(minutes=raw.get("minutes", 60)), postcode=raw.get("postcode", ""),
        kind=MeetupKind.MEET_UP if raw["place"] else MeetupKind.DROP_IN, link=raw.get("link", ""),
        about=raw.get("about", ""), co_organisers=raw.get("helpers", "").replace(",", ""),
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()
    areas = raw.get("areas")
    near = [
        n
        for n, person in enumerate(made.people)
        if (not areas or person.region in areas or person.county in areas) and person.joined_on < on
        and state_on(person, Purpose.OWN_EVENTS, on).value == "given"
    ]  # fmt: skip
    came: list[int | None] = [made.member_ids[n] for n in made.rng.sample(near, min(raw["members"], len(near)))]
    rows = [{"meetup_id": row.id, "member_id": member_id} for member_id in came + [None] * raw["walk_ins"]]
    unit.insert(Attendance, rows)
    _invite(unit, made, row, raw, near)


def _invite(unit: Unit, made: _Made, meetup: Meetup, raw: dict[str, Any], near: list[int]) -> None:
    """Who was invited a few days ago, and what they said, one after the other."""
    said = [state for state, name in _ANSWERS.items() for _ in range(raw.get(name, 0))]
    invited = unit.now - timedelta(days=3)
    for place, (n, state) in enumerate(zip(made.rng.sample(near, min(len(said), len(near))), said, strict=False)):
        answered = None if state is MeetupState.INVITED else invited + timedelta(hours=place + 1)
        unit.session.add(
            MeetupInvitation(
                meetup_id=meetup.id, member_id=made.member_ids[n], state=state, invited_at=invited,
                answered_at=answered, waiting_since=answered if state is MeetupState.WAITING else None,
            )
        )  # fmt: skip


def _enquiry(raw: dict[str, Any], made: _Made, who: int | None, now: datetime) -> Enquiry:
    follow_up = raw.get("follow_up")
    return Enquiry(
        member_id=None if who is None else made.member_ids[who],
        received_at=_at(made.today - timedelta(days=raw["days_ago"]), made.rng, now),
        about=raw["about"],
        note=raw["note"],
        nation=raw["nation"],
        urgent=int(raw.get("urgent", False)),
        signposted_to=raw["signposted_to"],
        follow_up_on=None if follow_up is None else day_from(made.today, follow_up),
    )


def _first(made: _Made, fits: Any, start: int) -> int | None:
    order = (*range(start, len(made.people)), *range(start))
    return next((n for n in order if fits(made.people[n])), None)


def _at(day: date, rng: random.Random, now: datetime) -> datetime:
    return min(moment(day, rng), now)


_STEPS = {
    "members": _add_members,
    "requests": _add_requests,
    "asks": _add_asks,
    "later decisions": _add_later_decisions,
    "meet-ups and questions": _add_own_life,
    "partners": _add_partners,
}
"""In this order: an ask needs its permission first, and a withdrawal that came later comes after it."""
