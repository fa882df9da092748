"""A file that leaves: beside first, recorded second, in place third. No file exists unlogged.

Order, each step durable before the next: write the content beside its place; record path and SHA-256 as
pending, in the very transaction that checks consent; replace; mark written.
"""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from matcher.errors import UserError
from matcher.files.writers.safe_write import discard, put_in_place, sha256_of, write_beside
from matcher.model import OutFile
from matcher.storage.store import Store, reading
from matcher.storage.unit_of_work import Unit, work


def send_out(
    store: Store, path: Path, content: bytes, *, what: str, kind: str, request_id: int | None,
    members: list[int], check: Callable[[Unit, OutFile], None],
) -> int:  # fmt: skip
    """Write ``content`` to ``path`` and log it; return the id of its OutFile row.

    ``check`` runs inside the transaction that records the file and raises to forbid it. Raises UserError when
    the target cannot be written; then no file is left and none is logged as written.
    """
    beside = write_beside(path, content)
    try:
        with work(store, what) as unit:
            out = OutFile(
                kind=kind, request_id=request_id, path=str(path.resolve()), beside=str(beside.resolve()),
                sha256=sha256_of(content), state="pending", at=unit.now, members=members,
            )  # fmt: skip
            unit.session.add(out)
            unit.session.flush()
            check(unit, out)
            out_id = out.id
    except BaseException:
        discard(beside)
        raise
    try:
        put_in_place(beside, path)
    except BaseException:
        discard(beside)
        _mark(store, out_id, "void")
        raise
    _mark(store, out_id, "written")
    return out_id


def settle_pending(store: Store) -> None:
    """Finish or void what a crash left pending: in place and unaltered is written, everything else is void.

    What cannot be put in its place now (a folder that is read-only, a full disk) stays pending.
    """
    with reading(store) as session:
        pending = [
            (out.id, Path(out.path), Path(out.beside), out.sha256)
            for out in session.scalars(select(OutFile).where(OutFile.state == "pending"))
        ]
    for out_id, path, beside, digest in pending:
        if beside.is_file() and sha256_of(beside.read_bytes()) == digest:
            try:
                put_in_place(beside, path)
            except UserError:
                continue
        discard(beside)
        in_place = path.is_file() and sha256_of(path.read_bytes()) == digest
        _mark(store, out_id, "written" if in_place else "void")


def _mark(store: Store, out_id: int, state: str) -> None:
    with work(store, "note a file that left") as unit:
        out = unit.session.get(OutFile, out_id)
        if out is not None:
            out.state = state
