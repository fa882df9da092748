"""The outreach workbook: her own sheet of whom to ask, with what words, and a column for the answers."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import check_may_ask, verdicts
from matcher.consent.conditions import as_put
from matcher.errors import UserError
from matcher.files.writers.workbook import Column, Link, SheetSpec, Value, workbook_bytes
from matcher.knowledge.phones import phone
from matcher.model import Answer, Brief, Invitation, Member, OutFile, Request, ShortlistEntry
from matcher.outreach.messages import ask_for
from matcher.outreach.row_ids import RowId, seal
from matcher.storage import Unit, reading, request_of, send_out, setting
from matcher.storage.store import Store

COLUMNS = (
    Column("Place", 8, "number"),
    Column("Name", 24, "text"),
    Column("Ask first", 16, "text"),
    Column("Channel", 12, "text"),
    Column("Phone", 16, "phone"),
    Column("E-mail", 30, "text"),
    Column("Please respect", 30, "long"),
    Column("Message", 70, "long"),
    Column("Open", 16, "link"),
    Column("Response", 24, "choice", choices=tuple(answer.value for answer in Answer)),
    Column("Note", 40, "long"),
    Column("Row id", 34, "text"),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook that was written: where, how many people it holds, and its number in the log."""

    path: str
    people: int
    reserves: int
    file_id: int


def export_workbook(store: Store, request_id: int, path: Path) -> Exported:
    """Write the outreach workbook of a request's list to ``path`` (.xlsx) and log it.

    Consent is checked in the transaction that records the file; each person becomes an ask “to ask”.
    Raises UserError when there is no list, somebody on it may no longer be asked, or the target cannot be
    written; then there is no file.
    """
    if path.suffix.casefold() != ".xlsx":
        raise UserError(
            "The outreach workbook is an Excel file.", where=path.name, todo="Give it a name that ends in .xlsx."
        )
    with reading(store) as session:
        request = request_of(session, request_id)
        entries = _entries(session, request_id)
        content = workbook_bytes([_sheet(store, session, request, entries)], title=f"Outreach for R{request_id}")
        members = [entry.member_id for entry in entries]
        reserves = sum(entry.reserve for entry in entries)

    def check(unit: Unit, out: OutFile) -> None:
        request = request_of(unit.session, request_id)
        check_may_ask(unit.session, request, members, clock.today())
        known = set(unit.session.scalars(select(Invitation.member_id).where(Invitation.request_id == request_id)))
        for member_id in members:
            if member_id not in known:
                unit.session.add(Invitation(request_id=request_id, member_id=member_id))

    file_id = send_out(
        store, path, content, what=f"export outreach workbook R{request_id}", kind="outreach workbook",
        request_id=request_id, members=members, check=check,
    )  # fmt: skip
    return Exported(str(path), len(members) - reserves, reserves, file_id)


def _entries(session: Session, request_id: int) -> list[ShortlistEntry]:
    entries = list(
        session.scalars(
            select(ShortlistEntry)
            .where(ShortlistEntry.request_id == request_id)
            .order_by(ShortlistEntry.reserve, ShortlistEntry.position)
        )
    )
    if not entries:
        raise UserError(f"R{request_id} has no list yet.", todo="Make the list first.")
    return entries


def _sheet(store: Store, session: Session, request: Request, entries: list[ShortlistEntry]) -> SheetSpec:
    listed = session.scalars(select(Member).where(Member.id.in_([entry.member_id for entry in entries])))
    members = {member.id: member for member in listed}
    organisation = setting(session, "organisation.name", "")
    sender = setting(session, "organisation.sender", "")
    found = verdicts(session, request, clock.today())
    rows = [
        _row(
            store, request, entry, members[entry.member_id], request.brief, organisation, sender,
            ask_first=entry.member_id in found and found[entry.member_id].ask_first,
        )
        for entry in entries
    ]  # fmt: skip
    return SheetSpec("Outreach", COLUMNS, rows)


def _row(
    store: Store, request: Request, entry: ShortlistEntry, member: Member, brief: Brief,
    organisation: str, sender: str, ask_first: bool,
) -> list[Value]:  # fmt: skip
    ask = ask_for(member, brief, organisation=organisation, sender=sender)
    number = phone(member.phone)
    return [
        f"reserve {entry.position}" if entry.reserve else entry.position,
        member.name,
        "personally" if ask_first else "",
        ask.channel,
        number.national if number else member.phone or "",
        member.email or "",
        as_put(member.conditions_text, member.conditions),
        ask.message,
        Link("Open", ask.link) if ask.link else "",
        "",
        "",
        seal(store, RowId(request.id, member.id)),
    ]
