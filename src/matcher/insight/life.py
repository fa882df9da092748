"""The network's own life in a period: the meet-ups held, how often somebody came, what members asked themselves."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.insight.asks import Person, Record, is_person
from matcher.insight.period import Period
from matcher.insight.tallies import Tally, tally
from matcher.model import Attendance, Enquiry, Meetup, MeetupKind
from matcher.triage import about_words

CAME = {MeetupKind.MEET_UP: "Members at meet-ups", MeetupKind.DROP_IN: "Members at drop-ins"}
WALK_INS = "Walk-ins who are no members"
_SOMEBODY = 0
"""Stands for everybody whose name was not noted: they may all be one person."""


@dataclass(frozen=True, slots=True)
class OwnLife:
    """``held``: kind -> how many dates of it. ``visits`` and ``questions`` count every time.

    Of walk-ins at least as many people are known as came to one date, of questions nobody's name was noted with
    only that somebody asked them.
    """

    held: dict[MeetupKind, int]
    visits: Tally
    questions: Tally


def own_life(session: Session, within: Period) -> OwnLife:
    """What was held, who came and what was asked; what was called off or is still to come is left out."""
    dates = (Meetup.cancelled_at.is_(None), Meetup.starts_at <= clock.now(), within.has_instant(Meetup.starts_at))
    held = Counter(session.scalars(select(Meetup.kind).where(*dates)))
    came = session.execute(
        select(Meetup.id, Meetup.kind, Person.id)
        .join(Attendance, Attendance.meetup_id == Meetup.id)
        .outerjoin(Record, Record.id == Attendance.member_id)
        .outerjoin(Person, is_person)
        .where(*dates)
    ).all()
    asked = session.execute(
        select(Enquiry.about, func.coalesce(Person.id, _SOMEBODY))
        .outerjoin(Record, Record.id == Enquiry.member_id)
        .outerjoin(Person, is_person)
        .where(within.has_instant(Enquiry.received_at))
    )
    return OwnLife(
        {kind: held[kind] for kind in CAME},
        tally(_visits([(row[0], row[1], row[2]) for row in came]), (*CAME.values(), WALK_INS)),
        tally(((about_words(row[0]), row[1]) for row in asked), ()),
    )


def _visits(came: list[tuple[int, MeetupKind, int | None]]) -> Iterator[tuple[str, int]]:
    """(label, person) of each visit. The first walk-in of two dates may be one person, the first two of one not."""
    walked_in = Counter[int]()
    for meetup_id, kind, person in came:
        if person is None:
            walked_in[meetup_id] += 1
            yield WALK_INS, -walked_in[meetup_id]
        else:
            yield CAME[kind], person
