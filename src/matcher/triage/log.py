"""Log a request: the record, who asks, its first stage and its sealed original, in one unit of work."""

import hashlib
import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.errors import UserError
from matcher.files.readers.documents import Document, read_text
from matcher.model import (
    Audience,
    Brief,
    Enquiry,
    Member,
    Request,
    Requester,
    RequestFile,
    RequestKind,
    Stage,
    StageMove,
    brief_to_json,
)
from matcher.storage import Unit, reading, work
from matcher.storage.durable import write_durably
from matcher.storage.store import Store
from matcher.triage.merge import merge_into_earlier
from matcher.triage.prefill import said_in
from matcher.triage.reading.enquiry import about_what, is_urgent, nation_of
from matcher.triage.reading.flags import Flag
from matcher.triage.reading.request import Draft, Evidence, text_to_read
from matcher.triage.updates import KnownRequest, as_update, began, carried_on

_SAID = {RequestKind.ENQUIRY: "a member's question"}
_KEPT_ASIDE = frozenset({RequestKind.NEWSLETTER, RequestKind.MARKETING, RequestKind.ENQUIRY})


class Auto(Enum):
    """Let Matcher find out."""

    AUTO = "auto"


AUTO = Auto.AUTO


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request just logged. ``updates`` is the number of the request that it carries on, if any; ``batch`` is
    the step that an undo takes back."""

    id: int
    kind: RequestKind
    updates: int | None
    brief: Brief
    evidence: dict[str, Evidence]
    flags: tuple[Flag, ...]
    stage: Stage
    batch: int


def log_request(
    store: Store,
    draft: Draft,
    document: Document | None,
    original: bytes | None,
    received: datetime,
    *,
    carries_on: int | Auto | None = AUTO,
    stage: Stage | None = None,
    merging: Collection[str] | None = None,
) -> LoggedRequest:
    """Log a request as read, with its original, in one step.

    ``carries_on`` is the request that it updates, None to keep it as a new one, AUTO to find out; an update keeps
    what the request it carries on said and it does not. ``stage`` is where it starts: by default new, and for
    newsletters, marketing and members' questions closed as no request. ``merging`` names the facts of an update
    that go straight into the request it carries on; the update itself is then closed as merged. Of a member's
    question only what it is about is kept, never its words. Raises UserError when the same file was
    logged before, or when there is no such request to carry on.
    """
    content = original if original is not None else document.full_text.encode() if document else None
    sha256 = hashlib.sha256(content).hexdigest() if content is not None else ""
    with reading(store) as session:
        _refuse_twice(session, sha256)
        earlier = _earlier(session, draft, document, received, carries_on)
        draft = as_update(session, draft, earlier) if earlier else draft
    if stage is None:
        stage = Stage.NOT_A_REQUEST if draft.kind in _KEPT_ASIDE else Stage.NEW
    merges = merging is not None and earlier is not None
    if draft.kind is RequestKind.ENQUIRY:
        content = None
    stored_as = _seal(store, content) if content is not None else ""
    try:
        with work(store, f"log {_SAID.get(draft.kind, draft.kind.value)}") as unit:
            first = Stage.MERGED if merges else stage
            request = _add(unit, draft, document, received, first, earlier.id if earlier else None)
            if merges:
                merge_into_earlier(unit, request, merging)
            if stored_as:
                name = document.file_name if document else "pasted text"
                unit.session.add(RequestFile(request_id=request.id, name=name, stored_as=stored_as, sha256=sha256))
            return _logged(request, draft, unit.batch_id)
    except BaseException:
        if stored_as:
            (store.files / stored_as).unlink(missing_ok=True)
        raise


def log_brief(store: Store, brief: Brief, received: datetime) -> LoggedRequest:
    """Log a request from a brief that somebody filled in."""
    return log_request(store, Draft(RequestKind.REQUEST, brief, {}, ()), None, None, clock.as_utc(received))


def original_of(store: Store, stored_as: str) -> bytes:
    """The sealed original of a request, opened. Raises UserError when it is missing or damaged."""
    try:
        return store.unseal((store.files / stored_as).read_bytes())
    except OSError as error:
        raise UserError("The original of this request is missing from the store.") from error


def _refuse_twice(session: Session, sha256: str) -> None:
    if not sha256:
        return
    before = session.scalar(select(RequestFile.request_id).where(RequestFile.sha256 == sha256).limit(1))
    if before is not None:
        raise UserError(
            f"This was logged before, as R{before}.", todo=f"Look at R{before} instead of logging it again."
        )


def _earlier(
    session: Session, draft: Draft, document: Document | None, received: datetime, carries_on: int | Auto | None
) -> KnownRequest | None:
    if isinstance(carries_on, int):
        return began(session, carries_on)
    if carries_on is None or document is None:
        return None
    return carried_on(session, draft, document, received)


def _seal(store: Store, content: bytes) -> str:
    """Write the original, sealed, under a name that says nothing; a failed unit of work removes it again."""
    name = f"{uuid.uuid4().hex}.sealed"
    try:
        write_durably(Path(store.files) / name, store.seal(content))
    except OSError as error:
        raise UserError(
            "The original could not be kept, and nothing was logged.",
            where=store.path.name,
            todo="Free some space on the disk and check that the folder can be written to.",
        ) from error
    return name


def _add(
    unit: Unit, draft: Draft, document: Document | None, received: datetime, stage: Stage, updates: int | None
) -> Request:
    if draft.kind is RequestKind.ENQUIRY:
        return _add_enquiry(unit, draft, received, stage)
    brief = draft.brief
    request = Request(
        kind=draft.kind,
        stage=stage,
        requester=_requester(unit, brief),
        title=brief.title,
        audience=brief.audience,
        deadline=brief.deadline,
        brief_json=brief_to_json(brief),
        evidence=_evidence_json(draft) | said_by(brief, received, document),
        received_at=clock.as_utc(received),
        created_at=unit.now,
        source_name=document.file_name if document else "",
        message_id=document.message_id if document else "",
        updates=updates,
    )
    unit.session.add(request)
    unit.session.flush()
    if stage is not Stage.MERGED:
        unit.session.add(StageMove(request_id=request.id, stage=stage, at=unit.now, note=_why(draft.kind, updates)))
    return request


def _add_enquiry(unit: Unit, draft: Draft, received: datetime, stage: Stage) -> Request:
    """A member's question: what it is about, where, and whether it is urgent. Her words are not kept."""
    words, when = draft.brief.text, clock.as_utc(received)
    about, nation = about_what(words), nation_of(words)
    title = f"A question about {about}" if about != "other" else "A question"
    brief = Brief(title, Audience.OWN)
    request = Request(
        kind=draft.kind, stage=stage, title=title, audience=brief.audience, brief_json=brief_to_json(brief),
        evidence={}, received_at=when, created_at=unit.now,
    )  # fmt: skip
    unit.session.add(request)
    unit.session.flush()
    unit.session.add(StageMove(request_id=request.id, stage=stage, at=unit.now, note=_why(draft.kind, None)))
    asker = draft.brief.contact.lower()
    member = select(Member.id).where(func.lower(Member.email) == asker, Member.is_live()).limit(1)
    unit.session.add(
        Enquiry(
            member_id=unit.session.scalar(member) if asker else None, received_at=when, about=about,
            nation=nation, urgent=int(is_urgent(words)), request_id=request.id,
        )
    )  # fmt: skip
    return request


def said_by(brief: Brief, received: datetime, document: Document | None = None) -> dict[str, object]:
    """The part of the evidence that holds what answers a checklist: looked for in the document, else in the words.

    It is looked for once, when a request is logged, because attachments are not read again.
    """
    if document is None and not brief.text.strip():
        return {"said": []}
    text = text_to_read(document or read_text(brief.text), clock.as_utc(received))
    return {"said": [asdict(one) for one in said_in(text)]}


def _why(kind: RequestKind, updates: int | None) -> str:
    reasons = {
        RequestKind.NEWSLETTER: "A newsletter or a note: nobody is being asked for.",
        RequestKind.MARKETING: "Marketing: it sells rather than asks.",
        RequestKind.ENQUIRY: "A member's own question: see the questions list.",
    }
    return f"It carries on R{updates}." if updates else reasons.get(kind, "")


def _requester(unit: Unit, brief: Brief) -> Requester | None:
    """The same contact address is the same requester; else the same name and organisation."""
    if not (brief.requester or brief.contact):
        return None
    known = None
    if brief.contact:
        known = unit.session.scalar(
            select(Requester).where(func.lower(Requester.contact) == brief.contact.lower()).limit(1)
        )
    elif brief.requester:
        known = unit.session.scalar(
            select(Requester)
            .where(func.lower(Requester.name) == brief.requester.lower())
            .where(func.lower(Requester.organisation) == brief.organisation.lower())
            .limit(1)
        )
    if known is not None:
        return known
    return Requester(
        name=brief.requester,
        role=brief.requester_role,
        contact=brief.contact,
        organisation=brief.organisation,
        created_at=unit.now,
    )


def _evidence_json(draft: Draft) -> dict[str, object]:
    plain: dict[str, object] = {name: asdict(found) for name, found in draft.evidence.items()}
    return plain | {"flags": [asdict(flag) for flag in draft.flags]}


def evidence_from_json(stored: Mapping[str, object]) -> dict[str, Evidence]:
    """The evidence of a stored request; its flags are kept beside it and left out here."""
    return {name: Evidence(**found) for name, found in stored.items() if isinstance(found, dict)}


def _logged(request: Request, draft: Draft, batch: int) -> LoggedRequest:
    stage = Stage(request.stage)
    return LoggedRequest(
        request.id, draft.kind, request.updates, draft.brief, draft.evidence, draft.flags, stage, batch
    )
