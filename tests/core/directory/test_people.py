"""Two people are never joined, and one person is found again."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.directory.duplicates import sort_people
from matcher.directory.likeness import Identity, Likeness, compare

HULL = Identity("Susan", "Clarke", "sue@example.org", "07700 900054", "HU5", "Hull", "Yorkshire and The Humber")


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (Identity("Sue", "Clarke", email="sue@example.org"), Likeness.SAME),
        (Identity("Sue", "Clarke", email="other@example.org", phone="07700 900054"), Likeness.SAME),
        (Identity("Susan", "Moss", phone="07700 900054", town="Hull"), Likeness.SAME),
        (Identity("Susan", "Moss", phone="07700 900054", town="Derby"), Likeness.DOUBTFUL),
        (Identity("Gemma", "Clarke", phone="07700 900054"), Likeness.DIFFERENT),
        (Identity("Gemma", "Clarke", email="sue@example.org"), Likeness.DOUBTFUL),
        (Identity("Susan", "Clarke", "s.c@example.org", None, "DE24", "Derby"), Likeness.UNRELATED),
        (Identity("Susan", "Clarke", None, None, "HU5", "Hull"), Likeness.SAME),
        (Identity("Susan", "Clarke", "s.c@example.org", "07700 900999", "HU5", "Hull"), Likeness.DOUBTFUL),
        (Identity("Susan", "Clarke"), Likeness.DOUBTFUL),
        (Identity("Suzan", "Clarke", "s.c@example.org", None, "HU5", "Hull"), Likeness.DOUBTFUL),
        (Identity("S?san", "Clarke", "sue@example.org"), Likeness.SAME),
    ],
)
def test_how_two_records_stand(other: Identity, likeness: Likeness) -> None:
    assert compare(HULL, other)[0] is likeness
    assert compare(other, HULL)[0] is likeness


def test_mother_and_daughter_on_one_phone_and_once_on_one_email() -> None:
    mother = Identity("Marie", "Eyre", "marie@example.org", "07700 900438")
    on_mums_phone = Identity("Gemma", "Eyre", "marie@example.org", "07700 900438")
    own = Identity("Gemma", "Eyre", "gemma@example.org", "07700 900438")
    assert sorted(sort_people([mother, on_mums_phone, own]).groups) == [(0,), (1, 2)]


def test_two_members_of_the_store_are_never_joined_by_a_file() -> None:
    one = Identity("Ann", "Lee", "ann@example.org")
    other = Identity("Ann", "Lee", phone="07700 900111")
    both = Identity("Ann", "Lee", "ann@example.org", "07700 900111")
    found = sort_people([one, other, both], known=2)
    assert all(not {0, 1} <= set(group) for group in found.groups)


names = st.sampled_from(["Ann", "Bea", "Cat", None])
records = st.builds(
    Identity, names, st.sampled_from(["Lee", "Moss", None]),
    st.sampled_from(["a@example.org", "b@example.org", None]),
    st.sampled_from(["07700 900111", "07700 900112", None]), st.sampled_from(["LS1", "HU5", None]),
)  # fmt: skip


surnames = st.lists(st.sampled_from(["ro", "se", "mac", "-", " ", "o'", "é", "?", "b"]), max_size=5).map("".join)


@given(surnames, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "e", "r", "x", "-", "?"])), max_size=3))
@example("rosemac", [(0, "x"), (2, "k")])  # two slips in a long name
@example("rose", [(place, "?") for place in range(4)])  # letters that an old encoding lost
@example("ro", list(enumerate("zywvk")))  # half of a double name
def test_no_surname_that_may_be_the_same_is_passed_over(name: str, slips: list[tuple[int, str]]) -> None:
    """Whoever a close look finds alike is looked at closely, whatever her surname was spelt as."""
    spelt = name
    for place, letter in slips:
        spelt = spelt[:place] + letter + spelt[place + 1 :]
    for other in (spelt, f"{name}-{spelt}"):
        pair = [Identity("Ann", f"B{surname}", None, None, "HU5", "Hull") for surname in (name, other)]
        likeness, found = compare(*pair)[0], sort_people(pair)
        together = len(found.groups) == 1
        assert (together, bool(found.doubts)) == (likeness is Likeness.SAME, likeness is Likeness.DOUBTFUL)


@given(st.lists(records, max_size=7))
def test_nobody_shares_a_group_with_somebody_surely_different(people: list[Identity]) -> None:
    found = sort_people(people)
    assert sorted(index for group in found.groups for index in group) == list(range(len(people)))
    for group in found.groups:
        for one in group:
            for other in group:
                assert compare(people[one], people[other])[0] is not Likeness.DIFFERENT


def test_who_shares_a_phone_is_compared_whatever_the_names() -> None:
    """Same town and initials, so that they meet there first; the surnames have nothing in common."""
    married, before = Identity("Ada", "Byron", phone="07700 900001", town="Leeds"), Identity("Ada", "Bukh")
    one_phone = replace(before, phone="07700 900001", town="Leeds")
    assert sort_people([married, one_phone]).groups == ((0, 1),)
    other_phone = replace(before, phone="07700 900002", town="Leeds")
    assert sort_people([married, other_phone]).groups == ((0,), (1,))
