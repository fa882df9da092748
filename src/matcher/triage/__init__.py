"""Requests: read one out of an e-mail or document, check it, answer it, move it through its stages."""

from matcher.triage.chasers import carries_on
from matcher.triage.checklists import (
    CheckItem,
    Checklist,
    new_key,
    read_checklists,
    save_checklist,
    usual_checklists,
)
from matcher.triage.checks import CheckState, answer_check, checks_of, missing
from matcher.triage.desk import ChecksDesk, show_checks
from matcher.triage.enquiries import ABOUT
from matcher.triage.flags import Flag
from matcher.triage.kinds import KnownRequest
from matcher.triage.letters import (
    WORDS,
    Advice,
    LetterDraft,
    SentLetter,
    draft_letter,
    letter_texts,
    record_sent,
    save_as_mail,
    save_letter_text,
    usual_text,
)
from matcher.triage.log import AUTO, Auto, LoggedRequest, log_brief, log_request, original_of, said_by
from matcher.triage.merge import FieldChange, changes_of_draft, changes_of_update, merge_update
from matcher.triage.questions import Question, answer_question, change_question, count_urgent, list_questions
from matcher.triage.read import Draft, Evidence, read_request, received_at
from matcher.triage.reminders import Due, add_reminder, finish_reminder, what_is_due, write_calendar
from matcher.triage.requesters import (
    Fact,
    Record,
    RequesterPage,
    RequesterRow,
    add_fact,
    edit_requester,
    list_requesters,
    show_requester,
)
from matcher.triage.requests import (
    Move,
    Original,
    RequestPage,
    RequestRow,
    edit_brief,
    list_requests,
    move_stage,
    request_id,
    show_request,
)
from matcher.triage.signposts import NATIONS, Signpost, signposts

__all__ = [
    "ABOUT",
    "AUTO",
    "NATIONS",
    "WORDS",
    "Advice",
    "Auto",
    "CheckItem",
    "CheckState",
    "Checklist",
    "ChecksDesk",
    "Draft",
    "Due",
    "Evidence",
    "Fact",
    "FieldChange",
    "Flag",
    "KnownRequest",
    "LetterDraft",
    "LoggedRequest",
    "Move",
    "Original",
    "Question",
    "Record",
    "RequestPage",
    "RequestRow",
    "RequesterPage",
    "RequesterRow",
    "SentLetter",
    "Signpost",
    "add_fact",
    "add_reminder",
    "answer_check",
    "answer_question",
    "carries_on",
    "change_question",
    "changes_of_draft",
    "changes_of_update",
    "checks_of",
    "count_urgent",
    "draft_letter",
    "edit_brief",
    "edit_requester",
    "finish_reminder",
    "letter_texts",
    "list_questions",
    "list_requesters",
    "list_requests",
    "log_brief",
    "log_request",
    "merge_update",
    "missing",
    "move_stage",
    "new_key",
    "original_of",
    "read_checklists",
    "read_request",
    "received_at",
    "record_sent",
    "request_id",
    "said_by",
    "save_as_mail",
    "save_checklist",
    "save_letter_text",
    "show_checks",
    "show_request",
    "show_requester",
    "signposts",
    "usual_checklists",
    "usual_text",
    "what_is_due",
    "write_calendar",
]
