"""Everyone asked and not settled, as the Outreach page lists them. No Qt here."""

from collections.abc import Sequence

from matcher import clock
from matcher.model import InvitationState
from matcher.outreach import OpenAsk
from matcher_ui.dates import day_words, moment_words
from matcher_ui.models.table import Column

ALL, WAITING, YES, AFTER = "all", "waiting", "yes", "after"
PARTS = ((ALL, "Everyone"), (WAITING, "No answer yet"), (YES, "Said yes"), (AFTER, "Took part"))
"""Which of them are shown, in the order of an ask's life."""
_STATES = {WAITING: InvitationState.ASKED, YES: InvitationState.YES, AFTER: InvitationState.DONE}


def _asked(line: OpenAsk) -> str:
    return moment_words(line.ask.asked_at, clock.today()).removeprefix("on ") if line.ask.asked_at else ""


def _wanted(line: OpenAsk) -> str:
    return day_words(line.deadline, clock.today()) if line.deadline else ""


def _next(line: OpenAsk) -> str:
    return line.next_step[:1].upper() + line.next_step[1:]


COLUMNS: tuple[Column[OpenAsk], ...] = (
    Column("name", "Who", lambda line: line.ask.name, width=152),
    Column("title", "Request", lambda line: line.title, width=272),
    Column("next", "What comes next", _next, width=176),
    Column("asked", "Asked", _asked, sort=lambda line: line.ask.asked_at, width=144),
    Column("wanted", "Wanted by", _wanted, sort=lambda line: line.deadline, width=104),
)


def lines_of(lines: Sequence[OpenAsk], part: str, words: str) -> list[int]:
    """The places of the lines of a part in which every word is found."""
    wanted, state = words.casefold().split(), _STATES.get(part)
    return [
        place for place, line in enumerate(lines)
        if (state is None or line.ask.state is state) and all(word in _found_in(line) for word in wanted)
    ]  # fmt: skip


def _found_in(line: OpenAsk) -> str:
    return f"{line.ask.name} {line.title} {line.next_step} r{line.ask.request_id}".casefold()
