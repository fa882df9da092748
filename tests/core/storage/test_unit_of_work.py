"""A unit of work: all of it or nothing, and every value that changed is in the log."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from matcher.clock import LONDON
from matcher.errors import UserError
from matcher.model import Batch, Change, Member, Request, Requester, Setting
from matcher.storage import Store, put_setting, reading, revision, setting, work

if TYPE_CHECKING:
    from tests.conftest import Network


def log_of(store: Store, entity: str) -> list[tuple[str, str, Any, Any]]:
    with reading(store) as session:
        found = session.scalars(select(Change).where(Change.entity == entity).order_by(Change.id))
        return [(c.entity_id, c.field, c.before, c.after) for c in found]


def batches(store: Store) -> list[str]:
    with reading(store) as session:
        return list(session.scalars(select(Batch.what).order_by(Batch.id)))


def test_a_row_that_comes_changes_and_goes_is_logged(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds", care_types=["dementia"], joined_on=date(2025, 3, 1))
    with work(network.store, "edit") as unit:
        member = unit.session.get_one(Member, member_id)
        member.town, member.care_types, member.joined_on = "York", ["dementia", "personal"], None
        member.last_answer_at = datetime(2026, 6, 1, 12, tzinfo=LONDON)
    with work(network.store, "remove") as unit:
        unit.session.delete(unit.session.get_one(Member, member_id))
    first, *edits, last = log_of(network.store, "member")
    assert first == ("1", "*", None, "new")
    assert sorted(edits) == [
        ("1", "care_types", ["dementia"], ["dementia", "personal"]),
        ("1", "joined_on", "2025-03-01", None),
        ("1", "last_answer_at", None, "2026-06-01T11:00:00+00:00"),
        ("1", "town", "Leeds", "York"),
    ]
    assert last[1] == "*"
    assert last[3] is None
    assert (last[2]["town"], last[2]["first_name"]) == ("York", "Ada")


def test_bulk_rows_are_logged_in_order(network: "Network") -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [{"first_name": name, "created_at": now, "shared_phone": False} for name in ("Ada", "Bea", "Cai")]
    with work(network.store, "import") as unit:
        ids = unit.insert(Member, rows)
    with reading(network.store) as session:
        assert [session.get_one(Member, i).first_name for i in ids] == ["Ada", "Bea", "Cai"]
        assert len({m.member_key for m in session.scalars(select(Member))}) == 3
    assert [entry[0] for entry in log_of(network.store, "member")] == [str(i) for i in ids]


def test_however_many_rows_come_at_once_each_stands_in_its_order_and_in_the_log(network: "Network") -> None:
    names = [f"settings.{number:04}" for number in range(7_003)]
    with work(network.store, "bulk") as unit:
        assert unit.insert(Setting, [{"name": name, "value": [name]} for name in names]) == names
    with reading(network.store) as session:
        stands = select(Setting.name, Setting.value).where(Setting.name.like("settings.%")).order_by(Setting.name)
        assert [tuple(row) for row in session.execute(stands)] == [(name, [name]) for name in names]
    assert log_of(network.store, "setting") == [(name, "*", None, "new") for name in names]


def test_setting_the_same_value_is_no_change(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds")
    before = batches(network.store)
    with work(network.store, "edit") as unit:
        unit.session.get_one(Member, member_id).town = "Leeds"
    assert batches(network.store) == before


def test_work_that_writes_nothing_leaves_no_step(store: Store) -> None:
    with reading(store) as session:
        before = revision(session)
    with work(store, "look around") as unit:
        unit.session.scalars(select(Member)).all()
    with reading(store) as session:
        assert revision(session) == before
    assert batches(store) == []


def test_an_exception_leaves_nothing(network: "Network") -> None:
    def bring_in() -> None:
        with work(network.store, "import") as unit:
            unit.session.add(Member(first_name="Ada", created_at=unit.now))
            unit.session.flush()
            raise RuntimeError("cable pulled")

    with pytest.raises(RuntimeError, match="cable"):
        bring_in()
    with reading(network.store) as session:
        assert session.scalar(select(Member.id)) is None
    assert batches(network.store) == []
    assert log_of(network.store, "member") == []


def test_a_broken_rule_of_the_database_is_a_sentence(network: "Network") -> None:
    with pytest.raises(UserError, match=r"Nothing was changed"), work(network.store, "twice") as unit:
        unit.session.execute(text("INSERT INTO setting (name, value) VALUES ('organisation.name', '1')"))
    with reading(network.store) as session:
        assert setting(session, "organisation.name") == "Lantern Network"


def test_a_new_parent_is_logged_before_its_child(store: Store) -> None:
    with work(store, "log a request") as unit:
        request = Request(title="t", audience="media", brief_json={}, received_at=unit.now, created_at=unit.now)
        request.requester = Requester(name="Sam", created_at=unit.now)
        unit.session.add(request)
    with reading(store) as session:
        assert list(session.scalars(select(Change.entity).order_by(Change.id))) == ["requester", "request"]


def test_a_flush_that_failed_leaves_no_trace_in_the_log(network: "Network") -> None:
    member_id = network.member("Ada", town="Leeds")
    with work(network.store, "try") as unit:
        member = unit.session.get_one(Member, member_id)
        with pytest.raises(IntegrityError, match="FOREIGN KEY"), unit.session.begin_nested():
            member.merged_into = 999
        member.town = "York"
    assert [entry[1:] for entry in log_of(network.store, "member")[1:]] == [("town", "Leeds", "York")]


def test_settings_come_back_and_are_logged(store: Store) -> None:
    with work(store, "settings") as unit:
        put_setting(unit, "rest.after_ask_days", 14)
        put_setting(unit, "organisation.name", "New name")
    with reading(store) as session:
        assert setting(session, "rest.after_ask_days") == 14
        assert setting(session, "organisation.name") == "New name"
        assert setting(session, "no.such", "fallback") == "fallback"
        assert session.get(Setting, "no.such") is None
    assert ("organisation.name", "value", "Lantern Network", "New name") in log_of(store, "setting")


def test_steps_are_numbered_upwards_and_dated(network: "Network", frozen: datetime) -> None:
    network.member("Ada")
    network.member("Bea")
    with reading(network.store) as session:
        found = session.execute(select(Batch.id, Batch.at).order_by(Batch.id)).all()
        assert revision(session) == found[-1].id
    assert [row.at for row in found] == [frozen, frozen]
    assert found[0].id < found[1].id
