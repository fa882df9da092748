"""The board: which requests stand in which column, in which order, and where a card may be moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.model import CLOSED, RequestKind, Stage
from matcher.model.words import NEXT_STAGES
from matcher.triage import RequestRow
from matcher_ui.brief_words import STAGES
from matcher_ui.models.requests_table import found_by

COLUMNS: tuple[Stage, ...] = (Stage.NEW, Stage.CHECKING, Stage.MATCHING, Stage.ASKING, Stage.INTRODUCED)
ENDINGS: tuple[Stage, ...] = (Stage.DONE, Stage.DECLINED, Stage.WITHDRAWN, Stage.NOT_A_REQUEST)


@dataclass(frozen=True, slots=True)
class Board:
    """The cards of each column, top to bottom: the nearest deadline first, then the oldest."""

    columns: dict[Stage, tuple[RequestRow, ...]]

    def place_of(self, request_id: int) -> tuple[Stage, int] | None:
        """The column and place of a card."""
        return next(
            (
                (stage, place)
                for stage, rows in self.columns.items()
                for place, row in enumerate(rows)
                if row.id == request_id
            ),
            None,
        )


def board_of(rows: Sequence[RequestRow], query: str = "") -> Board:
    """Sort the open requests that a search finds into columns; closed ones stand in the list."""
    shown = [
        row for row in rows
        if row.stage not in CLOSED and row.kind is not RequestKind.ENQUIRY and found_by(row, query)
    ]  # fmt: skip
    shown.sort(key=lambda row: (row.deadline is None, row.deadline or row.received.date(), row.received))
    return Board({stage: tuple(row for row in shown if row.stage is stage) for stage in COLUMNS})


def may_move(row: RequestRow, stage: Stage) -> bool:
    """Whether a card may go to a stage."""
    return stage in NEXT_STAGES[row.stage]


def neighbour(row: RequestRow, step: int) -> Stage | None:
    """The next column in a direction that the card may go to; None when there is none."""
    place = COLUMNS.index(row.stage) + step
    while 0 <= place < len(COLUMNS):
        if may_move(row, COLUMNS[place]):
            return COLUMNS[place]
        place += step
    return None


def why_not(row: RequestRow, stage: Stage) -> str:
    """Why a card may not go somewhere, in a sentence."""
    ways = [STAGES[way].lower() for way in COLUMNS if may_move(row, way)]
    here, there = STAGES[row.stage].lower(), STAGES[stage].lower()
    return f"From {here} it can go to {', '.join(ways)}, or be closed; not to {there}."
