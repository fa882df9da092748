"""Threads take turns more often for a while, and as usual afterwards."""

import sys

from matcher.turns import quick_turns


def test_turns_are_quick_and_then_as_before() -> None:
    usual = sys.getswitchinterval()
    with quick_turns():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual
