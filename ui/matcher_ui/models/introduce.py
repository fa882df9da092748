"""What the Introduce step of a request shows: counts before a yes, who agreed, and what was shared. No Qt here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from matcher.consent import RELEASABLE, Shared, releases
from matcher.outreach import asks, willing_counts
from matcher.outreach.introduce import Introduced, Introduction, introduction
from matcher.storage.store import Store
from matcher_ui.models.member_words import Dated
from matcher_ui.models.promises import field_words, local_day

NAMES_AND_CONTACTS = frozenset({"first_name", "last_name", "email", "phone"})
"""What a sheet without names leaves out."""
_DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class IntroduceFacts:
    """The counts to tell now, who agreed, and the log of what was shared for this request."""

    counts: str
    introduction: Introduction
    shared: tuple[Shared, ...]
    given: Mapping[int, date]
    """Member -> the day they were given the requester's contact."""


def read_introduce(store: Store, request_id: int) -> IntroduceFacts:
    """Read it all. Raises UserError when there is no such request."""
    return IntroduceFacts(
        willing_counts(store, request_id).sentence(),
        introduction(store, request_id),
        releases(store, request_id=request_id),
        {row.member_id: row.introduced_on for row in asks(store, request_id) if row.introduced_on},
    )


def columns_asked(ticked: Iterable[str], *, without_names: bool) -> tuple[str, ...]:
    """The columns of the sheet, in their order; without names no identity is among them."""
    wanted = set(ticked) - (NAMES_AND_CONTACTS if without_names else frozenset())
    return tuple(name for name in RELEASABLE if name in wanted)


def hidden_words(person: Introduced, columns: Collection[str]) -> str:
    """What of a person stays out of the columns asked for, and why; empty when all of it goes in."""
    hidden = [(why, name) for name, why in person.hidden.items() if name in columns]
    groups = groupby(sorted(hidden), key=lambda pair: pair[0])
    return "; ".join(
        f"{field_words(name for _why, name in pairs)} left out: {why.lower()}" for why, pairs in groups
    )


def goes_in(person: Introduced, columns: Collection[str]) -> str:
    """“First name, phone”: what of a person goes into the sheet."""
    return field_words(name for name in columns if name not in person.hidden)


def shared_lines(shared: Iterable[Shared]) -> list[Dated]:
    """One line a file (or a day, without one), newest first: what of how many people went to whom."""

    def one_go(line: Shared) -> tuple[str, str, tuple[str, ...], str]:
        return f"{line.at:{_DAY}}", line.recipient, line.fields, Path(line.file).name if line.file else ""

    lines = []
    for (_day, recipient, fields, file), group in groupby(shared, one_go):
        people = list(group)
        of = "1 person" if len(people) == 1 else f"{len(people)} people"
        lines.append(Dated(local_day(people[0].at), f"{field_words(fields)} of {of} to {recipient}", file))
    return lines
