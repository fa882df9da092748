"""Verbs about introducing: counts, sheet, releases."""

from pathlib import Path

import click

from matcher import outreach
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.consent import releases as shared_log
from matcher.outreach.requester_sheet import USUAL


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


COMMANDS = (counts, sheet, releases)
