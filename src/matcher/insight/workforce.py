"""How many work in home care, as far as somebody counted them: each figure with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matcher.knowledge.tables import rows


@dataclass(frozen=True, slots=True)
class WorkforceFigure:
    """The part of England's home-care workforce that has a value.

    ``share``: of 1, of those of whom the source says it. ``jobs``: how many, None where only a share was published.
    ``source``: who published what; ``year``: which year it is about; ``url``: where it can be read.
    """

    share: float
    jobs: int | None
    source: str
    year: str
    url: str


@cache
def workforce(dimension: str) -> Mapping[str, WorkforceFigure]:
    """Value -> figure, for the values of a dimension of `Voice` that have one; mostly they have none."""
    return {
        row["value"]: WorkforceFigure(
            float(row["share"]), int(row["jobs"]) if row["jobs"] else None, row["source"], row["year"], row["url"]
        )
        for row in rows("workforce/home_care.tsv")
        if row["dimension"] == dimension
    }
