"""Promise 10: whatever happened before, nobody is asked, exported or shared without her permission.

``MATCHER_HISTORIES`` sets how many random histories are lived through; ``run_full.py`` beside this does 10,000.
"""

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.promises.account import Tally
from tests.promises.histories import Ground, random_history
from tests.promises.world import Step

from matcher.model import Answer, Decision

HISTORIES = int(os.environ.get("MATCHER_HISTORIES", "15"))
FIRST = int(os.environ.get("MATCHER_FIRST", "0"))
LENGTH = 12
YES, NO = Decision.GIVEN, Decision.REFUSED


def test_random_histories(ground: Ground) -> None:
    total, wrong = Tally(), []
    for number in range(FIRST, FIRST + HISTORIES):
        steps = list(random_history(random.Random(number), LENGTH))
        world = ground.live(steps)
        total.add(world.tally)
        if any(world.tally.violations().values()):
            wrong.append((number, world.notes[:3], steps))
    if HISTORIES >= 15:  # nothing is proved by a network in which nothing happens
        assert min(total.asked, total.exported, total.released, total.invited, total.refused) > 0
    if report := os.environ.get("MATCHER_REPORT"):
        Path(report).write_text(json.dumps(vars(total)), encoding="utf-8")
    assert total.histories == HISTORIES
    assert not wrong


WHO, WHICH, ABOUT, DAY = st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.integers(-5, 60)
SAYS = st.sampled_from([Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN])
STEPS = st.one_of(
    st.tuples(st.just("say"), WHO, ABOUT, SAYS, DAY, st.none() | st.integers(0, 20)),
    st.tuples(st.just("form"), WHO, ABOUT, SAYS | st.none(), DAY),
    st.tuples(st.just("withdraw"), WHO),
    st.tuples(st.just("confirm")),
    st.tuples(st.just("merge"), WHO, WHO),
    st.tuples(st.just("undo"), st.integers(0, 4)),
    st.tuples(st.just("clock"), st.integers(-30, 60)),
    st.tuples(st.just("ask"), WHO, WHICH),
    st.tuples(st.just("reply"), WHO, WHICH, st.sampled_from(Answer)),
    st.tuples(st.just("list"), WHICH, st.lists(WHO, min_size=1, max_size=2).map(tuple)),
    st.tuples(st.just("export"), WHICH),
    st.tuples(st.just("sheet"), WHICH, st.booleans()),
    st.tuples(st.just("invite"), WHO),
    st.tuples(st.just("come"), WHO, st.booleans()),
    st.tuples(st.just("raw_come"), WHO, st.sampled_from(["invited", "coming", "waiting"])),
    st.tuples(st.just("raw_release"), WHO, WHICH, st.just("")),
)


@given(st.lists(STEPS, max_size=10))
@settings(max_examples=min(HISTORIES, 300), deadline=None)
def test_any_history(ground: Ground, steps: list[Step]) -> None:
    world = ground.live(steps)
    assert not any(world.tally.violations().values()), world.notes


FOUND_BEFORE = {
    "a yes by hand is undone: a form's yes that rested on it falls with it": [
        ("say", 0, 0, NO, 1, None),
        ("say", 0, 0, YES, 2, None),
        ("clock", 9),
        ("form", 0, 0, YES, 8),
        ("undo", 1),
    ],
    "a no of an older file stands again when the later yes is undone": [
        ("clock", 60),
        ("form", 0, 0, YES, 1),
        ("form", 0, 0, YES, 50),
        ("form", 0, 0, NO, 20),
        ("undo", -2),
    ],
    "a no under a clock put right counts over a yes from a day to come": [
        ("clock", 50),
        ("say", 0, 0, YES, 50, None),
        ("clock", 0),
        ("form", 0, 0, NO, -1),
    ],
    "taking a withdrawal back does not bring back the yes to a request": [
        ("say", 0, 0, YES, 0, None),
        ("ask", 0, 0),
        ("reply", 0, 0, Answer.YES),
        ("withdraw", 0),
        ("say", 0, 0, YES, 0, None),
        ("undo", 1),
        ("sheet", 0, False),
    ],
    "an old yes that waits is overtaken by a new no": [
        ("clock", 20),
        ("say", 0, 0, NO, 1, None),
        ("form", 0, 0, YES, 5),
        ("say", 0, 0, NO, 9, None),
        ("confirm",),
    ],
    "a yes is taken back after the permission ended: it stays taken back": [
        ("say", 0, 0, YES, 0, 5),
        ("ask", 0, 0),
        ("reply", 0, 0, Answer.YES),
        ("clock", 6),
        ("undo", 0),
        ("say", 0, 0, YES, 6, None),
        ("sheet", 0, False),
    ],
    "a merge with somebody who said no stops the asks": [
        ("say", 0, 0, YES, 0, None),
        ("ask", 0, 0),
        ("say", 1, 0, NO, 0, None),
        ("merge", 0, 1),
    ],
    "an ask taken back past the program after the permission ended asks nobody": [
        ("say", 1, 1, YES, 0, 5),
        ("ask", 1, 2),
        ("clock", 21),
        ("raw_reopen", 1, 2, "to_ask"),
        ("raw_reopen", 1, 2, "asked"),
    ],
    "a permission ends on its day by the clock of the program": [
        ("say", 0, 0, YES, 0, 5),
        ("clock", 6),
    ],
}


@pytest.mark.parametrize("steps", FOUND_BEFORE.values(), ids=FOUND_BEFORE.keys())
def test_histories_that_went_wrong_once(ground: Ground, steps: list[Step]) -> None:
    world = ground.live(steps)
    assert not any(world.tally.violations().values()), world.notes
