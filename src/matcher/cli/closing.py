"""Verbs about what becomes of a yes: sessions, outcome, note, close, owed, asked, timeline, participation."""

from datetime import datetime

import click
from rich.console import Console

from matcher import outreach
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.cli.outreach import find
from matcher.cli.values import DAY
from matcher.errors import UserError
from matcher.model import Outcome
from matcher.outreach.facts import AskFact

_FACTS = {fact.name.casefold().replace("_", "-"): fact for fact in AskFact}
_UNKNOWN = "not-known"
_OUTCOMES = {outcome.value.replace("_", "-"): outcome for outcome in Outcome}


@click.command("sessions")
@click.argument("request")
@click.option("--pick", metavar="MEMBER", help="Record the date this member picked; needs --date.")
@click.option("--date", "key", default=None, help='The date, as this list names it; "" for none.')
@click.option("--anyway", is_flag=True, help="Also where that date is full.")
@verb
def sessions(desk: Desk, request: str, pick: str | None, key: str | None, anyway: bool) -> None:
    """The dates of a request, who picked each, and which are full."""
    number = request_number(request)
    with desk.store() as store:
        if pick:
            if key is None:
                raise UserError("Which date?", todo="Add --date, as the list of dates names it.")
            outreach.pick_session(store, number, find(store, pick), key, anyway=anyway)
        found = outreach.sessions_of(store, number)
        left = outreach.places(store, number)
    rows = (
        (s.key, s.spoken, ", ".join(f"M{one}" for one in s.member_ids),
         "moved" if s.gone else "full" if s.full else "")
        for s in found
    )  # fmt: skip
    desk.answer(
        {"sessions": found, "places": left},
        lambda out: out.print(table(("Date", "", "Picked by", ""), rows), markup=False),
    )


@click.command("outcome")
@click.argument("request")
@click.argument("outcome", type=click.Choice([*_OUTCOMES, _UNKNOWN]))
@click.argument("members", nargs=-1, required=True)
@click.option("--on", type=DAY, help="The day of it; today without it.")
@verb
def outcome(desk: Desk, request: str, outcome: str, members: tuple[str, ...], on: datetime | None) -> None:
    """Record what came of the yes of these MEMBERS."""
    number = request_number(request)
    with desk.store() as store:
        ids = [find(store, member) for member in members]
        batch = outreach.record_outcome(store, number, ids, _OUTCOMES.get(outcome), on.date() if on else None)
        left = outreach.places(store, number)

    def say(out: Console) -> None:
        out.print(f"Recorded “{outcome.replace('-', ' ')}” for {len(ids)}.")
        if left.short_by and left.next_reserve:
            out.print(f"A place is free. Next in reserve: M{left.next_reserve}.")

    desk.answer({"request": number, "members": ids, "outcome": outcome, "batch": batch, "places": left}, say)


@click.command("note")
@click.argument("request")
@click.argument("what", type=click.Choice([*_FACTS, "feedback"]))
@click.argument("members", nargs=-1, required=True)
@click.option("--on", type=DAY, help="The day of it; today without it.")
@click.option("--how", default="", help="In what form they were paid, such as “voucher”.")
@click.option("--words", default="", help="For “feedback”: what the member said of it.")
@verb
def note(
    desk: Desk, request: str, what: str, members: tuple[str, ...], on: datetime | None, how: str, words: str
) -> None:  # fmt: skip
    """Note a dated fact of these MEMBERS: introduced, paid, payment-declined, expenses, thanked, heard-back ..."""
    number = request_number(request)
    with desk.store() as store:
        ids = [find(store, member) for member in members]
        if what == "feedback":
            if len(ids) > 1 or not words.strip():
                raise UserError("Whose feedback, and what?", todo="Name one member and add --words.")
            batch = outreach.note_feedback(store, number, ids[0], words)
        else:
            batch = outreach.note_fact(store, number, ids, _FACTS[what], on.date() if on else None, how)
    desk.answer(
        {"request": number, "members": ids, "fact": what, "batch": batch},
        lambda out: out.print(f"Noted “{what.replace('-', ' ')}” for {len(ids)}."),
    )


@click.command("close")
@click.argument("request")
@click.option("--note", "words", default="", help="A few words on how it ended.")
@click.option("--findings", default="", help="What came of it, for the record and those who took part.")
@click.option("--feedback", default="", help="A fact on working with the requester, for their record.")
@click.option("--look", is_flag=True, help="Only show what is still open.")
@verb
def close(desk: Desk, request: str, words: str, findings: str, feedback: str, look: bool) -> None:
    """Close a request as done, and say what is still owed to those who took part."""
    number = request_number(request)
    with desk.store() as store:
        if findings:
            outreach.note_findings(store, number, findings)
        if feedback:
            outreach.note_requester_feedback(store, number, feedback)
        batch = None if look else outreach.close(store, number, words)
        found = outreach.closing(store, number)

    def say(out: Console) -> None:
        out.print(f"R{number} is {found.stage.value.replace('_', ' ')}.")
        out.print("\n".join([*found.left, *(one.sentence for one in found.owed)]), markup=False)

    desk.answer({"closing": found, "batch": batch}, say)


@click.command("owed")
@verb
def owed(desk: Desk) -> None:
    """What requesters owe to members: an answer who took part, payment, what came of it."""
    with desk.store() as store:
        found = outreach.owed(store)
    rows = ((f"R{one.request_id}", one.debt, one.sentence) for one in found)
    desk.answer({"owed": found}, lambda out: out.print(table(("For", "Overdue", ""), rows), markup=False))


@click.command("asked")
@verb
def asked(desk: Desk) -> None:
    """Everybody who was asked and is not settled, of every open request, with what comes next."""
    with desk.store() as store:
        found = outreach.unsettled(store)
    rows = (
        (f"R{o.ask.request_id}", f"M{o.ask.member_id}", o.ask.name, o.ask.state, o.next_step, o.deadline)
        for o in found
    )
    headers = ("For", "Id", "Name", "Stands at", "Next", "Wanted by")
    desk.answer({"asked": found}, lambda out: out.print(table(headers, rows), markup=False))


@click.command("timeline")
@click.argument("request")
@verb
def timeline(desk: Desk, request: str) -> None:
    """What happened to a request, the oldest first."""
    with desk.store() as store:
        found = outreach.timeline(store, request_number(request))
    rows = ((f"{one.at:%d %b %Y}", one.what, one.name) for one in found)
    desk.answer({"timeline": found}, lambda out: out.print(table(("When", "What", "Who"), rows), markup=False))


@click.command("participation")
@click.argument("member")
@verb
def participation(desk: Desk, member: str) -> None:
    """What a member was asked about and took part in, and what of theirs was shared."""
    with desk.store() as store:
        found = outreach.participation(store, find(store, member))
    rows = (
        (f"R{one.ask.request_id}", one.title, "\n".join(f"{fact.at:%d %b %Y} {fact.what}" for fact in one.facts),
         "\n".join(one.shared))
        for one in found
    )  # fmt: skip
    headers = ("For", "Title", "What happened", "Shared")
    desk.answer({"participation": found}, lambda out: out.print(table(headers, rows), markup=False))


COMMANDS = (sessions, outcome, note, close, owed, asked, timeline, participation)
