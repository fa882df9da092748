"""Where to send people who ask: members with a question by nation, requesters whom the network cannot help."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from matcher.knowledge.regions import REGIONS, country_of
from matcher.knowledge.tables import rows

_ANY = "*"
NATIONS: tuple[str, ...] = tuple(dict.fromkeys(country_of(region) for region in REGIONS))
"""England, Wales, Scotland, Northern Ireland."""


@dataclass(frozen=True, slots=True)
class Signpost:
    """A place to turn to: a fact with its ``source``, not a recommendation. ``first``: for when it cannot wait.

    ``checked``: the day on which its number was read at a public source; None where it could not be.
    """

    name: str
    contact: str
    what_for: str
    source: str
    nation: str = ""
    first: bool = False
    checked: date | None = None

    @property
    def is_in_doubt(self) -> bool:
        """Whether it names a number that could not be checked."""
        return self.checked is None and any(letter.isdigit() for letter in self.contact)

    @property
    def line(self) -> str:
        """As it stands in a letter."""
        where = f" ({self.nation})" if self.nation else ""
        return f"{self.name}{where}: {self.contact}. {self.what_for}."


@dataclass(frozen=True, slots=True)
class _Row:
    nation: str
    topics: frozenset[str]
    urgent: bool
    order: int
    post: Signpost


def signposts(about: str, nation: str, *, urgent: bool) -> tuple[Signpost, ...]:
    """Where a member's question can go, in the order in which to try.

    With ``urgent`` the numbers for danger stand first; otherwise they are left out. Where the nation is not known
    ("") the posts of all four are given, each with its nation.
    """
    fits = [row for row in _members() if _fits(row, about, nation, urgent=urgent)]
    fits.sort(key=lambda row: (not row.urgent, row.order))
    same: dict[tuple[str, str], list[Signpost]] = {}
    for row in fits:
        same.setdefault((row.post.name, row.post.contact), []).append(row.post)
    return tuple(_joined(posts) for posts in same.values())


def _joined(posts: list[Signpost]) -> Signpost:
    """One line for a place that serves several nations."""
    return replace(posts[0], nation=", ".join(post.nation for post in posts if post.nation))


@cache
def places_for_requesters() -> tuple[Signpost, ...]:
    """Who else a requester may turn to."""
    return tuple(
        Signpost(row["name"], row["contact"], row["what_for"], row["source"])
        for row in rows("signposts/requesters.tsv")
    )


def _fits(row: _Row, about: str, nation: str, *, urgent: bool) -> bool:
    here = row.nation in (_ANY, nation) or not nation
    if row.urgent:
        return urgent and here  # whatever it is about: danger comes before the subject
    return here and (_ANY in row.topics or about in row.topics)


@cache
def _members() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            row["nation"], frozenset(row["topics"].split("|")), row["urgent"] == "yes", int(row["order"]),
            Signpost(
                row["name"], row["contact"], row["what_for"], row["source"],
                "" if row["nation"] == _ANY else row["nation"], row["urgent"] == "yes",
                date.fromisoformat(row["checked"]) if row["checked"] else None,
            ),
        )
        for row in rows("signposts/members.tsv")
    )  # fmt: skip
