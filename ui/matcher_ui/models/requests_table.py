"""The requests as a table: how each is shown and sorted, and which of them stand under a tab."""

from collections.abc import Sequence
from datetime import date

from matcher.clock import today
from matcher.model import CLOSED, RequestKind, Stage
from matcher.triage import RequestRow
from matcher_ui.brief_words import AUDIENCES, STAGES
from matcher_ui.dates import away, day_words
from matcher_ui.models.table import Column

GROUPS = {"open": "Open", "new": "New", "asking": "Asking", "closed": "Closed", "all": "All"}
_NEW = frozenset({Stage.NEW, Stage.CHECKING})
_ASKING = frozenset({Stage.ASKING, Stage.INTRODUCED})


def in_group(row: RequestRow, group: str) -> bool:
    """Whether a request stands under a tab."""
    if group == "all":
        return True
    if group == "closed":
        return row.stage in CLOSED
    wanted = {"new": _NEW, "asking": _ASKING}.get(group)
    return row.stage in wanted if wanted else row.stage not in CLOSED


def who_words(row: RequestRow) -> str:
    """Who asks, for whom; an organisation that asks for itself is told once."""
    return ", ".join(who_lines(row))


def who_lines(row: RequestRow) -> tuple[str, ...]:
    """The same, part by part."""
    return tuple(dict.fromkeys(part for part in (row.requester, row.organisation) if part))


def deadline_words(row: RequestRow, today: date) -> str:
    """“Fri 4 Dec, in 11 days”; for a closed request the day alone."""
    if row.deadline is None:
        return "No date given"
    day = day_words(row.deadline, today)
    return day if row.stage in CLOSED else f"{day}, {away(row.deadline, today)}"


def people_words(row: RequestRow) -> str:
    """“2 of 8 agreed, 5 asked”."""
    if not row.asked:
        return f"{row.wanted} wanted, none asked" if row.wanted else "Nobody asked yet"
    agreed = f"{row.agreed} of {row.wanted} agreed" if row.wanted else f"{row.agreed} agreed"
    return f"{agreed}, {row.asked} asked"


def stage_words(row: RequestRow) -> str:
    """The stage, or what else a kept piece of post is."""
    if row.kind is RequestKind.UPDATE and row.stage not in CLOSED:
        return f"{STAGES[row.stage]}, update of R{row.updates}" if row.updates else f"{STAGES[row.stage]}, update"
    if row.stage is Stage.NOT_A_REQUEST:
        kinds = {RequestKind.NEWSLETTER: "Newsletter", RequestKind.MARKETING: "Marketing",
                 RequestKind.ENQUIRY: "Question"}  # fmt: skip
        return kinds.get(row.kind, STAGES[row.stage])
    return STAGES[row.stage]


def spoken(row: RequestRow) -> str:
    """The whole row in words."""
    parts = (
        row.title, who_words(row), AUDIENCES[row.audience], stage_words(row), deadline_words(row, today()),
        people_words(row),
    )  # fmt: skip
    return ". ".join(part for part in parts if part)


def found_by(row: RequestRow, query: str) -> bool:
    """Whether every word of ``query`` stands in the row's number, title, requester, organisation or audience."""
    hay = " ".join((f"R{row.id}", row.title, who_words(row), AUDIENCES[row.audience])).casefold()
    return all(word in hay for word in query.casefold().split())


def shown(rows: Sequence[RequestRow], group: str, query: str) -> list[int]:
    """The places of the rows under a tab that the search finds."""
    return [place for place, row in enumerate(rows) if in_group(row, group) and found_by(row, query)]


COLUMNS: tuple[Column[RequestRow], ...] = (
    Column("title", "Request", lambda row: row.title, spoken=spoken),
    Column("who", "Who’s asking", who_words),
    Column("audience", "Audience", lambda row: AUDIENCES[row.audience]),
    Column("stage", "Stage", stage_words, lambda row: list(Stage).index(row.stage)),
    Column("deadline", "Wanted by", lambda row: deadline_words(row, today()), lambda row: row.deadline),
    Column("people", "People", people_words, lambda row: row.asked),
    Column("received", "Arrived", lambda row: day_words(row.received.date(), today()), lambda row: row.received),
)
"""A list paints whole rows out of the first; a table shows them all."""
