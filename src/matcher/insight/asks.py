"""What every figure reads: asks that were really made, each with the person behind the record."""

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased

from matcher.insight.period import Period
from matcher.model import Invitation, InvitationState, Member, Outcome

Record = aliased(Member, name="record")
"""The record that was asked: the person's own, or one that was merged into it."""
Person = aliased(Member, name="person")
"""The record that stands for the person, once for all merged ones; emptied when they were erased."""

is_record = Record.id == Invitation.member_id
is_person = Person.id == func.coalesce(Record.merged_into, Record.id)


def is_member(within: Period, of: type[Member] = Member) -> ColumnElement[bool]:
    """The condition of a live member who had joined by the end of the period."""
    unsaid = and_(of.joined_on.is_(None), within.is_over_by(of.created_at))
    return and_(of.is_live(), or_(of.joined_on <= within.until, unsaid))


def was_made(within: Period) -> ColumnElement[bool]:
    """The condition of an ask made in the period, by the network or as an answer to an open call."""
    return and_(Invitation.state != InvitationState.TO_ASK, within.has_instant(Invitation.asked_at))


def was_asked(within: Period) -> ColumnElement[bool]:
    """The condition of an ask that the network made in the period, of its own choosing."""
    return and_(was_made(within), Invitation.volunteered.is_(False))


def volunteered(within: Period) -> ColumnElement[bool]:
    """The condition of an answer to an open call in the period."""
    return and_(was_made(within), Invitation.volunteered.is_(True))


def took_part(within: Period) -> ColumnElement[bool]:
    """The condition of having taken part in the period, whether asked or volunteered."""
    return and_(Invitation.outcome == Outcome.TOOK_PART, within.has_day(Invitation.outcome_on))
