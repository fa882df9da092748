"""Outreach workbooks that still lie about: what Matcher wrote is offered for deletion, once it is not needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from matcher.errors import UserError
from matcher.files.writers.safe_write import sha256_of
from matcher.model import CLOSED, FollowUp, OutFile, Request
from matcher.outreach.returned import WORKBOOK
from matcher.storage import Unit, reading, work
from matcher.storage.store import Store

AS_WRITTEN, AS_READ, CHANGED = "as written", "as read back", "changed since"


@dataclass(frozen=True, slots=True)
class OldWorkbook:
    """A workbook of Matcher's that is still where it was written.

    ``standing``: as written, as read back, or changed since; what was changed since is not deleted. ``why``: why it
    is not needed any more, "" when it still may be.
    """

    id: int
    request_id: int
    path: str
    written_at: datetime
    people: int
    standing: str
    why: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted, and in a sentence each what was kept."""

    paths: tuple[str, ...]
    kept: tuple[str, ...]


def old_workbooks(store: Store) -> tuple[OldWorkbook, ...]:
    """The outreach workbooks that are still on this computer, the oldest first."""
    with reading(store) as session:
        query = (
            select(OutFile, Request)
            .join(Request, Request.id == OutFile.request_id)
            .where(OutFile.kind == WORKBOOK, OutFile.state == "written")
            .order_by(OutFile.id)
        )
        written = [(out, request) for out, request in session.execute(query)]
        last = {out.path: out.id for out, _ in written}  # one written over by a newer one is that newer one
        newest = {request.id: out.id for out, request in written}
        return tuple(
            OldWorkbook(
                out.id, request.id, out.path, out.at, len(out.members), standing,
                _why(out, request, newer=newest[request.id] != out.id),
            )
            for out, request in written
            if last[out.path] == out.id and (standing := _standing(out))
        )  # fmt: skip


def delete_workbooks(store: Store, ids: Sequence[int]) -> Deleted:
    """Delete these workbooks, but none that was changed since it was written or read back: it may hold answers.

    What a withdrawal left to do about a deleted file is ticked off.
    """
    paths: list[str] = []
    kept: list[str] = []
    with work(store, "delete old workbooks") as unit:
        for out_id in ids:
            out = unit.session.get(OutFile, out_id)
            if out is None or out.kind != WORKBOOK:
                raise UserError(f"There is no workbook {out_id}.")
            problem = _delete(out)
            if problem:
                kept.append(problem)
            else:
                paths.append(out.path)
                _mark_deleted(unit, out.path)
    return Deleted(tuple(paths), tuple(kept))


def _why(out: OutFile, request: Request, *, newer: bool) -> str:
    if request.stage in CLOSED:
        return "The request is closed."
    if newer:
        return "There is a newer one."
    return "It was read back." if out.returned_at else ""


def _standing(out: OutFile) -> str:
    """How the file stands; "" when it is gone or cannot be read."""
    try:
        digest = sha256_of(Path(out.path).read_bytes())
    except OSError:
        return ""
    return {out.sha256: AS_WRITTEN, out.returned_sha256: AS_READ}.get(digest, CHANGED)


def _delete(out: OutFile) -> str:
    """Delete one; why not, in a sentence, or \"\"."""
    path, standing = Path(out.path), _standing(out)
    if not standing:
        return f"{path.name} is no longer where it was written."
    if standing == CHANGED:
        return f"{path.name} was changed since. Read it back first, or delete it yourself."
    try:
        path.unlink()
    except OSError:
        return f"{path.name} could not be deleted. Close it in other programs."
    return ""


def _mark_deleted(unit: Unit, path: str) -> None:
    for out in unit.session.scalars(select(OutFile).where(OutFile.path == path, OutFile.state == "written")):
        out.state = "deleted"
        for item in unit.session.scalars(select(FollowUp).where(FollowUp.out_file_id == out.id)):
            item.done_at = item.done_at or unit.now
