"""Reading a request that arrived, and saving it as she decides; run in the background, no Qt here."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from matcher import clock
from matcher.errors import UserError
from matcher.files.readers.documents import Document, read_document, read_text
from matcher.model import Brief, RequestKind, Stage
from matcher.progress import Progress
from matcher.storage import recent_batches
from matcher.storage.store import Store
from matcher.triage import (
    Draft,
    KnownRequest,
    LoggedRequest,
    carries_on,
    log_brief,
    log_request,
    read_request,
    received_at,
)
from matcher_ui.evidence import corrected

ASKS_NOBODY = frozenset({RequestKind.NEWSLETTER, RequestKind.MARKETING, RequestKind.ENQUIRY})


class SaveAs(Enum):
    """What she decided a piece of post is."""

    NEW = "new"
    UPDATE = "update"
    NOT_A_REQUEST = "not a request"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A piece of post as read: its content, when it arrived, what it says, and the open request it may chase."""

    document: Document
    original: bytes | None
    received: datetime
    draft: Draft
    chases: KnownRequest | None


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
    received = received_at(document, None)
    draft = read_request(document, received)
    chased = carries_on(store, draft, document, received)
    return Incoming(document, original, received, draft, chased if chased and chased.is_open else None)


def save_incoming(store: Store, incoming: Incoming, brief: Brief, save_as: SaveAs) -> LoggedRequest:
    """Log what was read, with the brief as she left it. Raises UserError when it was logged before."""
    draft = corrected(incoming.draft, brief, mention=save_as is SaveAs.UPDATE)
    if save_as is not SaveAs.NOT_A_REQUEST or draft.kind not in ASKS_NOBODY:
        draft = replace(draft, kind=RequestKind.REQUEST)
    chased = incoming.chases if save_as is SaveAs.UPDATE else None
    return log_request(
        store,
        draft,
        incoming.document,
        incoming.original,
        incoming.received,
        carries_on=chased.id if chased else None,
        stage=Stage.NOT_A_REQUEST if save_as is SaveAs.NOT_A_REQUEST else None,
    )


def save_form(store: Store, brief: Brief) -> LoggedRequest:
    """Log a request that she filled in herself."""
    return log_brief(store, brief, clock.now())


def last_step(store: Store) -> int | None:
    """The step just done, when it can be taken back."""
    steps = recent_batches(store, 1)
    return steps[0].id if steps and steps[0].can_undo else None
