"""What she types for a must-have or nice-to-have, read into a criterion and written back as text."""

import re

from matcher.model import Criterion, CriterionField, Op, Strength, criterion_words
from matcher.model.brief import Scalar

NUMBERS = frozenset({CriterionField.AGE, CriterionField.YEARS_IN_CARE, CriterionField.MONTHS_IN_ROLE})
_NUMBER_OPS = {Op.AT_LEAST: "or more", Op.AT_MOST: "or less", Op.BETWEEN: "from … to …"}
_PLACE_OPS = {Op.ANY_OF: "in", Op.WITHIN: "within reach of", Op.NONE_OF: "not in"}
_LIST_OPS = {Op.ANY_OF: "is", Op.NONE_OF: "is not"}
_WORD_OPS = {Op.HAS: "says", Op.NONE_OF: "is not"}
_EXAMPLES = {
    Op.AT_LEAST: "3", Op.AT_MOST: "40", Op.BETWEEN: "25 to 40", Op.WITHIN: "20 miles of Leeds",
    Op.HAS: "cares for somebody with dementia",
}  # fmt: skip
_REACH = re.compile(r"(?P<n>\d+(?:\.\d+)?|an?)\s*(?P<unit>miles?|mi|minutes?|mins?|hours?|h)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEAD = re.compile(r"^(?:within|of|from|near)\b\s*", re.IGNORECASE)


def ops_of(field: CriterionField) -> dict[Op, str]:
    """The comparisons that make sense on a field, in plain words; none where it is only yes or no."""
    if field in NUMBERS:
        return _NUMBER_OPS
    if field is CriterionField.EMPLOYER_INVOLVED:
        return {}
    if field is CriterionField.WORDS:
        return _WORD_OPS
    return _PLACE_OPS if field is CriterionField.PLACE else _LIST_OPS


def op_shown(criterion: Criterion) -> Op:
    """The comparison to show for a criterion: a single value is a list of one."""
    ops = ops_of(criterion.field)
    if criterion.op in ops or not ops:
        return criterion.op
    return next(iter(ops))


def example(op: Op) -> str:
    """What may be typed for a comparison."""
    return _EXAMPLES.get(op, "One, or several with commas between")


def value_text(criterion: Criterion) -> str:
    """The value as she would type it."""
    value = criterion.value
    if isinstance(value, dict):
        unit = "minutes" if "minutes" in value else "miles"
        return f"{value.get(unit, 0):g} {unit} of {value.get('place', '')}"
    if isinstance(value, list):
        return (" to " if criterion.op is Op.BETWEEN else ", ").join(map(_plain, value))
    return "" if isinstance(value, bool) else _plain(value)


def entered(strength: Strength, field: CriterionField, op: Op, text: str) -> Criterion:
    """The criterion typed. Raises ValueError with a few words for people when it cannot be one."""
    words = text.strip()
    if field is CriterionField.EMPLOYER_INVOLVED:
        made = Criterion(strength, field, Op.IS, True)
    elif not words:
        raise ValueError("Say what, or cancel")
    elif field in NUMBERS:
        made = Criterion(strength, field, op, _numbers(op, words))
    elif op is Op.WITHIN:
        made = Criterion(strength, field, op, _reach(words))
    elif op is Op.HAS:
        made = Criterion(strength, field, op, words)
    else:
        made = Criterion(strength, field, op, [item.strip() for item in words.split(",") if item.strip()])
    return Criterion(strength, field, made.op, made.value, criterion_words(made))


def _numbers(op: Op, words: str) -> Scalar | list[Scalar]:
    numbers: list[Scalar] = [_number(found) for found in _NUMBER.findall(words)]
    if op is Op.BETWEEN:
        if len(numbers) != 2:
            raise ValueError("Two numbers, like 25 to 40")
        return sorted(numbers, key=float)
    if len(numbers) != 1:
        raise ValueError("One number, like 3")
    return numbers[0]


def _reach(words: str) -> dict[str, Scalar]:
    found = _REACH.search(words)
    place = _place(words[: found.start()] + words[found.end() :]) if found else ""
    if not found or not place:
        raise ValueError("How far and of where, like 20 miles of Leeds")
    amount = 1 if found["n"].lower() in ("a", "an") else _number(found["n"])
    unit = found["unit"].lower()
    if unit.startswith("h"):
        return {"place": place, "minutes": amount * 60}
    return {"place": place, "miles" if unit in ("mile", "miles", "mi") else "minutes": amount}


def _place(words: str) -> str:
    left = words.strip(" ,")
    while (shorter := _LEAD.sub("", left)) != left:
        left = shorter
    return left.strip(" ,")


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _plain(value: Scalar) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
