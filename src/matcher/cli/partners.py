"""Verbs about partners: who tells care workers of the network, and who came through which."""

from dataclasses import asdict

import click
from rich.console import Console

from matcher import directory
from matcher.cli.desk import Desk, table, verb
from matcher.directory import PartnerChanged
from matcher.errors import UserError
from matcher.model import PartnerKind


@click.command("partners")
@verb
def partners(desk: Desk) -> None:
    """List the partners with how many members came through each, and what members said besides."""
    with desk.store() as store:
        found = directory.list_partners(store)
    names = {row.id: row.name for row in found.partners}
    shown = (
        (f"P{r.id}", r.name, r.kind.value, r.place, r.contact, r.members, ", ".join(r.spellings))
        for r in found.partners
    )

    def say(out: Console) -> None:
        out.print(table(("Id", "Name", "Kind", "Place", "Contact", "Members", "Also written"), shown))
        for one in found.words:
            may_be = f": may be {names[one.may_be]} (P{one.may_be})" if one.may_be else ""
            out.print(f"  {one.members} said “{one.words}”{may_be}")

    desk.answer(asdict(found), say)


@click.command("add-partner")
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in PartnerKind]), help="Else told from the name.")
@click.option("--place", default="", help="Where it is.")
@click.option("--contact", default="", help="Whom to write to or ring.")
@click.option("--note", default="", help="Anything else.")
@verb
def add(desk: Desk, name: str, kind: str | None, place: str, contact: str, note: str) -> None:
    """Add a partner; members whose words are its name point to it."""
    values = {"name": name, "place": place, "contact": contact, "note": note} | ({"kind": kind} if kind else {})
    with desk.store() as store:
        _answer(desk, directory.add_partner(store, values), f"Added {name}")


@click.command("edit-partner")
@click.argument("partner")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@verb
def edit(desk: Desk, partner: str, changes: tuple[str, ...]) -> None:
    """Change fields of a partner (P3, or its name), such as: place=Ilkeston kind=library."""
    wanted = {}
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise UserError(f"“{change}” is not FIELD=VALUE.", todo="Write it like place=Ilkeston.")
        wanted[field] = value
    with desk.store() as store:
        found = directory.find_partner(store, partner)
        _answer(desk, directory.edit_partner(store, found, wanted), f"Changed P{found}")


@click.command("merge-partners")
@click.argument("keep")
@click.argument("away")
@verb
def merge(desk: Desk, keep: str, away: str) -> None:
    """Merge two spellings of one partner: KEEP stays, AWAY becomes another name for it."""
    with desk.store() as store:
        kept, gone = directory.find_partner(store, keep), directory.find_partner(store, away)
        _answer(desk, directory.merge_partners(store, kept, gone), f"P{gone} is now P{kept}")


@click.command("link-partner")
@click.argument("words")
@click.argument("partner")
@verb
def link(desk: Desk, words: str, partner: str) -> None:
    """Remember that WORDS mean PARTNER; members who said so point to it."""
    with desk.store() as store:
        found = directory.find_partner(store, partner)
        _answer(desk, directory.link_words(store, words, found), f"“{words}” means P{found}")


def _answer(desk: Desk, changed: PartnerChanged, words: str) -> None:
    came = (
        f"; {changed.linked} member{'' if changed.linked == 1 else 's'} came through it" if changed.linked else ""
    )
    desk.answer(asdict(changed), lambda out: out.print(f"{words}{came}."))


COMMANDS = (partners, add, edit, merge, link)
