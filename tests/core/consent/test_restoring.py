"""A restore brings back the members, never a yes that was taken back since."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import CHEAP, PASSPHRASE

from matcher.consent import Suppressed, chain_problems, erase, restore, restore_newest, withdraw, would_restore
from matcher.directory import list_members
from matcher.errors import DamagedError, UserError
from matcher.model import Decision, Purpose, State
from matcher.storage import (
    WrongPassphraseError,
    back_up,
    backup_file_name,
    backups,
    change_passphrase,
    create_store,
    elsewhere,
    integrity_problems,
    name_of,
    open_store,
    reading,
    save_backup,
)
from matcher.storage.copies import BACKUPS, DATABASE, STAMP
from matcher.storage.keys import KEYS_FILE

if TYPE_CHECKING:
    from tests.conftest import Network, NewNetwork


def go_back(network: "Network", backup: Path, secret: str = PASSPHRASE) -> object:
    path = network.store.path
    network.store.close()
    try:
        return restore(path, backup, secret)
    finally:
        network.store = open_store(path, PASSPHRASE)


def test_a_yes_taken_back_since_stays_taken_back(network: "Network") -> None:
    ada, bea = network.willing("Ada"), network.willing("Bea")
    backup = back_up(network.store)
    network.member("Cleo")
    withdraw(network.store, ada)
    restored = go_back(network, backup)
    assert (restored.noes, restored.erasures, restored.not_here) == (1, 0, 0)  # type: ignore[attr-defined]
    assert network.state(ada) is State.WITHDRAWN
    assert network.state(bea) is State.GIVEN
    assert {row.id for row in list_members(network.store)} == {ada, bea}
    assert chain_problems(network.store) == ()


def test_a_no_from_before_the_backup_is_not_repeated_over_a_later_yes(network: "Network") -> None:
    ada = network.willing("Ada")
    withdraw(network.store, ada)
    network.say(ada)
    restored = go_back(network, back_up(network.store))
    assert restored.noes == 0  # type: ignore[attr-defined]
    assert network.state(ada) is State.GIVEN


def test_who_was_erased_since_is_erased_again(network: "Network") -> None:
    ada = network.willing("Ada", email="ada@example.org")
    backup = back_up(network.store)
    erase(network.store, ada)
    restored = go_back(network, backup)
    assert restored.erasures == 1  # type: ignore[attr-defined]
    assert list_members(network.store) == ()
    with reading(network.store) as session:
        assert Suppressed(session, network.store).since("ada@example.org", None, "")


def test_a_no_of_somebody_newer_than_the_backup_blocks_their_return(network: "Network") -> None:
    backup = back_up(network.store)
    withdraw(network.store, network.willing("Ada", phone="07700 900123"))
    restored = go_back(network, backup)
    assert restored.not_here == 1  # type: ignore[attr-defined]
    with reading(network.store) as session:
        assert Suppressed(session, network.store).since(None, "07700 900123", "")


def test_restoring_twice_is_restoring_once(network: "Network") -> None:
    ada = network.willing("Ada")
    backup = back_up(network.store)
    withdraw(network.store, ada)
    go_back(network, backup)
    assert go_back(network, backup).noes == 1  # type: ignore[attr-defined]
    assert network.state(ada) is State.WITHDRAWN


def test_a_repeated_no_is_not_repeated_again_over_a_later_yes(network: "Network") -> None:
    ada = network.willing("Ada")
    backup = back_up(network.store)
    withdraw(network.store, ada)
    go_back(network, backup)
    network.say(ada)
    restored = go_back(network, back_up(network.store))
    assert restored.noes == 0  # type: ignore[attr-defined]
    assert network.state(ada) is State.GIVEN


def test_broken_off_at_the_last_step_the_store_is_as_it_was(
    network: "Network", monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = back_up(network.store)
    ada = network.willing("Ada")

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("matcher.storage.restore.sync_file", full)
        with pytest.raises(UserError, match="could not be put back"):
            go_back(network, backup)
    assert network.state(ada) is State.GIVEN
    assert not (network.store.path / "restoring").exists()


def test_a_backup_of_another_store_is_refused(
    network: "Network", new_network: "NewNetwork", tmp_path: Path
) -> None:
    other = create_store(tmp_path / "other.matcher", "Other", PASSPHRASE, cost=CHEAP).store
    backup = back_up(other)
    other.close()
    ada = network.willing("Ada")
    with pytest.raises(UserError, match="of another store"):
        go_back(network, backup)
    assert network.state(ada) is State.GIVEN


def test_a_damaged_key_file_comes_back_with_the_backup(network: "Network") -> None:
    ada = network.willing("Ada")
    backup = back_up(network.store)
    (network.store.path / KEYS_FILE).write_bytes(b"{}")
    network.store.close()
    with pytest.raises(UserError, match="key file of this store is damaged"):
        open_store(network.store.path, PASSPHRASE)
    restored = restore(network.store.path, backup, PASSPHRASE)
    assert restored.before is not None
    network.store = open_store(network.store.path, PASSPHRASE)
    assert network.state(ada) is State.GIVEN


def test_one_file_carries_a_store_with_its_originals_to_another_computer(
    network: "Network", tmp_path: Path
) -> None:
    ada, bea = network.willing("Ada"), network.willing("Bea")
    withdraw(network.store, bea)
    (network.store.files / "0001").write_bytes(network.store.seal(b"the letter"))
    carried = tmp_path / backup_file_name(network.store)
    made_at = save_backup(network.store, carried)
    assert elsewhere(network.store).last_at == made_at
    fresh = tmp_path / "new" / f"{name_of(carried)}.matcher"
    restored = restore(fresh, carried, PASSPHRASE)
    assert (restored.made_at, restored.before) == (made_at, None)
    with open_store(fresh, PASSPHRASE) as store:
        assert {row.id for row in list_members(store)} == {ada, bea}
        assert store.unseal((store.files / "0001").read_bytes()) == b"the letter"
        assert chain_problems(store) == ()
    assert {one.name for one in fresh.parent.iterdir()} == {fresh.name}


@pytest.mark.parametrize("harm", ["cut", "no zip", "strange name", "swollen", "wrong passphrase"])
def test_a_bad_file_leaves_nothing_on_the_other_computer(network: "Network", tmp_path: Path, harm: str) -> None:
    carried = tmp_path / backup_file_name(network.store)
    save_backup(network.store, carried)
    whole = carried.read_bytes()
    if harm == "cut":
        carried.write_bytes(whole[: len(whole) // 2])
    elif harm == "no zip":
        carried.write_bytes(b"hello")
    elif harm in ("strange name", "swollen"):
        with zipfile.ZipFile(carried, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("../evil" if harm == "strange name" else "files/bomb", b"0" * 100_000)
    fresh = tmp_path / "new" / "network.matcher"
    secret = "wrong" if harm == "wrong passphrase" else PASSPHRASE
    with pytest.raises(UserError, match=r"not a backup|does not open") as caught:
        restore(fresh, carried, secret)
    assert isinstance(caught.value, WrongPassphraseError) == (harm == "wrong passphrase")
    assert not fresh.exists()
    assert not (tmp_path / "evil").exists()


def test_what_stood_there_is_kept_and_can_be_put_back(network: "Network") -> None:
    backup = back_up(network.store)
    ada = network.willing("Ada")
    kept = go_back(network, backup).before  # type: ignore[attr-defined]
    assert list_members(network.store) == ()
    go_back(network, kept)
    assert [row.id for row in list_members(network.store)] == [ada]


def test_a_damaged_store_is_kept_aside_and_replaced(network: "Network") -> None:
    ada = network.willing("Ada")
    backup = back_up(network.store)
    path = network.store.path
    network.store.close()
    database = path / DATABASE
    content = bytearray(database.read_bytes())
    content[5_000:9_000] = b"x" * 4_000
    database.write_bytes(bytes(content))
    restored = restore(path, backup, PASSPHRASE)
    assert restored.before is not None
    assert (restored.before / DATABASE).read_bytes() == bytes(content)
    network.store = open_store(path, PASSPHRASE)
    assert [row.id for row in list_members(network.store)] == [ada]
    assert integrity_problems(network.store) == ()


def _cut(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:-4096])


def _flip(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(bytes(content))


@pytest.mark.parametrize("harm", [_cut, _flip, Path.unlink])
def test_a_bad_backup_is_refused_and_the_store_is_untouched(
    network: "Network", harm: Callable[[Path], object]
) -> None:
    backup = back_up(network.store)
    ada = network.willing("Ada")
    harm(backup / DATABASE)
    with pytest.raises(UserError, match=r"damaged|no backup"):
        go_back(network, backup)
    assert network.state(ada) is State.GIVEN


def test_a_wrong_passphrase_changes_nothing(network: "Network") -> None:
    backup = back_up(network.store)
    ada = network.willing("Ada")
    with pytest.raises(WrongPassphraseError):
        go_back(network, backup, "otter lantern travel")
    assert network.state(ada) is State.GIVEN


def test_the_passphrase_of_then_and_of_now_both_open_it(network: "Network") -> None:
    backup = back_up(network.store)
    path = network.store.path
    change_passphrase(network.store, "a later one", cost=CHEAP)
    network.store.close()
    for secret in (PASSPHRASE, "a later one"):
        restore(path, backup, secret)
        network.store = open_store(path, "a later one")
        network.store.close()
    network.store = open_store(path, "a later one")


def test_a_new_computer_is_made_from_a_backup(network: "Network", tmp_path: Path) -> None:
    ada, bea = network.willing("Ada"), network.willing("Bea")
    withdraw(network.store, bea)
    carried = tmp_path / "carried"
    shutil.copytree(back_up(network.store), carried)
    fresh = tmp_path / "new" / "network.matcher"
    assert restore(fresh, carried, PASSPHRASE).before is None
    with open_store(fresh, PASSPHRASE) as store:
        assert {row.id for row in list_members(store)} == {ada, bea}


def test_what_restoring_would_come_to_is_told_before(network: "Network") -> None:
    ada, bea = network.willing("Ada"), network.willing("Bea")
    back_up(network.store)
    withdraw(network.store, ada)
    erase(network.store, bea)
    told = would_restore(network.store, backups(network.store)[0])
    assert (told.noes, told.erasures) == (2, 1)  # an erasure withdraws first
    assert told.steps >= 2


def test_the_newest_good_backup_takes_the_place_of_a_damaged_store(network: "Network") -> None:
    ada = network.willing("Ada")
    good = back_up(network.store)
    network.willing("Bea")
    for one in (back_up(network.store), network.store.path):
        _cut(one / DATABASE)
    network.store.close()
    with pytest.raises(DamagedError):
        open_store(network.store.path, PASSPHRASE)
    restored = restore_newest(network.store.path, PASSPHRASE)
    assert restored.made_at.strftime(STAMP) == good.name
    network.store = open_store(network.store.path, PASSPHRASE)
    assert [row.id for row in list_members(network.store)] == [ada]
    shutil.rmtree(network.store.path / BACKUPS)
    network.store.close()
    with pytest.raises(UserError, match="no good backup"):
        restore_newest(network.store.path, PASSPHRASE)


STEPS = st.lists(
    st.tuples(st.sampled_from(["yes", "no", "withdraw", "erase", "back up", "restore"]), st.integers(0, 2)),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_history_of_backups_brings_a_yes_back(new_network: "NewNetwork", steps: list[tuple[str, int]]) -> None:
    with new_network() as network:
        people = [network.willing(name) for name in ("Ada", "Bea", "Cleo")]
        made, refused = [back_up(network.store)], set[int]()
        for what, number in steps:
            who = people[number]
            if what == "back up":
                made.append(back_up(network.store))
            elif what == "restore":
                go_back(network, made[number % len(made)])
            elif what == "erase":
                try:
                    erase(network.store, who)
                except UserError:
                    continue
                refused.add(who)
            elif what == "yes" and who not in refused:
                network.say(who)
            elif what in ("no", "withdraw"):
                try:
                    network.say(who, Decision.REFUSED) if what == "no" else withdraw(network.store, who)
                except UserError:
                    continue
                refused.add(who)
            states = {one: network.state(one, Purpose.MEDIA) for one in refused}
            assert State.GIVEN not in states.values(), states
        assert chain_problems(network.store) == ()


def test_the_newest_and_the_last_of_each_period_are_kept(network: "Network", at: Callable[[str], datetime]) -> None:
    made = []
    for month in range(1, 13):
        for day in range(1, 29, 3):
            at(f"2026-{month:02}-{day:02}T10:00")
            made.append(back_up(network.store))
    kept = [path for path in made if path.exists()]
    assert made[-10:] == kept[-10:]
    assert len({path.name[:6] for path in kept}) == 12
    assert len(kept) < 30
