"""Verbs about permissions: consent, withdraw."""

import click

from matcher import clock, directory
from matcher.cli.desk import Desk, table, verb
from matcher.consent import Permission, decide, states, withdraw
from matcher.errors import UserError
from matcher.model import Decision, How, Purpose, State
from matcher.storage import reading
from matcher.storage.store import Store

_PURPOSES = click.Choice([purpose.value for purpose in Purpose])
_HOW = click.Choice([how.value for how in How])


@click.command("consent")
@click.argument("member")
@click.option("--give", "decision", flag_value=Decision.GIVEN.value, help="She may be asked.")
@click.option("--refuse", "decision", flag_value=Decision.REFUSED.value, help="She said no.")
@click.option("--ask-first", "decision", flag_value=Decision.ASK_FIRST.value, help="Personally, one at a time.")
@click.option("--purpose", type=_PURPOSES)
@click.option("--how", type=_HOW, default=How.PHONE.value, show_default=True)
@click.option("--evidence", default="", help="How she said it, in a few words.")
@verb
def consent(desk: Desk, member: str, decision: str | None, purpose: str | None, how: str, evidence: str) -> None:
    """Show where a member stands, or record what she decided about one purpose."""
    with desk.store() as store:
        member_id = _find(store, member)
        if decision:
            if not purpose:
                raise UserError("Which permission?", todo="Add --purpose, such as --purpose media.")
            decide(
                store,
                Permission(
                    member_id, Purpose(purpose), Decision(decision), clock.now(), How(how), evidence,
                    recorder="command line",
                ),
            )  # fmt: skip
        with reading(store) as session:
            standing = states(session, {member_id}).get(member_id, {})
    shown = {p: standing.get(p, State.NOT_GIVEN) for p in Purpose}
    desk.answer(
        {"id": member_id, "consent": shown},
        lambda out: out.print(
            table(
                ("About", f"M{member_id}"), ((p.replace("_", " "), s.replace("_", " ")) for p, s in shown.items())
            )
        ),
    )


@click.command("withdraw")
@click.argument("member")
@click.option("--purpose", type=_PURPOSES, help="Without it: everything she may be asked about.")
@click.option("--how", type=_HOW, default=How.PHONE.value, show_default=True)
@click.option("--evidence", default="")
@verb
def withdraw_member(desk: Desk, member: str, purpose: str | None, how: str, evidence: str) -> None:
    """Withdraw a member's permission at once. No spreadsheet can bring it back."""
    with desk.store() as store:
        member_id = _find(store, member)
        batch = withdraw(
            store, member_id, Purpose(purpose) if purpose else None, how=How(how), evidence=evidence,
            recorder="command line",
        )  # fmt: skip
    what = f"{purpose} requests" if purpose else "everything"
    desk.answer({"id": member_id, "batch": batch}, lambda out: out.print(f"M{member_id} withdrew from {what}."))


def _find(store: Store, member: str) -> int:
    with reading(store) as session:
        return directory.find_member(session, member)


COMMANDS = (consent, withdraw_member)
