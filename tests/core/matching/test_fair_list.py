"""A fair list in a real store: committed to before it is drawn, drawn once, explained, and remembered as turns."""

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.conftest import PASSPHRASE

from matcher.consent import undo
from matcher.consent.erasure import erase
from matcher.directory import merge_members
from matcher.errors import UserError
from matcher.matching import open_case, shortlist, why, wish, wishes
from matcher.matching.fair import ClashError, Share
from matcher.matching.fair.fair_list import FairList, Wanted, draw_list
from matcher.matching.fair.history import Checked, check_draw, past_draws
from matcher.matching.fair.pool import contenders, turns
from matcher.model import Decision, ListDraw, Purpose
from matcher.outreach import ask
from matcher.storage import reading, revision, work

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_a_clash_leaves_the_list_and_lets_no_lot_fall(network: "Network") -> None:
    some(network)
    request = network.request()
    kept = draw_list(network.store, request, Wanted(4))
    with pytest.raises(ClashError, match="come from 3 regions"):
        draw_list(network.store, request, Wanted(4, ("at least 4 regions",)))
    assert [drawn for _, drawn, _ in draws(network)] == [True]
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
        pool = contenders(session, second, open_case(network.store, second).fitting())
    assert {one.id for one in pool} == set(people) - set(drawn)  # the others rest
    assert {one.deficit for one in pool} == {0.5}
    assert all(one.is_("asked", "never") for one in pool)


def test_background_is_a_fact_only_of_those_who_let_it_be_used(network: "Network") -> None:
    ada = network.willing("Ada", gender="woman", experience_text=WORDS)
    bea = network.willing("Bea", gender="woman", experience_text=WORDS)
    network.say(bea, Decision.GIVEN, Purpose.USE_GENDER)
    request = network.request()
    with reading(network.store) as session:
        fitting = open_case(network.store, request).fitting()
        pool = {one.id: one for one in contenders(session, request, fitting)}
    assert not pool[ada].facts.get("gender")
    assert pool[bea].is_("gender", "woman")


def test_suggesting_is_one_step_and_undoing_it_lets_no_lot_fall_again(network: "Network") -> None:
    some(network)
    request = network.request()
    with reading(network.store) as session:
        before = revision(session)
    made = draw_list(network.store, request, Wanted(4))
    with reading(network.store) as session:
        assert revision(session) == before + 1 == made.listed.batch
    undone = undo(network.store, made.listed.batch or 0)
    assert undone.kept == ()
    assert shortlist(network.store, request).chosen == ()
    again = draw_list(network.store, request, Wanted(4))
    assert (again.seed, ids(again)) == (made.seed, ids(made))
    assert len(draws(network)) == 1


def test_a_list_that_was_taken_back_owes_nobody(network: "Network") -> None:
    some(network)
    first, second = network.request(), network.request()
    made = draw_list(network.store, first, Wanted(4))
    with reading(network.store) as session:
        assert len(turns(session, second)) == 1
    undo(network.store, made.listed.batch or 0)
    with reading(network.store) as session:
        assert turns(session, second) == []


def test_whom_she_keeps_is_on_every_list_and_whom_she_leaves_off_on_none(network: "Network") -> None:
    people = some(network)
    request = network.request()
    worst, best = ids(draw_list(network.store, request, Wanted(10, share=Share.OFF)))[::9]
    wish(network.store, request, worst, keep=True)
    step = wish(network.store, request, best, keep=False)
    for share in Share:
        made = draw_list(network.store, request, Wanted(4, share=share))
        assert worst in ids(made)
        assert best not in [*ids(made), *(place.member_id for place in made.listed.reserves)]
        seat = next(place for place in made.listed.chosen if place.member_id == worst)
        assert seat.told[0] == "You keep them on this list."
    assert wishes(network.store, request) == {worst: True, best: False}
    undo(network.store, step or 0)
    assert wishes(network.store, request) == {worst: True}
    wish(network.store, request, worst, keep=None)
    assert wishes(network.store, request) == {}
    assert wish(network.store, request, people[0], keep=None) is None


def test_who_is_set_and_may_not_be_asked_is_said(network: "Network") -> None:
    people = some(network)
    request = network.request()
    network.say(people[0], Decision.REFUSED)
    with pytest.raises(UserError, match=f"M{people[0]} cannot be on this list: Said no"):
        draw_list(network.store, request, Wanted(4, pinned=(people[0],)))
    wish(network.store, request, people[0], keep=True)
    made = draw_list(network.store, request, Wanted(4))
    assert people[0] not in ids(made)
    assert "You keep P0 on this list, who may not be asked now." in made.notes


def test_how_a_list_was_made_can_be_read_and_drawn_again(network: "Network") -> None:
    people = some(network)
    request = network.request()
    wish(network.store, request, people[3], keep=True)
    rules = ("at least 3 regions", "no more than 2 from one employer")
    first = draw_list(network.store, request, Wanted(5, rules, lots=2, reserves=2))
    draw_list(network.store, request, Wanted(5, rules, lots=2, reserves=2, fresh=True, reason="one moved away"))
    newest, oldest = past_draws(network.store, request)
    assert (newest.reason, oldest.reason) == ("one moved away", "")
    assert oldest.rules == rules
    assert (oldest.lots, oldest.kept, oldest.could) == (2, ("P3",), 10)
    assert [seat.member_id for seat in oldest.seats] == ids(first)
    assert all(seat.told for seat in oldest.seats)
    for one in (newest, oldest):
        assert check_draw(network.store, request, one.id) == Checked(one.id, True, ())
    change_kept(network, oldest.id, lambda row: {**row.result, "seats": row.result["seats"][1:]}, "result")
    assert "on it when it is drawn again" in check_draw(network.store, request, oldest.id).differences[0]
    change_kept(network, newest.id, lambda row: {**row.snapshot, "owed": [9.0] * 10}, "snapshot")
    changed = check_draw(network.store, request)
    assert (changed.same, changed.differences) == (False, ("What it was drawn from was changed since.",))


def change_kept(network: "Network", number: int, change: "Callable[[Any], Any]", column: str) -> None:
    with work(network.store, "tamper") as unit:
        row = unit.session.get_one(ListDraw, number)
        setattr(row, column, change(row))


def test_what_is_kept_of_a_draw_says_nothing_of_anybody(network: "Network") -> None:
    people = some(network)
    network.say(people[0], Decision.GIVEN, Purpose.USE_GENDER)
    request = network.request()
    draw_list(network.store, request, Wanted(4, ("at least 2 regions", "no more than 2 from one employer")))
    with reading(network.store) as session:
        kept = json.dumps(session.scalars(select(ListDraw)).one().snapshot)
    assert not any(word in kept for word in ("Wales", "London", "North East", "Firm", "P1", "gender"))


REPLAY = """
import os, sys
from pathlib import Path
from matcher.matching.fair.history import check_draw
from matcher.storage import open_store
with open_store(Path(sys.argv[1]), sys.argv[2]) as store:
    print(check_draw(store, int(sys.argv[3])))
"""


def test_another_process_draws_the_same_list(network: "Network") -> None:
    some(network)
    request = network.request()
    wish(network.store, request, some(network, 1)[0], keep=False)
    made = draw_list(network.store, request, Wanted(5, ("at least 2 regions",), lots=2))
    network.store.close()
    said = {
        subprocess.run(
            [sys.executable, "-c", REPLAY, str(network.store.path), PASSPHRASE, str(request)],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout.strip()
        for hash_seed in ("1", "2")
    }  # fmt: skip
    network.reopen()
    assert said == {str(Checked(made.draw, True, ()))}


def test_why_says_what_the_place_was_given_for(network: "Network") -> None:
    some(network, 4)
    request = network.request()
    made = draw_list(network.store, request, Wanted(2, share=Share.OFF, reserves=1))
    first, reserve = made.listed.chosen[0], made.listed.reserves[0]
    told = why(network.store, request, first.member_id).sentences
    assert told[1:3] == (
        "On the list: fits best, with one of the highest scores.", f"If they cannot, {reserve.name} comes next."
    )  # fmt: skip
    assert why(network.store, request, reserve.member_id).sentences[1].startswith("In reserve")


def test_erasing_somebody_takes_her_wishes_and_leaves_the_draw_to_be_checked(network: "Network") -> None:
    people = some(network)
    request = network.request()
    made = draw_list(network.store, request, Wanted(4, ("at least 2 regions",)))
    gone = ids(made)[0]
    wish(network.store, request, gone, keep=True)
    erase(network.store, gone)
    assert wishes(network.store, request) == {}
    assert check_draw(network.store, request) == Checked(made.draw, True, ())
    told = past_draws(network.store, request)[0]
    assert f"M{gone}" in [seat.name for seat in told.seats]
    assert gone not in ids(draw_list(network.store, request, Wanted(4, ("at least 2 regions",))))
    assert len(people) == 10


def test_a_wish_follows_a_record_that_is_merged(network: "Network") -> None:
    first, second = some(network, 2)
    request = network.request()
    wish(network.store, request, second, keep=False)
    merge_members(network.store, first, second)
    assert wishes(network.store, request) == {first: False}
    assert ids(draw_list(network.store, request, Wanted(2))) == []
