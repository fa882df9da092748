"""The requester's sheet: the agreed columns of those who said yes to this request, and nothing else."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.consent.release import Agreed, agreed, record_release
from matcher.errors import UserError
from matcher.files.writers.workbook import Column, SheetSpec, Value, workbook_bytes
from matcher.knowledge.phones import phone
from matcher.model import Member, OutFile, Request, fields_of
from matcher.storage import Unit, reading, request_of, send_out
from matcher.storage.store import Store

USUAL = ("first_name", "email", "phone")
_IDENTITY = frozenset({"first_name", "last_name", "email", "phone"})


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """A requester's sheet that was written, and the covering words that go with it."""

    path: str
    people: int
    file_id: int
    covering_note: str


def write_requester_sheet(
    store: Store, request_id: int, path: Path, fields: Sequence[str] = USUAL, *, pseudonymous: bool = False
) -> SheetWritten:
    """Write the sheet of those who agreed to ``path`` (.xlsx) and log what was shared, of whom, with whom.

    ``pseudonymous`` leaves out names and contacts and labels people P1, P2 ... afresh for each file.
    Raises UserError when nobody said yes, a field may not be shared, or the target cannot be written.
    """
    wanted = [name for name in fields if not (pseudonymous and name in _IDENTITY)]
    with reading(store) as session:
        request = request_of(session, request_id)
        people = list(agreed(session, request, wanted))
        if not people:
            raise UserError(
                f"Nobody has said yes to R{request_id} yet, so nothing may be shared.", todo="Send counts instead."
            )
        if pseudonymous:
            secrets.SystemRandom().shuffle(people)
        recipient = ", ".join(part for part in (request.brief.requester, request.brief.organisation) if part)
        sheet = _sheet(session, people, wanted, pseudonymous)
        note = _covering_note(request, len(people))
    content = workbook_bytes([sheet], title="People who agreed to take part")

    def check(unit: Unit, out: OutFile) -> None:
        record_release(unit, request_of(unit.session, request_id), out, recipient or "the requester", people)

    file_id = send_out(
        store, path, content, what=f"share details for R{request_id}", kind="requester's sheet",
        request_id=request_id, members=[person.member_id for person in people], check=check,
    )  # fmt: skip
    return SheetWritten(str(path), len(people), file_id, note)


def _sheet(session: Session, people: list[Agreed], fields: list[str], pseudonymous: bool) -> SheetSpec:
    labels = fields_of(Member)
    columns = [Column(labels[name].label, 24, "phone" if name == "phone" else "text") for name in fields]
    if pseudonymous:
        columns.insert(0, Column("Person", 10, "text"))
    ids = [person.member_id for person in people]
    members = {m.id: m for m in session.scalars(select(Member).where(Member.id.in_(ids)))}
    rows: list[list[Value]] = []
    for place, person in enumerate(people, start=1):
        row = [_value(members[person.member_id], name) if name in person.fields else "" for name in fields]
        rows.append([f"P{place}", *row] if pseudonymous else row)
    return SheetSpec("People who agreed", tuple(columns), rows)


def _value(member: Member, name: str) -> Value:
    value = getattr(member, name)
    if name == "phone" and (number := phone(value)):
        return number.national
    return value if isinstance(value, str | int) else ""


def _covering_note(request: Request, people: int) -> str:
    return (
        f"These {people} people agreed to be contacted about “{request.title}”. Please use their details for this "
        "request only, pass them to nobody else, contact them about nothing else, and delete them when it is "
        "over. Tell us if anybody asks to be left out."
    )
