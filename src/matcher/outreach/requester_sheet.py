"""The requester's sheet: the agreed columns of those who said yes to this request, and nothing else."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.release import RELEASABLE, Agreed, agreed, record_release
from matcher.errors import UserError
from matcher.files.writers.letters import one_line
from matcher.files.writers.locked import under_password
from matcher.files.writers.workbook import Column, SheetSpec, Value, workbook_bytes
from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone
from matcher.model import Brief, Member, OutFile, Request, fields_of
from matcher.outreach.small_groups import IDENTITY, GroupWarning, warnings_of
from matcher.outreach.stages import now_introduced
from matcher.storage import Unit, reading, request_of, send_out, setting
from matcher.storage.store import Store

USUAL = ("first_name", "email", "phone")
KEEP_DAYS = 90
"""For how long after the deadline, or today, a requester may keep what was shared."""
_NAMELESS = tuple(name for name in RELEASABLE if name not in IDENTITY)


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """A requester's sheet that was written, and the covering words that go with it.

    ``to`` ("" when no address is known), ``subject`` and ``letter`` are the covering e-mail. ``warnings``: whom it
    may give away, looking at all that this requester has received. ``left_out``: how many agreed, but let none of
    these columns be shared; they can be given the requester's details instead.
    """

    path: str
    people: int
    file_id: int
    covering_note: str
    left_out: int = 0
    to: str = ""
    subject: str = ""
    letter: str = ""
    warnings: tuple[GroupWarning, ...] = ()


def write_requester_sheet(
    store: Store, request_id: int, path: Path, fields: Sequence[str] = USUAL, *, pseudonymous: bool = False,
    password: str = "",
) -> SheetWritten:  # fmt: skip
    """Write the sheet of those who agreed to ``path`` (.xlsx) and log what was shared, of whom, with whom.

    ``pseudonymous`` leaves out names and contacts and labels people P1, P2 ... afresh for each file; without
    any other field asked for, it holds all that name nobody. What a requester has to respect stands beside each.
    With a ``password`` it opens only with that.
    Raises UserError when nobody said yes, a field may not be shared, or the target cannot be written.
    """
    wanted = [name for name in fields if not (pseudonymous and name in IDENTITY)]
    if pseudonymous and not wanted:
        wanted = list(_NAMELESS)
    with reading(store) as session:
        request = request_of(session, request_id)
        said_yes = agreed(session, request, wanted)
        people = _to_share(request_id, said_yes)
        if pseudonymous:
            secrets.SystemRandom().shuffle(people)
        recipient = ", ".join(part for part in (request.brief.requester, request.brief.organisation) if part)
        sheet = _sheet(session, people, wanted, pseudonymous)
        note = _covering_note(request, len(people))
        letter = _letter(session, request.brief, note, with_password=bool(password))
        warnings = warnings_of(session, request, people, pseudonymous=pseudonymous)
        to, subject = email(request.brief.contact) or "", one_line(f"About “{request.title}”")
    content = workbook_bytes([sheet], title="People who agreed to take part")
    if password:
        content = under_password(content, password)

    def check(unit: Unit, out: OutFile) -> None:
        request = request_of(unit.session, request_id)
        record_release(unit, request, out, recipient or "the requester", people)
        now_introduced(unit, request)

    file_id = send_out(
        store, path, content, what=f"share details for R{request_id}", kind="requester's sheet",
        request_id=request_id, members=[person.member_id for person in people], check=check,
    )  # fmt: skip
    return SheetWritten(
        str(path), len(people), file_id, note, len(said_yes) - len(people), to, subject, letter, warnings
    )


def _to_share(request_id: int, said_yes: Sequence[Agreed]) -> list[Agreed]:
    """Those of whom something may be shared. Raises UserError when there is nobody, with what to do instead."""
    if people := [person for person in said_yes if person.fields]:
        return people
    if said_yes:
        raise UserError(
            f"Nobody who said yes to R{request_id} lets any of this be shared.",
            todo="Give them the requester's details instead.",
        )
    raise UserError(
        f"Nobody has said yes to R{request_id} yet, so nothing may be shared.", todo="Send counts instead."
    )


def _sheet(session: Session, people: list[Agreed], fields: list[str], pseudonymous: bool) -> SheetSpec:
    labels = fields_of(Member)
    columns = [Column(labels[name].label, 24, "phone" if name == "phone" else "text") for name in fields]
    columns.append(Column("Please respect", 40, "long"))
    if pseudonymous:
        columns.insert(0, Column("Person", 10, "text"))
    ids = [person.member_id for person in people]
    members = {m.id: m for m in session.scalars(select(Member).where(Member.id.in_(ids)))}
    rows: list[list[Value]] = []
    for place, person in enumerate(people, start=1):
        row = [_value(members[person.member_id], name) if name in person.fields else "" for name in fields]
        row.append(person.respect)
        rows.append([f"P{place}", *row] if pseudonymous else row)
    return SheetSpec("People who agreed", tuple(columns), rows)


def _value(member: Member, name: str) -> Value:
    value = getattr(member, name)
    if name == "phone" and (number := phone(value)):
        return number.national
    return value if isinstance(value, str | int) else ""


def _covering_note(request: Request, people: int) -> str:
    who = "This person" if people == 1 else f"These {people} people"
    over = clock.today() + timedelta(days=KEEP_DAYS)
    if request.deadline:
        over = max(over, request.deadline + timedelta(days=KEEP_DAYS))
    return (
        f"{who} agreed to be contacted about “{request.title}”. Please use the details for this request only, pass "
        "them to nobody else and make contact about nothing else. Please respect what stands beside each name. "
        f"Delete the details by {over.day} {over:%B %Y}, and tell us if anybody asks to be left out."
    )


def _letter(session: Session, brief: Brief, note: str, *, with_password: bool) -> str:
    signed = " · ".join(
        filter(None, (setting(session, "organisation.sender", ""), setting(session, "organisation.name", "")))
    )
    apart = "\n\nThe file opens with a password, which I will tell you another way." if with_password else ""
    greeting = f"Hello {one_line(brief.requester)}," if brief.requester else "Hello,"
    return f"{greeting}\n\n{note}{apart}\n\nThank you\n{signed}".strip()
