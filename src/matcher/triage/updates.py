"""Post that carries on a request already logged: which one, and what it changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.files.readers.documents import Document
from matcher.knowledge.tables import any_of, phrases_by
from matcher.model import CLOSED, Brief, Request, Requester, RequestKind
from matcher.storage import reading, request_of
from matcher.storage.store import Store
from matcher.triage.reading.request import Draft, text_to_read
from matcher.triage.reading.text import TextToRead
from matcher.triage.reading.title import clean_title


@dataclass(frozen=True, slots=True)
class KnownRequest:
    """What recognising an update needs to know of a request already logged; ``received`` is aware UTC."""

    id: int
    title: str
    contact: str
    message_id: str
    is_open: bool
    received: datetime


_CHASES = any_of(phrases_by("says", "vocabulary/post_phrases.tsv")["chases"], r"\b", r"\b")


def carries_on(store: Store, draft: Draft, document: Document, received: datetime) -> KnownRequest | None:
    """The logged request that this one chases or changes: by the thread it answers, else by sender and title.

    An update of an update carries on the request that began it. None when it is new or no request at all.
    """
    with reading(store) as session:
        return carried_on(session, draft, document, received)


def carried_on(session: Session, draft: Draft, document: Document, received: datetime) -> KnownRequest | None:
    """``carries_on`` within a session."""
    if draft.kind is not RequestKind.REQUEST:
        return None
    found = _updated_by(
        text_to_read(document, received),
        title=draft.brief.title,
        contact=draft.brief.contact,
        references=document.references,
        known=_known(session),
    )
    return began(session, found.id) if found else None


def began(session: Session, request_id: int) -> KnownRequest:
    """The request that a thread began with, by any request of it. Raises UserError when there is none."""
    request = request_of(session, request_id)
    return began(session, request.updates) if request.updates else _as_known(request)


def _updated_by(
    text: TextToRead, *, title: str, contact: str, references: Sequence[str], known: Sequence[KnownRequest]
) -> KnownRequest | None:
    """The logged request that this one carries on: by the thread it answers, else by sender and title."""
    threads = {reference.strip("<> ") for reference in references if reference.strip("<> ")}
    for request in known:
        if request.message_id.strip("<> ") in threads:
            return request
    replies = re.match(r"\s*(?:re|fwd?|aw)\s*:", text.subject, re.I) is not None
    chases = _CHASES.search(text.text) is not None or _CHASES.search(text.subject) is not None
    if not (replies or chases):
        return None
    theirs = [one for one in known if contact and one.is_open and one.contact.lower() == contact.lower()]
    if replies and chases and len(theirs) == 1:
        return theirs[0]
    for request in sorted(theirs, key=lambda earlier: -earlier.id):
        alike = fuzz.token_set_ratio(clean_title(title).lower(), clean_title(request.title).lower())
        if alike >= (70 if chases else 85):
            return request
    return None


def _known(session: Session) -> Sequence[KnownRequest]:
    rows = session.execute(
        select(Request.id, Request.title, Requester.contact, Request.message_id, Request.stage, Request.received_at)
        .join(Requester, Request.requester_id == Requester.id, isouter=True)
        .where(Request.kind.in_([RequestKind.REQUEST, RequestKind.UPDATE]))
        .order_by(Request.id)
    )
    return [
        KnownRequest(i, title, contact or "", message, stage not in CLOSED, received)
        for i, title, contact, message, stage, received in rows
    ]


def _as_known(request: Request) -> KnownRequest:
    contact = request.requester.contact if request.requester else ""
    is_open = request.stage not in CLOSED
    return KnownRequest(request.id, request.title, contact, request.message_id, is_open, request.received_at)


def as_update(session: Session, draft: Draft, earlier: KnownRequest) -> Draft:
    """The draft with everything that the earlier request said and it does not."""
    before = request_of(session, earlier.id).brief
    said = {name for name in draft.evidence if "." not in name}
    changed = {name: getattr(draft.brief, name) for name in said - {"audience", "organisation", "requester"}}
    changed["title"] = _title(before, draft)
    read = draft.brief.criteria
    mine = tuple(one for index, one in enumerate(read) if f"criteria.{index}" in draft.evidence)
    criteria = (*before.criteria, *(c for c in mine if c not in before.criteria))
    sessions = draft.brief.sessions or before.sessions
    brief = replace(before, **changed, text=draft.brief.text, criteria=criteria, sessions=sessions)
    evidence = {name: found for name, found in draft.evidence.items() if not name.startswith("criteria.")}
    for index, criterion in enumerate(criteria):
        if criterion in mine:
            evidence[f"criteria.{index}"] = draft.evidence[f"criteria.{read.index(criterion)}"]
    return replace(draft, kind=RequestKind.UPDATE, brief=brief, evidence=evidence)


def _title(before: Brief, draft: Draft) -> str:
    """The title that was given by hand (no phrase says it); else the earlier one with what is new behind it."""
    titled = draft.evidence.get("title")
    if titled is not None and not titled.text:
        return draft.brief.title
    now = draft.brief
    people, by = now.people_wanted, now.deadline
    news = [people.text] if people.text and people != before.people_wanted else []
    news += [f"by {by.day} {by:%B}"] if by and by != before.deadline else []
    return f"{before.title} (update: {', '.join(news)})" if news else before.title
