"""From a list of people to people who are heard: messages, the outreach workbook, asks and answers."""

from matcher.outreach.asks import AskRow, ask, asks, reply
from matcher.outreach.workbook import Exported, export_workbook

__all__ = ["AskRow", "Exported", "ask", "asks", "export_workbook", "reply"]
