"""What goes to the table: first names only, as a workbook or a page to print; and the date as a calendar file."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import count
from pathlib import Path

from matcher import clock
from matcher.consent import event_verdicts
from matcher.consent.aftermath import MEETUP_SHEET
from matcher.errors import UserError
from matcher.files.writers.by_suffix import bytes_for
from matcher.files.writers.calendar import Appointment, calendar_bytes
from matcher.files.writers.html import html_page
from matcher.model import Meetup, MeetupState, OutFile
from matcher.outreach.meetups.listing import MeetupPage, MeetupRow, meetup_page, meetups
from matcher.outreach.meetups.plan import meetup_of
from matcher.outreach.meetups.words import meetup_words
from matcher.storage import Unit, member_of, reading, send_out, settings_in
from matcher.storage.store import Store
from matcher_resources import path_to

_EMPTY_LINES = 8
"""Lines for whoever walks in."""


def save_day_sheet(store: Store, meetup_id: int, path: Path, *, pdf: bytes | None = None) -> int:
    """Write the sheet for the table (.xlsx or .html, or .pdf where the caller drew `day_sheet_html` into ``pdf``).

    It holds the first names of those who come and nothing else of them, and is logged. Returns how many stand on
    it. Raises UserError when nobody comes yet, or for another kind of file.
    """
    names = day_sheet_names(store, meetup_id)
    if not names:
        raise UserError("Nobody is coming yet, so there is no sheet to make.")
    content = bytes_for(
        path, "sheet", pdf=pdf, page=lambda: day_sheet_html(store, meetup_id),
        workbook=lambda: _workbook(meetup_page(store, meetup_id), list(names.values())),
    )  # fmt: skip

    def check(unit: Unit, _out: OutFile) -> None:
        meetup = meetup_of(unit.session, meetup_id)
        verdicts = event_verdicts(unit.session, meetup, list(names))
        for member_id in names:
            verdict = verdicts.get(member_id)
            if verdict is None or not (verdict.may or verdict.rule == "already_asked"):
                raise UserError(f"M{member_id} is not coming any more.", todo="Make the sheet again.")

    send_out(
        store, path, content, what="save a meet-up sheet", kind=MEETUP_SHEET, request_id=None, members=list(names),
        check=check,
    )  # fmt: skip
    return len(names)


def day_sheet_names(store: Store, meetup_id: int) -> dict[int, str]:
    """Member -> the first name for the table, of those who come, in the order of the names.

    Who shares a first name gets as much of the last name as tells them apart.
    """
    coming = [p.member_id for p in meetup_page(store, meetup_id).people if p.state is MeetupState.COMING]
    with reading(store) as session:
        allowed = event_verdicts(session, meetup_of(session, meetup_id), coming)
        people = [
            member_of(session, one)
            for one in coming
            if (verdict := allowed.get(one)) is not None and (verdict.may or verdict.rule == "already_asked")
        ]
        told = told_apart([(person.first_name or "", person.last_name or "") for person in people])
        named = {person.id: name for person, name in zip(people, told, strict=True)}
    return dict(sorted(named.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def told_apart(names: Sequence[tuple[str, str]]) -> list[str]:
    """First names; of several alike with an initial, or as many letters as it takes; else with a number.

    ``names`` are (first, last).
    """
    firsts = [first.strip() or "No name" for first, _last in names]
    alike = Counter(first.casefold() for first in firsts)
    shown = [
        first if alike[first.casefold()] == 1 else _with_initial(first, last, _lasts_of(first, firsts, names))
        for first, (_, last) in zip(firsts, names, strict=True)
    ]
    alike = Counter(name.casefold() for name in shown)
    used: set[str] = set()
    for place, name in enumerate(shown):
        shown[place] = (
            name if alike[name.casefold()] == 1 and name.casefold() not in used else _numbered(name, used)
        )
        used.add(shown[place].casefold())
    return shown


def _numbered(name: str, used: Collection[str]) -> str:
    return next(told for n in count(1) if (told := f"{name} ({n})").casefold() not in used)


def _lasts_of(first: str, firsts: Sequence[str], names: Sequence[tuple[str, str]]) -> list[str]:
    return [
        last.casefold() for one, (_, last) in zip(firsts, names, strict=True) if one.casefold() == first.casefold()
    ]


def _with_initial(first: str, last: str, lasts: Sequence[str]) -> str:
    last = last.strip()
    for length in range(1, len(last) + 1):
        if sum(other.strip().startswith(last[:length].casefold()) for other in lasts) == 1:
            return f"{first} {last[:length]}" + ("" if length == len(last) else ".")
    return f"{first} {last[:1]}." if last else first


def day_sheet_html(store: Store, meetup_id: int) -> bytes:
    """The sheet as a page to print that loads nothing from anywhere."""
    page, words = meetup_page(store, meetup_id), _words(store, meetup_id)
    values = {
        "title": page.row.title, "when": words["when"], "where": words["where"],
        "names": list(day_sheet_names(store, meetup_id).values()), "lines": range(_EMPTY_LINES),
    }  # fmt: skip
    return html_page(path_to("templates/meetup_sheet.html").read_text(encoding="utf-8"), values)


def save_calendar_file(store: Store, meetup_id: int, path: Path, *, all_dates: bool = False) -> int:
    """Write one date, or with ``all_dates`` every one to come of what it repeats, as a calendar file (.ics).

    It names no member. Written again, the entries replace the earlier ones; one that was called off is marked so.
    Returns how many dates it holds. Raises UserError when the file cannot be written.
    """
    if path.suffix.lower() != ".ics":
        raise UserError("A calendar file is written as .ics.", where=path.name, todo="Call it so.")
    chosen = meetup_page(store, meetup_id).row
    rows = [row for row in meetups(store) if row.id == meetup_id or (all_dates and _is_date_of(row, chosen))]
    with reading(store) as session:
        dates = [_appointment(meetup_of(session, row.id), row) for row in rows]
        name = settings_in(session).organisation or "Matcher"
    content = calendar_bytes(dates, name=f"{name}: {chosen.title}", made_at=clock.now())
    send_out(
        store, path, content, what="save a calendar file", kind="calendar", request_id=None, members=[],
        check=lambda _unit, _out: None,
    )  # fmt: skip
    return len(dates)


def _is_date_of(row: MeetupRow, chosen: MeetupRow) -> bool:
    return row.first_id == chosen.first_id and not row.over


def _appointment(meetup: Meetup, row: MeetupRow) -> Appointment:
    words = meetup_words(meetup)
    more = "\n".join(filter(None, (words["about"], words["join"])))
    return Appointment(
        f"meetup-{meetup.id}@matcher", row.starts_at, row.ends_at, meetup.title, words["where"], more,
        cancelled=row.cancelled,
    )  # fmt: skip


def _words(store: Store, meetup_id: int) -> dict[str, str]:
    with reading(store) as session:
        return meetup_words(meetup_of(session, meetup_id))


def _workbook(page: MeetupPage, names: Sequence[str]) -> bytes:
    from matcher.files.writers.workbook import Column, SheetSpec, workbook_bytes  # slow to load, seldom needed

    columns = (Column("First name", 32), Column("Here", 10), Column("Note", 40, "long"))
    rows = [(name, "", "") for name in names] + [("", "", "")] * _EMPTY_LINES
    return workbook_bytes([SheetSpec(page.row.title, columns, rows)], title="Who comes, by first name")
