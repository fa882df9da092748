"""One thing that a requirement says on one field of the brief schema."""

from dataclasses import dataclass

from matcher.model import CriterionField, Op
from matcher.model.brief import Scalar

Value = Scalar | list[Scalar] | dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing said on one field, and where in the phrase."""

    field: CriterionField
    op: Op
    value: Value
    start: int
    end: int

    @property
    def names(self) -> list[Scalar]:
        """The value as a list; empty when it is no list."""
        return self.value if isinstance(self.value, list) else []


def one_of(field: CriterionField, names: list[str], start: int, end: int) -> Clause:
    """Any of several names, each once."""
    return Clause(field, Op.ANY_OF, list(dict.fromkeys(names)), start, end)
