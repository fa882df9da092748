"""Finding one request or member by its number, the same way in every room."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.model import Member, Request
from matcher.turns import in_turn

_AT_ONCE = 500


def numbered(text: str, letter: str) -> int | None:
    """The number in ``R12``, ``r12`` or ``12``; None when the text is no such id."""
    match = re.fullmatch(rf"{letter}?(\d{{1,12}})", text.strip(), re.IGNORECASE)
    return int(match[1]) if match else None


def rows_of(session: Session, query: Any) -> Iterator[Any]:
    """The rows of a query that may find very many, a few hundred at a time.

    Fetched at once they are held twice, and nobody else gets a turn while they are made.
    """
    return in_turn(session.execute(query.execution_options(yield_per=_AT_ONCE)))


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


def names_holding(session: Session, words: Collection[str]) -> Iterator[tuple[int, str]]:
    """The number and name of every record in whose name these words stand, in the order of names.

    Nobody's record is opened for it, so it tells neither who is live nor anything but names. Words with letters
    beyond a to z, of which SQLite does not know the capitals, are left for the caller to look for.
    """
    first, last = func.coalesce(Member.first_name, ""), func.coalesce(Member.last_name, "")
    query = select(Member.id, first, last).order_by(Member.last_name, Member.first_name, Member.id)
    for word in filter(str.isascii, words):
        query = query.where(func.instr(func.lower(first.concat(" ").concat(last)), word.lower()) > 0)
    for number, *name in rows_of(session, query):
        yield number, " ".join(name).strip()


def is_live(session: Session, member_id: int) -> bool:
    """Whether a record stands for a person: neither merged into another nor erased."""
    return session.scalar(select(Member.id).where(Member.id == member_id, Member.is_live())) is not None
