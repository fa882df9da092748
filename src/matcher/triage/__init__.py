"""Requests: read one out of an e-mail or document, flag it, log it, move it through its stages."""

from matcher.triage.chasers import carries_on
from matcher.triage.flags import Flag
from matcher.triage.kinds import KnownRequest
from matcher.triage.log import AUTO, Auto, LoggedRequest, log_brief, log_request, original_of
from matcher.triage.read import Draft, Evidence, read_request, received_at
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

__all__ = [
    "AUTO",
    "Auto",
    "Draft",
    "Evidence",
    "Flag",
    "KnownRequest",
    "LoggedRequest",
    "Move",
    "Original",
    "RequestPage",
    "RequestRow",
    "carries_on",
    "edit_brief",
    "list_requests",
    "log_brief",
    "log_request",
    "move_stage",
    "original_of",
    "read_request",
    "received_at",
    "request_id",
    "show_request",
]
