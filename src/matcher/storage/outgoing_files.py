"""A file that leaves: beside first, recorded second, in place third. No file exists unlogged.

Order, each step durable before the next: note the folder; write the content beside its place; record path and
SHA-256 as pending, in the very transaction that checks consent; replace; mark written; forget the folder.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select

from matcher.errors import UserError
from matcher.files.writers.safe_write import (
    discard,
    left_behind,
    put_in_place,
    sha256_of,
    write_beside,
)
from matcher.model import OutFile
from matcher.storage.store import Store, reading
from matcher.storage.unit_of_work import Unit, work

_NOTE = "leaving.json"


def send_out(
    store: Store, path: Path, content: bytes, *, what: str, kind: str, request_id: int | None,
    members: list[int], check: Callable[[Unit, OutFile], None],
) -> int:  # fmt: skip
    """Write ``content`` to ``path`` and log it; return the id of its OutFile row.

    ``check`` runs inside the transaction that records the file and raises to forbid it. Raises UserError when
    the target cannot be written; then no file is left and none is logged as written.
    """
    with _noted(store, path.parent):
        return _send_out(store, path, content, what, kind, request_id, members, check)


def _send_out(
    store: Store, path: Path, content: bytes, what: str, kind: str, request_id: int | None,
    members: list[int], check: Callable[[Unit, OutFile], None],
) -> int:  # fmt: skip
    beside = write_beside(path, content, mark=_store_mark(store))
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


def note_printed(
    store: Store, name: str, content: bytes, *, kind: str, request_id: int | None, members: Sequence[int]
) -> int:
    """Log a paper before it is printed; return the id of its OutFile row.

    ``name`` is how the paper is called, without the name of anybody: it outlives an erasure.
    """
    with work(store, f"print a {kind}") as unit:
        out = OutFile(
            kind=kind, request_id=request_id, path=name, beside="", sha256=sha256_of(content), state="printed",
            at=unit.now, members=list(members),
        )  # fmt: skip
        unit.session.add(out)
        unit.session.flush()
        return out.id


def settle_pending(store: Store) -> None:
    """Finish or void what a crash left pending: in place and unaltered is written, everything else is void.

    What cannot be put in its place now (a folder that is read-only, a full disk) stays pending.
    """
    with reading(store) as session:
        pending = [
            (out.id, Path(out.path), Path(out.beside), out.sha256)
            for out in session.scalars(select(OutFile).where(OutFile.state == "pending"))
        ]
    stuck: set[Path] = set()
    for out_id, path, beside, digest in pending:
        if beside.is_file() and sha256_of(beside.read_bytes()) == digest:
            try:
                put_in_place(beside, path)
            except UserError:
                stuck.add(beside)
                continue
        discard(beside)
        in_place = path.is_file() and sha256_of(path.read_bytes()) == digest
        _mark(store, out_id, "written" if in_place else "void")
    _discard_left_behind(store, stuck)


def notes_on_files(store: Store) -> tuple[str, ...]:
    """What became of files that left, in a sentence each, by name only: gone, altered since, or still on their way.

    No fault of the store: she may move, edit and delete her files.
    """
    with reading(store) as session:
        files = [
            (Path(out.path), out.sha256, out.state)
            for out in session.scalars(
                select(OutFile).where(OutFile.state.in_(("pending", "written"))).order_by(OutFile.id)
            )
        ]
    latest = {path: (digest, state) for path, digest, state in files}
    found = ((path.name, _fate(path, digest, state)) for path, (digest, state) in latest.items())
    return tuple(f"{name} {fate}" for name, fate in found if fate)


def _fate(path: Path, digest: str, state: str) -> str:
    if state == "pending":
        return "is not in its place yet"
    try:
        if not path.is_file():
            return "is no longer where it was written"
        return "" if sha256_of(path.read_bytes()) == digest else "was changed since it was written"
    except OSError:
        return "cannot be read"


def _discard_left_behind(store: Store, still_pending: set[Path]) -> None:
    """Remove what a crash left in her folder before it was recorded."""
    note = store.path / _NOTE
    if not note.exists():
        return
    for stray in left_behind(Path(json.loads(note.read_bytes())["folder"]), _store_mark(store)):
        if stray.resolve() not in still_pending:
            discard(stray)
    if not still_pending:
        note.unlink()


@contextlib.contextmanager
def _noted(store: Store, folder: Path) -> Iterator[None]:
    """Keep a note of the folder while a file is on its way there, so that a crash leaves no stray behind."""
    note = store.path / _NOTE
    try:
        note.write_text(json.dumps({"folder": str(folder.resolve())}), encoding="utf-8")
    except OSError as error:
        raise UserError("The store cannot be written to.", todo="Free some space on the disk.") from error
    try:
        yield
    except Exception:
        note.unlink(missing_ok=True)
        raise
    note.unlink(missing_ok=True)


def _store_mark(store: Store) -> str:
    return hashlib.sha256(store.keys.derived("leaving")).hexdigest()[:8] + "-"


def _mark(store: Store, out_id: int, state: str) -> None:
    with work(store, "note a file that left") as unit:
        out = unit.session.get(OutFile, out_id)
        if out is not None:
            out.state = state
