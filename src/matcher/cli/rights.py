"""Verbs about what somebody may ask of the network: what is held on them, and to be erased."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from matcher import directory, outreach
from matcher.cli.desk import Desk, plain, table, verb
from matcher.cli.values import DAY
from matcher.consent import (
    DOCUMENTS,
    Kept,
    RightsRow,
    SubjectReport,
    change_rights,
    delete_overdue,
    due_for_deletion,
    erase,
    extend_rights,
    filled_document,
    log_rights,
    pack_facts,
    requester_report,
    retention_rules,
    rights_cases,
    save_document,
    save_pack_facts,
    save_report,
    save_retention_rules,
    subject_report,
    would_erase,
)
from matcher.errors import UserError
from matcher.model import How, Purpose, RightsKind
from matcher.storage import reading
from matcher.storage.store import Store

_HOW = click.Choice([how.value for how in How if how not in (How.JOURNAL, How.SAMPLE)])


@click.command("erase")
@click.argument("member")
@click.option("--yes", is_flag=True, help="Yes: this cannot be undone.")
@click.option(
    "--look-ahead", is_flag=True, help="What would follow, and the messages to send before. Erases nothing."
)
@verb
def erase_member(desk: Desk, member: str, yes: bool, look_ahead: bool) -> None:
    """Erase a member: everything personal goes and cannot come back; a re-import is blocked."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        if look_ahead:
            _look_ahead(desk, store, member_id)
            return
        if not yes:
            raise UserError(
                f"M{member_id} was not erased: it cannot be undone.",
                todo="See what would follow with --look-ahead, and add --yes when you are sure.",
            )
        erased = erase(store, member_id)
    left = f" {erased.to_do} things are left to act on: matcher to-do" if erased.to_do else ""
    desk.answer(erased, lambda out: out.print(f"M{erased.member_id} was erased.{left}"))


def _look_ahead(desk: Desk, store: Store, member_id: int) -> None:
    would, tell = would_erase(store, member_id), outreach.retractions(store, member_id)
    stays = f"Of {would.asks} asks only the count would stay; {would.stopped} would stop."
    said = [stays if would.asks else "They were never asked.", *would.to_do]
    said += [f"\nTo {one.recipient}, before you erase them:\n{one.message}" for one in tell]
    desk.answer({"id": member_id, **plain(would), "to_tell": plain(tell)}, lambda out: out.print("\n".join(said)))


@click.command("subject-report")
@click.argument("member")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--note", default="", help="A covering note that stands at the top.")
@verb
def write_subject_report(desk: Desk, member: str, file: Path, note: str) -> None:
    """Write everything held on a member to FILE (.xlsx or .html). Look it through before you hand it over."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        _save(desk, store, subject_report(store, member_id), file, note)


@click.command("requester-report")
@click.argument("number", type=int)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--note", default="", help="A covering note that stands at the top.")
@verb
def write_requester_report(desk: Desk, number: int, file: Path, note: str) -> None:
    """Write everything held on a requester to FILE (.xlsx or .html). Look it through before you hand it over."""
    with desk.store() as store:
        _save(desk, store, requester_report(store, number), file, note)


def _save(desk: Desk, store: Store, report: SubjectReport, file: Path, note: str) -> None:
    file_id = save_report(store, report.with_note(note), file)
    held = sum(len(section.rows) for section in report.sections)
    others = f" Somebody else was left out of {report.masked} of them." if report.masked else ""
    desk.answer(
        {"path": str(file), "file_id": file_id, "rows": held, "masked": report.masked},
        lambda out: out.print(f"Wrote {held} facts to {file}.{others}"),
    )


@click.command("rights")
@click.option("--all", "settled", is_flag=True, help="Those that were answered too.")
@verb
def rights(desk: Desk, settled: bool) -> None:
    """List requests about people's own data and complaints, with the day each is due."""
    with desk.store() as store:
        found = rights_cases(store, settled=settled)
    headers = ("", "Who", "Asked for", "Received", "Due", "Answered")
    rows = ((one.id, one.who, one.kind, one.received, one.due, one.settled) for one in found)
    desk.answer(
        {"rights": [_json(one) for one in found]},
        lambda out: out.print(table(headers, rows) if found else "Nobody asked about their data."),
    )


@click.command("rights-log")
@click.argument("kind", type=click.Choice([kind.value for kind in RightsKind]))
@click.option("--member", help="The member who asks.")
@click.option("--requester", type=int, help="The requester who asks.")
@click.option("--who", default="", help="Somebody else who asks.")
@click.option("--received", type=DAY, help="The day it came in; today without it.")
@click.option("--how", type=_HOW, default=How.EMAIL.value, show_default=True, help="How it came in.")
@click.option("--note", default="", help="What they ask, in a few words.")
@click.option(
    "--objects-to", multiple=True, type=click.Choice([purpose.value for purpose in Purpose]),
    help="What a member objects to: their permission for it is withdrawn at once. Can be given several times.",
)  # fmt: skip
@verb
def log_one(
    desk: Desk, kind: str, member: str | None, requester: int | None, who: str, received: datetime | None, how: str,
    note: str, objects_to: tuple[str, ...],
) -> None:  # fmt: skip
    """Record that somebody asks about their own data, or complains; says by when it is due."""
    with desk.store() as store:
        member_id = directory.find_member(store, member) if member else None
        logged = log_rights(
            store, RightsKind(kind), member_id=member_id, requester_id=requester, who=who, how=How(how), note=note,
            received=received.date() if received else None, objects_to=[Purpose(one) for one in objects_to],
        )  # fmt: skip
    desk.answer(logged, lambda out: out.print(f"Number {logged.case_id}, due on {logged.due:%d %b %Y}."))


@click.command("rights-set")
@click.argument("number", type=int)
@click.option("--identity", type=DAY, help="The day their identity was checked.")
@click.option("--acknowledged", type=DAY, help="The day you wrote that it came in.")
@click.option("--answered", type=DAY, help="The day it was answered.")
@click.option("--note", help="What was done, in a few words.")
@click.option("--extend", metavar="WHY", help="Two months more, for this reason; they must be told it.")
@verb
def set_one(
    desk: Desk, number: int, identity: datetime | None, acknowledged: datetime | None, answered: datetime | None,
    note: str | None, extend: str | None,
) -> None:  # fmt: skip
    """Note what was done about a request or complaint."""
    days = {"identity_checked_on": identity, "acknowledged_on": acknowledged, "settled_on": answered}
    values: dict[str, Any] = {name: moment.date() for name, moment in days.items() if moment}
    if note is not None:
        values["note"] = note
    with desk.store() as store:
        if extend is not None:
            extend_rights(store, number, extend)
        change_rights(store, number, **values)
        one = next(row for row in rights_cases(store, settled=True) if row.id == number)
    due = f", due on {one.due:%d %b %Y}" if one.due else ""
    desk.answer(_json(one), lambda out: out.print(f"Number {one.id}: {one.kind} for {one.who}{due}."))


@click.command("retention")
@click.option("--keep", nargs=2, multiple=True, metavar="KIND MONTHS", help="Keep a kind so long; 0 is for good.")
@click.option("--delete", "chosen", multiple=True, metavar="KIND:NUMBER", help="Delete this one of the list.")
@click.option("--yes", is_flag=True, help="Yes: what is deleted cannot be brought back.")
@verb
def retention(desk: Desk, keep: tuple[tuple[str, str], ...], chosen: tuple[str, ...], yes: bool) -> None:
    """List what is kept longer than its rule says, or delete some of it. Nothing is deleted by itself."""
    wanted = [_overdue(one) for one in chosen]
    if wanted and not yes:
        raise UserError("Nothing was deleted: it cannot be undone.", todo="Add --yes when you are sure.")
    with desk.store() as store:
        if keep:
            months = {_kept(kind).value: _months(number) for kind, number in keep}
            save_retention_rules(store, replace(retention_rules(store), **months))
        deleted = delete_overdue(store, wanted) if wanted else None
        rules, due = retention_rules(store), due_for_deletion(store)
    rows = ((f"{one.kind.name.lower()}:{one.id}", one.what, one.since, one.hers) for one in due)

    def say(out: Console) -> None:
        if deleted:
            out.print(f"Deleted {deleted.deleted}; kept {deleted.kept}.")
        out.print(table(("", "What", "Since", ""), rows) if due else "Nothing is kept longer than its rule says.")

    listed = [
        {"kind": one.kind.name.lower(), "id": one.id, "what": one.what, "since": one.since, "hers": one.hers}
        for one in due
    ]
    desk.answer({"rules": rules, "due": listed, "deleted": deleted}, say)


@click.command("pack")
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--contact", help="Where people write to about their data.")
@click.option("--address", help="The organisation's address.")
@click.option("--ico-number", help="Its registration with the Information Commissioner's Office.")
@click.option("--basis", help="The ground on which records of members are held.")
@verb
def pack(desk: Desk, name: str | None, file: Path | None, **facts: str | None) -> None:
    """The data-protection pack: list its documents, or write one, filled in, to FILE (.docx, .html or .txt)."""
    told = {key: words for key, words in facts.items() if words is not None}
    with desk.store() as store:
        if told:
            save_pack_facts(store, replace(pack_facts(store), **told))
        text = filled_document(store, name) if name else ""
        file_id = save_document(store, name, file) if name and file else None
        kept = pack_facts(store)

    def say(out: Console) -> None:
        if file_id:
            out.print(f"Wrote {file}. It is information, not legal advice.")
        else:
            out.print(text or table(("", "Document"), DOCUMENTS.items()))

    desk.answer({"documents": DOCUMENTS, "facts": kept, "text": text, "file_id": file_id}, say)


def _overdue(text: str) -> tuple[Kept, int]:
    kind, _, number = text.partition(":")
    if not number.isdigit():
        raise UserError(f"“{text}” is nothing of the list.", todo="Write it as the list does, such as question:3.")
    return _kept(kind), int(number)


def _kept(name: str) -> Kept:
    try:
        return Kept[name.upper()]
    except KeyError:
        kinds = ", ".join(kind.name.lower() for kind in Kept)
        raise UserError(f"“{name}” is nothing that is kept for a time.", todo=f"Use {kinds}.") from None


def _months(text: str) -> int:
    if not text.isdigit():
        raise UserError(f"“{text}” is no number of months.", todo="Write a whole number; 0 is for good.")
    return int(text)


def _json(one: RightsRow) -> dict[str, date | str | int | None]:
    return {
        "id": one.id, "kind": one.kind, "who": one.who, "member_id": one.member_id,
        "requester_id": one.requester_id,
        "received": one.received, "how": one.how, "identity_checked": one.identity_checked,
        "acknowledged": one.acknowledged, "extended_to": one.extended_to, "answered": one.settled, "due": one.due,
        "note": one.note,
    }  # fmt: skip


COMMANDS = (erase_member, write_subject_report, write_requester_report, rights, log_one, set_one, retention, pack)
