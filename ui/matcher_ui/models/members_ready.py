"""The members ready to be shown, searched and narrowed down: made in the background, all in one."""

from collections.abc import Sequence
from typing import NamedTuple

from matcher.directory import Facets, bits_of
from matcher.storage.store import Store
from matcher_ui.models.member_facets import facets_of
from matcher_ui.models.member_filter import Matches, MemberFinder
from matcher_ui.models.members_table import COLUMNS, MemberLines, MembersRead, read_again, read_members
from matcher_ui.models.table import SortedBy, arranged


class Ready(NamedTuple):
    """Members as read, with what it takes to search and narrow them, and their places in the order of a column."""

    read: MembersRead
    finder: MemberFinder
    facets: Facets
    every: list[int]
    by: SortedBy | None

    @property
    def lines(self) -> MemberLines:
        return self.read.lines


class Meant(NamedTuple):
    """Who is meant by what is typed, also as bits."""

    found: Matches
    bits: int


def read_ready(store: Store, known: Ready | None, by: SortedBy | None) -> Ready:
    """Everybody, arranged ``by`` a column; what is ``known`` is only brought up to date."""
    read = read_members(store) if known is None else read_again(store, known.read)
    if known is not None and read.lines is known.lines:
        return known._replace(read=read)
    every = arranged(COLUMNS, read.lines, by) if by else list(range(len(read.lines)))
    return Ready(read, MemberFinder(read.lines), facets_of(read.lines, read.day), every, by)


def meant(ready: Ready, query: str) -> Meant:
    """Who is meant by what is typed."""
    found = ready.finder.find(query)
    return Meant(found, bits_of(found.rows, len(ready.lines)))


def count_words(shown: int, every: int, all_of_them: bool) -> str:
    """“12 of 300 members”."""
    if all_of_them:
        return f"{every:,} member" if every == 1 else f"{every:,} members"
    return f"{shown:,} of {every:,} members"


def near_words(found: Matches) -> str:
    """“No exact match for “ameena”: showing near spellings, “amina” and “amena”.”"""
    said = (f"“{word}”: showing near spellings, {_listed(near)}" for word, near in found.read_as)
    return f"No exact match for {'; none for '.join(said)}." if found.read_as else ""


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else quoted[0]
