"""Facets: who has what is chosen, and how many would; always the same as counting one by one."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.directory import Facets, bits_of, places_of

VALUES = ("north", "south", "east", "")
PERSON = st.tuples(
    st.sampled_from(VALUES), st.frozensets(st.sampled_from(VALUES[:3])).map(lambda s: tuple(sorted(s)))
)
PEOPLE = st.lists(PERSON, max_size=40)
CHOSEN = st.fixed_dictionaries(
    {}, optional={"region": st.sets(st.sampled_from(("north", "south", "unknown", "west"))),
                  "care": st.sets(st.sampled_from(VALUES[:3]))},
)  # fmt: skip


def values_of(person: tuple[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {"region": (person[0] or "unknown",), "care": person[1]}


def facets(people: list[tuple[str, tuple[str, ...]]]) -> Facets:
    found = Facets(len(people))
    found.add("region", [one for one, _ in people], lambda held: (held or "unknown",))
    found.add("care", [several for _, several in people], lambda held: held)
    return found


def meets(person: tuple[str, tuple[str, ...]], chosen: dict[str, set[str]]) -> bool:
    has = values_of(person)
    return all(not wanted or wanted & set(has[facet]) for facet, wanted in chosen.items())


@given(PEOPLE, CHOSEN, st.data())
def test_whoever_is_kept_has_what_is_chosen_and_nobody_else(
    people: list[tuple[str, tuple[str, ...]]], chosen: dict[str, set[str]], data: st.DataObject
) -> None:
    within = data.draw(st.none() | st.sets(st.integers(0, max(len(people) - 1, 0))))
    pool = range(len(people)) if within is None else [p for p in sorted(within) if p < len(people)]
    bits = None if within is None else bits_of(pool, len(people))
    expected = [place for place in pool if meets(people[place], chosen)]
    assert places_of(facets(people).keep(chosen, bits)) == expected


@given(PEOPLE, CHOSEN)
def test_each_count_is_a_plain_recount_with_the_other_facets_chosen(
    people: list[tuple[str, tuple[str, ...]]], chosen: dict[str, set[str]]
) -> None:
    for facet, counts in facets(people).counts(chosen).items():
        others = {name: wanted for name, wanted in chosen.items() if name != facet}
        left = [values_of(person)[facet] for person in people if meets(person, others)]
        assert counts == {value: sum(value in has for has in left) for value in counts}
        assert {value for has in left for value in has} <= counts.keys()


@given(PEOPLE, CHOSEN)
def test_choosing_a_value_alone_in_its_facet_leaves_as_many_as_its_count_said(
    people: list[tuple[str, tuple[str, ...]]], chosen: dict[str, set[str]]
) -> None:
    known = facets(people)
    for facet, counts in known.counts(chosen).items():
        for value, many in counts.items():
            assert known.keep({**chosen, facet: {value}}).bit_count() == many


@given(st.sets(st.integers(0, 500)))
def test_bits_and_places_say_the_same(places: set[int]) -> None:
    assert places_of(bits_of(places, 501)) == sorted(places)
