"""The versions of the consent wording: seen, counted, and one of them current."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from matcher.consent import Permission, add_wording, record, undo, wordings
from matcher.errors import UserError
from matcher.model import Decision, How, Purpose
from matcher.storage import work

if TYPE_CHECKING:
    from tests.conftest import Network

FIRST, SECOND = "May we ask you about research?", "May we ask you about research, news and policy?"


def decide_under(network: "Network", wording: str, *purposes: Purpose) -> int:
    member_id = network.member()
    with work(network.store, "record a permission") as unit:
        for purpose in purposes:
            given = Permission(
                member_id, purpose, Decision.GIVEN, datetime(2026, 1, 1, tzinfo=UTC), How.FORM, "row 2",
                wording=wording,
            )  # fmt: skip
            record(unit, given)
        return unit.batch_id


def test_a_new_store_has_seen_no_wording(network: "Network") -> None:
    assert wordings(network.store) == ()


def test_versions_come_newest_first_with_their_decisions(network: "Network", at: Callable[[str], datetime]) -> None:
    seen = at("2026-02-01T09:00:00+00:00")
    decide_under(network, FIRST, Purpose.ACADEMIC, Purpose.MEDIA)
    at("2026-03-01T09:00:00+00:00")
    decide_under(network, SECOND, Purpose.NEWS)
    newest, oldest = wordings(network.store)
    assert (newest.text, newest.decisions, newest.current) == (SECOND, 1, True)
    assert (oldest.text, oldest.decisions, oldest.current) == (FIRST, 2, False)
    assert oldest.first_seen_at == seen


def test_a_decision_that_was_undone_no_longer_counts(network: "Network") -> None:
    undo(network.store, decide_under(network, FIRST, Purpose.MEDIA))
    (seen,) = wordings(network.store)
    assert seen.decisions == 0


def test_a_new_version_is_current_even_when_an_older_one_is_seen_later(
    network: "Network", at: Callable[[str], datetime]
) -> None:
    at("2026-02-01T09:00:00+00:00")
    assert add_wording(network.store, f"  {SECOND}\n") is not None
    at("2026-03-01T09:00:00+00:00")
    decide_under(network, FIRST, Purpose.MEDIA)
    assert [(w.text, w.current) for w in wordings(network.store)] == [(FIRST, False), (SECOND, True)]


def test_the_same_words_again_make_no_second_version(network: "Network") -> None:
    add_wording(network.store, FIRST)
    assert add_wording(network.store, FIRST) is None
    add_wording(network.store, SECOND)
    add_wording(network.store, FIRST)
    assert {w.text: w.current for w in wordings(network.store)} == {FIRST: True, SECOND: False}


def test_undoing_a_change_of_wording_makes_the_one_before_current(network: "Network") -> None:
    add_wording(network.store, FIRST)
    undo(network.store, add_wording(network.store, SECOND))
    assert {w.text: w.current for w in wordings(network.store)} == {FIRST: True, SECOND: False}


@pytest.mark.parametrize("words", ["", "  \n"])
def test_an_empty_wording_is_refused(network: "Network", words: str) -> None:
    with pytest.raises(UserError, match="empty"):
        add_wording(network.store, words)
    assert wordings(network.store) == ()
