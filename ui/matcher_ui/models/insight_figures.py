"""The figures of the Insight page: what the core counted, as charts with their tables."""

from collections.abc import Sequence

from matcher.insight import Dimension, Heard, Insight, Replies, RequesterRecord, Series, Voice, VoiceRow, Wait
from matcher.insight.growth import OTHERS
from matcher.insight.tables import Cell, Table
from matcher_ui.charts.day_ranges import DayRanges, DaysRow
from matcher_ui.charts.figure import Figure
from matcher_ui.charts.fills import Fill
from matcher_ui.charts.lorenz import LorenzCurve
from matcher_ui.charts.month_columns import MOST_SOURCES, Month, MonthColumns
from matcher_ui.charts.parted_bars import PartedBars, PartedRow
from matcher_ui.charts.share_bars import Share, ShareBars, ShareRow, Whole
from matcher_ui.models.insight_words import (
    growth_words,
    people_words,
    replies_words,
    requesters_words,
    turns_notes,
    turns_words,
    voice_words,
    waits_words,
)

BY = {
    Dimension.REGION: "by region", Dimension.EXPERIENCE: "by years in home care",
    Dimension.EMPLOYER: "by kind of employer", Dimension.CONTRACT: "by contract",
}  # fmt: skip
ANSWERS = (
    ("Yes", Fill("experience")),
    ("Can’t make the date", Fill("experience", "rising")),
    ("No this time", Fill("ink3")),
    ("Please stop", Fill("stop", "falling")),
    ("No answer yet", Fill("edge", "outline")),
)
PAYMENTS = (
    ("Paid", Fill("experience")),
    ("Didn’t want payment", Fill("experience", "rising")),
    ("Still owed", Fill("stop", "falling")),
    ("Nothing promised", Fill("edge", "outline")),
)
_PER_HUNDRED = "of 100"
_WAITS_MARKS = "Dots: the quickest and the slowest. Stroke: half took no longer."
_BROAD = " Broad part: the middle half."
Rows = tuple[tuple[Cell, ...], ...]


def has_workforce(voice: Voice) -> bool:
    """Whether the workforce was counted by this."""
    return any(row.workforce is not None for row in voice.rows)


def voice_figure(found: Insight, voice: Voice, *, beside_workforce: bool) -> Figure:
    """Who is heard. ``beside_workforce`` compares people in England, where the workforce was counted."""
    rows = [(row, _heard(row, beside_workforce)) for row in voice.rows]
    known = [heard for row, heard in rows if row.value is not None]
    wholes = [
        Whole(name, _together(known, of))
        for name, of in (("Members", "members"), ("Asked", "asked"), ("Took part", "took_part"))
    ]
    if beside_workforce:
        wholes.append(Whole("Workforce", "in England"))
    bars = [ShareRow(row.label, _shares(row, heard, beside_workforce)) for row, heard in rows]
    members = any(heard.members or heard.asked or heard.took_part for _row, heard in rows)
    where = " in England" if beside_workforce else ""
    title = f"Who is being heard, {BY[voice.dimension]}{where}"
    source = f"Workforce: {'; '.join(voice.sources)}." if beside_workforce and voice.sources else ""
    return Figure(
        title,
        voice_words([(row.label, heard) for row, heard in rows if row.value is not None], where) if members
        else "No members yet. Bring them in, and this shows who they are and who of them is asked.",
        ShareBars(wholes, bars, f"share of members{where}") if members else None,
        _voice_table(found, voice, title),
        source,
    )  # fmt: skip


def turns_figure(found: Insight) -> Figure:
    """How evenly asks are spread."""
    spread, title = found.spread, "How turns are shared"
    rows = tuple((times, people) for times, people in spread.by_asks)
    notes = (*_about(found), *turns_notes(spread, found.volunteers)[1:])
    return Figure(
        title, turns_words(spread),
        LorenzCurve(spread.lorenz, turns_notes(spread, found.volunteers)) if spread.lorenz else None,
        Table(title, ("Times asked", "People"), rows, notes),
    )  # fmt: skip


def replies_figure(found: Insight, by: str) -> Figure:
    """What was answered, ``by`` audience or channel."""
    tables, audience = found.replies, by == "audience"
    rows = tables.by_audience if audience else tables.by_channel
    title = "What people answer, by who asks" if audience else "What people answer, by how they were asked"
    first = "Who asks" if audience else "Asked by"
    headings = (first, "Asked", *(label for label, _fill in ANSWERS), "Half answered within, days")
    bars = [PartedRow(row.label, _answers(row)) for row in rows]
    cells: Rows = tuple((row.label, row.asked, *_answers(row), row.median_days) for row in (*rows, tables.total))
    plot = PartedBars(ANSWERS, bars, "asked") if tables.total.asked else None
    return Figure(title, replies_words(tables.total), plot, Table(title, headings, cells, _about(found)))


def waits_figure(found: Insight) -> Figure:
    """How long it takes from a request to the first introduction."""
    waits, title = found.waits, "How long it takes from request to introduction"
    parts = [wait for wait in waits.by_audience if wait.requests]
    every = [*parts, waits.total] if len(parts) > 1 else parts
    headings = ("Who asks", "Requests", "Shortest, days", "Half within, days", "Longest, days")
    cells: Rows = tuple(
        (w.label, w.requests, w.shortest, w.median, w.longest) for w in (*waits.by_audience, waits.total)
    )
    notes = (
        *_about(found),
        f"{waits.received:,} requests arrived in this time; {waits.still_open:,} of them are open and "
        f"{waits.closed_without:,} were closed without an introduction.",
    )
    plot = DayRanges([_days(wait) for wait in every], "request", "requests") if every else None
    marks = _WAITS_MARKS + (_BROAD if any(_days(wait).half for wait in every) else "")
    return Figure(title, waits_words(waits), plot, Table(title, headings, cells, notes), marks if plot else "")


def requesters_figure(found: Insight) -> Figure:
    """What those who ask did with the time they were given."""
    title = "Those who ask: were people paid?"
    met = [row for row in found.requesters if row.took_part]
    headings = (
        "Who asks", "Organisation", "Requests", "Members asked", "Said yes", "Took part",
        *(label for label, _fill in PAYMENTS), "Told what came of it", "Findings sent", "Feedback noted",
    )  # fmt: skip
    cells: Rows = tuple(
        (row.name, row.organisation, row.requests, row.asked, row.agreed, row.took_part, *_payments(row),
         row.heard_back, row.findings, row.feedback)
        for row in found.requesters
    )  # fmt: skip
    bars = [PartedRow(row.organisation or row.name, _payments(row)) for row in met]
    plot = PartedBars(PAYMENTS, bars, "took part") if met else None
    return Figure(title, requesters_words(found.requesters), plot, Table(title, headings, cells, _about(found)))


def growth_figure(found: Insight, by: str) -> Figure:
    """How the network grows, ``by`` source or area."""
    growth, source = found.growth, by == "source"
    series = growth.by_source if source else growth.by_area
    title = "How the network grows, by how people came" if source else "How the network grows, by area"
    headings = ("Month", *(one.label for one in series), "Joined", "Members", "Erased")
    cells: Rows = tuple(
        (f"{month:%b %Y}", *(one.joined[place] for one in series), growth.joined[place], growth.members[place],
         growth.erased[place])
        for place, month in enumerate(growth.months)
    )  # fmt: skip
    folded = _folded(series, OTHERS if source else "Elsewhere")
    months = [Month(month, tuple(one.joined[place] for one in folded)) for place, month in enumerate(growth.months)]
    plot = MonthColumns([one.label for one in folded], months, "joined") if sum(growth.joined) else None
    most_is = "the way named most is" if source else "the largest area is"
    return Figure(title, growth_words(growth, series, most_is), plot, Table(title, headings, cells, _about(found)))


def _heard(row: VoiceRow, beside_workforce: bool) -> Heard:
    """The people compared; outside England they stand without shares beside those in it."""
    if not beside_workforce:
        return row.everywhere
    if row.in_england is not None:
        return row.in_england
    all_of = row.everywhere
    return Heard(all_of.members, all_of.asked, all_of.volunteered, all_of.took_part)


def _shares(row: VoiceRow, heard: Heard, beside_workforce: bool) -> tuple[Share, ...]:
    shares = [
        Share(heard.members_share, heard.members),
        Share(heard.asked_share, heard.asked),
        Share(heard.took_part_share, heard.took_part),
    ]
    if beside_workforce:
        figure = row.workforce
        shares.append(Share(None, None) if figure is None else Share(figure.share, figure.jobs))
    return tuple(shares)


def _together(known: Sequence[Heard], of: str) -> str:
    counted = [heard for heard in known if heard.members_share is not None] or known
    return people_words(sum(getattr(heard, of) for heard in counted))


def _voice_table(found: Insight, voice: Voice, title: str) -> Table:
    counts = ("Members", "Asked", "Volunteered", "Took part", "Times asked", "Times took part")
    shares = tuple(f"{name}, {_PER_HUNDRED}" for name in ("Members", "Asked", "Took part"))
    english = (*(f"In England: {name.lower()}" for name in shares), f"Workforce, {_PER_HUNDRED}")
    headings = (voice.title, *counts, *shares, *english)
    rows = [_voice_cells(row) for row in voice.rows]
    known = [place for place in range(len(headings)) if any(row[place] is not None for row in rows)]
    if not has_workforce(voice):
        known = [place for place in known if place < len(headings) - len(english)]
    return Table(
        title, tuple(headings[place] for place in known),
        tuple(tuple(row[place] for place in known) for row in rows), (*_about(found), *voice.sources),
    )  # fmt: skip


def _voice_cells(row: VoiceRow) -> tuple[Cell, ...]:
    all_of = row.everywhere
    workforce = row.workforce.share if row.workforce is not None else None
    return (
        row.label, all_of.members, all_of.asked, all_of.volunteered, all_of.took_part, row.asks, row.parts,
        *_hundreds(all_of), *_hundreds(row.in_england or Heard()), _hundred(workforce),
    )  # fmt: skip


def _hundreds(heard: Heard) -> tuple[Cell, ...]:
    return tuple(_hundred(share) for share in (heard.members_share, heard.asked_share, heard.took_part_share))


def _hundred(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _answers(row: Replies) -> tuple[int, ...]:
    return (row.yes, row.cannot, row.no, row.stop, row.waiting)


def _payments(row: RequesterRecord) -> tuple[int, ...]:
    settled = row.paid + row.declined_payment + row.to_pay
    return (row.paid, row.declined_payment, row.to_pay, row.took_part - settled)


def _days(wait: Wait) -> DaysRow:
    assert wait.median is not None
    assert wait.shortest is not None
    assert wait.longest is not None
    half = None
    if wait.lower_quartile is not None and wait.upper_quartile is not None:
        half = (wait.lower_quartile, wait.upper_quartile)
    return DaysRow(wait.label, wait.requests, wait.shortest, wait.median, wait.longest, half)


def _folded(series: Sequence[Series], rest: str) -> list[Series]:
    """The largest few by themselves, all others together and last."""
    ranked = sorted((one for one in series if one.label != rest), key=lambda one: -sum(one.joined))
    kept = ranked[: MOST_SOURCES - 1]
    others = [*ranked[MOST_SOURCES - 1 :], *(one for one in series if one.label == rest)]
    if len(others) < 2:
        return [*kept, *others]
    together = zip(*(one.joined for one in others), strict=True)
    return [*kept, Series(rest, tuple(map(sum, together)))]


def _about(found: Insight) -> tuple[str, ...]:
    since, until = found.period.since, found.period.until
    start = "From the very beginning" if since is None else f"From {since.day} {since:%B %Y}"
    return (f"{start} to {until.day} {until:%B %Y}.",)
