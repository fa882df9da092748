"""What the figures say, in plain sentences."""

from collections.abc import Iterable

from matcher.insight import Growth, Heard, Insight, Replies, RequesterRecord, Series, Spread, Volunteers, Waits
from matcher.insight.growth import BY_HAND, FROM_A_FILE, OTHERS
from matcher.insight.spread import to_others
from matcher.insight.voice import NOT_KNOWN
from matcher_ui.charts.day_ranges import days_words
from matcher_ui.charts.plot import of_a_hundred

MUCH_ALIKE = 0.05
"""Shares that differ by less are called much alike."""
_HOW_EVEN = ((0.05, "as evenly as can be"), (0.2, "fairly evenly"), (0.4, "not very evenly"))
"""Under which share of asks that would have had to go to others they are called how even."""
_UNEVENLY = "unevenly"
_NOT_SAID = frozenset({BY_HAND, FROM_A_FILE, OTHERS, NOT_KNOWN})


def count_words(count: int, one: str, many: str) -> str:
    """“1 person”, “1,240 people”."""
    return f"{count:,} {one if count == 1 else many}"


def people_words(count: int) -> str:
    return count_words(count, "person", "people")


def headline_words(found: Insight, in_time: str) -> list[tuple[str, str]]:
    """The few numbers that matter most; ``in_time`` is the time in words: “this year”."""
    everywhere = [row.everywhere for row in found.voices[0].rows]
    members, asked, part = (
        sum(getattr(one, name) for one in everywhere) for name in ("members", "asked", "took_part")
    )
    spread = found.spread
    lines = [
        (f"{members:,}", "member" if members == 1 else "members"),
        (f"{asked:,}", f"asked {in_time}"),
        (f"{part:,}", f"took part {in_time}"),
        (f"{spread.never_asked:,} of {spread.people:,}", f"not asked {in_time}"),
    ]
    if spread.gini is not None:
        lines.append((evenness_words(spread).capitalize(), "is how turns were shared"))
    return lines


def voice_words(rows: Iterable[tuple[str, Heard]], where: str) -> str:
    """Whose share of those asked is furthest from their share of members. ``where``: “ in England”, or nothing."""
    known = list(rows)
    asked = sum(heard.asked for _label, heard in known)
    if not asked:
        return "Nobody was asked in this time: the bars show who the members are."
    compared = [
        (label, heard.members_share, heard.asked_share)
        for label, heard in known if heard.members_share is not None and heard.asked_share is not None
    ]  # fmt: skip
    if not compared:
        return f"{people_words(asked)} asked in this time: too few for shares, so the numbers stand alone."
    label, members, share = max(compared, key=lambda one: abs(one[2] - one[1]))
    if abs(share - members) < MUCH_ALIKE:
        return "Those asked are much like the members: no two shares here differ by 5 of 100 or more."
    more = "but" if share > members else "but only"
    return (
        f"Furthest apart: {_inside(label)}, with {of_a_hundred(members)} members{where} {more} "
        f"{of_a_hundred(share)} people asked."
    )


def evenness_words(spread: Spread) -> str:
    """“Fairly evenly”: by how many asks would have had to go to others, to be spread as evenly as can be."""
    if not spread.asks:
        return ""
    moved = to_others(spread.by_asks) / spread.asks
    return next((words for most, words in _HOW_EVEN if moved < most), _UNEVENLY)


def turns_words(spread: Spread) -> str:
    """How the asks of the time went round."""
    if spread.gini is None:
        return "Nobody has been asked in this time. Once you ask members, this shows whose turn it was."
    asked = spread.people - spread.never_asked
    return (
        f"{count_words(spread.asks, 'ask', 'asks')} went to {people_words(asked)}, {evenness_words(spread)}; "
        f"{spread.never_asked:,} of {spread.people:,} who may be asked were not."
    )


def turns_notes(spread: Spread, volunteers: Volunteers) -> list[str]:
    """What stands beside the curve."""
    if spread.gini is None:
        return []
    left_out = max(spread.people - spread.asks, 0)
    had_to_be = (
        f"{people_words(left_out)} would be left out however they are shared"
        if left_out
        else "nobody had to be left out"
    )
    moved, asks = to_others(spread.by_asks), count_words(spread.asks, "ask", "asks")
    notes = [
        f"Shared {evenness_words(spread)}",
        f"To be as even as can be, {moved:,} of {asks} would have had to go to somebody else.",
        f"With {asks} for {people_words(spread.people)}, {had_to_be}.",
        f"Whoever was asked most often was asked {count_words(spread.most, 'time', 'times')}.",
        f"Gini {spread.gini:.2f}: 0 if everyone were asked equally often, 1 if it were always the same person. It "
        "is high by itself where there are few asks for many people.",
    ]
    if volunteers.people:
        notes.append(f"Apart from these, {people_words(volunteers.people)} answered an open call.")
    return notes


def replies_words(total: Replies) -> str:
    """What came back of all asks."""
    if not total.asked:
        return "Nobody has been asked in this time. Once you ask members, this shows what they answer."
    answered = total.asked - total.waiting
    quick = "" if total.median_days is None else f" Half of the answers came within {_soon(total.median_days)}."
    return (
        f"Of {count_words(total.asked, 'ask', 'asks')}, {total.yes:,} brought a yes and {answered - total.yes:,} "
        f"another answer; {total.waiting:,} {'has' if total.waiting == 1 else 'have'} none yet.{quick}"
    )


def waits_words(waits: Waits) -> str:
    """How long those who ask wait for a first introduction."""
    total = waits.total
    still = ""
    if waits.still_open:
        are = "is" if waits.still_open == 1 else "are"
        still = f" {count_words(waits.still_open, 'request', 'requests')} of this time {are} still open."
    if not total.requests or total.median is None:
        return f"Nobody was introduced in this time.{still}"
    if total.requests == 1:
        return f"One request led to an introduction, after {days_words(total.median)}.{still}"
    return (
        f"{total.requests:,} requests led to an introduction: half of them within {days_words(total.median)}, the "
        f"slowest after {days_words(total.longest or 0)}.{still}"
    )


def requesters_words(records: Iterable[RequesterRecord]) -> str:
    """What those who asked did with the time they were given."""
    rows = list(records)
    part = sum(row.took_part for row in rows)
    if not part:
        return "Nobody has taken part in this time. Then this shows who was paid and told what came of it."
    paid, owed, heard = (sum(getattr(row, name) for row in rows) for name in ("paid", "to_pay", "heard_back"))
    return (
        f"Members took part {_times(part)}: {_times(paid)} they were paid, {_times(owed)} they are still owed; "
        f"{_times(heard)} they were told what came of it."
    )


def growth_words(growth: Growth, by: Iterable[Series], most_is: str) -> str:
    """Who joined, and the largest of the groups in ``by``; ``most_is`` leads to it: “the way named most is”."""
    joined = sum(growth.joined)
    if not joined:
        return "Nobody joined in this time."
    named = [series for series in by if series.label not in _NOT_SAID]
    most = max(named, key=lambda series: sum(series.joined), default=None)
    came = f"; {most_is} {most.label}, with {sum(most.joined):,}" if most is not None else ""
    erased = sum(growth.erased)
    gone = f" {people_words(erased)} had their record erased." if erased else ""
    return f"{people_words(joined)} joined and are still here{came}.{gone}"


def _inside(label: str) -> str:
    """A label inside a sentence: places and abbreviations keep their capitals."""
    first = label.partition(" ")[0]
    keeps = label[:1].isdigit() or first.isupper() or first in _NAMES
    return label if keeps else label[:1].lower() + label[1:]


_NAMES = frozenset(
    {"North", "Yorkshire", "East", "West", "London", "South", "Wales", "Scotland", "Northern"}
)  # of the regions and nations


def _times(count: int) -> str:
    """“never”, “once”, “12 times”."""
    return {0: "never", 1: "once"}.get(count, f"{count:,} times")


def _soon(days: float) -> str:
    hours = round(days * 24)
    if hours < 1:
        return "the hour"
    return count_words(hours, "hour", "hours") if hours < 48 else days_words(round(days))
