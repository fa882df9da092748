"""A request put to everybody: who could fit, in order, and who not now, explained for those who are looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from matcher import clock
from matcher.consent import Gate
from matcher.matching.cards import (
    FAILS_MUST,
    NOT_A_REQUEST,
    Candidate,
    Fitting,
    MemberCard,
    NotNow,
    Ranking,
    candidate_of,
    card_of,
    failing,
)
from matcher.matching.facts import Facts
from matcher.matching.formula import TENTHS
from matcher.matching.people import People, members_called, people_of
from matcher.matching.score import Fit, Scale, Weights, weights_of
from matcher.model import Audience, Brief, RequestKind, Stage
from matcher.progress import Progress, silent
from matcher.storage import Store, reading, request_of

if TYPE_CHECKING:
    from matcher.matching.index import Gates, Group, Order
    from matcher.matching.index.board import Flags, Rows

_NOBODY_WANTED = {
    RequestKind.NEWSLETTER: "This is a newsletter or a note: nobody is being asked for",
    RequestKind.MARKETING: "This is marketing: nobody is put forward for it",
    RequestKind.ENQUIRY: "This is a question of a member's own: it is never matched",
}
_SET_ASIDE = "This is set aside as not a request: nobody is put forward for it"


MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Who is called like this: who could fit, each with the place (from 0) in the order, and who is not now."""

    fitting: tuple[tuple[int, MemberCard], ...]
    others: tuple[NotNow, ...]


class Case:
    """A request with everybody it could be put to.

    Everybody is placed by the index; a member is read and judged with reasons when she is looked at. ``nobody``
    says why nobody is asked for; it is empty when somebody is. ``usual`` are the weights it began with.
    """

    def __init__(
        self, store: Store, request_id: int, brief: Brief, people: People, gates: "Gates", scale: Scale, nobody: str
    ) -> None:
        from matcher.matching.index import Board

        self.request_id = request_id
        self.nobody = nobody
        self._store = store
        self._brief = brief
        self._people = people
        self._gates = gates
        self._scale = scale
        self._judged: dict[int, Fit] = {}
        self._board: Board = Board(scale.needs, people.index, scale.today)

    def __len__(self) -> int:
        """How many members there are."""
        return len(self._people.index)

    @property
    def could_fit(self) -> int:
        """How many members could fit."""
        return len(self._order)

    def candidates(self, start: int = 0, stop: int | None = None) -> tuple[Candidate, ...]:
        """Who could fit, from place ``start`` up to ``stop``, counted from 0."""
        rows = self._order.page(start, self.could_fit if stop is None else stop)
        return tuple(candidate_of(fit, self._gates.verdict(row)) for row, fit in self._fits(rows))

    def fitting(self) -> list[Fitting]:
        """Everybody who could fit, with their points, in the order of their ids."""
        found: list[Fitting] = []
        for group in self._groups:
            ids, tenths = self._people.index.ids[group.rows], group.shares.total(self._scale.points)
            known = ~self._board.asks[group.rows]
            found += map(Fitting, ids.tolist(), (tenths / TENTHS).tolist(), known.tolist())
        return sorted(found)

    def candidates_of(self, member_ids: Iterable[int]) -> dict[int, Candidate]:
        """Those of these members who could fit, with their reasons."""
        rows = [row for row in map(self.row_of, member_ids) if row is not None and self._could_fit(row)]
        return {fit.profile.id: candidate_of(fit, self._gates.verdict(row)) for row, fit in self._fits(rows)}

    def _could_fit(self, row: int) -> bool:
        return bool(self._gates.may[row] and not self._board.failed[row])

    def not_now(self) -> dict[str, int]:
        """Rule -> how many members it keeps out."""
        return {rule: len(rows) for rule, rows in self._kept_out.items()}

    def others(self, rule: str, start: int = 0, stop: int | None = None) -> tuple[NotNow, ...]:
        """Whom a rule keeps out, from place ``start`` up to ``stop``: who fails a must in order."""
        if rule == FAILS_MUST:
            rows = self._failing.page(start, len(self._failing) if stop is None else stop)
            return tuple(other for _row, fit in self._fits(rows) if (other := failing(fit)))
        kept_out = self._kept_out.get(rule)
        return self._shut_out([] if kept_out is None else kept_out[start:stop].tolist())

    def called(self, words: str) -> "Found":
        """Members by name, up to `MOST_FOUND` of them: who could fit with their place, and who not now."""
        with reading(self._store) as session:
            ids = members_called(session, words, MOST_FOUND)
        rows = [row for row in map(self.row_of, ids) if row is not None]
        self._fits(rows)  # all at once: one by one each would be asked of the store
        looked_at = ((self.place_of(row), self.look_at(row)) for row in rows)
        seen = [(place, look[0]) for place, look in looked_at if look]
        fitting = sorted(
            ((place, who.member) for place, who in seen if place is not None), key=lambda found: found[0]
        )
        return Found(tuple(fitting), tuple(who for _place, who in seen if isinstance(who, NotNow)))

    def ranking(self) -> Ranking:
        """Everybody, each in one of the two lists."""
        return Ranking(self.request_id, self.candidates(), self.everybody_else())

    def everybody_else(self) -> tuple[NotNow, ...]:
        """All who are not put forward: who fails a must in order, then the others by their ids."""
        shut = sorted(row for rule, rows in self._kept_out.items() if rule != FAILS_MUST for row in rows.tolist())
        return (*self.others(FAILS_MUST), *sorted(self._shut_out(shut), key=lambda other: other.member.id))

    def row_of(self, member_id: int) -> int | None:
        """The row of a member; None when they are not among everybody."""
        return self._people.index.row_of(member_id)

    def place_of(self, row: int) -> int | None:
        """The place of a row among those who could fit, counted from 0; None when it is not among them."""
        return self._order.place_of(row)

    def look_at(self, row: int) -> tuple[Candidate | NotNow, Fit] | None:
        """One member with all that was judged of her; None when she is gone from the store since."""
        found = self._fits([row])
        if not found:
            return None
        ((_row, fit),) = found
        if not self._gates.may[row]:
            return self._shut_out([row])[0], fit
        return failing(fit) or candidate_of(fit, self._gates.verdict(row)), fit

    def weighed(self, weights: Weights) -> "Case":
        """The same with other weights: nothing is judged anew."""
        other = object.__new__(Case)
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name not in _BY_WEIGHT})
        other._scale = self._scale.weighed(weights)
        return other

    @cached_property
    def _groups(self) -> tuple["Group", ...]:
        """Who could fit: those of whom every must is known, then those who must be asked."""
        return self._grouped(self._gates.may & ~self._board.failed)

    @cached_property
    def _order(self) -> "Order":
        return self._ordered(self._groups)

    @cached_property
    def _failing_groups(self) -> tuple["Group", ...]:
        return self._grouped(self._gates.may & self._board.failed)

    @cached_property
    def _failing(self) -> "Order":
        return self._ordered(self._failing_groups)

    def _grouped(self, rows: "Flags") -> tuple["Group", ...]:
        from matcher.matching.index import Group

        return tuple(Group(self._board, some) for some in self._board.groups(rows))

    def _ordered(self, groups: Sequence["Group"]) -> "Order":
        from matcher.matching.index import Order

        return Order(self.request_id, self._people.index.ids, self._scale.points, groups)

    @cached_property
    def _kept_out(self) -> dict[str, "Rows"]:
        """Rule -> the rows it keeps out."""
        import numpy as np

        if self.nobody:
            return {NOT_A_REQUEST: np.arange(len(self))} if len(self) else {}
        failing_rows = np.concatenate([group.rows for group in self._failing_groups])
        return {**({FAILS_MUST: failing_rows} if len(failing_rows) else {}), **self._gates.by_rule()}

    def _fits(self, rows: Sequence[int]) -> list[tuple[int, Fit]]:
        """These rows judged, those left out who are gone from the store since."""
        for row, facts in self._known([row for row in rows if row not in self._judged]):
            self._judged[row] = self._scale.fit(facts, self._board.alike(row))
        return [(row, self._scale.weigh(self._judged[row])) for row in rows if row in self._judged]

    def _shut_out(self, rows: Sequence[int]) -> tuple[NotNow, ...]:
        return tuple(self._not_asked(row, facts) for row, facts in self._known(rows))

    def _not_asked(self, row: int, facts: Facts) -> NotNow:
        card = card_of(facts.profile, self._scale.distance(facts.profile), self._scale.years(facts))
        if self.nobody:
            return NotNow(card, NOT_A_REQUEST, self.nobody)
        verdict = self._gates.verdict(row)
        return NotNow(card, verdict.rule, verdict.reason, verdict.until)

    def _known(self, rows: Sequence[int]) -> Iterable[tuple[int, Facts]]:
        ids = self._people.index.ids[rows].tolist() if len(rows) else []
        with reading(self._store) as session:
            known = self._people.facts(session, ids)
        return [(row, known[member_id]) for row, member_id in zip(rows, ids, strict=True) if member_id in known]


_BY_WEIGHT = frozenset({"_order", "_failing"})
"""What other weights change."""


def open_case(
    store: Store,
    request_id: int,
    *,
    weights: Weights | None = None,
    on: date | None = None,
    progress: Progress = silent,
) -> Case:
    """Make a request ready to be looked at with everybody in it. Raises UserError when it is unknown."""
    from matcher.matching.index import Gates

    on = on or clock.today()
    with reading(store) as session:
        request = request_of(session, request_id)
        brief = request.brief
        people = people_of(store, session, progress)
        chosen = weights or weights_of(session, Audience(request.audience))
        gate = Gate(people.rules, request, on)
        aside = _SET_ASIDE if request.stage is Stage.NOT_A_REQUEST else ""
        nobody = _NOBODY_WANTED.get(RequestKind(request.kind), aside)
    conflicts = people.workplaces.conflicts(brief.organisation, brief.contact)
    gates = Gates(gate, people.index, people.busy, conflicts, shut=bool(nobody))
    return Case(store, request_id, brief, people, gates, Scale(brief, on, chosen), nobody)
