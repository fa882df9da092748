"""The gate for everybody at once: each way of standing that occurs is put to it once."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.consent import Gate, Standing, Verdict
from matcher.matching.index.arrays import Coded

Flags = NDArray[np.bool_]


class Doors:
    """Who may be asked; with ``shut`` nobody. ``conflicts``: number of a workplace -> why it stands in the way."""

    def __init__(
        self, gate: Gate, standing: Coded, workplace: Coded, conflicts: Mapping[int, str], *, shut: bool = False
    ) -> None:
        self._gate = gate
        self._shut = shut
        self._standing = standing
        self._workplace = workplace
        self._conflicts = conflicts
        stands: Sequence[Standing] = standing.values
        self._verdicts = [gate.verdict(one) for one in stands]

    @cached_property
    def may(self) -> Flags:
        """Who may be asked."""
        if self._shut:
            return np.zeros(len(self._standing.codes), dtype=bool)
        may: Flags = np.array([verdict.may for verdict in self._verdicts], dtype=bool)[self._standing.codes]
        return may & ~self._clash if self._conflicts else may

    @cached_property
    def _clash(self) -> Flags:
        clash = np.zeros(len(self._workplace.values), dtype=bool)
        clash[list(self._conflicts)] = True
        found: Flags = clash[self._workplace.codes]
        return found

    def verdict(self, row: int) -> Verdict:
        """The verdict on the member in a row."""
        code = int(self._standing.codes[row])
        conflict = self._conflicts.get(int(self._workplace.codes[row]), "")
        return self._gate.verdict(self._standing.values[code], conflict) if conflict else self._verdicts[code]

    def by_rule(self) -> dict[str, NDArray[np.int64]]:
        """Rule -> the rows it keeps out, in order."""
        rules = np.array([verdict.rule for verdict in self._verdicts], dtype=object)
        numbers = {rule: number for number, rule in enumerate(dict.fromkeys(rules.tolist()))}
        codes = np.array([numbers[rule] for rule in rules.tolist()], dtype=np.int16)[self._standing.codes]
        if self._conflicts:
            for row in np.flatnonzero(self._clash).tolist():
                codes[row] = numbers.setdefault(self.verdict(row).rule, len(numbers))
        codes[self.may] = -1
        found = {rule: np.flatnonzero(codes == number) for rule, number in numbers.items()}
        return {rule: rows for rule, rows in found.items() if len(rows)}
