"""Verbs about permissions: consent, withdraw, to-do, check-ins, said-yes-again."""

from datetime import datetime

import click

from matcher import clock, directory, outreach
from matcher.cli.desk import Desk, table, verb
from matcher.cli.values import DAY
from matcher.consent import (
    Permission,
    decide,
    record_check_in,
    settle,
    states,
    tick_off,
    to_do,
    waiting,
    withdraw,
)
from matcher.errors import UserError
from matcher.model import Decision, How, Purpose, State
from matcher.storage import reading
from matcher.storage.store import Store

_PURPOSES = click.Choice([purpose.value for purpose in Purpose])
_HOW = click.Choice([how.value for how in How if how not in (How.JOURNAL, How.SAMPLE)])


@click.command("consent")
@click.argument("member")
@click.option("--give", is_flag=True, help="They may be asked.")
@click.option("--refuse", is_flag=True, help="They said no.")
@click.option("--ask-first", is_flag=True, help="Personally, one at a time.")
@click.option("--purpose", type=_PURPOSES, help="What about.")
@click.option("--how", type=_HOW, default=How.PHONE.value, show_default=True, help="How they told you.")
@click.option("--evidence", default="", help="How they said it, in a few words.")
@click.option("--until", type=DAY, help="The last day of a yes that they limited.")
@verb
def consent(
    desk: Desk, member: str, give: bool, refuse: bool, ask_first: bool, purpose: str | None, how: str,
    evidence: str, until: datetime | None,
) -> None:  # fmt: skip
    """Show where a member stands, or record what they decided about one purpose."""
    decision = _decided(give, refuse, ask_first, told=bool(purpose or evidence or until))
    with desk.store() as store:
        member_id = _find(store, member)
        if decision:
            if not purpose:
                raise UserError("Which permission?", todo="Add --purpose, such as --purpose media.")
            decide(
                store,
                Permission(
                    member_id, Purpose(purpose), decision, clock.now(), How(how), evidence,
                    recorder="command line", valid_until=until.date() if until else None,
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


def _decided(give: bool, refuse: bool, ask_first: bool, *, told: bool) -> Decision | None:
    """The one decision that was named; None where they only want to look."""
    named = ((give, Decision.GIVEN), (refuse, Decision.REFUSED), (ask_first, Decision.ASK_FIRST))
    decisions = [decision for said, decision in named if said]
    if len(decisions) > 1 or (told and not decisions):
        raise UserError("What did they decide?", todo="Say one of --give, --refuse and --ask-first.")
    return decisions[0] if decisions else None


@click.command("withdraw")
@click.argument("member")
@click.option("--purpose", type=_PURPOSES, help="Without it: everything they may be asked about.")
@click.option("--how", type=_HOW, default=How.PHONE.value, show_default=True, help="How they told you.")
@click.option("--evidence", default="", help="How they said it, in a few words.")
@verb
def withdraw_member(desk: Desk, member: str, purpose: str | None, how: str, evidence: str) -> None:
    """Withdraw a member's permission at once. No spreadsheet can bring it back."""
    with desk.store() as store:
        member_id = _find(store, member)
        batch = withdraw(
            store, member_id, Purpose(purpose) if purpose else None, how=How(how), evidence=evidence,
            recorder="command line",
        )  # fmt: skip
        left = to_do(store, member_id)
    what = f"{purpose} requests" if purpose else "everything"
    said = [f"M{member_id} withdrew from {what}.", *(f"To do: {item.about}" for item in left)]
    desk.answer(
        {"id": member_id, "batch": batch, "to_do": left}, lambda out: out.print("\n".join(said), markup=False)
    )


@click.command("to-do")
@click.option("--done", type=int, help="Tick off this one.")
@click.option("--message", type=int, help="Print the message for this one, where somebody is to be told.")
@verb
def to_do_list(desk: Desk, done: int | None, message: int | None) -> None:
    """What withdrawals, corrections and erasures left to do: whom to tell, what to delete, which asks stopped."""
    with desk.store() as store:
        if message is not None:
            words = outreach.retraction(store, message)
            desk.answer({"message": words}, lambda out: out.print(words, markup=False))
            return
        if done is not None:
            tick_off(store, done)
        left = to_do(store)
    rows = ((item.id, f"M{item.member_id}", item.about) for item in left)
    desk.answer(
        {"to_do": left},
        lambda out: out.print(table(("", "Who", "To do"), rows) if left else "Nothing to do.", markup=False),
    )


@click.command("check-ins")
@click.option("--sent", metavar="MEMBER", help="Record that a check-in was sent to this member.")
@verb
def check_ins(desk: Desk, sent: str | None) -> None:
    """Members whose permissions are missing or older than two years, with the one short message, ready to send."""
    with desk.store() as store:
        if sent:
            record_check_in(store, _find(store, sent))
        due = outreach.check_in_messages(store)
    rows = ((f"M{d.member_id}", d.name, d.reason, "reminder" if d.reminder else "", d.channel) for d in due)
    headers = ("Id", "Name", "Why", "", "By")
    desk.answer({"check_ins": due}, lambda out: out.print(table(headers, rows), markup=False))


@click.command("said-yes-again")
@click.option("--confirm", type=int, help="Confirm this one; needs --evidence.")
@click.option("--set-aside", type=int, help="Set this one aside; the no stays.")
@click.option("--evidence", default="", help="How they said it, in a few words.")
@verb
def said_yes_again(desk: Desk, confirm: int | None, set_aside: int | None, evidence: str) -> None:
    """Later yeses over a no recorded by hand: they count only when confirmed, one by one."""
    with desk.store() as store:
        if confirm is not None:
            settle(store, confirm, confirm=True, evidence=evidence)
        if set_aside is not None:
            settle(store, set_aside, confirm=False)
        left = waiting(store)
    rows = ((p.id, f"M{p.member_id}", p.name, p.purpose, p.decision, f"{p.at:%d %b %Y}") for p in left)
    desk.answer(
        {"waiting": left},
        lambda out: out.print(table(("", "Id", "Name", "About", "Says", "When"), rows), markup=False),
    )


def _find(store: Store, member: str) -> int:
    with reading(store) as session:
        return directory.find_member(session, member)


COMMANDS = (consent, withdraw_member, to_do_list, check_ins, said_yes_again)
