"""The ledger of permissions: append-only, hash-chained, naming nobody.

Each entry's hash covers the entry and the hash before it, so that a change anywhere breaks the chain from
there on. Evidence and conditions enter it as a salted digest only; the texts themselves are erasable.
"""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring_ascii
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.clock import LONDON
from matcher.model import ConsentEvent, ConsentText, ConsentWording, Decision, How, Purpose
from matcher.storage import Unit, reading
from matcher.storage.ledger_end import end_problems
from matcher.storage.store import Store

_START = "0" * 64
_AT_ONCE = 5_000
_SALT = 16
REFUSALS = frozenset({Decision.REFUSED, Decision.WITHDRAWN})
_GRANTS = frozenset({Decision.GIVEN, Decision.ASK_FIRST})


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written down: whose (``member_key``), about what, decided how and when, on what evidence."""

    member_key: str
    purpose: Purpose
    decision: Decision
    at: datetime
    how: How
    evidence: str
    conditions: str = ""
    recorder: str = ""
    wording_id: int | None = None
    expires_on: date | None = None
    voids: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest entry that counts for one person and purpose."""

    event_id: int
    decision: Decision
    at: datetime
    how: How
    recorded_at: datetime
    batch_id: int


class Ledger:
    """The ledger as one unit of work sees and extends it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        newest = unit.session.execute(
            select(ConsentEvent.id, ConsentEvent.hash).order_by(ConsentEvent.id.desc()).limit(1)
        ).first()
        self._last_id: int = newest.id if newest else 0
        self._last_hash: str = newest.hash if newest else _START

    def append(self, entries: Iterable[Entry]) -> None:
        """Write entries at the end of the chain."""
        waiting = iter(entries)
        while taken := list(islice(waiting, _AT_ONCE)):
            self._append(taken)

    def _append(self, entries: Sequence[Entry]) -> None:
        """Column by column: of a large import there are hundreds of thousands."""
        drawn, step = secrets.token_hex(_SALT * len(entries)), 2 * _SALT
        salts = [drawn[start : start + step] for start in range(0, len(drawn), step)]
        ids = range(self._last_id + 1, self._last_id + 1 + len(entries))
        events: dict[str, Sequence[object]] = {
            name: list(map(attrgetter(name), entries))
            for name in (
                "member_key", "purpose", "decision", "at", "expires_on", "how", "recorder", "wording_id", "voids"
            )
        }  # fmt: skip
        events |= {
            "id": ids,
            "recorded_at": [self._unit.now] * len(entries),
            "batch_id": [self._unit.batch_id] * len(entries),
            "text_digest": [
                text_digest(salt, one.evidence, one.conditions) for salt, one in zip(salts, entries, strict=True)
            ],
        }
        hashes = [self._last_hash]
        like_others = map(_like_others, *(events[name] for name in _LIKE))
        own = zip(events["at"], ids, events["member_key"], events["text_digest"], strict=True)
        for like, (at, number, key, digest) in zip(like_others, own, strict=True):
            hashes.append(_chained(like, at, number, key, digest, hashes[-1]))
        self._last_id, self._last_hash = ids[-1], hashes[-1]
        self._unit.insert_unlogged(ConsentEvent, events | {"previous_hash": hashes[:-1], "hash": hashes[1:]})
        texts = {"evidence": [one.evidence for one in entries], "conditions": [one.conditions for one in entries]}
        self._unit.insert_unlogged(ConsentText, {"event_id": ids, "salt": salts, **texts})


def text_digest(salt: str, evidence: str, conditions: str) -> str:
    """The salted SHA-256 under which a text enters the chain."""
    return hashlib.sha256(f"[{_said(salt)}, {_once(evidence)}, {_once(conditions)}]".encode()).hexdigest()


def entry_hash(event: Mapping[str, object]) -> str:
    """SHA-256 over every value of an entry but its own hash, the previous entry's hash among them."""
    return _chained(_like_others(*[event[name] for name in _LIKE]), *[event[name] for name in _OWN])


def _chained(like: str, at: object, number: object, key: object, digest: object, previous: object) -> str:
    """The hash of an entry from what it shares with others and its own values, in the order of ``_OWN``."""
    own = (_once(at), _said(number), _said(key), _said(previous), _said(digest))
    return hashlib.sha256((like % own).encode()).hexdigest()


_encoded = json.JSONEncoder(default=date.isoformat).encode


def _said(value: object) -> str:
    """A value as JSON; what most values are needs no encoder."""
    if type(value) is str:
        return encode_basestring_ascii(value)
    if value is None:
        return "null"
    return str(value) if type(value) is int else _encoded(value)


_once = lru_cache(maxsize=512, typed=True)(_said)

_SAID = sorted(column.key for column in ConsentEvent.__table__.columns if column.key != "hash")
_OWN = ("at", "id", "member_key", "text_digest", "previous_hash")
"""What differs from entry to entry."""
_LIKE = [name for name in _SAID if name not in _OWN]


@lru_cache(maxsize=512, typed=True)  # typed: 1 and true are equal, but not in the chain
def _like_others(*values: object) -> str:
    """An entry as JSON, complete but for what is unlike any other: worked out once for what many have in common."""
    said = {name: _said(value).replace("%", "%%") for name, value in zip(_LIKE, values, strict=True)}
    return "{" + ", ".join(f'"{name}": {said.get(name, "%s")}' for name in _SAID) + "}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A version of the words shown, and for how many days a yes under them counts (None: without end)."""

    id: int | None = None
    days: int | None = None

    def ends(self, entry_at: datetime, decision: Decision, said: date | None = None) -> date | None:
        """The day a yes ends: the one she set, or the wording; None for none. A no never ends."""
        if decision in REFUSALS or not (self.days or said):
            return None
        by_wording = entry_at.astimezone(LONDON).date() + timedelta(days=self.days) if self.days else None
        return min((day for day in (said, by_wording) if day), default=None)


def wording_of(unit: Unit, text: str) -> Wording:
    """The version of a wording, made when it is new."""
    if not text:
        return Wording()
    found = unit.session.scalar(select(ConsentWording).where(ConsentWording.text == text))
    if found:
        return Wording(found.id, found.expires_after_days)
    return Wording(unit.insert(ConsentWording, [{"text": text, "first_seen_at": unit.now}])[0])


def wordings_of(unit: Unit, texts: Set[str]) -> dict[str, Wording]:
    """The version of each wording, made when it is new."""
    return {text: wording_of(unit, text) for text in texts}


def standing(session: Session, member_keys: Iterable[str]) -> dict[tuple[str, Purpose], Standing]:
    """(member key, purpose) -> the latest entry that counts, by the moment it was said, then by ledger order."""
    keys = list(member_keys)
    found: dict[tuple[str, Purpose], Standing] = {}
    for start in range(0, len(keys), 500):
        events = session.execute(
            select(
                ConsentEvent.id, ConsentEvent.member_key, ConsentEvent.purpose, ConsentEvent.decision,
                ConsentEvent.at, ConsentEvent.how, ConsentEvent.voids, ConsentEvent.recorded_at,
                ConsentEvent.batch_id,
            )
            .where(ConsentEvent.member_key.in_(keys[start : start + 500]))
            .order_by(ConsentEvent.at, ConsentEvent.id)
        ).all()  # fmt: skip
        voided = {event.voids for event in events if event.voids is not None}
        for event in events:
            if event.decision != Decision.VOID and event.id not in voided:
                found[event.member_key, Purpose(event.purpose)] = Standing(
                    event.id, Decision(event.decision), event.at, How(event.how), event.recorded_at, event.batch_id
                )
    return found


def void_grants(unit: Unit, batch_id: int) -> list[str]:
    """Take back every grant that a batch recorded, because the batch is undone; every no stays.

    A yes of a form that only counted because a yes recorded by hand had lifted a no goes with that yes. Returns
    the keys whose grants were voided, each as often as there were any.
    """
    voided = select(ConsentEvent.voids).where(ConsentEvent.voids.is_not(None))
    grants = list(
        unit.session.scalars(
            select(ConsentEvent)
            .where(ConsentEvent.batch_id == batch_id, ConsentEvent.id.not_in(voided))
            .where(ConsentEvent.decision.in_(_GRANTS))
        )
    )
    return _void(unit, grants, f"step {batch_id} was undone")


def void_shared_grants(unit: Unit, since: int, one: Collection[str], other: Collection[str]) -> list[str]:
    """Take back every grant recorded after the step ``since`` for both of two sets of keys at once.

    They were one person then and are two now: nobody knows whose yes it was, so it is nobody's. Every no stays.
    Returns the keys whose grants were voided, each as often as there were any.
    """
    voided = select(ConsentEvent.voids).where(ConsentEvent.voids.is_not(None))
    told = defaultdict[tuple[object, ...], list[ConsentEvent]](list)
    for event in unit.session.scalars(
        select(ConsentEvent)
        .where(ConsentEvent.member_key.in_({*one, *other}), ConsentEvent.batch_id > since)
        .where(ConsentEvent.decision.in_(_GRANTS), ConsentEvent.id.not_in(voided))
    ):
        told[event.batch_id, event.purpose, event.decision].append(event)
    grants = [
        event
        for events in told.values()
        if {e.member_key for e in events} & set(one) and {e.member_key for e in events} & set(other)
        for event in events
    ]
    return _void(unit, grants, f"recorded while two people were one record, parted in step {unit.batch_id}")


def _void(unit: Unit, grants: list[ConsentEvent], why: str) -> list[str]:
    """Void grants, and the yeses of forms that counted only because of them."""
    going = [*grants, *_left_without_support(unit.session, grants)]
    Ledger(unit).append(
        Entry(
            grant.member_key, Purpose(grant.purpose), Decision.VOID, unit.now, How(grant.how),
            evidence=why, voids=grant.id,
        )
        for grant in going
    )  # fmt: skip
    return [grant.member_key for grant in going]


def _left_without_support(session: Session, going: Sequence[ConsentEvent]) -> list[ConsentEvent]:
    """Yeses of forms over a no recorded by hand, once the grants in ``going`` are void."""
    spoken = {(grant.member_key, grant.purpose) for grant in going if grant.how is not How.FORM}
    gone = {grant.id for grant in going} | set(
        session.scalars(select(ConsentEvent.voids).where(ConsentEvent.voids.is_not(None)))
    )
    left = []
    for key, purpose in sorted(spoken):
        events = session.scalars(
            select(ConsentEvent)
            .where(ConsentEvent.member_key == key, ConsentEvent.purpose == purpose)
            .where(ConsentEvent.decision != Decision.VOID)
            .order_by(ConsentEvent.at, ConsentEvent.id)
        )
        over_a_no = False
        for event in events:
            if event.id in gone:
                continue
            if event.how is not How.FORM:
                over_a_no = event.decision in REFUSALS
            elif over_a_no and event.decision in _GRANTS:
                left.append(event)
    return left


def chain_problems(store: Store) -> tuple[str, ...]:
    """Where the chain of the ledger does not hold, ends too early, or a text differs from its digest.

    Empty when all is well.
    """
    problems: list[str] = []
    previous = _START
    names = [column.key for column in ConsentEvent.__table__.columns]
    with reading(store) as session:
        texts = {text.event_id: text for text in session.scalars(select(ConsentText))}
        for event in session.scalars(select(ConsentEvent).order_by(ConsentEvent.id)):
            values = {name: getattr(event, name) for name in names}
            if event.previous_hash != previous or event.hash != entry_hash(values):
                problems.append(f"ledger entry {event.id} does not fit its chain")
            text = texts.get(event.id)
            if text and event.text_digest != text_digest(text.salt, text.evidence, text.conditions):
                problems.append(f"the evidence of ledger entry {event.id} was altered")
            previous = event.hash
        problems += end_problems(store.path, store.keys, session)
    return tuple(problems)
