"""Everything the checks of one request stand on, read in one go: what she looks at before she answers."""

from dataclasses import dataclass

from matcher.model import LetterKind
from matcher.storage import reading, request_of
from matcher.storage.store import Store
from matcher.triage.checks import CheckState, checks_in
from matcher.triage.letters import Advice, LetterDraft, SentLetter, advise, draft_in, sent_letters
from matcher.triage.merge import FieldChange, changes_of_update
from matcher.triage.reading.flags import Flag, flags_now
from matcher.triage.reminders import Due, due_of
from matcher.triage.requesters import RequesterPage, requester_in
from matcher.triage.requests import RequestPage, show_request


@dataclass(frozen=True, slots=True)
class ChecksDesk:
    """A request with its checks, its flags, the answer that fits, a draft of each letter, and what was sent.

    ``changes`` are the facts that it changes in the request it carries on, for an update.
    """

    page: RequestPage
    checks: tuple[CheckState, ...]
    flags: tuple[Flag, ...]
    advice: Advice
    drafts: dict[LetterKind, LetterDraft]
    sent: tuple[SentLetter, ...]
    due: tuple[Due, ...]
    requester: RequesterPage | None
    changes: tuple[FieldChange, ...]


def show_checks(store: Store, request_id: int) -> ChecksDesk:
    """The desk of a request. Raises UserError when there is no such one."""
    page = show_request(store, request_id)
    changes = changes_of_update(store, request_id) if page.updates else ()
    with reading(store) as session:
        request = request_of(session, request_id)
        checks, flags = checks_in(session, request), flags_now(request)
        drafts = {kind: draft_in(session, request, kind, checks) for kind in LetterKind}
        return ChecksDesk(
            page, checks, flags, advise(page.kind, checks, flags), drafts, sent_letters(session, request_id),
            due_of(session, request_id), requester_in(session, page.requester_id) if page.requester_id else None,
            changes,
        )  # fmt: skip
