"""Verbs about introducing: counts, introduce, sheet, releases."""

from pathlib import Path

import click

from matcher import outreach
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.cli.outreach import file_password, find
from matcher.consent import releases as shared_log
from matcher.outreach.facts import AskFact
from matcher.outreach.requester_sheet import USUAL


@click.command("counts")
@click.argument("request")
@verb
def counts(desk: Desk, request: str) -> None:
    """What the requester may be told before anybody agreed: counts, with small groups merged."""
    with desk.store() as store:
        found = outreach.willing_counts(store, request_number(request))
    desk.answer(found, lambda out: out.print(found.sentence(), markup=False))


@click.command("introduce")
@click.argument("request")
@click.option("--given", multiple=True, metavar="MEMBER", help="Record that this member was given their details.")
@verb
def introduce(desk: Desk, request: str, given: tuple[str, ...]) -> None:
    """Give those who said yes the requester's details: the message ready for each. Nothing of theirs is shared."""
    number = request_number(request)
    with desk.store() as store:
        if given:
            outreach.note_fact(store, number, [find(store, one) for one in given], AskFact.INTRODUCED)
        found = outreach.introduction(store, number)
    rows = ((f"M{one.member_id}", one.name, one.channel, one.message) for one in found.people)
    desk.answer(found, lambda out: out.print(table(("Id", "Name", "By", "Message"), rows), markup=False))


@click.command("sheet")
@click.argument("request")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--fields", default=",".join(USUAL), show_default=True, help="Agreed columns, separated by commas.")
@click.option("--pseudonymous", is_flag=True, help="No names or contacts; fresh labels instead.")
@click.option("--password", is_flag=True, help="It opens only with a password (MATCHER_FILE_PASSWORD, or asked).")
@click.option("--look", is_flag=True, help="Only show whom it may give away; nothing is written.")
@verb
def sheet(
    desk: Desk, request: str, file: Path, fields: str, pseudonymous: bool, password: bool, look: bool
) -> None:  # fmt: skip
    """Write the requester's sheet of those who said yes to this request, and log what was shared."""
    wanted, number = [name.strip() for name in fields.split(",") if name.strip()], request_number(request)
    secret = file_password(twice=True) if password and not look else ""
    with desk.store() as store:
        if look:
            found = outreach.small_groups(store, number, wanted, pseudonymous=pseudonymous)
            said = [one.sentence for one in found] or ["Nobody stands out: nothing in it gives anybody away."]
            desk.answer({"warnings": found}, lambda out: out.print("\n".join(said)))
            return
        made = outreach.write_requester_sheet(
            store, number, file, wanted, pseudonymous=pseudonymous, password=secret
        )
    told = (f"Wrote {made.path}: {made.people} people.", *(one.sentence for one in made.warnings), made.letter)
    desk.answer(made, lambda out: out.print("\n".join(told), markup=False))


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


COMMANDS = (counts, introduce, sheet, releases)
