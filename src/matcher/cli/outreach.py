"""Verbs about outreach: export, ask, reply, counts, sheet, releases."""

from pathlib import Path

import click

from matcher import directory, outreach
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.consent import releases as shared_log
from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach.requester_sheet import USUAL
from matcher.storage import reading


@click.command("export")
@click.argument("request")
@click.argument("file", type=click.Path(path_type=Path))
@verb
def export(desk: Desk, request: str, file: Path) -> None:
    """Write the outreach workbook of a request's list: whom to ask, the words, a column for the answers."""
    with desk.store() as store:
        made = outreach.export_workbook(store, request_number(request), file)
    reserves = f" and {made.reserves} in reserve" if made.reserves else ""
    desk.answer(made, lambda out: out.print(f"Wrote {made.path}: {made.people} people{reserves}."))


@click.command("ask")
@click.argument("request")
@click.option("--member", help="Only this one, such as somebody who wants to be asked personally.")
@verb
def ask(desk: Desk, request: str, member: str | None) -> None:
    """Record that everyone on the list was asked now; who said “ask me first” is asked one by one."""
    with desk.store() as store:
        chosen = None
        if member:
            with reading(store) as session:
                chosen = [directory.find_member(session, member)]
        rows = outreach.ask(store, request_number(request), chosen)
    desk.answer(
        {"asks": rows},
        lambda out: out.print(table(("Id", "Name", "State"), ((f"M{r.member_id}", r.name, r.state) for r in rows))),
    )


@click.command("ask-anyway")
@click.argument("request")
@click.argument("member")
@click.option("--reason", required=True, help="Why they are to be asked though they are resting.")
@verb
def ask_anyway(desk: Desk, request: str, member: str, reason: str) -> None:
    """Let a member be asked though they are resting or were asked often. Consent is never set aside."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        number = request_number(request)
        batch = outreach.ask_anyway(store, number, member_id, reason)
    told = {"request": number, "member": member_id, "reason": reason, "batch": batch}
    desk.answer(told, lambda out: out.print(f"M{member_id} may be asked about R{number}."))


@click.command("reply")
@click.argument("request")
@click.argument("member")
@click.argument("answer")
@click.option("--note", default="")
@verb
def reply(desk: Desk, request: str, member: str, answer: str, note: str) -> None:
    """Record a member's ANSWER: yes, "no this time", "can't make the date", "no - stop this kind",
    "no - stop everything" or "no reply"."""
    given = {a.value.casefold(): a for a in Answer} | {a.name.casefold(): a for a in Answer}
    found = given.get(answer.strip().casefold())
    if found is None:
        known = ", ".join(a.value for a in Answer)
        raise UserError(f"“{answer}” is not an answer Matcher knows.", todo=f"Use one of: {known}.")
    number = request_number(request)
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        batch = outreach.reply(store, number, member_id, found, note)
    desk.answer(
        {"request": number, "member": member_id, "answer": found, "batch": batch},
        lambda out: out.print(f"Recorded “{found.value}” from M{member_id}."),
    )


@click.command("counts")
@click.argument("request")
@verb
def counts(desk: Desk, request: str) -> None:
    """What the requester may be told before anybody agreed: counts, with small groups merged."""
    with desk.store() as store:
        found = outreach.willing_counts(store, request_number(request))
    desk.answer(found, lambda out: out.print(found.sentence(), markup=False))


@click.command("sheet")
@click.argument("request")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--fields", default=",".join(USUAL), show_default=True, help="Agreed columns, separated by commas.")
@click.option("--pseudonymous", is_flag=True, help="No names or contacts; fresh labels instead.")
@verb
def sheet(desk: Desk, request: str, file: Path, fields: str, pseudonymous: bool) -> None:
    """Write the requester's sheet of those who said yes to this request, and log what was shared."""
    wanted = [name.strip() for name in fields.split(",") if name.strip()]
    with desk.store() as store:
        made = outreach.write_requester_sheet(
            store, request_number(request), file, wanted, pseudonymous=pseudonymous
        )
    desk.answer(made, lambda out: out.print(f"Wrote {made.path}: {made.people} people.\n{made.covering_note}"))


@click.command("releases")
@verb
def releases(desk: Desk) -> None:
    """The log of details shared: what, of whom, with whom, when and in which file."""
    with desk.store() as store:
        log = shared_log(store)
    rows = (
        (f"{r.at:%d %b %Y}", f"M{r.member_id}", f"R{r.request_id}", r.recipient, ", ".join(r.fields)) for r in log
    )
    desk.answer(
        {"releases": log}, lambda out: out.print(table(("When", "Whose", "For", "To", "What"), rows), markup=False)
    )


COMMANDS = (export, ask, ask_anyway, reply, counts, sheet, releases)
