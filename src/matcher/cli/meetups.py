"""Verbs about the network's own events: plan, invite the nearest, hear back, note who came."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from matcher import clock, directory
from matcher.cli.desk import Desk, table, verb
from matcher.cli.outreach import find
from matcher.cli.values import MOMENT
from matcher.errors import UserError
from matcher.model import MeetupKind
from matcher.outreach import MessageKind
from matcher.outreach import meetups as own
from matcher.storage import numbered
from matcher.storage.store import Store

_SENT = {"remind": MessageKind.MEETUP_REMINDER, "off": MessageKind.MEETUP_CANCELLED}
_FIELDS = ("title", "on", "minutes", "place", "postcode", "link", "about", "room", "with", "partners")


def _planning(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which something is planned."""
    for option in reversed(
        (
            click.option("--on", type=MOMENT, required=True, help="When it starts, such as 2026-12-09T16:00."),
            click.option("--minutes", type=int, default=60, show_default=True, help="How long it lasts."),
            click.option("--place", default="", help="Where, such as “Nottingham Central Library”; else online."),
            click.option("--postcode", default="", help="Where the place does not say which town."),
            click.option("--link", default="", help="Where to join online."),
            click.option("--about", default="", help="What it is about, as the invitation says it."),
            click.option("--room", type=int, help="How many the room holds."),
            click.option("--with", "helpers", multiple=True, metavar="NAME", help="Who helps; can be repeated."),
            click.option("--partner", multiple=True, help="A partner who tells people of it (P3, or its name)."),
        )
    ):
        command = option(command)
    return command


@click.command("meet-up")
@click.argument("title")
@_planning
@verb
def meet_up(desk: Desk, title: str, **given: Any) -> None:
    """Plan a meet-up called TITLE."""
    _plan(desk, title, MeetupKind.MEET_UP, given, 0, 1)


@click.command("drop-in")
@click.argument("title")
@click.option("--every", type=click.IntRange(min=1), default=2, show_default=True, help="Every so many weeks.")
@click.option("--dates", type=int, default=6, show_default=True, help="How many dates to plan.")
@_planning
@verb
def drop_in(desk: Desk, title: str, every: int, dates: int, **given: Any) -> None:
    """Plan a drop-in called TITLE that repeats."""
    _plan(desk, title, MeetupKind.DROP_IN, given, every, dates)


def _plan(desk: Desk, title: str, kind: MeetupKind, given: dict[str, Any], every: int, dates: int) -> None:
    with desk.store() as store:
        starts = clock.instant(given["on"].isoformat())
        plan = own.MeetupPlan(
            title, starts, starts + timedelta(minutes=given["minutes"]), kind, given["place"], given["postcode"],
            given["link"], given["about"], given["room"], given["helpers"],
            [directory.find_partner(store, one) for one in given["partner"]],
        )  # fmt: skip
        made = own.plan_meetup(store, plan, every_weeks=every, dates=dates)
    numbers = ", ".join(f"E{number}" for number in made.ids)
    desk.answer(made, lambda out: out.print(f"Planned {title}: {numbers}."))


@click.command("meet-ups")
@click.argument("number", required=False)
@verb
def meet_ups(desk: Desk, number: str | None) -> None:
    """List the meet-ups and drop-ins, or show everybody on one (E3)."""
    with desk.store() as store:
        if number:
            _answer_page(desk, own.meetup_page(store, _number(number)))
        else:
            found = own.meetups(store)
            desk.answer({"meetups": found}, lambda out: out.print(_listed(found)))


@click.command("change-meet-up")
@click.argument("number")
@click.argument("changes", nargs=-1, metavar="FIELD=VALUE...")
@click.option("--call-off", is_flag=True, help="It does not happen; whoever was to come is then told.")
@click.option("--more", type=int, help="Plan so many more dates of a drop-in.")
@verb
def change(desk: Desk, number: str, changes: tuple[str, ...], call_off: bool, more: int | None) -> None:
    """Change one date: title, on, minutes, place, postcode, link, about, room, with, partners; or call it off."""
    chosen = _number(number)
    with desk.store() as store:
        plan = own.meetup_page(store, chosen).plan
        batch = own.change_meetup(store, chosen, _changed(store, plan, changes)) if changes else None
        made = own.plan_more_dates(store, chosen, more) if more else None
        batch = own.cancel_meetup(store, chosen) if call_off else made.batch if made else batch
    told = {"id": chosen, "batch": batch, "more": made.ids if made else ()}
    desk.answer(told, lambda out: out.print(f"E{chosen} is called off." if call_off else f"Changed E{chosen}."))


@click.command("invite-to")
@click.argument("number")
@click.argument("members", nargs=-1)
@click.option(
    "--nearest", type=click.IntRange(min=1), help="Invite so many of the nearest who may be invited together."
)
@click.option(
    "--within", type=click.IntRange(min=1), default=own.AN_HOUR, show_default=True, help="Minutes of travel."
)
@click.option("--emails", "folder", type=click.Path(path_type=Path), help="Write the invitations there as drafts.")
@verb
def invite_to(
    desk: Desk, number: str, members: tuple[str, ...], nearest: int | None, within: int, folder: Path | None
) -> None:  # fmt: skip
    """Who could be invited, the nearest first; with MEMBERS or --nearest records that they were invited."""
    chosen = _number(number)
    with desk.store() as store:
        drafts = own.write_drafts(store, chosen, folder, within) if folder else None
        who = [find(store, one) for one in members]
        if nearest:
            near = own.invitees(store, chosen, within).suggested
            who += [one.member_id for one in near if one.state is None and not one.ask_first][:nearest]
        batch = own.invite(store, chosen, who) if who else None
        found = own.invitees(store, chosen, within)
    rows = ((f"M{o.member_id}", o.name, o.where, _far(o), o.state or "") for o in found.suggested)

    def say(out: Console) -> None:
        out.print(table(("Id", "Name", "Lives in", "Away", "Stands at"), rows))
        out.print(f"{len(found.others)} others.")

    desk.answer({"invited": who, "batch": batch, "invitees": found, "emails": drafts}, say)


@click.command("coming")
@click.argument("number")
@click.argument("member")
@click.option("--cannot", is_flag=True, help="They cannot come.")
@click.option("--take-back", is_flag=True, help="They have not answered after all.")
@click.option("--give-place", is_flag=True, help="They were told that a place is free for them.")
@verb
def coming(desk: Desk, number: str, member: str, cannot: bool, take_back: bool, give_place: bool) -> None:
    """Record that a member comes, waits while it is full, or cannot come; names who is next in line."""
    chosen = _number(number)
    with desk.store() as store:
        member_id = find(store, member)
        if take_back or give_place:
            act = own.take_answer_back if take_back else own.give_place
            batch = act(store, chosen, member_id)
            done = f"M{member_id} has a place." if give_place else f"M{member_id} has not answered yet."
            desk.answer({"member": member_id, "batch": batch}, lambda out: out.print(done))
            return
        heard = own.answer(store, chosen, member_id, coming=not cannot)
    words = f"M{member_id}: {heard.state.value}"
    words += f", number {heard.place_in_line} in line" if heard.place_in_line else ""
    after = f" A place is free: tell {heard.next_name} (M{heard.next_id})." if heard.next_id else ""
    desk.answer(heard, lambda out: out.print(f"{words}.{after}"))


@click.command("attendance")
@click.argument("number")
@click.argument("members", nargs=-1)
@click.option("--not", "absent", multiple=True, metavar="MEMBER", help="Did not come after all.")
@click.option("--walk-in", "names", multiple=True, metavar="NAME", help="Somebody who is no member, by first name.")
@click.option("--walk-ins", "count", type=int, default=0, help="So many more, without a name.")
@click.option("--done", is_flag=True, help="Everybody who came is noted.")
@verb
def attendance(
    desk: Desk, number: str, members: tuple[str, ...], absent: tuple[str, ...], names: tuple[str, ...], count: int,
    done: bool,
) -> None:  # fmt: skip
    """Note which MEMBERS came, and who walked in; shows everybody."""
    chosen = _number(number)
    with desk.store() as store:
        for came, those in ((True, members), (False, absent)):
            for one in those:
                own.note_came(store, chosen, find(store, one), came=came)
        for name in names:
            own.add_walk_ins(store, chosen, name)
        if count:
            own.add_walk_ins(store, chosen, count=count)
        if done:
            own.everybody_noted(store, chosen)
        _answer_page(desk, own.meetup_page(store, chosen))


@click.command("meet-up-words")
@click.argument("number", required=False)
@click.option("--member", help="The message for this member as they stand now.")
@click.option("--sent", multiple=True, metavar="MEMBER", help="Record that it was sent; needs --what.")
@click.option("--what", type=click.Choice([*_SENT]), help="remind: of tomorrow; off: that it is called off.")
@verb
def words(desk: Desk, number: str | None, member: str | None, sent: tuple[str, ...], what: str | None) -> None:
    """What to write: to one member, to everybody who is due a word, and the post for the group and partners."""
    chosen = _number(number) if number else None
    with desk.store() as store:
        if chosen is None and (sent or member):
            raise UserError("Which meet-up?", todo="Name it, such as E3.")
        if chosen is not None and sent:
            if what is None:
                raise UserError("What was sent?", todo="Add --what remind or --what off.")
            own.note_sent(store, chosen, [find(store, one) for one in sent], _SENT[what])
        if chosen is not None and member:
            found = [own.word_for(store, chosen, find(store, member))]
        else:
            found = list(own.to_send(store, chosen))
        call = own.call_for(store, chosen) if chosen is not None else ""

    def say(out: Console) -> None:
        for one in found:
            out.print(f"--- {one.name}, {one.channel}: {one.why}\n{one.full or one.trouble}\n")
        if call:
            out.print(f"--- For the group\n{call}")

    desk.answer({"to_send": found, "call": call}, say)


@click.command("meet-up-sheet")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--all-dates", is_flag=True, help="Of a drop-in every date to come (.ics).")
@verb
def sheet(desk: Desk, number: str, file: Path, all_dates: bool) -> None:
    """Write first names for the table (.xlsx or .html), or the date for a calendar (.ics)."""
    chosen, calendar = _number(number), file.suffix.lower() == ".ics"
    with desk.store() as store:
        count = (
            own.save_calendar_file(store, chosen, file, all_dates=all_dates)
            if calendar
            else own.save_day_sheet(store, chosen, file)
        )
    holds = f"{count} date{'' if count == 1 else 's'}" if calendar else f"{count} first names"
    desk.answer({"path": str(file), "count": count}, lambda out: out.print(f"Wrote {file}: {holds}."))


def _number(text: str) -> int:
    number = numbered(text, "E")
    if number is None:
        raise UserError(f"“{text}” is not a meet-up.", todo="Write it like E3.")
    return number


def _changed(store: Store, plan: own.MeetupPlan, changes: tuple[str, ...]) -> own.MeetupPlan:
    for one in changes:
        field, equals, value = one.partition("=")
        if not equals or field not in _FIELDS:
            raise UserError(f"“{one}” is not FIELD=VALUE.", todo=f"The fields are: {', '.join(_FIELDS)}.")
        plan = _with(store, plan, field, value)
    return plan


def _with(store: Store, plan: own.MeetupPlan, field: str, value: str) -> own.MeetupPlan:
    listed = [part.strip() for part in value.split(",") if part.strip()]
    match field:
        case "on":
            lasts = (plan.ends_at or plan.starts_at) - plan.starts_at
            starts = clock.instant(value)
            return replace(plan, starts_at=starts, ends_at=starts + lasts)
        case "minutes":
            return replace(plan, ends_at=plan.starts_at + timedelta(minutes=_whole(value)))
        case "room":
            return replace(plan, capacity=_whole(value) if value else None)
        case "with":
            return replace(plan, co_organisers=listed)
        case "partners":
            return replace(plan, partners=[directory.find_partner(store, part) for part in listed])
        case _:
            text: dict[str, Any] = {field: value}
            return replace(plan, **text)


def _whole(value: str) -> int:
    if not value.isdecimal():
        raise UserError(f"“{value}” is not a number.")
    return int(value)


def _far(one: own.Invitee) -> str:
    return "" if one.minutes is None or one.miles is None else f"{one.miles:.0f} miles, {one.minutes} min"


def _listed(found: tuple[own.MeetupRow, ...]) -> Any:
    rows = (
        (f"E{r.id}", _when(r.starts_at), r.title, "called off" if r.cancelled else r.place or "online",
         r.coming, r.waiting, r.came, r.walk_ins)
        for r in found
    )  # fmt: skip
    return table(("Id", "When", "What", "Where", "Coming", "Waiting", "Came", "Walked in"), rows)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(clock.LONDON):%a %d %b %Y %H:%M}"


def _answer_page(desk: Desk, page: own.MeetupPage) -> None:
    rows = (
        (f"M{p.member_id}", p.name, p.where, p.state or "", p.place_in_line or "", "yes" if p.came else "")
        for p in page.people
    )

    def say(out: Console) -> None:
        out.print(_listed((page.row,)))
        out.print(table(("Id", "Name", "Lives in", "Stands at", "In line", "Came"), rows))
        if page.next_id:
            out.print(f"A place is free: tell {page.next_name} (M{page.next_id}).")

    desk.answer(page, say)


COMMANDS = (meet_up, drop_in, meet_ups, change, invite_to, coming, attendance, words, sheet)
