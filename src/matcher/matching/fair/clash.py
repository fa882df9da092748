"""When rules cannot be kept: the fewest that clash, in plain words, each with the loosest number that works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.errors import UserError
from matcher.matching.fair.rules import SPOKEN, Contender, Rule, RuleKind, holds_words, value_words, values_of

Possible = Callable[[Sequence[Rule]], bool]


@dataclass(frozen=True, slots=True)
class Loosened:
    """One rule of a conflict, and the number nearest to it that works while the others stay.

    ``works`` is the rule with that number, "" when only leaving it out works, None when not even that does.
    """

    rule: str
    works: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all be kept: ``reason`` in plain words, ``rules`` the fewest of them that clash."""

    reason: str
    rules: tuple[Loosened, ...]


class ClashError(UserError):
    """The rules of a list contradict each other or who there is; nothing was relaxed."""

    def __init__(self, conflict: Conflict) -> None:
        ways = [_way(one) for one in conflict.rules if one.works is not None]
        super().__init__(
            conflict.reason,
            todo=f"This would work: {'; or '.join(ways)}." if ways else "Take one of the rules away.",
        )
        self.conflict = conflict


def find_conflict(
    people: Sequence[Contender], seats: int, rules: Sequence[Rule], possible: Possible, freely: Possible
) -> Conflict:
    """Why the rules cannot be kept with these people. ``possible`` says whether some of the rules can be.

    ``freely`` says so for a list on which nobody is set beforehand.
    """
    fewest = _fewest(rules, possible)
    loosened = (_loosen(rule, [r for r in fewest if r is not rule], seats, possible) for rule in fewest)
    reason = _with_those_set(fewest) if freely(fewest) else _reason(fewest, people, seats)
    return Conflict(reason, tuple(loosened))


def _fewest(rules: Sequence[Rule], possible: Possible) -> list[Rule]:
    """Rules that clash, none of which can be left out: leave out one after the other, and keep out what may be."""
    left = list(rules)
    for rule in rules:
        without = [r for r in left if r is not rule]
        if not possible(without):
            left = without
    return left


def _loosen(rule: Rule, others: Sequence[Rule], seats: int, possible: Possible) -> Loosened:
    """The number nearest to the rule's own under which it can be kept beside the others."""
    numbers = range(rule.number - 1, -1, -1) if rule.is_lower_bound else range(rule.number + 1, seats + 1)
    works = next((number for number in numbers if possible([*others, rule.with_number(number)])), None)
    if works is None:
        return Loosened(rule.sentence, None)
    empty = works == (0 if rule.is_lower_bound else seats)
    return Loosened(rule.sentence, "" if empty else rule.with_number(works).sentence)


def _way(one: Loosened) -> str:
    return f"“{one.works}” instead of “{one.rule}”" if one.works else f"leaving out “{one.rule}”"


def _with_those_set(clashing: Sequence[Rule]) -> str:
    said = " and ".join(f"“{rule.sentence}”" for rule in clashing)
    return f"With those who stay on the list in any case, {said} cannot be kept."


def _reason(clashing: Sequence[Rule], people: Sequence[Contender], seats: int) -> str:
    """The arithmetic of one rule alone, else that these do not go together."""
    if len(clashing) == 1:
        return _alone(clashing[0], people, seats)
    said = [f"“{rule.sentence}”" for rule in clashing]
    together = f"{', '.join(said[:-1])} and {said[-1]}"
    wanted = sum(rule.number for rule in clashing if rule.kind is RuleKind.LEAST)
    if all(rule.kind is RuleKind.LEAST for rule in clashing) and wanted > seats:
        return f"{together} ask for {wanted} people together, and the list has {seats}."
    every = "both" if len(clashing) == 2 else "all"
    return f"{together} cannot {every} be kept in a list of {seats}{_lacking(clashing, people)}."


def _alone(rule: Rule, people: Sequence[Contender], seats: int) -> str:
    one, many = SPOKEN.get(rule.field, (rule.field, f"{rule.field}s"))
    if rule.kind is RuleKind.LEAST:
        there = rule.count(people)
        who = "Nobody" if not there else "One person" if there == 1 else f"{there} people"
        if there < rule.number:
            holds = holds_words(rule.field, rule.value, there)
            return f"{who} who can be asked {holds}, and the rule asks for {rule.number}."
        return f"The rule asks for {rule.number} {value_words(rule.field, rule.value)}, and the list has {seats}."
    if rule.kind is RuleKind.KINDS:
        there = rule.count(people)
        if there < rule.number:
            few = f"one {one}" if there == 1 else f"{there} {many}"
            return f"Those who can be asked come from {few}, and the rule asks for {rule.number}."
        return f"The rule asks for {rule.number} {many}, and the list has {seats}."
    if rule.kind is RuleKind.EACH:
        groups = values_of(people, rule.field)
        known = {place for places in groups.values() for place in places}
        room = sum(min(len(places), rule.number) for places in groups.values()) + len(people) - len(known)
        at_most = "1 person" if room == 1 else f"{room} people"
        return f"With “{rule.sentence}” a list can hold {at_most} at the most, and {seats} are wanted."
    others = len(people) - rule.count(people)
    words = value_words(rule.field, rule.value)
    return f"Without those {words} there are {others} who can be asked, and {seats} are wanted."


def _lacking(clashing: Sequence[Rule], people: Sequence[Contender]) -> str:
    """How few there are of what one of the rules asks for, where that is what makes it hard; else empty."""
    for rule in clashing:
        there = rule.count(people)
        if rule.kind is RuleKind.LEAST and there == rule.number:
            who = "only one person" if there == 1 else f"only {there} people"
            return f": {who} who can be asked {holds_words(rule.field, rule.value, there)}"
    return ""
