"""Views kept under a name."""

import pytest

from matcher.consent import undo
from matcher.directory import SavedView, forget_view, save_view, saved_views
from matcher.errors import UserError
from matcher.storage import Store

NIGHTS = SavedView("Nights", "night", {"region": ("North West", "London")}, ("name", "place"), "since", True)


def test_a_view_is_kept_as_it_was_and_replaces_one_of_the_same_name(store: Store) -> None:
    save_view(store, NIGHTS)
    save_view(store, SavedView("all"))
    assert saved_views(store) == (SavedView("all"), NIGHTS)
    save_view(store, SavedView("  nights ", "days"))
    assert [(view.name, view.query) for view in saved_views(store)] == [("all", ""), ("nights", "days")]


def test_saving_and_forgetting_can_be_undone(store: Store) -> None:
    batch = save_view(store, NIGHTS)
    forgotten = forget_view(store, "Nights")
    assert saved_views(store) == ()
    undo(store, forgotten)
    assert saved_views(store) == (NIGHTS,)
    undo(store, batch)
    assert saved_views(store) == ()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_short_name(store: Store, name: str) -> None:
    with pytest.raises(UserError):
        save_view(store, SavedView(name))
    with pytest.raises(UserError):
        forget_view(store, name)
    assert saved_views(store) == ()
