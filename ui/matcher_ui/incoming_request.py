"""Reading a request that arrived, and saving it as she decides; run in the background, no Qt here."""

from collections.abc import Sequence
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
    FieldChange,
    KnownRequest,
    LoggedRequest,
    carries_on,
    changes_of_draft,
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
    MERGED = "merged"
    QUESTION = "question"
    NOT_A_REQUEST = "not a request"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A piece of post as read: its content, when it arrived, what it says, the open request it may chase, and
    what it would change there."""

    document: Document
    original: bytes | None
    received: datetime
    draft: Draft
    chases: KnownRequest | None
    changes: tuple[FieldChange, ...] = ()


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
    draft = read_request(document, received, dated=document.sent_at is not None)
    chased = carries_on(store, draft, document, received)
    if chased is None or not chased.is_open:
        return Incoming(document, original, received, draft, None)
    return Incoming(document, original, received, draft, chased, changes_of_draft(store, draft, chased.id))


def save_incoming(
    store: Store, incoming: Incoming, brief: Brief, save_as: SaveAs, merging: Sequence[str] | None = None
) -> LoggedRequest:
    """Log what was read, with the brief as she left it; ``merging`` names what goes into the request it chases.

    Raises UserError when it was logged before.
    """
    carried = save_as in (SaveAs.UPDATE, SaveAs.MERGED)
    draft = corrected(incoming.draft, brief, mention=carried)
    aside = save_as in (SaveAs.NOT_A_REQUEST, SaveAs.QUESTION)
    if save_as is SaveAs.QUESTION:
        draft = replace(draft, kind=RequestKind.ENQUIRY)
    elif not aside or draft.kind not in ASKS_NOBODY:
        draft = replace(draft, kind=RequestKind.REQUEST)
    return log_request(
        store,
        draft,
        incoming.document,
        incoming.original,
        incoming.received,
        carries_on=incoming.chases.id if carried and incoming.chases else None,
        stage=Stage.NOT_A_REQUEST if aside else None,
        merging=merging,
    )


def save_form(store: Store, brief: Brief) -> LoggedRequest:
    """Log a request that she filled in herself."""
    return log_brief(store, brief, clock.now())


def last_step(store: Store) -> int | None:
    """The step just done, when it can be taken back."""
    steps = recent_batches(store, 1)
    return steps[0].id if steps and steps[0].can_undo else None
