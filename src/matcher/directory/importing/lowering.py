"""Taking a yes from a row that something outside of it speaks against."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from matcher.directory.importing.permissions import ask_first, yeses_left_out
from matcher.directory.importing.rows import RowAnswer
from matcher.model import ASKING, Decision, Purpose


def withdrawn(answer: RowAnswer, why: str) -> RowAnswer:
    """She is not to be asked anything."""
    decisions = dict.fromkeys(ASKING, Decision.WITHDRAWN)
    return replace(answer, asked=frozenset(ASKING), decisions=decisions, withdrew=why, digest=_anew(answer, why))


def refused(answer: RowAnswer, purposes: frozenset[Purpose], why: str) -> RowAnswer:
    """She is not to be asked for these purposes; what else she allowed does not count."""
    lowered = not_counted(answer, why)
    decisions = {**lowered.decisions, **dict.fromkeys(purposes, Decision.REFUSED)}
    return replace(lowered, asked=answer.asked | purposes, decisions=decisions, withdrew=why)


def not_counted(answer: RowAnswer, why: str) -> RowAnswer:
    """No yes of the row counts."""
    kept = yeses_left_out(answer.decisions)
    held = answer.held | (answer.decisions.keys() - kept.keys())
    return replace(answer, decisions=kept, held=held, against=True, digest=_anew(answer, why))


def in_doubt(answer: RowAnswer, why: str) -> RowAnswer:
    """Every yes of the row is “ask me first”."""
    decisions = dict(answer.decisions)
    ask_first(decisions)
    return replace(answer, decisions=decisions, against=True, digest=_anew(answer, why))


def _anew(answer: RowAnswer, why: str) -> str:
    """The digest of a row that was set apart: the row may have been imported before, when it was not."""
    return hashlib.sha256(f"{answer.digest}\x1f{why}".encode()).hexdigest()


def rows_named(rows: Sequence[int]) -> str:
    """Rows in words, the first few by their number: "rows 2, 3, 4, 5, 6 and 12 more"."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return "rows " + ", ".join(str(row) for row in rows[:5]) + more
