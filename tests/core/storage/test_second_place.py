"""Backups by themselves, and a second place that may be away."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.errors import UserError
from matcher.storage import (
    back_up,
    backups,
    bring_elsewhere,
    change_passphrase,
    choose_second_place,
    elsewhere,
    keep_safe,
)
from matcher.storage.copies import BACKUPS, DATABASE

if TYPE_CHECKING:
    from tests.conftest import Network
from tests.conftest import CHEAP


def test_a_backup_is_made_when_something_changed_and_only_then(network: "Network") -> None:
    store = network.store
    assert keep_safe(store).made is not None
    assert keep_safe(store).made is None
    network.member("Ada")
    assert keep_safe(store).made is not None
    assert keep_safe(store).made is None
    change_passphrase(store, "new words", cost=CHEAP)
    assert keep_safe(store).made is not None


def test_once_a_day_is_enough_while_she_works(network: "Network", at: Callable[[str], datetime]) -> None:
    at("2026-11-23T09:00")
    assert keep_safe(network.store, at_least_daily=True).made
    at("2026-11-23T18:00")
    network.member("Ada")
    assert keep_safe(network.store, at_least_daily=True).made is None
    at("2026-11-24T09:30")
    assert keep_safe(network.store, at_least_daily=True).made


def test_the_second_place_gets_it_and_an_absent_one_is_told_and_tried_again(
    network: "Network", tmp_path: Path, at: Callable[[str], datetime]
) -> None:
    store, stick = network.store, tmp_path / "stick"
    stick.mkdir()
    assert elsewhere(store).last_at is None
    choose_second_place(store, stick)
    at("2026-11-23T09:00")
    first = keep_safe(store).elsewhere
    assert first.missing == ""
    assert [file.name for file in stick.iterdir()] == ["network 2026-11-23 09.00.00.matcherbackup"]
    away = stick.rename(tmp_path / "away")
    network.member("Ada")
    at("2026-11-24T09:00")
    told = keep_safe(store).elsewhere
    assert told.missing == "“stick” is not there at the moment."
    assert told.last_at == first.last_at
    assert elsewhere(network.reopen()) == told
    away.rename(stick)
    again = bring_elsewhere(network.store)
    assert (again.missing, again.last_at) == ("", backups(network.store)[0].made_at)
    assert len(list(stick.iterdir())) == 2
    assert choose_second_place(network.store, None).folder is None


def test_a_second_place_must_take_files_and_lie_outside(network: "Network", tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        choose_second_place(network.store, tmp_path / "nowhere")
    with pytest.raises(UserError, match="the store itself"):
        choose_second_place(network.store, network.store.path / BACKUPS)
    assert elsewhere(network.store).folder is None


def test_what_is_old_there_goes_and_what_is_hers_stays(
    network: "Network", tmp_path: Path, at: Callable[[str], datetime]
) -> None:
    (tmp_path / "stick").mkdir()
    hers = tmp_path / "stick" / "other 2020-01-01 09.00.00.matcherbackup"
    hers.write_bytes(b"hers")
    choose_second_place(network.store, tmp_path / "stick")
    for day in range(1, 29):
        at(f"2026-10-{day:02}T10:00")
        network.member(f"Ada {day}")
        keep_safe(network.store)
    assert hers.exists()
    ours = [file for file in hers.parent.iterdir() if file != hers]
    assert len(ours) == len(backups(network.store)) < 20


def test_a_half_made_backup_is_none_and_is_cleared_away(network: "Network") -> None:
    folder = network.store.path / BACKUPS
    left = folder / "20261123-090000-000000.new"
    left.mkdir()
    (left / DATABASE).write_bytes(b"half")
    assert backups(network.store) == ()
    back_up(network.store)
    assert not left.exists()
    assert len(backups(network.store)) == 1
