"""Promises 7, 14 and 15: nothing in the clear, an erasure that is real, a report that is complete.

``MATCHER_LIVES=200 python -m pytest tests/promises/test_rights_promises.py -s`` runs them at full count and prints
one line of JSON for each; without it a few lives are lived.
"""

import csv
import json
import os
import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Boolean, Date, DateTime, Float, Integer, func, select
from sqlalchemy.types import JSON
from tests.conftest import PASSPHRASE

from matcher import clock
from matcher.consent import (
    delete_overdue,
    due_for_deletion,
    erase,
    log_rights,
    restore,
    save_report,
    subject_report,
    to_do,
    withdraw,
)
from matcher.consent.subject_tables import TOLD_OF_MEMBERS
from matcher.directory import edit_member, import_members, list_members, merge_members, plan_import
from matcher.matching import rank
from matcher.model import (
    ASKING,
    Answer,
    Base,
    Enquiry,
    Invitation,
    Member,
    MemberSource,
    Purpose,
    RightsKind,
    fields_of,
)
from matcher.outreach import ask, export_workbook, reply, write_requester_sheet
from matcher.storage import Store, back_up, integrity_problems, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

LIVES = int(os.environ.get("MATCHER_LIVES", "4"))
_SOUNDS = ("quor", "zeph", "vand", "thrix", "jolm", "wysk", "brend", "fyld", "gnar", "plov")


class Life:
    """Somebody with a name that stands nowhere else, and what happens to them, drawn by a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        sounds = self.dice.sample(_SOUNDS, 4)
        mark = "".join("abcdefghij"[int(digit)] for digit in str(seed))  # names have no digits
        self.first, self.last = (a.capitalize() + b + mark for a, b in (sounds[:2], sounds[2:]))
        self.email = f"{sounds[0]}{seed}.{sounds[3]}@example.org"
        self.phone = f"07700 9{seed:05}"
        self.words = f"{sounds[1]}{sounds[2]}-story-{seed}"
        self.traces = (self.first, self.last, self.email, f"7009{seed:05}", f"700 9{seed:05}", self.words)

    def may(self) -> bool:
        return self.dice.random() < 0.5


def sheet(folder: Path, life: Life, name: str) -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["First name", "Last name", "Email", "Mobile", "About you", "May journalists ask you?"])
        writer.writerow([life.first, life.last, life.email, life.phone, life.words, "Yes"])
    return path


def live(network: "Network", life: Life, folder: Path) -> int:
    """Join, be asked, answer, be shared, changed, merged, reported: some of it, by the dice."""
    store = network.store
    import_members(store, plan_import(store, sheet(folder, life, "sign-ups.csv")))
    member = next(row.id for row in list_members(store) if row.email == life.email)
    request = network.request(requester="Sam Okoro")
    if life.may():
        edit_member(store, member, {"town": "Leeds", "employer": f"{life.last} Care", "avoid_text": life.words})
    if life.may():
        rank(store, request)
    network.shortlist(request, member)
    if life.may():
        export_workbook(store, request, folder / f"list-{life.first}.xlsx")
    ask(store, request, [member])
    if life.may():
        reply(store, request, member, Answer.YES, f"{life.first} said {life.words}")
        write_requester_sheet(store, request, folder / f"{life.last} sheet.xlsx")
        edit_member(store, member, {"phone": "07700 900999"})
    if life.may():
        with work(store, "log a question") as unit:
            note = f"{life.first}: {life.words}"
            unit.session.add(Enquiry(member_id=member, received_at=unit.now, about="pay", note=note))
    if life.may():
        log_rights(store, RightsKind.ACCESS, member_id=member, note=life.words)
        save_report(store, subject_report(store, member), folder / f"{life.first} {life.last}.html")
    if life.may():
        other = network.member(life.first, last_name=life.last, experience_text=life.words)
        merge_members(store, other, member)
        member = other
    if life.may():
        withdraw(store, member, Purpose.MEDIA, evidence=life.words)
    if life.may():
        edit_member(store, member, {"last_name": f"{life.last}-Brown"})
    return member


def everything_in(store: Store) -> str:
    """Every value of every table, as text; escapes undone."""
    with store.reader.connect() as connection:
        rows = (row for table in Base.metadata.sorted_tables for row in connection.execute(select(table)))
        return "\n".join(str([str(value) for value in row]) for row in rows)


def asks(store: Store) -> int:
    with reading(store) as session:
        return session.scalar(select(func.count()).select_from(Invitation)) or 0


def files_under(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def hits(paths: Iterator[Path], life: Life) -> list[str]:
    """Files in which a trace stands in the clear, or in whose name."""
    found = []
    for path in paths:
        content = path.read_bytes()
        for trace in life.traces:
            if trace in path.name or any(trace.encode(code) in content for code in ("utf-8", "utf-16-le")):
                found.append(path.name)
    return found


def test_an_erasure_is_real(network: "Network", tmp_path: Path) -> None:
    told = {"promise": 14, "lives": LIVES, "hits": 0, "came_back": 0, "asks_lost": 0, "not_told": 0}
    for seed in range(1, LIVES + 1):
        life, folder = Life(seed), tmp_path / str(seed)
        folder.mkdir()
        member = live(network, life, folder)
        assert any(trace in everything_in(network.store) for trace in life.traces)
        before = asks(network.store)
        erase(network.store, member)
        held = everything_in(network.store)
        told["hits"] += sum(trace in held for trace in life.traces)
        told["hits"] += len(hits(files_under(network.store.path), life))
        told["asks_lost"] += before - asks(network.store)
        told["not_told"] += not to_do(network.store, member)
        plan = plan_import(network.store, sheet(folder, life, "again.csv"))
        report = import_members(network.store, plan)
        told["came_back"] += len(report.rows) + (len(report.unreadable) != 1)
    print(json.dumps(told))  # noqa: T201
    assert (told["hits"], told["came_back"], told["asks_lost"], told["not_told"]) == (0, 0, 0, 0)
    assert integrity_problems(network.store) == ()


def test_a_report_is_complete(network: "Network") -> None:
    """Every column of every table about a member is filled with a value that stands nowhere else, and told."""
    store, told = network.store, {"promise": 15, "columns": 0, "missing": 0}
    request = network.request()
    member = network.willing("Ada")
    network.say(member, purpose=Purpose.OWN_EVENTS)
    ask(store, request, [member])
    reply(store, request, member, Answer.YES)
    with work(store, "fill everything") as unit:
        out, meetup = _fill_in_what_is_referred_to(unit.session)
        expected = []
        for number, (mapped, words) in enumerate(TOLD_OF_MEMBERS.items()):
            table: Any = mapped.__table__
            given = {"member_id": member, "request_id": request, "out_file_id": out, "meetup_id": meetup}
            values: dict[str, Any] = {}
            for place, column in enumerate(table.columns):
                if column.name in given and column.name != words.whose:
                    values[column.name] = given[column.name]
                elif column.name in words.columns and not (column.foreign_keys or _is_word(column)):
                    values[column.name], shown = _value(column.type, 100 * (number + 1) + place)
                    expected += [(table.name, column.name, shown)] if shown else []
            _write(unit.session, mapped, member, values)
    report = subject_report(store, member)
    words_of = "\n".join(cell for section in report.sections for row in section.rows for cell in row)
    missing = [one for one in expected if one[2] not in words_of]
    told |= {"columns": len(expected), "missing": len(missing)}
    print(json.dumps(told))  # noqa: T201
    assert missing == []
    assert len(expected) > len(fields_of(Member))


def _fill_in_what_is_referred_to(session: Any) -> tuple[int, int]:
    from matcher.model import Meetup, OutFile

    out = OutFile(kind="w", path="/x/sheet.xlsx", beside="", sha256="", state="written", at=clock.now(), members=[])
    meetup = Meetup(title="Tea", starts_at=clock.now())
    session.add_all([out, meetup])
    session.flush()
    return out.id, meetup.id


def _value(kind: Any, number: int) -> tuple[Any, str]:
    """A value of a column's kind, and the words a report has for it ("" where these are too common to look for)."""
    match kind:
        case Boolean():
            return True, ""
        case Integer():
            return 70_000 + number, str(70_000 + number)
        case Float():
            return 50.5 + number, str(50.5 + number)
        case Date():
            day = date(1950 + number % 60, 1 + number % 12, 1 + number % 28)
            return day, f"{day:%d %b %Y}"
        case JSON():
            return [f"list{number}"], f"list{number}"
        case _ if isinstance(kind, DateTime) or "Instant" in type(kind).__name__:
            moment = datetime(1990 + number % 30, 1 + number % 12, 1 + number % 28, 12, tzinfo=clock.LONDON)
            return moment, f"{moment:%d %b %Y, 12:00}"
        case _ if getattr(kind, "enums", None):
            return kind.python_type(kind.enums[0]), ""
        case _:
            return f"canary{number}", f"canary{number}"


def _is_word(column: Any) -> bool:
    """Whether it holds one of a closed list of words, which say nothing by themselves."""
    return bool(getattr(column.type, "enums", None))


def _write(session: Any, mapped: Any, member: int, values: dict[str, Any]) -> None:
    """Put the values into the row of this class about the member: the one there is, else a new one."""
    table, mapper = mapped.__table__, mapped.__mapper__
    row = session.scalars(select(mapped).where(table.columns[TOLD_OF_MEMBERS[mapped].whose] == member)).first()
    if row is None:
        values = values | {
            column.name: _value(column.type, 1)[0]
            for column in table.columns
            if not column.nullable and column.name not in ("id", *values)
        }
        values |= {"member_id": member, "invitation_id": session.scalars(select(Invitation.id)).one()}
        row = mapped()
    for name, value in values.items():
        if name in table.columns:
            setattr(row, mapper.get_property_by_column(table.columns[name]).key, value)
    session.add(row)
    session.flush()


@pytest.mark.usefixtures("frozen")
def test_nothing_stands_in_the_clear(network: "Network", own_computer: Path, tmp_path: Path) -> None:
    """Over every file of the store, its backups and the computer's own folders, while it is open and closed."""
    told = {"promise": 7, "lives": LIVES, "files": 0, "hits": 0}
    lives = [Life(seed) for seed in range(1, LIVES + 1)]
    for life in lives:
        folder = tmp_path / "hers" / str(life.traces[0])
        folder.mkdir(parents=True)
        live(network, life, folder)
    backup = back_up(network.store)
    delete_overdue(network.store, [(one.kind, one.id) for one in due_for_deletion(network.store)])
    for closed in (False, True):
        if closed:
            network.store.close()
        paths = list(files_under(network.store.path, own_computer))
        told["files"] += len(paths)
        told["hits"] += sum(len(hits(iter(paths), life)) for life in lives)
    restore(network.store.path, backup, PASSPHRASE)
    paths = list(files_under(network.store.path, own_computer))
    told["files"] += len(paths)
    told["hits"] += sum(len(hits(iter(paths), life)) for life in lives)
    print(json.dumps(told))  # noqa: T201
    assert told["hits"] == 0
    (own_computer / "proof").write_text(lives[0].first)
    assert hits(files_under(own_computer), lives[0]) == ["proof"]


def test_what_is_withdrawn_for_an_objection_covers_every_purpose(network: "Network") -> None:
    for purpose in ASKING:
        ada = network.willing("Ada")
        log_rights(network.store, RightsKind.OBJECTION, member_id=ada, objects_to=[purpose])
        assert network.state(ada, purpose).value == "withdrawn"


def test_where_a_member_came_from_is_told(network: "Network", tmp_path: Path) -> None:
    life = Life(1)
    import_members(network.store, plan_import(network.store, sheet(tmp_path, life, "sign-ups.csv")))
    with reading(network.store) as session:
        source = session.scalars(select(MemberSource)).one()
    report = subject_report(network.store, source.member_id)
    assert any("sign-ups.csv" in cell for section in report.sections for row in section.rows for cell in row)
