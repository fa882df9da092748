"""A fair list in a real store: committed to before it is drawn, drawn once, explained, and remembered as turns."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from matcher.errors import UserError
from matcher.matching import rank
from matcher.matching.fair import ClashError, Share
from matcher.matching.fair.keep import FairList, Wanted, draw_list
from matcher.matching.fair.pool import contenders, turns
from matcher.model import Decision, ListDraw, Purpose
from matcher.outreach import ask
from matcher.storage import reading

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")
WORDS = "I do nights and sleep-ins, mostly on my own"


def some(network: "Network", count: int = 10) -> list[int]:
    regions = ("Wales", "London", "North East")
    return [
        network.willing(
            f"P{n}", region=regions[n % 3], employer=f"Firm {n % 4}", start_year=2000 + n, experience_text=WORDS
        )
        for n in range(count)
    ]


def ids(made: FairList) -> list[int]:
    return [place.member_id for place in made.listed.chosen]


def draws(network: "Network") -> list[tuple[str, bool, str]]:
    with reading(network.store) as session:
        return [
            (d.seed, d.result is not None, d.reason)
            for d in session.scalars(select(ListDraw).order_by(ListDraw.id))
        ]


def test_the_same_question_has_the_same_answer_and_is_no_new_draw(network: "Network") -> None:
    some(network)
    request = network.request()
    first = draw_list(network.store, request, Wanted(4, ("at least 3 regions",), seed="s"))
    again = draw_list(network.store, request, Wanted(4, ("at least 3 regions",)))
    assert ids(first) == ids(again)
    assert (first.commitment, first.seed) == (again.commitment, "s")
    assert draws(network) == [("s", True, "")]
    assert len(ids(first)) == 4
    assert {place.why["seat"]["why"] for place in first.listed.chosen} <= {"fit", "rule", "turn", "lot"}


def test_other_lots_need_a_reason(network: "Network") -> None:
    some(network)
    request = network.request()
    before = draw_list(network.store, request, Wanted(4, seed="s"))
    with pytest.raises(UserError, match="drawn already"):
        draw_list(network.store, request, Wanted(4, seed="t"))
    assert ids(before) == ids(draw_list(network.store, request, Wanted(4)))
    draw_list(network.store, request, Wanted(4, seed="t", reason="two of them moved away"))
    assert draws(network) == [("s", True, ""), ("t", True, "two of them moved away")]


def test_a_clash_leaves_the_list_and_is_remembered_as_never_drawn(network: "Network") -> None:
    some(network)
    request = network.request()
    kept = draw_list(network.store, request, Wanted(4))
    with pytest.raises(ClashError, match="come from 3 regions"):
        draw_list(network.store, request, Wanted(4, ("at least 4 regions",)))
    assert [drawn for _, drawn, _ in draws(network)] == [True, False]
    assert ids(draw_list(network.store, request, Wanted(4))) == ids(kept)


def test_fewer_than_wanted_is_said(network: "Network") -> None:
    some(network, 3)
    made = draw_list(network.store, network.request(), Wanted(5))
    assert (len(ids(made)), made.listed.short_by) == (3, 2)
    assert "2 fewer than wanted" in made.notes[0]


def test_nobody_without_permission_is_ever_drawn(network: "Network") -> None:
    people = some(network, 6)
    network.say(people[0], Decision.WITHDRAWN)
    for seed in "abcde":
        made = draw_list(network.store, network.request(), Wanted(6, seed=seed))
        assert people[0] not in ids(made)


def test_turns_come_from_lists_and_asks(network: "Network") -> None:
    people = some(network, 8)
    first, second = network.request(), network.request()
    drawn = ids(draw_list(network.store, first, Wanted(4, share=Share.OFF, reserves=0)))
    ask(network.store, first, drawn)
    with reading(network.store) as session:
        assert [(turn.people, len(turn.could)) for turn in turns(session, second)] == [(4, 8)]
        assert turns(session, first) == []
        pool = contenders(session, second, rank(network.store, second).candidates)
    assert {one.id for one in pool} == set(people) - set(drawn)  # the others rest
    assert {one.deficit for one in pool} == {0.5}
    assert all(one.is_("asked", "never") for one in pool)


def test_background_is_a_fact_only_of_those_who_let_it_be_used(network: "Network") -> None:
    ada = network.willing("Ada", gender="woman", experience_text=WORDS)
    bea = network.willing("Bea", gender="woman", experience_text=WORDS)
    network.say(bea, Decision.GIVEN, Purpose.USE_GENDER)
    request = network.request()
    with reading(network.store) as session:
        pool = {one.id: one for one in contenders(session, request, rank(network.store, request).candidates)}
    assert not pool[ada].facts.get("gender")
    assert pool[bea].is_("gender", "woman")
