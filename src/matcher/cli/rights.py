"""Verbs about what somebody may ask of the network: erase."""

import click

from matcher import directory
from matcher.cli.desk import Desk, verb
from matcher.consent import erase
from matcher.errors import UserError
from matcher.storage import reading


@click.command("erase")
@click.argument("member")
@click.option("--yes", is_flag=True, help="Yes: this cannot be undone.")
@verb
def erase_member(desk: Desk, member: str, yes: bool) -> None:
    """Erase a member: everything personal goes and cannot come back; a re-import is blocked."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        if not yes:
            raise UserError(
                f"M{member_id} was not erased: it cannot be undone.", todo="Add --yes when you are sure."
            )
        erased = erase(store, member_id)
    left = f" {erased.to_do} things are left to act on: matcher to-do" if erased.to_do else ""
    desk.answer(erased, lambda out: out.print(f"M{erased.member_id} was erased.{left}"))


COMMANDS = (erase_member,)
