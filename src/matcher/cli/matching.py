"""Verbs about matching: rank, why, shortlist."""

from dataclasses import asdict

import click
from rich.console import Console

from matcher import directory, matching
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.matching.fair import Share
from matcher.matching.fair.fair_list import Wanted, draw_list
from matcher.matching.fair.history import check_draw, past_draws
from matcher.storage import reading

_WISHES = {"keep": True, "off": False, "leave": None}


@click.command("rank")
@click.argument("request")
@click.option("--top", type=click.IntRange(min=1), help="Show only the best N.")
@click.option("--all", "everyone", is_flag=True, help="Also everyone else, with the rule that keeps them out.")
@verb
def rank(desk: Desk, request: str, top: int | None, everyone: bool) -> None:
    """Rank the members who may be asked and fit, with reasons."""
    with desk.store() as store:
        case = matching.open_case(store, request_number(request))
        candidates = case.candidates(0, top)
        others = case.everybody_else() if everyone or desk.as_json else ()
    could_fit, not_now = case.could_fit, len(case) - case.could_fit

    def say(out: Console) -> None:
        out.print(
            table(
                ("", "Id", "Name", "Town", "Score", "Place", "Experience", "Interests", "", "In their words"),
                (
                    (
                        place, f"M{c.member.id}", c.member.name, c.member.town, f"{c.score:.1f}",
                        *(f"{c.parts[part]:.1f}" for part in ("region", "experience", "interests")),
                        "; ".join(c.to_ask) or ("ask first" if c.ask_first else ""),
                        f"“{c.quote}”" if c.quote else "",
                    )
                    for place, c in enumerate(candidates, start=1)
                ),
            ),
        )  # fmt: skip
        out.print(f"{could_fit} could fit; {not_now} not now.")
        if others:
            out.print(
                table(("Id", "Not now because"), ((f"M{o.member.id}", o.reason) for o in others)), markup=False
            )

    desk.answer({"candidates": candidates, "others": others}, say)


@click.command("why")
@click.argument("request")
@click.argument("member")
@verb
def why(desk: Desk, request: str, member: str) -> None:
    """Say in plain sentences why a member fits a request, or why not."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        answer = matching.why(store, request_number(request), member_id)
    desk.answer(answer, lambda out: out.print("\n".join(answer.sentences)))


@click.command("shortlist")
@click.argument("request")
@click.option("--people", type=click.IntRange(min=1), required=True, help="How many people the list should hold.")
@click.option("--balance", "rules", multiple=True, metavar="RULE", help="A rule, such as “at least 3 regions”.")
@click.option(
    "--turns", type=click.Choice([share.value for share in Share]), default=Share.SOME.value, show_default=True,
    help="How far it counts whose turn it is.",
)  # fmt: skip
@click.option("--lots", type=click.IntRange(min=0), help="Places that go by lot; as set, when not given.")
@click.option("--seed", help="What decides the lots; kept with the list.")
@click.option("--fresh", is_flag=True, help="Draw the lots anew, with --reason.")
@click.option("--reason", default="", help="Why the lots are drawn anew.")
@click.option(
    "--reserves", type=click.IntRange(min=0), default=0, show_default=True, help="How many stand behind the list."
)
@click.option("--pin", "pinned", multiple=True, metavar="MEMBER", help="On the list in any case.")
@click.option("--refuse", "refused", multiple=True, metavar="MEMBER", help="Not on this list.")
@verb
def shortlist(
    desk: Desk, request: str, people: int, rules: tuple[str, ...], turns: str, lots: int | None, seed: str | None,
    fresh: bool, reason: str, reserves: int, pinned: tuple[str, ...], refused: tuple[str, ...],
) -> None:  # fmt: skip
    """Draw the list of those to ask: who fits, whose turn it is, under the rules. Fewer than wanted is said."""
    with desk.store() as store:
        with reading(store) as session:
            pins, not_these = (
                tuple(directory.find_member(session, m) for m in named) for named in (pinned, refused)
            )
        wanted = Wanted(people, rules, Share(turns), reserves, lots, seed, reason, fresh, pins, not_these)
        made = draw_list(store, request_number(request), wanted)

    def say(out: Console) -> None:
        places = [(str(e.position), e) for e in made.listed.chosen]
        places += [(f"reserve {e.position}", e) for e in made.listed.reserves]
        rows = ((p, f"M{e.member_id}", e.name, f"{e.score:.1f}", " ".join(e.told)) for p, e in places)
        out.print(table(("", "Id", "Name", "Score", "Why"), rows))
        for note in made.notes:
            out.print(note, markup=False)

    drawn = {name: value for name, value in asdict(made).items() if name != "listed"}
    desk.answer(asdict(made.listed) | {"draw": drawn}, say)


@click.command("wish")
@click.argument("request")
@click.argument("member")
@click.argument("what", type=click.Choice(list(_WISHES)))
@verb
def wish(desk: Desk, request: str, member: str, what: str) -> None:
    """Keep a member on a request's list in any case, or off it, or leave them to the draw again."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        batch = matching.wish(store, request_number(request), member_id, _WISHES[what])
        standing = matching.wishes(store, request_number(request))
    told = {
        "request": request_number(request),
        "member": member_id,
        "keep": standing.get(member_id),
        "batch": batch,
    }
    desk.answer(told, lambda out: out.print(f"M{member_id}: {what}."))


@click.command("draws")
@click.argument("request")
@verb
def draws(desk: Desk, request: str) -> None:
    """How the lists of a request were made: when, by which rules, whose lot came up in vain, what it cost."""
    with desk.store() as store:
        found = past_draws(store, request_number(request))

    def say(out: Console) -> None:
        for one in found:
            rules = "; ".join(one.rules) or "no rules"
            out.print(f"{one.id}: {one.at:%d %b %Y %H:%M}, {one.people} people, {rules}", markup=False)
            out.print(f"  turns: {one.share}, by lot: {one.lots}, fit given up: {one.loss:.1%}", markup=False)
            if one.reason:
                out.print(f"  lots drawn anew: {one.reason}", markup=False)
            for seat in one.seats:
                out.print(f"  {seat.name}: {' '.join(seat.told)}", markup=False)
            for name, reason in one.skipped:
                out.print(f"  The lot fell on {name} in vain: {reason}.", markup=False)
        if not found:
            out.print("No list was drawn yet.")

    desk.answer({"draws": found}, say)


@click.command("replay")
@click.argument("request")
@click.option("--draw", "draw_id", type=click.IntRange(min=1), help="Which draw; the newest, when not given.")
@verb
def replay(desk: Desk, request: str, draw_id: int | None) -> None:
    """Draw a list once more from what was kept of it, and say whether it is the same."""
    with desk.store() as store:
        checked = check_draw(store, request_number(request), draw_id)

    def say(out: Console) -> None:
        out.print("The same list." if checked.same else "Not the same list:")
        for sentence in checked.differences:
            out.print(sentence, markup=False)

    desk.answer(checked, say)


COMMANDS = (rank, why, shortlist, wish, draws, replay)
