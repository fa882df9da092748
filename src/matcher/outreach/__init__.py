"""From a list of people to people who are heard: messages, the outreach workbook, asks and answers."""

from matcher.files.readers.workbooks import needs_password
from matcher.outreach.answers import Heard, record_heard, reply, trouble_with
from matcher.outreach.asks import LOT, AskRow, ask, asks, last_asked, next_lot
from matcher.outreach.check_ins import ReadyCheckIn, check_in_messages
from matcher.outreach.closing import (
    Closing,
    Debt,
    Owed,
    close,
    closing,
    note_findings,
    note_requester_feedback,
    owed,
)
from matcher.outreach.counts import Counts, willing_counts
from matcher.outreach.email_drafts import EmailsWritten, LeftOut, write_due_emails, write_emails
from matcher.outreach.facts import (
    AskFact,
    SessionRow,
    note_fact,
    note_feedback,
    pick_session,
    record_outcome,
    sessions_of,
)
from matcher.outreach.follow_ups import ReadyWord, to_nudge, to_remind, to_tell, to_thank
from matcher.outreach.introduce import Introduced, Introduction, introduction
from matcher.outreach.list_progress import Places, ShortOf, places, short_of_people
from matcher.outreach.old_files import Deleted, OldWorkbook, delete_workbooks, old_workbooks
from matcher.outreach.open_calls import CallRow, CallWords, call_words, open_calls, post_call, volunteer
from matcher.outreach.overview import Event, OpenAsk, Part, participation, timeline, unsettled
from matcher.outreach.pasted_replies import Choice, RepliesRead, ReplyProposal, read_replies, record_pasted
from matcher.outreach.ready_messages import ReadyMessage, ready_messages
from matcher.outreach.reply_meaning import Meaning, meaning_of
from matcher.outreach.requester_sheet import SheetWritten, write_requester_sheet
from matcher.outreach.rest_override import ask_anyway, asked_anyway_because
from matcher.outreach.retraction import ToTell, retraction, retractions
from matcher.outreach.returned import (
    RejectedRow,
    RepliesPreview,
    RepliesRecorded,
    ReplyChange,
    ReplyConflict,
    read_replies_file,
    record_replies,
    request_of_workbook,
)
from matcher.outreach.small_groups import GroupWarning, small_groups
from matcher.outreach.texts import MessageKind, MessageText, message_texts, save_message_text, usual_text, words_of
from matcher.outreach.workbook import Exported, export_workbook

__all__ = [
    "LOT",
    "AskFact",
    "AskRow",
    "CallRow",
    "CallWords",
    "Choice",
    "Closing",
    "Counts",
    "Debt",
    "Deleted",
    "EmailsWritten",
    "Event",
    "Exported",
    "GroupWarning",
    "Heard",
    "Introduced",
    "Introduction",
    "LeftOut",
    "Meaning",
    "MessageKind",
    "MessageText",
    "OldWorkbook",
    "OpenAsk",
    "Owed",
    "Part",
    "Places",
    "ReadyCheckIn",
    "ReadyMessage",
    "ReadyWord",
    "RejectedRow",
    "RepliesPreview",
    "RepliesRead",
    "RepliesRecorded",
    "ReplyChange",
    "ReplyConflict",
    "ReplyProposal",
    "SessionRow",
    "SheetWritten",
    "ShortOf",
    "ToTell",
    "ask",
    "ask_anyway",
    "asked_anyway_because",
    "asks",
    "call_words",
    "check_in_messages",
    "close",
    "closing",
    "delete_workbooks",
    "export_workbook",
    "introduction",
    "last_asked",
    "meaning_of",
    "message_texts",
    "needs_password",
    "next_lot",
    "note_fact",
    "note_feedback",
    "note_findings",
    "note_requester_feedback",
    "old_workbooks",
    "open_calls",
    "owed",
    "participation",
    "pick_session",
    "places",
    "post_call",
    "read_replies",
    "read_replies_file",
    "ready_messages",
    "record_heard",
    "record_outcome",
    "record_pasted",
    "record_replies",
    "reply",
    "request_of_workbook",
    "retraction",
    "retractions",
    "save_message_text",
    "sessions_of",
    "short_of_people",
    "small_groups",
    "timeline",
    "to_nudge",
    "to_remind",
    "to_tell",
    "to_thank",
    "trouble_with",
    "unsettled",
    "usual_text",
    "volunteer",
    "willing_counts",
    "words_of",
    "write_due_emails",
    "write_emails",
    "write_requester_sheet",
]
