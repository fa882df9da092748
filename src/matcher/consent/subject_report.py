"""Everything that is held on one member or requester, to be looked through and handed to them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.aftermath import labels
from matcher.consent.states import history
from matcher.consent.subject_tables import TOLD_OF_MEMBERS, TOLD_OF_REQUESTERS, Told
from matcher.errors import UserError
from matcher.files.writers.by_suffix import bytes_for
from matcher.files.writers.html import html_page
from matcher.files.writers.workbook import Column, SheetSpec, workbook_bytes
from matcher.knowledge.canonical import CHANNELS, GENDERS
from matcher.model import Batch, Change, Meetup, Member, OutFile, Partner, Request, Requester, fields_of
from matcher.storage import member_of, reading, send_out
from matcher.storage.store import Store
from matcher_resources import path_to

MASK = "[another person]"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: a table with its heading and the headers of its columns."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Passage(NamedTuple):
    """Where a cell of a report stands, counted from 0."""

    section: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class SubjectReport:
    """All that is held on ``name``, as of ``made_at``; ``masked`` is how often somebody else was left out.

    ``note`` is her covering note; it stands at the top.
    """

    name: str
    made_at: datetime
    sections: tuple[Section, ...]
    masked: int
    member_ids: tuple[int, ...] = ()
    note: str = ""

    def with_note(self, note: str) -> "SubjectReport":
        """The report under a covering note."""
        return replace(self, note=note.strip())

    def leaving_out(self, passages: Mapping[Passage, str]) -> "SubjectReport":
        """The report without these passages; in the place of each stands why it was left out.

        Raises UserError for a passage without a reason: the reader has to be told that something is missing.
        """
        if not all(reason.strip() for reason in passages.values()):
            raise UserError("Something was left out without a reason.", todo="Write why: about a colleague.")
        sections = (
            replace(section, rows=tuple(
                tuple(
                    f"[left out: {passages[place].strip()}]" if (place := Passage(s, r, c)) in passages else cell
                    for c, cell in enumerate(row)
                )
                for r, row in enumerate(section.rows)
            ))
            for s, section in enumerate(self.sections)
        )  # fmt: skip
        return replace(self, sections=tuple(sections))


SUFFIXES = (".xlsx", ".html")
REPORT = "subject report"
"""The kind of file that a report is logged as."""
_MOST_COLUMNS = 6
"""A section with more columns is read line by line rather than as one wide table."""
_PERMISSIONS = ("When", "About", "Decision", "How", "Recorded by", "Evidence", "Conditions", "Until")
_CHANGES = ("When", "What", "Before", "After")


def subject_report(store: Store, member_id: int) -> SubjectReport:
    """Everything held on a member, records merged with hers among them; other people are masked.

    Raises UserError when there is no such member or they were erased.
    """
    with reading(store) as session:
        asked_for = member_of(session, member_id)
        own = asked_for.merged_into or asked_for.id
        records = list(session.scalars(select(Member).where((Member.id == own) | (Member.merged_into == own))))
        if any(record.erased_at for record in records):
            raise UserError(f"M{own} was erased: nothing is held on them.")
        ids = [record.id for record in records]
        told = [_section(session, mapped, told, ids) for mapped, told in TOLD_OF_MEMBERS.items()]
        sections = [told[0], _permissions(session, own), *told[1:], _files(session, ids), _changes(session, ids)]
        return replace(_masked(records[0].name, sections, _others(session, set(ids))), member_ids=tuple(ids))


def requester_report(store: Store, requester_id: int) -> SubjectReport:
    """Everything held on a requester; members are masked. Raises UserError when there is no such requester."""
    with reading(store) as session:
        requester = session.get(Requester, requester_id)
        if requester is None:
            raise UserError("There is no such requester.")
        sections = [_section(session, m, told, [requester_id]) for m, told in TOLD_OF_REQUESTERS.items()]
        return _masked(requester.name, sections, _others(session, set()))


def _section(session: Session, mapped: Any, told: Told, ids: Sequence[int]) -> Section:
    """A table's rows about a person: of the person's own record a line a fact, of others a line a row."""
    table = mapped.__table__
    columns = [table.columns[name] for name in told.columns]
    theirs = table.columns[told.whose].in_(ids)
    rows = session.execute(select(*columns).where(theirs).order_by(table.columns["id"])).all()
    words = [[_words(session, c.name, value) for c, value in zip(columns, row, strict=True)] for row in rows]
    labels = tuple(told.columns.values())
    if told.whose != "id":
        return Section(told.title, labels, tuple(map(tuple, words)))
    facts = (fact for row in words for fact in zip(labels, row, strict=True) if fact[1])
    return Section(told.title, ("", "Held"), tuple(facts))


def _words(session: Session, name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if name == "request_id" and (request := session.get(Request, value)):
        return f"R{value} “{request.title}”"
    if name == "out_file_id" and (file := session.get(OutFile, value)):
        return re.split(r"[\\/]", file.path)[-1]
    if name == "shared_fields":
        return labels(value)
    if name == "gender":
        return GENDERS.get(value, str(value))
    if name == "preferred_channel":
        return CHANNELS.get(value, str(value))
    if name == "partner_id" and (partner := session.get(Partner, value)):
        return partner.name
    if name == "meetup_id" and (meetup := session.get(Meetup, value)):
        return f"{meetup.title}, {_plain(meetup.starts_at)}"
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            return value.value.replace("_", " ")
        case datetime():
            return f"{clock.as_utc(value).astimezone(clock.LONDON):%d %b %Y, %H:%M}"
        case date():
            return f"{value:%d %b %Y}"
        case list() | tuple():
            return ", ".join(_plain(item) for item in value)
        case Mapping():
            return "; ".join(f"{key}: {shown}" for key, item in value.items() if (shown := _plain(item)))
        case _:
            return str(value)


def _permissions(session: Session, member_id: int) -> Section:
    rows = (
        (d.at, d.purpose, d.decision, d.how, d.recorder, d.evidence, d.conditions, d.valid_until)
        for d in history(session, member_id)
    )
    return Section("Your permissions", _PERMISSIONS, tuple(tuple(map(_plain, row)) for row in rows))


def _files(session: Session, ids: Sequence[int]) -> Section:
    files = session.scalars(select(OutFile).where(OutFile.state.in_(("written", "printed"))).order_by(OutFile.id))
    rows = (
        (_words(session, "out_file_id", file.id), file.kind, _plain(file.at))
        for file in files
        if set(ids) & set(file.members)
    )
    return Section("Files that hold your details", ("File or paper", "What", "Written or printed"), tuple(rows))


def _changes(session: Session, ids: Sequence[int]) -> Section:
    """What was corrected: values that replaced other values, in order."""
    labels = {name: field.label for name, field in fields_of(Member).items()}
    changes = session.execute(
        select(Change.field, Change.before, Change.after, Batch.at)
        .join(Batch, Batch.id == Change.batch_id)
        .where(Change.entity == Member.__tablename__, Change.entity_id.in_([str(i) for i in ids]))
        .where(Change.field.in_(labels))
        .order_by(Change.id)
    )
    rows = ((_plain(at), labels[name], _plain(before), _plain(after)) for name, before, after, at in changes)
    return Section("What was changed", _CHANGES, tuple(rows))


def _others(session: Session, but: set[int]) -> re.Pattern[str] | None:
    """Everybody else's full name, e-mail address and phone number, as one pattern; None when there is nobody."""
    columns = select(Member.id, Member.first_name, Member.last_name, Member.email, Member.phone)
    words, mine = set[str](), set[str]()
    for row in session.execute(columns):
        full = f"{row.first_name} {row.last_name}" if row.first_name and row.last_name else None
        (mine if row.id in but else words).update(word for word in (full, row.email, row.phone) if word)
    listed = sorted(words - mine, key=len, reverse=True)
    if not listed:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + r")(?!\w)", re.IGNORECASE)


def without_members(session: Session, texts: Iterable[str]) -> tuple[str, ...]:
    """These texts, with a mask in the place of every member's full name, e-mail address and phone number."""
    members = _others(session, set())
    return tuple(members.sub(MASK, text) if members else text for text in texts)


def _masked(name: str, sections: Iterable[Section], others: re.Pattern[str] | None) -> SubjectReport:
    masked, count = [], 0
    for section in sections:
        rows = []
        for row in section.rows:
            cells = [others.subn(MASK, cell) if others else (cell, 0) for cell in row]
            count += sum(times for _, times in cells)
            rows.append(tuple(cell for cell, _ in cells))
        masked.append(replace(section, rows=tuple(rows)))
    return SubjectReport(name, clock.now(), tuple(masked), count)


def save_report(store: Store, report: SubjectReport, path: Path, *, pdf: bytes | None = None) -> int:
    """Write a report that was looked through to ``path``; log that it left.

    As .xlsx, as .html to read and print, or as .pdf where the caller drew `report_html` into ``pdf``. Returns the
    number of the file. Raises UserError for another kind of file or a target that cannot be written.
    """
    content = bytes_for(
        path, "report", workbook=lambda: _workbook(report), page=lambda: report_html(report), pdf=pdf
    )
    return send_out(
        store, path, content, what="save a subject report", kind=REPORT, request_id=None,
        members=list(report.member_ids), check=lambda _unit, _out: None,
    )  # fmt: skip


def report_html(report: SubjectReport) -> bytes:
    """The report as a page to read and print that loads nothing from anywhere."""
    values = {
        "title": f"What is held on {report.name}", "made_at": _plain(report.made_at),
        "sections": [_without_empty_columns(section) for section in report.sections if section.rows],
        "most_columns": _MOST_COLUMNS,
        "note": report.note.splitlines(),
    }  # fmt: skip
    return html_page(path_to("templates/subject_report.html").read_text(encoding="utf-8"), values)


def _without_empty_columns(section: Section) -> Section:
    filled = [place for place in range(len(section.headers)) if any(row[place] for row in section.rows)]
    rows = tuple(tuple(row[place] for place in filled) for row in section.rows)
    return replace(section, headers=tuple(section.headers[place] for place in filled), rows=rows)


def _workbook(report: SubjectReport) -> bytes:
    def sheet(section: Section) -> SheetSpec:
        longest = (max((len(row[n]) for row in section.rows), default=0) for n in range(len(section.headers)))
        columns = [
            Column(header or "What", min(60, max(12, width + 2)), "long")
            for header, width in zip(section.headers, longest, strict=True)
        ]
        return SheetSpec(section.title, columns, section.rows)

    note = Section("Covering note", ("Note",), tuple((line,) for line in report.note.splitlines()))
    sheets = [sheet(section) for section in (note, *report.sections) if section.rows]
    return workbook_bytes(sheets, title="Everything held on one person")
