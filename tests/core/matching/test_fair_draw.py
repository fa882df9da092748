"""The fair list, over random worlds: every rule re-checked in plain Python, the same list whatever the order."""

import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import examples

from matcher.errors import UserError
from matcher.matching.fair import (
    ClashError,
    Contender,
    Drawn,
    Options,
    Rule,
    Share,
    Turn,
    deficits,
    draw,
    read_rule,
    read_rules,
)
from matcher.matching.fair.draw import FLOOR, KEEPS, Why
from matcher.matching.fair.rules import NEVER, RuleKind
from matcher.matching.fair.snapshot import coded, from_json, to_json

REGIONS = ("Wales", "London", "North East", "East Midlands")
EMPLOYERS = ("council", "agency", "charity")


@st.composite
def people(draws: st.DrawFn, most: int = 14) -> list[Contender]:
    size = draws(st.integers(0, most))
    return [
        Contender(
            number,
            draws(st.integers(0, 20)) * 5.0,
            draws(st.integers(-3, 3)) / 2,
            draws(st.sampled_from([True, True, True, False])),
            {
                name: frozenset(draws(st.lists(st.sampled_from(values), max_size=most_values)))
                for name, values, most_values in (
                    ("region", REGIONS, 1), ("employer", EMPLOYERS, 1), ("languages", ("Welsh", "Polish"), 2),
                    ("asked", (NEVER,), 1),
                )
            },
        )
        for number in range(1, size + 1)
    ]  # fmt: skip


RULES = st.lists(
    st.one_of(
        st.builds(Rule, st.just(RuleKind.KINDS), st.sampled_from(["region", "employer"]), st.integers(0, 4)),
        st.builds(Rule, st.just(RuleKind.EACH), st.sampled_from(["region", "employer"]), st.integers(1, 4)),
        st.builds(
            Rule, st.sampled_from([RuleKind.LEAST, RuleKind.MOST]), st.just("region"), st.integers(0, 3),
            st.sampled_from(REGIONS),
        ),
        st.builds(Rule, st.just(RuleKind.LEAST), st.just("languages"), st.integers(0, 2), st.just("Welsh")),
    ),
    max_size=3,
)  # fmt: skip


def kept(rule: Rule, listed: list[Contender]) -> bool:
    """The rule in plain Python, written apart from the program's own."""
    values = [value for person in listed for value in person.facts.get(rule.field, ())]
    if rule.kind is RuleKind.KINDS:
        return len(set(values)) >= rule.number
    if rule.kind is RuleKind.EACH:
        return max(Counter(values).values(), default=0) <= rule.number
    there = values.count(rule.value)
    return there >= rule.number if rule.kind is RuleKind.LEAST else there <= rule.number


def try_draw(pool: list[Contender], options: Options, seed: str = "s") -> Drawn | None:
    try:
        return draw(pool, options, seed, 7)
    except ClashError:
        return None


@given(people(), RULES, st.integers(1, 6), st.sampled_from(Share), st.randoms())
@examples(50)
def test_a_list_keeps_every_rule_or_none_could(
    pool: list[Contender], rules: list[Rule], seats: int, share: Share, chance: random.Random
) -> None:
    options = Options(seats, tuple(rules), share)
    drawn = try_draw(pool, options)
    if not pool:
        assert drawn is not None
        assert (drawn.seats, drawn.short_by) == ((), seats)
        return
    size = min(seats, len(pool))
    possible = [c for c in combinations(pool, size) if all(kept(rule, list(c)) for rule in rules)]
    if drawn is None:
        assert not possible
        return
    by_id = {person.id: person for person in pool}
    listed = [by_id[seat.id] for seat in drawn.seats]
    assert len({person.id for person in listed}) == size
    assert drawn.short_by == seats - size
    assert all(kept(rule, listed) for rule in rules)
    assert not {seat.id for seat in drawn.seats} & set(drawn.reserves)

    def first(c: tuple[Contender, ...]) -> tuple[int, float]:
        return sum(person.meets for person in c), sum(person.score for person in c)

    if possible:
        most = max(first(c) for c in possible)
        assert drawn.best_fit == pytest.approx(most[1])
        assert drawn.fit >= KEEPS * most[1] - 0.2
        if share is Share.OFF:
            assert first(tuple(listed)) == most
    shuffled = chance.sample(pool, len(pool))
    assert try_draw(shuffled, options) == drawn


@given(people(10), RULES, st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_clash_names_the_fewest_rules_and_numbers_that_work(
    pool: list[Contender], rules: list[Rule], seats: int
) -> None:
    rules = [replace(rule, words=f"rule {place}") for place, rule in enumerate(rules)]
    try:
        draw(pool, Options(seats, tuple(rules), Share.OFF), "s", 7)
    except ClashError as clash:
        named = [rule for rule in rules if rule.words in {one.rule for one in clash.conflict.rules}]
        size = min(seats, len(pool))

        def works(some: list[Rule]) -> bool:
            return any(all(kept(rule, list(c)) for rule in some) for c in combinations(pool, size))

        assert named
        assert not works(named)
        assert all(works([r for r in named if r is not rule]) for rule in named)
        for one in clash.conflict.rules:
            if one.works == "":
                assert works([rule for rule in named if rule.words != one.rule])


def world(size: int, seed: int = 3) -> list[Contender]:
    chance = random.Random(seed)
    return [
        Contender(
            number, round(100 * chance.random(), 2), chance.uniform(-2, 2), True,
            {"region": frozenset({chance.choice(REGIONS)}), "employer": frozenset({f"E{chance.randrange(30)}"})},
        )
        for number in range(1, size + 1)
    ]  # fmt: skip


SAME = """
import json, random, sys
from dataclasses import asdict
sys.path.insert(0, {folder!r})
from test_fair_draw import *
pool = world(120)
random.Random({order}).shuffle(pool)
rules = read_rules(["at least 3 regions", "no more than 1 from one employer"], pool, 12)
print(json.dumps(asdict(draw(pool, Options(12, rules), "seed", 7)), default=sorted, sort_keys=True))
"""


def test_the_same_list_in_separate_processes_and_for_any_order(tmp_path: object) -> None:
    from pathlib import Path

    said = {
        subprocess.run(
            [sys.executable, "-c", SAME.format(folder=str(Path(__file__).parent), order=order)],
            capture_output=True, text=True, check=True, env=None,
        ).stdout
        for order in (1, 2)
    }  # fmt: skip
    assert len(said) == 1
    assert len(json.loads(said.pop())["seats"]) == 12


def test_one_seat_goes_by_lot_and_another_seed_draws_another() -> None:
    pool = world(60)
    drawn = [draw(pool, Options(8), seed, 7) for seed in ("a", "b", "c", "d")]
    lots = [[seat.id for seat in one.seats if seat.why is Why.LOT] for one in drawn]
    assert all(len(lot) == 1 for lot in lots)
    assert len({lot[0] for lot in lots}) > 1
    assert not [seat for seat in draw(pool, Options(8, share=Share.OFF), "a", 7).seats if seat.why is Why.LOT]


def test_whoever_was_passed_over_comes_up_and_whoever_hardly_fits_does_not() -> None:
    close = [Contender(n, 80.0 - n / 10) for n in range(1, 21)]
    owed = [*close, Contender(30, 76.0, deficit=2.0), Contender(31, 80 * FLOOR - 1, deficit=9.0)]
    seats = {seat.id: seat.why for seat in draw(owed, Options(6, lots=0), "s", 1).seats}
    assert seats[30] is Why.TURN
    assert 31 not in seats


def test_whoever_does_not_meet_a_must_comes_after_everybody_who_does() -> None:
    pool = [Contender(1, 40.0), Contender(2, 90.0, meets=False), Contender(3, 50.0)]
    for share in Share:
        assert [seat.id for seat in draw(pool, Options(2, share=share, lots=0), "s", 1).seats] == [3, 1]


def test_pins_stay_refusals_go_and_reserves_follow() -> None:
    pool = [Contender(n, float(n)) for n in range(1, 11)]
    drawn = draw(pool, Options(3, share=Share.OFF, pinned=(1,), refused=(10,)), "s", 1)
    assert [seat.id for seat in drawn.seats] == [9, 8, 1]
    assert drawn.reserves == (7, 6, 5)
    assert [seat.why for seat in drawn.seats] == [Why.FIT, Why.FIT, Why.PINNED]
    with pytest.raises(UserError, match="2 people are set"):
        draw(pool, Options(1, pinned=(1, 2)), "s", 1)


def test_a_seat_that_a_rule_needs_says_which_and_who_else_could() -> None:
    facts = {"region": frozenset({"Wales"})}
    pool = [
        *(Contender(n, 50.0 + n) for n in range(1, 6)),
        Contender(8, 20.0, facts=facts),
        Contender(9, 10.0, facts=facts),
    ]
    drawn = draw(pool, Options(3, read_rules(["at least 1 from Wales"], pool, 3), Share.OFF), "s", 1)
    seat = drawn.seats[-1]
    assert (seat.id, seat.why, seat.rule, seat.instead) == (8, Why.RULE, "at least 1 from Wales", 9)
    assert drawn.seats[0].instead == 3


@given(people(), RULES, st.integers(1, 5), st.integers(0, 3), st.sampled_from(Share), st.randoms())
@examples(50)
def test_who_is_kept_is_on_it_who_is_left_off_is_not_and_a_kept_draw_gives_the_same(
    pool: list[Contender], rules: list[Rule], seats: int, lots: int, share: Share, chance: random.Random
) -> None:
    some = chance.sample([person.id for person in pool], min(len(pool), 4))
    pinned, refused = tuple(some[: min(2, seats, max(len(some) - 2, 0))]), tuple(some[2:])
    options = Options(seats, tuple(rules), share, lots=lots, reserves=2, pinned=pinned, refused=refused)
    drawn = try_draw(pool, options)
    told_people, told_rules = coded(pool, rules)
    snapshot = json.loads(json.dumps(to_json(told_people, told_rules)))
    again_people, again_rules = from_json(snapshot)
    again = try_draw(again_people, replace(options, rules=again_rules))
    assert again == drawn
    if drawn is None:
        free = [person for person in pool if person.id not in refused]
        size = min(seats, len(free))
        assert not any(
            set(pinned) <= {person.id for person in c} and all(kept(rule, list(c)) for rule in rules)
            for c in combinations(free, size)
        )
        return
    listed = {seat.id for seat in drawn.seats}
    assert set(pinned) <= listed
    assert not set(refused) & (listed | set(drawn.reserves) | drawn.could)
    assert all(seat.why is Why.PINNED for seat in drawn.seats if seat.id in pinned)
    assert sum(seat.why is Why.LOT for seat in drawn.seats) <= lots
    assert not {one.id for one in drawn.skipped} & {seat.id for seat in drawn.seats if seat.why is Why.LOT}
    by_id = {person.id: person for person in pool}
    for seat in drawn.seats:
        rest = [by_id[one] for one in listed - {seat.id}]
        if seat.instead is not None:
            assert all(kept(rule, [*rest, by_id[seat.instead]]) for rule in rules)
            assert seat.instead not in listed


def test_whose_lot_came_up_in_vain_is_said_with_the_reason() -> None:
    wales, london = ({"region": frozenset({name})} for name in ("Wales", "London"))
    pool = [*(Contender(n, 80.0, facts=wales) for n in range(1, 4)), Contender(9, 41.0, facts=london)]
    rules = read_rules(["nobody from London"], pool, 3)
    found = {}
    for seed in "abcdefghijklmnopqrst":
        for one in draw(pool, Options(2, rules), seed, 1).skipped:
            found[one.id] = one.rule
    assert found == {9: "nobody from London"}
    unruled = {one for seed in "abcdefghijklmnopqrst" for one in draw(pool, Options(2), seed, 1).skipped}
    assert {(one.id, one.rule) for one in unruled} == {(9, "")}  # two with her fit less than nine tenths as well


def test_turns() -> None:
    turns = [Turn(2, frozenset({1, 2, 3, 4})), Turn(1, frozenset({1, 2}))]
    assert deficits([1, 2, 3, 9], turns, [1, 1, 7]) == {1: -1.0, 2: 1.0, 3: 0.5, 9: 0.0}


POOL = [
    Contender(
        n, 50.0,
        facts={
            "region": frozenset({region}), "employer_type": frozenset({kind}), "gender": frozenset({"woman"}),
            "languages": frozenset({"Welsh"}), "care_types": frozenset({"older people"}),
        },
    )
    for n, (region, kind) in enumerate(
        [("Wales", "independent agency"), ("North East", "council"), ("North West", "charity")], 1
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind", "field", "number", "value"),
    [
        ("at least 3 regions", RuleKind.KINDS, "region", 3, ""),
        ("minimum three different local authorities", RuleKind.KINDS, "authority", 3, ""),
        ("at least 2 kinds of employer", RuleKind.KINDS, "employer_type", 2, ""),
        ("no more than 2 from one employer", RuleKind.EACH, "employer", 2, ""),
        ("At most 1 from the same employer.", RuleKind.EACH, "employer", 1, ""),
        ("max 2 per employer type", RuleKind.EACH, "employer_type", 2, ""),
        ("no more than two people from any one region", RuleKind.EACH, "region", 2, ""),
        ("at least 2 never asked", RuleKind.LEAST, "asked", 2, NEVER),
        ("at least two people who have never been asked before", RuleKind.LEAST, "asked", 2, NEVER),
        ("2 newcomers", RuleKind.LEAST, "asked", 2, NEVER),
        ("at least 3 from Yorkshire", RuleKind.LEAST, "region", 3, "Yorkshire and The Humber"),
        ("at least 1 from Northern Ireland", RuleKind.LEAST, "region", 1, "Northern Ireland"),
        ("nobody from London", RuleKind.MOST, "region", 0, "London"),
        ("no more than 2 from London", RuleKind.MOST, "region", 2, "London"),
        ("half from Wales", RuleKind.LEAST, "region", 6, "Wales"),
        ("at least 4 women", RuleKind.LEAST, "gender", 4, "woman"),
        ("at least 2 with ten or more years", RuleKind.LEAST, "years", 2, "10+"),
        ("at least 3 with less than two years", RuleKind.LEAST, "years", 3, "<2"),
        ("at least 4 from independent agencies", RuleKind.LEAST, "employer_type", 4, "independent agency"),
        ("at least 4 independent agencies", RuleKind.LEAST, "employer_type", 4, "independent agency"),
        ("at least one who speaks Welsh", RuleKind.LEAST, "languages", 1, "Welsh"),
    ],
)
def test_rules_as_she_writes_them(sentence: str, kind: RuleKind, field: str, number: int, value: str) -> None:
    rule = read_rule(sentence, POOL, 12)
    assert (rule.kind, rule.field, rule.number, rule.value) == (kind, field, number, value)
    assert rule.sentence == sentence.strip(" .")
    again = read_rule(rule.with_number(number).sentence, POOL, 12)
    assert (again.kind, again.field, again.value) == (kind, field, value)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("be nice", "no rule"),
        ("at least 2 unicorns", "nothing known of those who could fit is called “unicorns”"),
        ("at least 2 from the north", "several things"),
        ("3", "no rule"),
    ],
)
def test_what_is_not_understood_is_said(sentence: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read_rule(sentence, POOL, 12)


def test_a_clash_with_those_she_keeps_says_so() -> None:
    pool = [Contender(n, 50.0, facts={"employer": frozenset({"A" if n < 3 else f"B{n}"})}) for n in range(1, 7)]
    rules = read_rules(["no more than 1 from one employer"], pool, 3)
    with pytest.raises(ClashError) as clash:
        draw(pool, Options(3, rules, pinned=(1, 2)), "s", 1)
    assert str(clash.value).startswith("With those who stay on the list in any case, “no more than 1")
    assert clash.value.conflict.rules[0].works == "no more than 2 from one employer"


@pytest.mark.parametrize(
    ("sentences", "reason", "works"),
    [
        (["at least 3 from Northern Ireland"], "Nobody who can be asked is from Northern Ireland", "leaving out"),
        (["at least 4 regions"], "come from 3 regions, and the rule asks for 4", "at least 3 different regions"),
        (["no more than 1 from one gender"], "can hold 1 person at the most", "leaving out"),
        (["at least 2 men"], "Nobody who can be asked is known to be a man, and the rule", "leaving out"),
        (["at least 2 who speak Polish"], "Nobody who can be asked speaks Polish, and the rule", "leaving out"),
        (["at least 2 from Wales"], "One person who can be asked is from Wales", "at least 1 from Wales"),
        (
            ["at least 1 from Wales", "at least 1 council", "no more than 2 from one language"],
            "can hold 2 people at the most", "leaving out",
        ),
        (
            ["nobody from Wales", "at least 3 regions"],
            "Without those from Wales there are 2 who can be asked, and 3 are wanted",
            "“no more than 1 from Wales” instead of “nobody from Wales”",
        ),
    ],
)  # fmt: skip
def test_clashes_read_as_a_person_would_say_them(sentences: list[str], reason: str, works: str) -> None:
    with pytest.raises(ClashError) as clash:
        draw(POOL, Options(3, read_rules(sentences, POOL, 3)), "s", 1)
    assert reason in str(clash.value)
    assert works in str(clash.value)
    assert asdict(clash.value.conflict)["rules"]
