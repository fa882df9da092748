"""The last things done, the age of the backup, and what she sets for her network."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.conftest import PASSPHRASE

from matcher import clock
from matcher.consent import rest_rules, undo
from matcher.errors import UserError
from matcher.storage import (
    Settings,
    Store,
    WrongPassphraseError,
    back_up,
    last_backup,
    open_store,
    read_settings,
    reading,
    recent_batches,
    replace_passphrase,
    save_settings,
)


def test_usual_settings_are_those_of_the_gate(store: Store) -> None:
    found = read_settings(store)
    with reading(store) as session:
        rest = rest_rules(session)
    assert found == Settings("Lantern Network", "", rest.after_ask_days, rest.after_part_days, rest.most_a_year)


def test_settings_are_kept_only_where_they_differ_and_can_be_undone(store: Store) -> None:
    before = read_settings(store)
    assert save_settings(store, before) is None
    assert recent_batches(store, 5) == ()
    batch = save_settings(store, replace(before, sender="Ruth", rest_after_ask_days=30))
    assert batch is not None
    with reading(store) as session:
        assert rest_rules(session).after_ask_days == 30
    undo(store, batch)
    assert read_settings(store) == before


@pytest.mark.parametrize(
    "wrong", [Settings(" "), Settings("N", rest_after_ask_days=-1), Settings("N", most_asks_a_year=0)]
)
def test_settings_out_of_bounds_are_refused(store: Store, wrong: Settings) -> None:
    with pytest.raises(UserError):
        save_settings(store, wrong)
    assert recent_batches(store, 1) == ()


def test_steps_are_told_newest_first_with_what_was_undone(store: Store) -> None:
    steps = [save_settings(store, Settings("N", sender=name)) for name in ("Ruth", "Ama", "Bev")]
    assert steps[1] is not None
    undo(store, steps[2])
    rows = recent_batches(store, 2)
    assert [(row.id, row.undone, row.can_undo) for row in rows] == [
        (steps[2], True, False),
        (steps[1], False, True),
    ]
    assert rows[0].what == "change settings"


def test_the_age_of_the_backup(store: Store) -> None:
    assert last_backup(store) is None
    (store.path / "backups" / "notes").mkdir()
    back_up(store)
    made = last_backup(store)
    assert made is not None
    assert abs(clock.now() - made) < timedelta(minutes=1)


def test_a_passphrase_is_replaced_only_with_the_present_one(store: Store) -> None:
    with pytest.raises(WrongPassphraseError):
        replace_passphrase(store, "not this", "new")
    replace_passphrase(store, PASSPHRASE, "new one")
    path = store.path
    store.close()
    open_store(path, "new one").close()
