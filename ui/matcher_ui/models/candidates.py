"""The people who could fit a request, in their order: what the list paints and says aloud."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from matcher.matching import Candidate, MemberCard
from matcher_ui.widgets.rows import Index
from matcher_ui.widgets.score_bar import PARTS

CANDIDATE_ROLE = Qt.ItemDataRole.UserRole
LISTED_ROLE = Qt.ItemDataRole.UserRole + 1
"""“list”, “reserve”, or empty for who is on neither."""
TO_ASK_ROLE = Qt.ItemDataRole.UserRole + 2
"""“Ask about nights”; empty when nothing is left to ask."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 3
WISH_ROLE = Qt.ItemDataRole.UserRole + 4
"""“Kept”, “Left off”, or empty: what she said of them for this list."""
WISH_WORDS = {True: "Kept", False: "Left off", None: ""}

LISTED_WORDS = {"list": "On the list", "reserve": "In reserve", "": "Not on the list"}
BAR_PART = {"region": "place", "experience": "experience", "interests": "interests"}
"""The parts of a score as matching names them -> as the bar does."""

_NOWHERE = QModelIndex()


def bar_parts(parts: Mapping[Any, float]) -> dict[str, float]:
    """The points by the names of the score bar."""
    return {BAR_PART[part]: points for part, points in parts.items()}


def whole_points(parts: Mapping[Any, float]) -> dict[str, int]:
    """The points without decimals, so that they still add up to the total as it is shown."""
    named = bar_parts(parts)
    whole = {part: int(points) for part, points in named.items()}
    missing = round(sum(named.values())) - sum(whole.values())
    by_rest = sorted(named, key=lambda part: whole[part] - named[part])
    for part in by_rest[:missing]:
        whole[part] += 1
    return whole


def place_words(card: MemberCard) -> str:
    """“Otley, 10 miles”, or what is known of where they are."""
    where = card.town or card.region or card.country or "Place not known"
    if card.miles is None:
        return where
    miles = round(card.miles)
    return f"{where}, under a mile" if miles < 1 else f"{where}, {miles} mile{'s' if miles != 1 else ''}"


def years_words(years: int | None) -> str:
    """“6 years”; empty when not known."""
    if years is None:
        return ""
    return "under a year" if years < 1 else f"{years} year{'s' if years != 1 else ''}"


def facts_words(card: MemberCard) -> str:
    """Place and years in one line, the years kept together where it breaks."""
    years = years_words(card.years).replace(" ", "\N{NO-BREAK SPACE}")
    return "  ·  ".join(words for words in (place_words(card), years) if words)


def short_facts(card: MemberCard) -> str:
    """The same for where there is little room: “Otley, 10 mi · 6 yrs”."""
    where = place_words(card).replace(" miles", " mi").replace(" mile", " mi")
    years = years_words(card.years).replace(" years", " yrs").replace(" year", " yr")
    return " · ".join(words for words in (where, years) if words)


def to_ask_words(candidate: Candidate, subjects: Mapping[str, str]) -> str:
    """“Ask about nights”; empty when nothing is left to ask. ``subjects``: must -> what to ask."""
    if not candidate.to_ask:
        return ""
    first = subjects.get(candidate.to_ask[0], f"Ask: {candidate.to_ask[0]}")
    more = f" and {len(candidate.to_ask) - 1} more" if len(candidate.to_ask) > 1 else ""
    return f"{first}{more}"


def spoken(candidate: Candidate, listed: str, to_ask: str, wish: str = "") -> str:
    """A row in words, for screen readers."""
    card, points = candidate.member, whole_points(candidate.parts)
    parts = ", ".join(f"{PARTS[part]} {number}" for part, number in points.items())
    where = ", ".join(words for words in (card.name, place_words(card), years_words(card.years)) if words)
    said = [f"{where}.", f"{round(candidate.score)} of 100: {parts}.", f"{LISTED_WORDS[listed]}."]
    if wish:
        said.append(f"{wish}.")
    if candidate.ask_first:
        said.append("Ask first.")
    if to_ask:
        said.append(f"{to_ask}.")
    if candidate.quote:
        said.append(f"“{candidate.quote}”")
    return " ".join(said)


class CandidateModel(QAbstractListModel):
    """Candidates in the order of the core, as far as they are read: ``more_wanted`` when she comes to the end."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._listed: Mapping[int, str] = {}
        self._subjects: Mapping[str, str] = {}
        self._wishes: Mapping[int, bool] = {}
        self._total = 0

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self._candidates

    def show(
        self,
        candidates: Sequence[Candidate],
        listed: Mapping[int, str],
        subjects: Mapping[str, str],
        total: int = 0,
    ) -> None:
        """Show these people; ``listed`` where they are listed, ``subjects`` what there is to ask for each must.

        ``total`` is how many there are, when these are only the first. As many as before take the rows that are
        there: whoever shows a selection chooses it again.
        """
        self._subjects, self._total = subjects, max(total, len(candidates))
        as_many = len(candidates) == len(self._candidates)
        if not as_many:
            self.beginResetModel()
        self._candidates, self._listed = tuple(candidates), dict(listed)
        if as_many:
            self._tell()
        else:
            self.endResetModel()

    def add(self, start: int, more: Sequence[Candidate]) -> None:
        """Show those who come after the ``start`` first; nothing is done when others stand there by now."""
        if start != len(self._candidates) or not more:
            self._total = self._total if more else len(self._candidates)
            return
        self.beginInsertRows(QModelIndex(), start, start + len(more) - 1)
        self._candidates = (*self._candidates, *more)
        self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._candidates) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self.more_wanted.emit()

    def set_listed(self, listed: Mapping[int, str]) -> None:
        """Show who is on the list now."""
        if listed != self._listed:
            self._listed = dict(listed)
            self._tell()

    def set_wishes(self, wishes: Mapping[int, bool]) -> None:
        """Show who is kept on the list and who is left off."""
        if wishes != self._wishes:
            self._wishes = dict(wishes)
            self._tell()

    def row_of(self, member_id: int) -> int | None:
        """Where a member stands, counted from 0; None when they are not here."""
        return next((row for row, c in enumerate(self._candidates) if c.member.id == member_id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._candidates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        candidate = self._candidates[index.row()]
        listed = self._listed.get(candidate.member.id, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return candidate.member.name
        if role == CANDIDATE_ROLE:
            return candidate
        if role == LISTED_ROLE:
            return listed
        if role == SORT_ROLE:
            return candidate.score
        wish = WISH_WORDS[self._wishes.get(candidate.member.id)]
        if role == WISH_ROLE:
            return wish
        to_ask = to_ask_words(candidate, self._subjects)
        if role == TO_ASK_ROLE:
            return to_ask
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(candidate, listed, to_ask, wish)
        return candidate.quote or None if role == Qt.ItemDataRole.ToolTipRole else None

    def _tell(self) -> None:
        if self._candidates:
            self.dataChanged.emit(self.index(0), self.index(len(self._candidates) - 1))
