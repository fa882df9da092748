"""Promises 5 and 9: a damaged file is never made worse, and every kept backup comes back.

``MATCHER_FLIPS`` bits are flipped and ``MATCHER_CUTS`` cuts made (20 and 10 in CI, 500 and 100 in full).
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.conftest import CHEAP, PASSPHRASE

from matcher.consent import chain_problems, erase, restore, restore_newest, withdraw
from matcher.errors import UserError
from matcher.model import Member, State
from matcher.storage import (
    WrongPassphraseError,
    back_up,
    backup_problems,
    backups,
    backups_at,
    create_store,
    integrity_problems,
    open_store,
    reading,
    work,
)
from matcher.storage.copies import DATABASE
from matcher.storage.keys import KEYS_FILE

if TYPE_CHECKING:
    from tests.conftest import Network

FLIPS = int(os.environ.get("MATCHER_FLIPS", "20"))
CUTS = int(os.environ.get("MATCHER_CUTS", "10"))
RESTORED_EVERY = 10
LOG = f"{DATABASE}-wal"


@pytest.fixture
def closed(network: "Network") -> Iterator[Path]:
    """A closed store of eight people, with a good backup."""
    for number in range(8):
        network.willing(f"Ada {number}", town="Leeds", experience_text="nights " * 40)
    back_up(network.store)
    network.store.close()
    yield network.store.path
    network.store.close()


def people(path: Path) -> list[tuple[int, str, str | None]]:
    """Open the store and read all its people; UserError when it is refused or a page fails."""
    with open_store(path, PASSPHRASE) as store:
        with reading(store) as session:
            rows = session.execute(select(Member.id, Member.first_name, Member.experience_text)).all()
        problems = integrity_problems(store)
    if problems:
        raise UserError(f"damaged: {problems[0]}")
    return [(row.id, row.first_name, row.experience_text) for row in rows]


def try_harmed(closed: Path, file: str, harmed: bytes, right: object, *, restored: bool) -> str:
    """Open a copy of the store with a harmed file; return whether it was refused or read."""
    copy = closed.with_name("harmed.matcher")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(closed, copy)
    (copy / file).write_bytes(harmed)
    found, said = None, ""
    try:
        found = people(copy)
    except UserError as error:
        said = f"{type(error).__name__} {error}"
    outcome = "refused" if said else "read"
    if said:
        assert "damaged" in said or "newer" in said, said
        assert WrongPassphraseError.__name__ not in said
    else:
        assert found == right, "read, but wrongly"
    assert (copy / file).read_bytes() == harmed, "made worse"
    assert len(backups_at(copy)) == 1
    if outcome == "refused" and restored:
        restore_newest(copy, PASSPHRASE)
        assert people(copy) == right
    return outcome


def test_flipped_bits_and_cuts_are_refused_or_read_rightly(closed: Path) -> None:
    right, chance = people(closed), random.Random(5)
    counts = {"read": 0, "refused": 0}
    for number in range(FLIPS + CUTS):
        file = KEYS_FILE if number % 10 == 9 else DATABASE
        whole = (closed / file).read_bytes()
        if number < FLIPS:
            place = chance.randrange(len(whole))
            harmed = whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        else:
            harmed = whole[: chance.randrange(len(whole))]
        counts[try_harmed(closed, file, harmed, right, restored=number % RESTORED_EVERY == 0)] += 1
    assert sum(counts.values()) == FLIPS + CUTS
    assert counts["refused"] > counts["read"]


def test_a_stray_log_beside_a_closed_store_is_kept_out(closed: Path, tmp_path: Path) -> None:
    with open_store(closed, PASSPHRASE) as store, reading(store):
        pass
    older = tmp_path / "older.matcher"
    shutil.copytree(closed, older, ignore=shutil.ignore_patterns("lock"))
    other = create_store(tmp_path / "other.matcher", "Other", PASSPHRASE, cost=CHEAP).store
    with open_store(older, PASSPHRASE) as store:
        withdraw(store, 1)
        own = (older / LOG).read_bytes()
    with work(other, "add a member") as unit:
        unit.session.add(Member(first_name="Bea", created_at=unit.now))
    foreign = (other.path / LOG).read_bytes()
    other.close()
    right, whole = people(closed), (closed / DATABASE).read_bytes()
    for log in (own, foreign, b"x" * 5_000, own[: len(own) // 2], b""):
        (closed / LOG).write_bytes(log)
        assert people(closed) == right
        assert (closed / DATABASE).read_bytes() == whole
    assert len(list((closed / "backups").glob("stray-log-*"))) == 4


def test_the_log_of_a_crash_is_read(network: "Network", tmp_path: Path) -> None:
    ada = network.willing("Ada")
    crashed = tmp_path / "crashed.matcher"
    shutil.copytree(network.store.path, crashed, ignore=shutil.ignore_patterns("lock"))
    assert (crashed / LOG).stat().st_size > 0
    assert [row[0] for row in people(crashed)] == [ada]


def test_every_backup_of_a_year_is_whole_and_restores(
    network: "Network", at: Callable[[str], datetime], tmp_path: Path
) -> None:
    """Promise 9: daily backups for a year, thinned; each is put back with every no and erasure that came since."""
    store, start = network.store, datetime(2026, 1, 1, 18, tzinfo=UTC)
    names: dict[str, set[int]] = {}
    step = 1 if FLIPS >= 500 else 12
    for day in range(0, 365, step):
        at((start + timedelta(days=day)).isoformat())
        network.willing(f"Ada {day}")
        backup = back_up(store)
        with reading(store) as session:
            names[backup.name] = set(session.scalars(select(Member.id)))
    withdraw(store, 1)
    erase(store, 2)
    kept = backups(store)
    assert 10 <= len(kept) <= 35
    store.close()
    for backup in (one.path for one in kept):
        copy = tmp_path / "restored.matcher"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(store.path, copy, ignore=shutil.ignore_patterns("lock"))
        assert backup_problems(store, backup) == ()
        restored = restore(copy, copy / "backups" / backup.name, PASSPHRASE)
        assert restored.noes >= 1
        network.store = open_store(copy, PASSPHRASE)
        with reading(network.store) as session:
            assert set(session.scalars(select(Member.id))) == names[backup.name]
            erased = session.get(Member, 2)
            assert erased is None or erased.erased_at is not None
        assert network.state(1) is State.WITHDRAWN
        assert chain_problems(network.store) == ()
        network.store.close()
        network.store = store
    assert len(kept) > 9


def test_every_corrupt_backup_is_refused_and_the_store_kept(closed: Path) -> None:
    chance, before = random.Random(9), people(closed)
    backup = backups_at(closed)[0].path
    whole = (backup / DATABASE).read_bytes()
    live = (closed / DATABASE).read_bytes()
    for number in range(FLIPS):
        place = chance.randrange(len(whole))
        flipped = whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        (backup / DATABASE).write_bytes(whole[:place] if number % 4 == 3 else flipped)
        with pytest.raises(UserError, match="damaged"):
            restore(closed, backup, PASSPHRASE)
        assert (closed / DATABASE).read_bytes() == live
    assert people(closed) == before
