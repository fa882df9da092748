"""The ledger only grows, names nobody, and shows when it was altered."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from matcher.clock import LONDON
from matcher.consent import chain_problems, history, withdraw
from matcher.model import ConsentEvent, ConsentText, Decision, How, Purpose, State
from matcher.storage import Store, ledger_end, reading
from matcher.storage.guards import GUARDS

if TYPE_CHECKING:
    from tests.conftest import Network


def run(store: Store, *statements: str) -> None:
    """Raw SQL, as somebody with the key and a database tool would run it."""
    with store.writer.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


COLUMNS = (
    "member_key, purpose, decision, at, recorded_at, how, recorder, batch_id, text_digest, previous_hash, hash"
)
RAW_COPY = f"INTO consent_event (id, {COLUMNS}) SELECT {{id}}, {COLUMNS} FROM consent_event WHERE id = 1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_event SET decision = 'given'",
        "UPDATE OR REPLACE consent_event SET id = 2 WHERE id = 1",
        "DELETE FROM consent_event",
        "DELETE FROM consent_event WHERE id = 2",
        "INSERT OR REPLACE " + RAW_COPY.format(id=1),
        "INSERT OR REPLACE " + RAW_COPY.format(id=2),
        "REPLACE " + RAW_COPY.format(id="NULL"),
        "INSERT OR IGNORE " + RAW_COPY.format(id=1),
        "INSERT " + RAW_COPY.format(id=9),
    ],
)
def test_raw_sql_cannot_change_what_was_said(network: "Network", statement: str) -> None:
    ada = network.member("Ada")
    network.say(ada, Decision.GIVEN)
    network.say(ada, Decision.WITHDRAWN)
    with pytest.raises(IntegrityError, match="the ledger only grows"):
        run(network.store, statement)
    assert network.state(ada) is State.WITHDRAWN
    assert chain_problems(network.store) == ()


def test_a_form_cannot_lift_a_spoken_no_even_by_raw_sql(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, Decision.REFUSED)
    with pytest.raises(IntegrityError, match="a form cannot lift a no"):
        run(
            network.store,
            f"INSERT INTO consent_event ({COLUMNS}) SELECT member_key, purpose, 'given',"
            " '2090-01-01 00:00:00.000000', recorded_at, 'form', recorder, batch_id, text_digest, hash, 'other'"
            " FROM consent_event",
        )


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE consent_event SET decision = 'given' WHERE id = 2", "entry 2 does not fit"),
        ("UPDATE consent_event SET at = '2020-01-01 00:00:00.000000' WHERE id = 1", "entry 1 does not fit"),
        ("UPDATE consent_event SET member_key = 'somebody else' WHERE id = 3", "entry 3 does not fit"),
        ("DELETE FROM consent_event WHERE id = 2", "entry 3 does not fit"),
        ("UPDATE consent_text SET evidence = 'yes' WHERE event_id = 2", "evidence of ledger entry 2"),
        ("UPDATE consent_text SET conditions = 'none' WHERE event_id = 2", "evidence of ledger entry 2"),
    ],
)  # fmt: skip
def test_a_tampered_row_is_found(network: "Network", statement: str, says: str) -> None:
    ada = network.member("Ada")
    for decision in (Decision.GIVEN, Decision.REFUSED, Decision.GIVEN):
        network.say(ada, decision)
    assert chain_problems(network.store) == ()
    run(
        network.store, "DROP TRIGGER ledger_no_update", "DROP TRIGGER ledger_no_delete",
        "DELETE FROM consent_text WHERE event_id = 2" if statement.startswith("DELETE") else "SELECT 1", statement,
    )  # fmt: skip
    assert any(says in problem for problem in chain_problems(network.store))


def test_erasing_the_words_keeps_the_chain(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, Decision.GIVEN)
    network.say(ada, Decision.WITHDRAWN)
    run(network.store, "DELETE FROM consent_text")
    assert chain_problems(network.store) == ()
    with reading(network.store) as session:
        assert [(d.decision, d.evidence) for d in history(session, ada)] == [
            (Decision.WITHDRAWN, ""),
            (Decision.GIVEN, ""),
        ]


def test_the_chain_holds_whatever_zone_a_moment_is_in(network: "Network") -> None:
    ada = network.member("Ada")
    network.say(ada, at=datetime(2026, 7, 1, 12, tzinfo=LONDON))
    network.form(ada, datetime(2026, 7, 2, 12, tzinfo=LONDON), {Purpose.MEDIA: Decision.REFUSED})
    assert chain_problems(network.store) == ()
    assert network.state(ada) is State.REFUSED


def test_the_ledger_names_nobody(network: "Network") -> None:
    ada = network.member("Zephyrine", last_name="Quillfeather", email="zq@example.org", phone="07700 900123")
    network.say(ada)
    withdraw(network.store, ada, how=How.WHATSAPP, evidence="Zephyrine wrote STOP")
    with reading(network.store) as session:
        rows = session.scalars(select(ConsentEvent)).all()
        written = " ".join(str(value) for row in rows for value in vars(row).values())
        assert session.query(ConsentText).count() == len(rows)
    for name in ("Zephyrine", "Quillfeather", "zq@example.org", "900123"):
        assert name not in written


def cut_off(store: Store) -> None:
    """Take the newest entry away, as somebody with the key and a database tool can."""
    with store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_no_delete")
        newest = "(SELECT max(id) FROM consent_event)"
        connection.exec_driver_sql(f"DELETE FROM consent_text WHERE event_id = {newest}")
        connection.exec_driver_sql(f"DELETE FROM consent_event WHERE id = {newest}")
        connection.exec_driver_sql(GUARDS["ledger_no_delete"])


def test_an_end_that_was_cut_off_is_missed_and_stays_missed(network: "Network") -> None:
    ada = network.member("Ada")
    for decision in (Decision.GIVEN, Decision.REFUSED):
        network.say(ada, decision)
    assert chain_problems(network.store) == ()
    cut_off(network.store)
    missed = ("the ledger of permissions held 2 entries, and its end was cut off or exchanged",)
    assert chain_problems(network.store) == missed
    network.say(ada, Decision.GIVEN, Purpose.POLICY)
    network.say(ada, Decision.GIVEN, Purpose.SECTOR)
    assert chain_problems(network.store) == missed
    assert chain_problems(network.reopen()) == missed


def test_an_older_copy_of_the_database_is_noticed(network: "Network") -> None:
    ada = network.willing("Ada")
    network.reopen().close()
    path = network.store.path / "data.db"
    before = path.read_bytes()
    withdraw(network.reopen(), ada)
    network.store.close()
    path.write_bytes(before)
    assert len(chain_problems(network.reopen())) == 1


def test_the_note_of_the_end_cannot_be_made_up_or_left_out(network: "Network") -> None:
    network.willing("Ada")
    note = network.store.path / "ledger.end"
    kept = note.read_bytes()
    for content in (kept.replace(b'"entries": 1', b'"entries": 0'), b"", b"[]", b'{"entries": 1}'):
        note.write_bytes(content)
        assert "missing or was altered" in chain_problems(network.store)[0]
        assert "missing or was altered" in chain_problems(network.reopen())[0]
    note.write_bytes(kept)
    assert chain_problems(network.store) == ()


def test_a_crash_before_the_end_was_noted_is_caught_up_at_opening(network: "Network") -> None:
    ada, note = network.willing("Ada"), network.store.path / "ledger.end"
    behind = note.read_bytes()
    network.say(ada, Decision.REFUSED)
    noted = note.read_bytes()
    note.write_bytes(behind)
    assert chain_problems(network.reopen()) == ()
    assert note.read_bytes() == noted


def test_a_store_from_before_the_end_was_noted_begins_to_note_it(network: "Network") -> None:
    network.willing("Ada")
    note = network.store.path / "ledger.end"
    note.unlink()
    with network.store.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM setting WHERE name = 'ledger.end_is_kept'")
    assert chain_problems(network.reopen()) == ()
    cut_off(network.store)
    assert chain_problems(network.store) != ()


def test_a_full_disk_under_the_note_of_the_end_costs_no_withdrawal(
    network: "Network", monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = network.willing("Ada")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ledger_end, "write_durably", full)
        network.say(ada, Decision.WITHDRAWN)
    assert network.state(ada) is State.WITHDRAWN
    assert chain_problems(network.store) == ()
    network.say(ada, Decision.REFUSED)
    cut_off(network.store)
    assert chain_problems(network.store) != ()
