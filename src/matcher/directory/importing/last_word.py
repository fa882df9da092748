"""What counts of several answers of one person about being asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from matcher.consent import REFUSALS
from matcher.directory.importing.outcomes import PlannedPerson
from matcher.directory.importing.permissions import ask_first
from matcher.directory.importing.rows import RowAnswer
from matcher.model import Decision, Purpose


def last_word(person: PlannedPerson) -> RowAnswer | None:
    """The last of her answers that a permission question was put to, unless it was imported before.

    Nobody knows whether an answer without a date is the later one: a no in one counts beside a dated last, and of
    two without a date that say otherwise neither is a yes. Nobody knows either when a remark was written: one that
    may speak against her makes every yes “ask me first”, whichever row it stands in.
    """
    asked = [answer for answer in person.answers if answer.asked]
    if not asked or asked[-1].row in person.seen_before:
        return None
    last = asked[-1]
    decisions = dict(last.decisions)
    for answer in (one for one in person.answers if one is not last):
        if answer.answered_at is None:
            unclear = dict.fromkeys(answer.held, Decision.ASK_FIRST)
            decisions = _stricter(decisions, unclear | dict(answer.decisions), dated=last.answered_at is not None)
    if person.contradicted or any(answer.against for answer in person.answers):
        ask_first(decisions)
    return last if decisions == last.decisions else replace(last, decisions=decisions)


def _stricter(
    said: Mapping[Purpose, Decision], undated: Mapping[Purpose, Decision], *, dated: bool
) -> dict[Purpose, Decision]:
    """What was said, but for the noes and doubts of an answer without a date."""
    unsure = {
        purpose: Decision.ASK_FIRST
        for purpose, decision in undated.items()
        if decision is not Decision.GIVEN and said.get(purpose) is Decision.GIVEN
    }
    noes = {purpose: decision for purpose, decision in undated.items() if decision in REFUSALS} if dated else {}
    return {**said, **unsure, **noes}


def in_doubt_by_another_row(people: Iterable[PlannedPerson]) -> list[int]:
    """The rows of which a yes does not stand whole because of another row of the same person."""
    told = []
    for person in people:
        if len(person.answers) > 1 or person.contradicted:
            last = last_word(person)
            said = next((a for a in person.answers if last is not None and a.row == last.row), None)
            if last is not None and said is not None and last.decisions != said.decisions:
                told.append(last.row)
    return told
