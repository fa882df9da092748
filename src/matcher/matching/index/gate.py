"""The gate for everybody at once: each way of standing that occurs is put to it once, rests are compared as days.

Of one member it is always `matcher.consent.Gate` that speaks; a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.consent import Ask, Gate, Rest, Standing, Verdict, asked_about, asked_anyway, asked_on, rests_until
from matcher.matching.index.build import Index

Flags = NDArray[np.bool_]
_YEAR = timedelta(days=365)
_CONFLICT, _CONDITION = "conflict", "condition"


class Busy:
    """Histories of asks, each once, by the rules of rest: what of them counts for any request on any day."""

    def __init__(self, histories: Sequence[tuple[Ask, ...]], rules: Rest) -> None:
        self._size = len(histories)
        self._most_a_year = rules.most_a_year
        told = [(number, ask) for number, asks in enumerate(histories) for ask in asks]
        self._whose = np.array([number for number, _ in told], dtype=np.intp)
        self._about = np.array([ask.request_id for _, ask in told], dtype=np.int64)
        self._was_asked = np.array([bool(asked_about((ask,))) for _, ask in told], dtype=bool)
        self._is_anyway = np.array([bool(asked_anyway((ask,))) for _, ask in told], dtype=bool)
        ends = (rests_until((ask,), None, rules) for _, ask in told)
        self._ends = np.array([end.toordinal() if end else 0 for end in ends], dtype=np.int32)
        days = [(number, day) for number, asks in enumerate(histories) for day in asked_on(asks)]
        self._counted = np.array([number for number, _ in days], dtype=np.intp)
        self._days = np.array([day.toordinal() for _, day in days], dtype=np.int32)

    def asked(self, request_id: int) -> Flags:
        """Which histories hold an ask about this request."""
        return self._of(self._whose[self._was_asked & (self._about == request_id)])

    def anyway(self, request_id: int) -> Flags:
        """Which histories say to ask about this request whatever the rest."""
        return self._of(self._whose[self._is_anyway & (self._about == request_id)])

    def resting(self, request_id: int, on: date) -> Flags:
        """Which histories mean a rest on a day, for another request than this."""
        return self._of(self._whose[(self._ends > on.toordinal()) & (self._about != request_id)])

    def capped(self, on: date) -> Flags:
        """Which histories hold the most asks of a year already."""
        lately = self._counted[self._days > (on - _YEAR).toordinal()]
        found: Flags = np.bincount(lately, minlength=self._size) >= self._most_a_year
        return found

    def _of(self, numbers: NDArray[np.intp]) -> Flags:
        found = np.zeros(self._size, dtype=bool)
        found[numbers] = True
        return found


class Gates:
    """Who may be asked; with ``shut`` nobody. ``conflicts``: number of a workplace -> why it stands in the way."""

    def __init__(
        self, gate: Gate, index: Index, busy: Busy, conflicts: Mapping[int, str], *, shut: bool = False
    ) -> None:
        self._gate = gate
        self._shut = shut
        self._states, self._asks = index.columns["states"], index.columns["asks"]
        self._conditions = index.columns["conditions"]
        self._workplace = index.columns["workplace"]
        self._conflicts = conflicts
        told = [gate.state(states) for states in self._states.values]
        one_each = dict(zip(told, self._states.values, strict=True))
        by_state = {state: gate.verdict(Standing(states)) for state, states in one_each.items()}
        self._by_states = [by_state[state] for state in told]
        self._forbidding = np.array([bool(gate.forbids(told)) for told in self._conditions.values], dtype=bool)
        free = ~busy.anyway(gate.request_id)
        self._busy = {
            "already_asked": busy.asked(gate.request_id),
            "resting": busy.resting(gate.request_id, gate.on) & free,
            "cap": busy.capped(gate.on) & free,
        }
        """Rule -> the histories that it keeps out, the first rule first."""

    @cached_property
    def may(self) -> Flags:
        """Who may be asked."""
        if self._shut:
            return np.zeros(len(self._states.codes), dtype=bool)
        may: Flags = self._states.spread(np.array([verdict.may for verdict in self._by_states], dtype=bool))
        if self._forbidding.any():
            may &= self._conditions.spread(~self._forbidding)
        busy = np.logical_or.reduce([*self._busy.values()])
        if busy.any():
            may &= self._asks.spread(~busy)
        return may & ~self._clash if self._conflicts else may

    @cached_property
    def _clash(self) -> Flags:
        clash = np.zeros(len(self._workplace.values), dtype=bool)
        clash[list(self._conflicts)] = True
        found: Flags = self._workplace.spread(clash)
        return found

    def verdict(self, row: int) -> Verdict:
        """The verdict on the member in a row."""
        stand = (column.values[column.codes[row]] for column in (self._states, self._conditions, self._asks))
        conflict = self._conflicts.get(int(self._workplace.codes[row]), "")
        return self._gate.verdict(Standing(*stand), conflict)

    def by_rule(self) -> dict[str, NDArray[np.int64]]:
        """Rule -> the rows it keeps out, in order."""
        numbers = {"": 0}
        by_states = [numbers.setdefault(verdict.rule, len(numbers)) for verdict in self._by_states]
        codes = np.array(by_states, dtype=np.int16)[self._states.codes]
        asks = self._asks.codes
        further = {rule: busy[asks] for rule, busy in self._busy.items()}
        for rule, kept in ((_CONFLICT, self._clash), (_CONDITION, self._forbidding[self._conditions.codes]),
                           *further.items()):  # fmt: skip
            codes[kept & (codes == 0)] = numbers.setdefault(rule, len(numbers))
        found = {rule: np.flatnonzero(codes == number) for rule, number in numbers.items() if rule}
        return {rule: rows for rule, rows in found.items() if len(rows)}
