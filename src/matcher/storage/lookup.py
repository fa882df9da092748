"""Finding one request or member by its number, the same way in every room."""

import re

from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.model import Member, Request


def numbered(text: str, letter: str) -> int | None:
    """The number in ``R12``, ``r12`` or ``12``; None when the text is no such id."""
    match = re.fullmatch(rf"{letter}?(\d{{1,12}})", text.strip(), re.IGNORECASE)
    return int(match[1]) if match else None


def request_of(session: Session, request_id: int) -> Request:
    """The request with this number. Raises UserError when there is none."""
    found = session.get(Request, request_id)
    if found is None:
        raise UserError(f"There is no request R{request_id}.", todo="Look for it among the requests.")
    return found


def member_of(session: Session, member_id: int) -> Member:
    """The member with this number. Raises UserError when there is none."""
    found = session.get(Member, member_id)
    if found is None:
        raise UserError(f"There is no member M{member_id}.", todo="Look for them among the members.")
    return found
