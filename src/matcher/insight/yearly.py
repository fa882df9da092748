"""What the yearly report says: a short opening, and a section for each question a funder or trustee has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from matcher import clock
from matcher.insight.growth import Growth, growth, joined_through
from matcher.insight.life import OwnLife, own_life
from matcher.insight.received import Received, TakenPartIn, requests_received, taken_part_in
from matcher.insight.report import (
    ReportSection,
    ReportTable,
    YearlyReport,
    parts_table,
    tally_table,
    voice_table,
)
from matcher.insight.spread import Spread, Volunteers, spread_of_asks, volunteers
from matcher.insight.tallies import PAID, Parts, Tally, tallies_of_asks, tally_of_parts
from matcher.insight.turns import Turns, turns_of
from matcher.insight.voice import FEW, Voice, voices
from matcher.insight.waits import Waits, waits
from matcher.insight.year import Year, year_named
from matcher.model import MeetupKind
from matcher.outreach.counts import SMALLEST_GROUP
from matcher.storage import Settings, reading, setting, settings_in
from matcher.storage.store import Store

_GAP = 0.05
"""From this difference of shares on, a group is said to have been asked less or more than its share."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """Everything the report is made of."""

    year: Year
    settings: Settings
    k: int
    voices: tuple[Voice, ...]
    received: tuple[Received, ...]
    waits: Waits
    asks: tuple[Tally, Tally, Tally]
    parts: Parts
    work: tuple[TakenPartIn, ...]
    spread: Spread
    turns: Turns | None
    volunteers: Volunteers
    growth: Growth
    through: Mapping[str, int]
    life: OwnLife

    @property
    def members(self) -> int:
        """How many members there are at the end of the year, or now."""
        return sum(row.everywhere.members for row in self.voices[0].rows)


def yearly_report(store: Store, year: str) -> YearlyReport:
    """The report of a year: "2026" for a calendar year, "2025/26" for one from April to March.

    A count of fewer people than the network's smallest group (5, unless set otherwise) is held back, with so many
    others that it cannot be worked out. Raises UserError when there is no such year or it has not begun.
    """
    named = year_named(year)
    with reading(store) as session:
        found = _figures(session, named)
    organisation = found.settings.organisation or "The network"
    sections = (
        _asked_of_us(found), _heard(found), _answered(found), _came_of_it(found), _paid(found), _turns(found),
        _own_life(found), _grown(found), _method(found),
    )  # fmt: skip
    return YearlyReport(
        f"Our year {named.label}", organisation, named.label, clock.now(), tuple(_opening(found, organisation)),
        sections, found.k,
    )  # fmt: skip


def _figures(session: Session, year: Year) -> _Figures:
    within, k = year.period, int(setting(session, "privacy.smallest_group", SMALLEST_GROUP))
    told = voices(session, within, members_only=True)
    spread, parts = spread_of_asks(session, within), tally_of_parts(session, within, k)
    members = sum(row.everywhere.members for row in told[0].rows)
    return _Figures(
        year, settings_in(session), k, told, requests_received(session, within), waits(session, within),
        tallies_of_asks(session, within), parts, taken_part_in(session, parts.request_ids), spread,
        turns_of(spread, members, k), volunteers(session, within), growth(session, within),
        joined_through(session, within), own_life(session, within),
    )  # fmt: skip


def _opening(found: _Figures, organisation: str) -> Iterator[str]:
    so_far = "" if found.year.is_over else ", the year so far"
    yield (
        f"{organisation} is a network of home-care workers. When researchers, policymakers, journalists and "
        "others want to hear from them, we look at the request, ask members who agreed to be asked, and "
        f"introduce those who say yes. This report covers {_day(found.year.since)} to "
        f"{_day(found.year.until)}{so_far}."
    )
    received, taken_up = (sum(getattr(row, name) for row in found.received) for name in ("received", "taken_up"))
    asked, part = (
        sum(getattr(row.everywhere, name) for row in found.voices[0].rows) for name in ("asked", "took_part")
    )
    put = f"; {taken_up or 'none'} {'was' if taken_up == 1 else 'were'} put to members" if received else ""
    yield (
        f"{_members(found.members, found.k).capitalize()} belong to the network. "
        f"{_requests(received).capitalize()} arrived{put}."
    )
    yield f"{_members(asked, found.k).capitalize()} were asked, and {_members(part, found.k)} took part."


def _asked_of_us(found: _Figures) -> ReportSection:
    title = "What was asked of us"
    if not found.received:
        return ReportSection(title, ("No request arrived.",))
    counts = [(row.received, row.taken_up, row.turned_down, row.open) for row in found.received]
    rows = [(row.label, *count) for row, count in zip(found.received, counts, strict=True)]
    totals = tuple(sum(column) for column in zip(*counts, strict=True))
    headers = ("Who asked", "Received", "Put to members", "Not taken up", "Still open")
    sentences = [
        "Every request is checked before anybody is asked: who is behind it, what it is for, what it pays and "
        "what comes back."
    ]
    if found.waits.total.median is not None:
        sentences.append(
            f"From the day a request came to the first introduction it took {_days(found.waits.total.median)} in "
            f"the middle case of {_requests(found.waits.total.requests)}."
        )
    return ReportSection(
        title, tuple(sentences), (ReportTable("Requests that arrived", headers, (*rows, ("All", *totals))),)
    )


def _heard(found: _Figures) -> ReportSection:
    tables = tuple(voice_table(voice, found.k) for voice in found.voices)
    lead = (
        "Each person counts once in a column, however often they were asked or took part. Where the share of "
        "those asked lies below the share of members, a group was heard less than its size."
    )
    return ReportSection("Who was heard", (lead, *_gaps(tables)), tables)


def _gaps(tables: Sequence[ReportTable]) -> Iterator[str]:
    """Who was asked less than their share, where it can be told."""
    for table in tables:
        gaps = [
            (row[4] - row[2], f"{row[0]} ({row[2]:.0%} of members, {row[4]:.0%} of those asked)")
            for row in table.rows
            if isinstance(row[2], float) and isinstance(row[4], float)
        ]
        if less := [words for gap, words in sorted(gaps) if gap <= -_GAP][:2]:
            yield f"Asked less than their share: {'; '.join(less)}."


def _answered(found: _Figures) -> ReportSection:
    title, (by_audience, by_channel, by_answer) = "What people answered", found.asks
    if not by_answer.total.number:
        return ReportSection(title, ("Nobody was asked.",))
    tables = (
        tally_table("Answers", ("Answer", "Asks"), by_answer, found.k),
        tally_table("What they were asked about", ("Kind of request", "Asks"), by_audience, found.k),
        tally_table("How they were asked", ("By", "Asks"), by_channel, found.k),
    )
    lead = (
        "Saying no costs a member nothing, and whoever says stop is not asked again. Here every ask counts, also "
        "several of one person."
    )
    return ReportSection(title, (lead,), tables)


def _came_of_it(found: _Figures) -> ReportSection:
    title, parts = "What came of it", found.parts
    if not found.work:
        return ReportSection(title, ("Nobody took part in this time.",))
    known = sum(bool(one.findings) for one in found.work)
    rows = tuple((one.title, one.organisation, one.label, one.findings or "not known yet") for one in found.work)
    tables = [ReportTable("What members took part in", ("What", "For whom", "Kind", "What came of it"), rows)]
    if not any(count.is_small(found.k) for count in parts.groups.rows.values()):
        headers = ("Kind of request", "Times")
        tables.append(tally_table("How often members took part", headers, parts.by_audience, found.k))
    lead = (
        f"Members took part in {_requests(len(rows))}. What came of it is known of {known or 'none'} so far; "
        "whoever took part is told."
    )
    return ReportSection(title, (lead,), tuple(tables))


def _paid(found: _Figures) -> ReportSection:
    title, parts = "What was paid", found.parts
    if not parts.by_payment.total.number:
        return ReportSection(title, ("Nobody took part, so nothing was due.",))
    table = tally_table("Each time somebody took part", ("Payment", "Times"), parts.by_payment, found.k)
    lead = ["Whoever asks pays. We note what was promised, and whether it came."]
    if parts.pounds and any(row[0] == PAID and row[1] is not None for row in table.rows):
        least = "at least " if parts.more_pounds else ""
        lead.append(f"Together, members were paid {least}£{parts.pounds:,.0f}; expenses are not counted in it.")
    return ReportSection(title, tuple(lead), (table,))


def _turns(found: _Figures) -> ReportSection:
    title, rules, turns = "How fairly turns were shared", found.settings, found.turns
    sentences = [
        "So that it is not always the same people, whoever was asked is left in peace for "
        f"{_days(rules.rest_after_ask_days)}, whoever took part for {_days(rules.rest_after_part_days)}, and "
        f"nobody is asked more than {rules.most_asks_a_year} times a year unless the reason is put on record."
    ]
    if turns is None:
        sentences.append("How turns were shared in this time is not told: one of the groups is too small.")
        return ReportSection(title, tuple(sentences))
    sentences.append(f"{turns.members} members may be asked; {turns.never or 'none'} of them were not.")
    if found.spread.most <= rules.most_asks_a_year:
        sentences.append(f"Nobody was asked more than {rules.most_asks_a_year} times.")
    if turns.top_tenth is not None:
        sentences.append(
            f"The tenth of them who were asked most often got {turns.top_tenth:.0%} of the asks; it would be 10% "
            "if everybody had been asked equally often."
        )
    sentences.append(
        f"In one number, the Gini coefficient is {turns.gini:.2f}: 0 would be everybody equally often, 1 always "
        "the same person. With few asks for many members it is high by itself; it is for comparing one year with "
        "another."
    )
    if found.volunteers.people >= found.k:
        sentences.append(
            f"Besides, {found.volunteers.people} members came forward when something was posted to all; that was "
            "their own choice and does not count as being asked."
        )
    table = parts_table("Members who may be asked", ("", "Members"), dict(turns.groups), found.k)
    return ReportSection(title, tuple(sentences), (table,))


def _own_life(found: _Figures) -> ReportSection:
    title, life = "Meet-ups and members' own questions", found.life
    held = [
        f"{count} {words if count == 1 else f'{words}s'}"
        for kind, words in ((MeetupKind.MEET_UP, "meet-up"), (MeetupKind.DROP_IN, "drop-in"))
        if (count := life.held[kind])
    ]
    came, asked = life.visits.total.number, life.questions.total.number
    was = "was" if sum(life.held.values()) == 1 else "were"
    sentences = [f"{' and '.join(held)} {was} held." if held else "No meet-up was held in this time."]
    tables = []
    if came:
        sentences.append("Whoever came counts each time, also those who are no members.")
        tables.append(tally_table("Who came to meet-ups", ("", "Visits"), life.visits, found.k))
    if asked:
        sentences.append("Members also bring questions of their own; they are told where to turn.")
        tables.append(tally_table("What members asked about", ("About", "Questions"), life.questions, found.k))
    else:
        sentences.append("No question of a member's own was noted.")
    return ReportSection(title, tuple(sentences), tuple(tables))


def _grown(found: _Figures) -> ReportSection:
    title, joined = "How the network grew", sum(found.growth.joined)
    if not joined:
        return ReportSection(title, ("Nobody joined in this time.",))
    groups = {"Joined in this time": joined, "Joined before": found.members - joined}
    table = parts_table("Members at the end of this time", ("", "Members"), groups, found.k)
    if table.held_back:
        return ReportSection(title, ("Few joined in this time, or few had before; the counts are not told.",))
    heard = parts_table("Through whom they joined", ("Partner", "Members"), found.through, found.k)
    people = f"{_members(joined, found.k).capitalize()} joined in this time and still belong."
    return ReportSection(title, (people,), (table, heard))


def _method(found: _Figures) -> ReportSection:
    sources = dict.fromkeys(source for voice in found.voices for source in voice.sources)
    named = f" Sources: {'; '.join(sources)}." if sources else ""
    return ReportSection("Data protection, method and sources", (
        "All figures come from the network's own records, which are kept encrypted. No figure tells who a member "
        "is.",
        f"At least {found.k} people stand behind every count of members, or of what they did. A smaller one is "
        "not shown, and as many others with it as are needed so that it cannot be worked out. Nought is shown.",
        "Members are those who had joined by the end of this time and still belong. Two records of one person "
        "count once. Whoever was erased at their wish is no longer counted as a person; that somebody was asked "
        "stays counted.",
        f"Shares are of those of whom it is known, rounded, and stand only where there are {FEW} or more.",
        "Figures of the workforce are of England: home care is not counted in the same way in Wales, Scotland "
        f"and Northern Ireland. Where no published figure could be named, there is none.{named}",
    ))  # fmt: skip


def _members(count: int, k: int) -> str:
    return "a few members, too few to be counted here," if 0 < count < k else f"{count or 'no'} members"


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count or 'no'} requests"


def _days(count: float) -> str:
    return "1 day" if count == 1 else f"{count:g} days"


def _day(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
