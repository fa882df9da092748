"""Reading a request that arrived, and saving it as she decides; run in the background, no Qt here."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from matcher import clock
from matcher.errors import UserError
from matcher.files.readers.documents import Document, read_document, read_text
from matcher.model import CLOSED, Brief, RequestKind, Stage
from matcher.progress import Progress
from matcher.storage import recent_batches
from matcher.storage.store import Store
from matcher.triage import (
    Draft,
    LoggedRequest,
    RequestRow,
    list_requests,
    log_brief,
    log_request,
    move_stage,
    read_request,
    received_at,
    show_request,
)
from matcher.triage.kinds import KnownRequest, updated_by
from matcher.triage.read import text_to_read
from matcher_ui.evidence import corrected

ASKS_NOBODY = frozenset({RequestKind.NEWSLETTER, RequestKind.MARKETING, RequestKind.ENQUIRY})


class SaveAs(Enum):
    """What she decided a piece of post is."""

    NEW = "new"
    UPDATE = "update"
    NOT_A_REQUEST = "not a request"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A piece of post as read: its content, what it says, and the request it may chase."""

    document: Document
    original: bytes | None
    draft: Draft
    chases: RequestRow | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What was logged, and the step that Undo takes back."""

    request: LoggedRequest
    batch: int | None


def read_incoming(store: Store, source: Path | str, progress: Progress) -> Incoming:
    """Read a file or a pasted text. Raises UserError naming the file when it cannot be read."""
    if isinstance(source, str):
        document, original = read_text(source), None
    else:
        document = read_document(source, progress)
        try:
            original = source.read_bytes()
        except OSError as error:
            raise UserError("This file cannot be read any more.", where=source.name) from error
    progress(0, 0, f"Looking for the facts in {document.file_name}")
    draft = read_request(document, received_at(document, None))
    return Incoming(document, original, draft, _chased(store, document, draft))


def save_incoming(store: Store, incoming: Incoming, brief: Brief, save_as: SaveAs) -> Saved:
    """Log what was read, with the brief as she left it. Raises UserError when it was logged before."""
    draft = corrected(incoming.draft, brief, mention=save_as is SaveAs.UPDATE)
    document = incoming.document
    if save_as is not SaveAs.NOT_A_REQUEST or draft.kind not in ASKS_NOBODY:
        draft = replace(draft, kind=RequestKind.REQUEST)
    if save_as is not SaveAs.UPDATE:
        document = _envelope(document)
    original = incoming.original if incoming.original is not None else incoming.document.full_text.encode()
    logged = log_request(store, draft, document, original, received_at(incoming.document, None))
    if save_as is SaveAs.NOT_A_REQUEST and logged.stage not in CLOSED:
        move_stage(store, logged.id, Stage.NOT_A_REQUEST)
    return Saved(logged, last_step(store))


def save_form(store: Store, brief: Brief) -> Saved:
    """Log a request that she filled in herself."""
    return Saved(log_brief(store, brief, clock.now()), last_step(store))


def _envelope(document: Document) -> Document:
    """The document without what could tie it to an earlier request: she said that it is a new one."""
    return replace(document, subject="", text="", quoted="", references=(), forwarded=None, attachments=())


def _chased(store: Store, document: Document, draft: Draft) -> RequestRow | None:
    """The open request that this one may chase, by its sender and title."""
    if draft.kind is not RequestKind.REQUEST:
        return None
    rows = {row.id: row for row in list_requests(store) if row.stage not in CLOSED and row.kind not in ASKS_NOBODY}
    known = [KnownRequest(row.id, row.title, _contact(store, row), "", True) for row in rows.values()]
    found = updated_by(
        text_to_read(document, received_at(document, None)),
        title=draft.brief.title,
        contact=draft.brief.contact,
        references=document.references,
        known=known,
    )
    return rows[found.id] if found else None


def _contact(store: Store, row: RequestRow) -> str:
    return show_request(store, row.id).brief.contact


def last_step(store: Store) -> int | None:
    """The step just done, when it can be taken back."""
    steps = recent_batches(store, 1)
    return steps[0].id if steps and steps[0].can_undo else None
