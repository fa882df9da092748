"""From a list of people to people who are heard: messages, the outreach workbook, asks and answers."""

from matcher.outreach.asks import AskRow, ask, ask_anyway, asked_anyway_because, asks, last_asked, reply
from matcher.outreach.check_ins import ReadyCheckIn, check_in_messages
from matcher.outreach.counts import Counts, willing_counts
from matcher.outreach.ready import ReadyMessage, ready_messages
from matcher.outreach.requester_sheet import SheetWritten, write_requester_sheet
from matcher.outreach.retraction import ToTell, retraction, retractions
from matcher.outreach.workbook import Exported, export_workbook

__all__ = [
    "AskRow",
    "Counts",
    "Exported",
    "ReadyCheckIn",
    "ReadyMessage",
    "SheetWritten",
    "ToTell",
    "ask",
    "ask_anyway",
    "asked_anyway_because",
    "asks",
    "check_in_messages",
    "export_workbook",
    "last_asked",
    "ready_messages",
    "reply",
    "retraction",
    "retractions",
    "willing_counts",
    "write_requester_sheet",
]
