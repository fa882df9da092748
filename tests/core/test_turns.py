"""Threads take turns more often for a while, and as usual afterwards."""

import sys

from matcher.turns import quick_turns


def test_turns_are_quick_and_then_as_before() -> None:
    usual = sys.getswitchinterval()
    with quick_turns():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_two_that_overlap_leave_it_as_it_was() -> None:
    usual = sys.getswitchinterval()
    one, other = quick_turns(), quick_turns()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert sys.getswitchinterval() < usual
    other.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual
