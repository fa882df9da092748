"""The outreach workbook: her own sheet of whom to ask, with what words, and a column for the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Verdict, check_may_ask, verdicts
from matcher.consent.conditions import as_put
from matcher.errors import UserError
from matcher.files.writers.locked import under_password
from matcher.files.writers.workbook import Column, Link, SheetSpec, Value, workbook_bytes
from matcher.knowledge.phones import phone
from matcher.model import Answer, Brief, Invitation, Member, OutFile, Request, ShortlistEntry
from matcher.outreach.brief_words import spoken_session
from matcher.outreach.messages import Writer, writer_in
from matcher.outreach.row_ids import RowId, seal
from matcher.outreach.texts import MessageKind
from matcher.storage import Unit, reading, request_of, revision, send_out
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
    Column("Row id", 40, "text"),
)
_DATE_PICKED = 26


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook that was written: where, how many people it holds, and its number in the log."""

    path: str
    people: int
    reserves: int
    file_id: int


def export_workbook(store: Store, request_id: int, path: Path, *, password: str = "") -> Exported:
    """Write the outreach workbook of a request's list to ``path`` (.xlsx) and log it.

    Consent is checked in the transaction that records the file; each person becomes an ask “to ask”. What was
    answered already stands in it. With a ``password`` it opens only with that.
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
        if password:
            content = under_password(content, password)
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
    asked = session.scalars(select(Invitation).where(Invitation.request_id == request.id))
    sheet = _Sheet(
        store, request, request.brief, writer_in(session), verdicts(session, request, clock.today()),
        {ask.member_id: ask for ask in asked}, revision(session),
    )  # fmt: skip
    return SheetSpec("Outreach", sheet.columns(), [sheet.row(one, members[one.member_id]) for one in entries])


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row of a workbook is made from."""

    store: Store
    request: Request
    brief: Brief
    writer: Writer
    verdicts: Mapping[int, Verdict]
    asked: Mapping[int, Invitation]
    revision: int

    def columns(self) -> tuple[Column, ...]:
        """The columns; with several dates to choose from, one more for the date that was picked."""
        if len(self.brief.sessions) < 2:
            return COLUMNS
        dates = tuple(map(spoken_session, self.brief.sessions))
        return (*COLUMNS[:-2], Column("Date picked", _DATE_PICKED, "choice", choices=dates), *COLUMNS[-2:])

    def row(self, entry: ShortlistEntry, member: Member) -> list[Value]:
        """One row, in the order of the columns."""
        ready = self.writer.write(MessageKind.ASK, member, self.brief)
        number, ask, verdict = phone(member.phone), self.asked.get(member.id), self.verdicts.get(member.id)
        cells: dict[str, Value] = {
            "Place": f"reserve {entry.position}" if entry.reserve else entry.position,
            "Name": member.name,
            "Ask first": "personally" if verdict and verdict.ask_first else "",
            "Channel": ready.channel,
            "Phone": number.national if number else member.phone or "",
            "E-mail": member.email or "",
            "Please respect": as_put(member.conditions_text, member.conditions),
            "Message": ready.message,
            "Open": Link("Open", ready.link) if ready.link else "",
            "Response": ask.answer.value if ask and ask.answer else "",
            "Date picked": self._picked(ask.session) if ask else "",
            "Note": ask.note if ask else "",
            "Row id": seal(self.store, RowId(self.request.id, member.id, self.revision)),
        }
        return [cells[column.header] for column in self.columns()]

    def _picked(self, key: str) -> str:
        return next((spoken_session(one) for one in self.brief.sessions if one.key == key), "")
