"""The dry run of an import: what would become of every row, and why. Nothing is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from matcher.consent import Suppressed
from matcher.directory.importing.garbage import without_collecting
from matcher.directory.importing.heard_through import HeardThrough, Linked, heard_through
from matcher.directory.importing.last_word import in_doubt_by_another_row
from matcher.directory.importing.lowering import rows_named
from matcher.directory.importing.outcomes import Decided, ImportPlan, PlannedPerson
from matcher.directory.importing.planner import Planner
from matcher.directory.importing.sheets import read_sheet
from matcher.knowledge.tables import fold
from matcher.progress import Progress, silent
from matcher.storage import Store, reading, revision
from matcher.turns import quick_turns


def plan_import(
    store: Store,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[int | str, str | None] | None = None,
    decisions: Mapping[int, Decided] | None = None,
    partners: Linked | None = None,
    progress: Progress = silent,
) -> ImportPlan:
    """Say what importing a file would do; nothing is written.

    ``sheet`` is the sheet to take, by default the best recognised. ``mapping`` corrects the guess: column
    index or header -> a key of ``columns.targets()``, None to leave the column out. ``decisions`` settle rows
    to decide: row number -> the member she is, ``SameRow`` of the file, or None when she is somebody new.
    ``partners`` says of words which partner they mean, None where they stay words.
    Raises UserError when the file cannot be read, has no such sheet, or no column by which to find anybody.
    """
    linked = {fold(words): partner for words, partner in (partners or {}).items()}
    with without_collecting(), quick_turns(), reading(store) as session:
        read = read_sheet(session, path, sheet, mapping, linked, progress)
        planner = Planner(session, read.answers, decisions or {}, Suppressed(session, store))
        rows, people = planner.plan()
        heard = heard_through(session, read.answers, linked)
        return ImportPlan(
            path.name, read.offers, read.name, read.layout, read.columns, rows, people,
            planner.shared_phones(), read.question, read.offered,
            (*read.notes, *_other_rows(people), *_partner_notes(heard)),
            revision(session), heard, planner.told_apart(),
        )  # fmt: skip


def _other_rows(people: Sequence[PlannedPerson]) -> list[str]:
    rows = sorted(in_doubt_by_another_row(people))
    return (
        [f"Another row of the same person, or of who may be she, speaks against a yes ({rows_named(rows)})."]
        if rows
        else []
    )


def _partner_notes(heard: Sequence[HeardThrough]) -> list[str]:
    known = ", ".join(f"{one.partner} {one.rows}" for one in heard if one.known)
    may_be = (f"“{one.words}” may be the partner {one.partner}." for one in heard if not one.linked)
    return [*([f"Came through partners you know: {known}."] if known else []), *may_be]
