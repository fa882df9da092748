"""What a requester may be told before anybody agreed: counts, with small groups merged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from matcher import clock
from matcher.consent import verdicts
from matcher.model import Member
from matcher.storage import reading, request_of, rows_of, setting
from matcher.storage.store import Store

SMALLEST_GROUP = 5
EXPERIENCED_YEARS = 10
_ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are willing, by region and with ten or more years; None stands for “fewer than k”."""

    willing: int | None
    by_region: Mapping[str, int]
    experienced: int | None
    smallest_group: int

    def sentence(self) -> str:
        """The counts as she would write them to the requester."""
        if self.willing is None:
            return f"Fewer than {self.smallest_group} members may be asked about this."
        places = ", ".join(
            f"{count} {'' if region == _ELSEWHERE else 'in '}{region}" for region, count in self.by_region.items()
        )
        text = f"{self.willing} members may be asked about this: {places}."
        if self.experienced is not None:
            text += f" {self.experienced} of them have {EXPERIENCED_YEARS} or more years in home care."
        return text


def willing_counts(store: Store, request_id: int) -> Counts:
    """Count those who may be asked about a request. “Ask me first” never counts before their own yes."""
    with reading(store) as session:
        k = setting(session, "privacy.smallest_group", SMALLEST_GROUP)
        request = request_of(session, request_id)
        found = verdicts(session, request, clock.today())
        willing = {member_id for member_id, verdict in found.items() if verdict.may and not verdict.ask_first}
        rows = rows_of(session, select(Member.id, Member.region, Member.start_year))
        people = [(region or _ELSEWHERE, year) for member_id, region, year in rows if member_id in willing]
    long_ago = clock.today().year - EXPERIENCED_YEARS
    experienced = sum(year is not None and year <= long_ago for _, year in people)
    hides = experienced < k or 0 < len(people) - experienced < k
    return Counts(
        len(people) if len(people) >= k else None,
        merge_small(Counter(region for region, _ in people), k),
        None if hides else experienced,
        k,
    )


def merge_small(groups: Mapping[str, int], k: int) -> dict[str, int]:
    """Merge groups under ``k`` into “elsewhere”, and the next smallest too while that is still under ``k``.

    So no group can be worked out by subtraction. Empty when everybody together is fewer than ``k``.
    """
    if sum(groups.values()) < k:
        return {}
    ordered = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    kept = [(name, n) for name, n in ordered if n >= k and name != _ELSEWHERE]
    rest = sum(groups.values()) - sum(n for _, n in kept)
    while 0 < rest < k and kept:
        rest += kept.pop()[1]
    return dict(kept) | ({_ELSEWHERE: rest} if rest else {})
