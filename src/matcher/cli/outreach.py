"""Verbs about asking and hearing back: export, ask, reply, replies, old-workbooks."""

import os
from pathlib import Path

import click
from rich.console import Console

from matcher import directory, outreach
from matcher.cli.desk import Desk, ask_file_password, request_number, table, verb
from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach.asks import LOT
from matcher.storage import reading
from matcher.storage.store import Store


@click.command("export")
@click.argument("request")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--password", is_flag=True, help="It opens only with a password (MATCHER_FILE_PASSWORD, or asked).")
@verb
def export(desk: Desk, request: str, file: Path, password: bool) -> None:
    """Write the outreach workbook of a request's list: whom to ask, the words, a column for the answers."""
    secret = file_password(twice=True) if password else ""
    with desk.store() as store:
        made = outreach.export_workbook(store, request_number(request), file, password=secret)
    reserves = f" and {made.reserves} in reserve" if made.reserves else ""
    desk.answer(made, lambda out: out.print(f"Wrote {made.path}: {made.people} people{reserves}."))


@click.command("ask")
@click.argument("request")
@click.option("--member", help="Only this one, such as somebody who wants to be asked personally, or a reserve.")
@click.option("--next", "next_ones", is_flag=True, help=f"Only the next {LOT} of the list.")
@verb
def ask(desk: Desk, request: str, member: str | None, next_ones: bool) -> None:
    """Record that everyone on the list was asked now; who said “ask me first” is asked one by one."""
    number = request_number(request)
    with desk.store() as store:
        chosen = [find(store, member)] if member else None
        if next_ones and not member:
            chosen = list(outreach.next_lot(store, number))
            if not chosen:
                raise UserError(f"Nobody of the list of R{number} is left to be asked together with others.")
        rows = outreach.ask(store, number, chosen)
    desk.answer(
        {"asks": rows},
        lambda out: out.print(
            table(("Id", "Name", "State"), ((f"M{r.member_id}", r.name, r.state.replace("_", " ")) for r in rows))
        ),
    )


@click.command("ask-anyway")
@click.argument("request")
@click.argument("member")
@click.option("--reason", required=True, help="Why they are to be asked though they are resting.")
@verb
def ask_anyway(desk: Desk, request: str, member: str, reason: str) -> None:
    """Let a member be asked though they are resting or were asked often. Consent is never set aside."""
    with desk.store() as store:
        member_id, number = find(store, member), request_number(request)
        batch = outreach.ask_anyway(store, number, member_id, reason)
    told = {"request": number, "member": member_id, "reason": reason, "batch": batch}
    desk.answer(told, lambda out: out.print(f"M{member_id} may be asked about R{number}."))


@click.command("reply")
@click.argument("request")
@click.argument("member")
@click.argument("answer")
@click.option("--note", default="", help="What they said besides.")
@click.option("--session", default="", help="The date they picked, as “matcher sessions” names it.")
@verb
def reply(desk: Desk, request: str, member: str, answer: str, note: str, session: str) -> None:
    """Record a member's ANSWER: yes, "no this time", "can't make the date", "no - stop this kind",
    "no - stop everything" or "no reply"."""
    number, found = request_number(request), answer_of(answer)
    with desk.store() as store:
        member_id = find(store, member)
        batch = outreach.reply(store, number, member_id, found, note, session)
    desk.answer(
        {"request": number, "member": member_id, "answer": found, "batch": batch},
        lambda out: out.print(f"Recorded “{found.value}” from M{member_id}."),
    )


@click.command("replies")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would be recorded.")
@click.option("--request", help="The request it should be of; else the one most rows are of.")
@click.option("--take", type=int, multiple=True, metavar="ROW", help="Record this conflicting row after all.")
@verb
def replies(desk: Desk, file: Path, dry_run: bool, request: str | None, take: tuple[int, ...]) -> None:
    """Read a filled outreach workbook back and record its answers, all in one step; a stop is a withdrawal."""
    with desk.store() as store:
        password = file_password() if outreach.needs_password(file) else ""
        number = request_number(request) if request else None
        found = outreach.read_replies_file(store, file, number, password=password)
        unknown = sorted(set(take) - {conflict.row for conflict in found.conflicts})
        if unknown:
            raise UserError(f"Row {unknown[0]} is not one of the conflicts.", where=file.name)
        done = None
        if not dry_run and (found.changes or take or not found.rejected):
            done = outreach.record_replies(store, found, take)
    shown = {
        "request": found.request_id, "changes": found.changes, "conflicts": found.conflicts,
        "rejected": found.rejected, "same": found.same, "empty": found.empty, "notes": found.notes,
        "recorded": done.recorded if done else 0, "batch": done.batch if done and done.recorded else None,
    }  # fmt: skip
    desk.answer(shown, lambda out: _say_replies(out, found, done))


def _say_replies(out: Console, found: outreach.RepliesPreview, done: outreach.RepliesRecorded | None) -> None:
    if found.changes:
        rows = ((c.row, c.name, c.answer.value, c.words) for c in found.changes)
        out.print(table(("Row", "Name", "Answer", "Their words"), rows))
    if found.same:
        out.print(f"Recorded already: {found.same}.")
    for conflict in found.conflicts:
        out.print(f"Row {conflict.row}: {conflict.change.name}, “{conflict.change.answer.value}”. {conflict.here}.")
    for row in found.rejected:
        out.print(f"Row {row.row} is left out: {row.reason}")
    if done and done.recorded:
        out.print(f"Recorded {done.recorded} answers. To take it back: matcher undo {done.batch}")
    else:
        out.print("Nothing was recorded.")


@click.command("old-workbooks")
@click.option("--delete", type=int, multiple=True, metavar="NUMBER", help="Delete this one; can be repeated.")
@verb
def old_workbooks(desk: Desk, delete: tuple[int, ...]) -> None:
    """Outreach workbooks that are still on this computer, and whether they are needed."""
    with desk.store() as store:
        done = outreach.delete_workbooks(store, delete) if delete else None
        left = outreach.old_workbooks(store)
    rows = ((w.id, f"R{w.request_id}", w.path, w.people, w.standing, w.why) for w in left)

    def say(out: Console) -> None:
        out.print(table(("", "For", "File", "People", "Stands", "Why it can go"), rows))
        if done:
            out.print("\n".join((f"Deleted {len(done.paths)}.", *done.kept)))

    desk.answer({"workbooks": left, "deleted": done.paths if done else (), "kept": done.kept if done else ()}, say)


def find(store: Store, member: str) -> int:
    """The member an argument names."""
    with reading(store) as session:
        return directory.find_member(session, member)


def answer_of(text: str) -> Answer:
    """The answer an argument names. Raises UserError for any other word."""
    given = {a.value.casefold(): a for a in Answer} | {a.name.casefold(): a for a in Answer}
    found = given.get(text.strip().casefold())
    if found is None:
        known = ", ".join(a.value for a in Answer)
        raise UserError(f"“{text}” is not an answer Matcher knows.", todo=f"Use one of: {known}.")
    return found


def file_password(*, twice: bool = False) -> str:
    """The password of a file from MATCHER_FILE_PASSWORD, or asked on a terminal."""
    return os.environ.get("MATCHER_FILE_PASSWORD") or ask_file_password(twice=twice)


COMMANDS = (export, ask, ask_anyway, reply, replies, old_workbooks)
