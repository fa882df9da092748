"""Verbs about who is being heard: insight, yearly-report."""

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from matcher import insight as insights
from matcher.cli.desk import Desk, table, verb
from matcher.cli.values import DAY
from matcher.insight import Insight, Replies, Voice, Wait


@click.command("insight")
@click.option("--since", type=DAY, help="The first day; without it, the very beginning.")
@click.option("--until", type=DAY, help="The last day; without it, today.")
@verb
def insight(desk: Desk, since: datetime | None, until: datetime | None) -> None:
    """Who is being heard: voices, turns, replies, waits, requesters' record, growth."""
    with desk.store() as store:
        found = insights.look(store, _day(since), _day(until))
    desk.answer(found, lambda out: _say(out, found))


@click.command("yearly-report")
@click.argument("year")
@click.argument("file", type=click.Path(path_type=Path))
@verb
def yearly_report(desk: Desk, year: str, file: Path) -> None:
    """Write the report of YEAR (2026, or 2025/26 for April to March) for a funder or trustees to FILE.

    As .xlsx, .html or .pdf. Small counts are held back, so that nobody can work them out. Read it before you
    send it.
    """
    with desk.store() as store:
        report = insights.yearly_report(store, year)
        pdf = desk.draw(insights.yearly_html(report)) if file.suffix.lower() == ".pdf" else None
        file_id = insights.save_yearly_report(store, report, file, pdf=pdf)
    desk.answer(
        {"path": str(file), "file_id": file_id, "report": report},
        lambda out: out.print("\n".join([*report.opening, f"Wrote {file}. Read it before you send it."])),
    )


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _say(out: Console, found: Insight) -> None:
    first = f"From {found.period.since:%d %b %Y} to" if found.period.since else "Up to"
    out.print(f"{first} {found.period.until:%d %b %Y}.")
    for voice in found.voices:
        _say_voice(out, voice)
    _say_turns(out, found)
    out.print(table(("Asked about", "Asked", "Yes", "No", "Can't", "Stop", "Waiting", "Days"), map(_reply, (
        *found.replies.by_audience, *found.replies.by_channel, found.replies.total
    ))))  # fmt: skip
    waits = (*found.waits.by_audience, found.waits.total)
    out.print(table(("Days to an introduction", "Requests", "A quarter within", "Half", "Three quarters"),
                    map(_wait, waits)))  # fmt: skip
    headers = ("Who asked", "Organisation", "Requests", "Took part", "Paid", "To pay", "Findings", "Feedback")
    rows = (
        (r.name, r.organisation, r.requests, r.took_part, r.paid, r.to_pay, r.findings, r.feedback)
        for r in found.requesters
    )
    out.print(table(headers, rows))
    grown = found.growth
    months = zip(grown.months, grown.joined, grown.members, strict=True)
    out.print(
        table(("Month", "Joined", "Members"), ((f"{m:%b %Y}", joined, all_of) for m, joined, all_of in months))
    )


def _say_voice(out: Console, voice: Voice) -> None:
    rows = (
        (
            row.label, row.everywhere.members, row.everywhere.asked, row.everywhere.volunteered,
            row.everywhere.took_part, f"{row.workforce.share:.0%}" if row.workforce else "no figure",
        )
        for row in voice.rows
    )  # fmt: skip
    out.print(table((voice.title, "Members", "Asked", "Volunteered", "Took part", "Workforce"), rows))
    out.print("\n".join(voice.sources))


def _say_turns(out: Console, found: Insight) -> None:
    turns = found.spread
    out.print(
        f"{turns.people} may be asked; {turns.never_asked} of them were not. The most asks of one: {turns.most}."
    )
    if turns.gini is not None:
        out.print(f"Gini {turns.gini:.2f} (0: everybody equally often).")
    out.print(f"{found.volunteers.people} answered open calls, {found.volunteers.times} times.")


def _reply(one: Replies) -> tuple[object, ...]:
    days = "" if one.median_days is None else f"{one.median_days:.1f}"
    return (one.label, one.asked, one.yes, one.no, one.cannot, one.stop, one.waiting, days)


def _wait(one: Wait) -> tuple[object, ...]:
    figures = (one.lower_quartile, one.median, one.upper_quartile)
    return (one.label, one.requests, *("" if figure is None else f"{figure:g}" for figure in figures))


COMMANDS = (insight, yearly_report)
