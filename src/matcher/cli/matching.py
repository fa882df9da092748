"""Verbs about matching: rank, why, shortlist."""

from dataclasses import asdict

import click
from rich.console import Console

from matcher import directory, matching
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.matching.fair import Share
from matcher.matching.fair.keep import Wanted, draw_list
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
@click.option("--balance", "rules", multiple=True, metavar="RULE", help="A rule, such as “at least 3 regions”.")
@click.option(
    "--turns", type=click.Choice([share.value for share in Share]), default=Share.SOME.value, show_default=True,
    help="How far it counts whose turn it is.",
)  # fmt: skip
@click.option("--seed", help="What decides the lots; kept with the list.")
@click.option("--reason", default="", help="Why the lots are drawn anew with another seed.")
@click.option("--reserves", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--pin", "pinned", multiple=True, metavar="MEMBER", help="On the list in any case.")
@click.option("--refuse", "refused", multiple=True, metavar="MEMBER", help="Not on this list.")
@verb
def shortlist(
    desk: Desk, request: str, people: int, rules: tuple[str, ...], turns: str, seed: str | None, reason: str,
    reserves: int, pinned: tuple[str, ...], refused: tuple[str, ...],
) -> None:  # fmt: skip
    """Draw the list of those to ask: who fits, whose turn it is, under the rules. Fewer than wanted is said."""
    with desk.store() as store:
        with reading(store) as session:
            pins, not_these = (
                tuple(directory.find_member(session, m) for m in named) for named in (pinned, refused)
            )
        wanted = Wanted(people, rules, Share(turns), reserves, seed, reason, pins, not_these)
        made = draw_list(store, request_number(request), wanted)

    def say(out: Console) -> None:
        places = [(str(e.position), e) for e in made.listed.chosen]
        places += [(f"reserve {e.position}", e) for e in made.listed.reserves]
        rows = (
            (p, f"M{e.member_id}", e.name, f"{e.score:.1f}", e.why.get("seat", {}).get("words", ""))
            for p, e in places
        )
        out.print(table(("", "Id", "Name", "Score", "Why"), rows))
        for note in made.notes:
            out.print(note, markup=False)

    drawn = {name: value for name, value in asdict(made).items() if name != "listed"}
    desk.answer(asdict(made.listed) | {"draw": drawn}, say)


COMMANDS = (rank, why, shortlist)
