"""From a list of people to people who are heard: messages, the outreach workbook, asks and answers."""

from matcher.files.readers.workbooks import needs_password
from matcher.outreach.answers import Heard, record_heard, reply
from matcher.outreach.anyway import ask_anyway, asked_anyway_because
from matcher.outreach.asks import LOT, AskRow, ask, asks, last_asked, next_lot
from matcher.outreach.check_ins import ReadyCheckIn, check_in_messages
from matcher.outreach.counts import Counts, willing_counts
from matcher.outreach.facts import (
    AskFact,
    SessionRow,
    note_fact,
    note_feedback,
    pick_session,
    record_outcome,
    sessions_of,
)
from matcher.outreach.meaning import Meaning, meaning_of
from matcher.outreach.old_files import Deleted, OldWorkbook, delete_workbooks, old_workbooks
from matcher.outreach.ready import ReadyMessage, ready_messages
from matcher.outreach.requester_sheet import SheetWritten, write_requester_sheet
from matcher.outreach.retraction import ToTell, retraction, retractions
from matcher.outreach.returned import (
    RejectedRow,
    RepliesPreview,
    RepliesRecorded,
    ReplyChange,
    ReplyConflict,
    read_replies_file,
    record_replies,
)
from matcher.outreach.workbook import Exported, export_workbook

__all__ = [
    "LOT",
    "AskFact",
    "AskRow",
    "Counts",
    "Deleted",
    "Exported",
    "Heard",
    "Meaning",
    "OldWorkbook",
    "ReadyCheckIn",
    "ReadyMessage",
    "RejectedRow",
    "RepliesPreview",
    "RepliesRecorded",
    "ReplyChange",
    "ReplyConflict",
    "SessionRow",
    "SheetWritten",
    "ToTell",
    "ask",
    "ask_anyway",
    "asked_anyway_because",
    "asks",
    "check_in_messages",
    "delete_workbooks",
    "export_workbook",
    "last_asked",
    "meaning_of",
    "needs_password",
    "next_lot",
    "note_fact",
    "note_feedback",
    "old_workbooks",
    "pick_session",
    "read_replies_file",
    "ready_messages",
    "record_heard",
    "record_outcome",
    "record_replies",
    "reply",
    "retraction",
    "retractions",
    "sessions_of",
    "willing_counts",
    "write_requester_sheet",
]
