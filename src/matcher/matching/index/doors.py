"""The gate for everybody at once: each way of standing that occurs is put to it once, rests are compared as days.

Of one member it is always `matcher.consent.Gate` that speaks; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.consent import Ask, Gate, Rest, Standing, Verdict, asked_about, asked_anyway, asked_on, rests_until
from matcher.matching.index.arrays import Coded
from matcher.matching.index.build import Index
from matcher.model import State

Flags = NDArray[np.bool_]
_YEAR = timedelta(days=365)
_CONFLICT, _CONDITION = "conflict", "condition"


class Busy:
    """Histories of asks, each once, by the rules of rest: what of them counts for any request on any day."""

    def __init__(self, histories: Sequence[tuple[Ask, ...]], rules: Rest) -> None:
        self._histories = histories
        self._rules = rules
        ends = (rests_until(asks, None, rules) for asks in histories)
        self._ends = np.array([end.toordinal() if end else 0 for end in ends], dtype=np.int32)
        days = [asked_on(asks) for asks in histories]
        self._days = np.array([day.toordinal() for some in days for day in some], dtype=np.int32)
        self._whose = np.repeat(np.arange(len(days)), [len(some) for some in days])
        self._about: defaultdict[int, list[int]] = defaultdict(list)
        for number, asks in enumerate(histories):
            for request_id in {ask.request_id for ask in asks}:
                self._about[request_id].append(number)

    def asked(self, request_id: int) -> Flags:
        """Which histories hold an ask about this request."""
        found = np.zeros(len(self._histories), dtype=bool)
        for number in self._about.get(request_id, ()):
            found[number] = request_id in asked_about(self._histories[number])
        return found

    def anyway(self, request_id: int) -> Flags:
        """Which histories say to ask about this request whatever the rest."""
        found = np.zeros(len(self._histories), dtype=bool)
        for number in self._about.get(request_id, ()):
            found[number] = request_id in asked_anyway(self._histories[number])
        return found

    def resting(self, request_id: int, on: date) -> Flags:
        """Which histories mean a rest on a day, for another request than this."""
        found: Flags = self._ends > on.toordinal()
        for number in self._about.get(request_id, ()):
            end = rests_until(self._histories[number], request_id, self._rules)
            found[number] = end is not None and end > on
        return found

    def capped(self, on: date) -> Flags:
        """Which histories hold the most asks of a year already."""
        lately = self._whose[self._days > (on - _YEAR).toordinal()]
        found: Flags = np.bincount(lately, minlength=len(self._histories)) >= self._rules.most_a_year
        return found


def _one_each(gate: Gate, column: Coded) -> Iterable[tuple[State, ...]]:
    """One example of each state that a request goes by."""
    return {gate.state(states): states for states in column.values}.values()


class Doors:
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
        by_state = {gate.state(states): gate.verdict(Standing(states)) for states in _one_each(gate, self._states)}
        self._by_states = [by_state[gate.state(states)] for states in self._states.values]
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
        may: Flags = np.array([verdict.may for verdict in self._by_states], dtype=bool)[self._states.codes]
        if self._forbidding.any():
            may &= ~self._forbidding[self._conditions.codes]
        busy = np.logical_or.reduce([*self._busy.values()])
        if busy.any():
            may &= ~busy[self._asks.codes]
        return may & ~self._clash if self._conflicts else may

    @cached_property
    def _clash(self) -> Flags:
        clash = np.zeros(len(self._workplace.values), dtype=bool)
        clash[list(self._conflicts)] = True
        found: Flags = clash[self._workplace.codes]
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
