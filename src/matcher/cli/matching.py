"""Verbs about matching: rank, why, shortlist."""

import click
from rich.console import Console

from matcher import directory, matching
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.storage import reading


@click.command("rank")
@click.argument("request")
@click.option("--top", type=click.IntRange(min=1), help="Show only the best N.")
@click.option("--all", "everyone", is_flag=True, help="Also everyone else, with the rule that keeps them out.")
@verb
def rank(desk: Desk, request: str, top: int | None, everyone: bool) -> None:
    """Rank the members who may be asked and fit, with reasons."""
    with desk.store() as store:
        ranking = matching.rank(store, request_number(request))
    candidates = ranking.candidates[:top] if top else ranking.candidates
    others = ranking.others if everyone or desk.as_json else ()

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
        out.print(f"{len(ranking.candidates)} could fit; {len(ranking.others)} not now.")
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
@click.option("--reserves", type=click.IntRange(min=0), default=0, show_default=True)
@verb
def shortlist(desk: Desk, request: str, people: int, reserves: int) -> None:
    """Make the list of those to ask: the best who fit. Fewer than wanted is said, not hidden."""
    with desk.store() as store:
        made = matching.make_shortlist(store, request_number(request), people, reserves=reserves)

    def say(out: Console) -> None:
        places = [(str(e.position), e) for e in made.chosen]
        places += [(f"reserve {e.position}", e) for e in made.reserves]
        rows = ((place, f"M{e.member_id}", e.name, f"{e.score:.1f}") for place, e in places)
        out.print(table(("", "Id", "Name", "Score"), rows))
        if made.short_by:
            out.print(f"{made.short_by} fewer than wanted: nobody else may be asked and fits.")

    desk.answer(made, say)


COMMANDS = (rank, why, shortlist)
