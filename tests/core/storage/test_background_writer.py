"""Many rows are written while the next are made ready: order, log and faults are those of one thread."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from matcher.errors import Cancelled, UserError
from matcher.model import Batch, Change, Member
from matcher.storage import reading, work
from matcher.storage.unit_of_work import _MANY

if TYPE_CHECKING:
    from tests.conftest import Network

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def rows(count: int, **given: Any) -> list[dict[str, Any]]:
    return [
        {"first_name": f"Ada {number}", "created_at": NOW, "shared_phone": False, **given}
        for number in range(count)
    ]


def counted(network: "Network") -> tuple[int, int, int]:
    """Members, entries of the log, steps."""
    with reading(network.store) as session:
        members, changes, steps = (
            session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Member, Change, Batch)
        )
    return members, changes, steps


def test_whatever_is_asked_sees_all_that_was_said_before(network: "Network") -> None:
    with work(network.store, "import") as unit:
        ids = unit.insert(Member, rows(3 * _MANY))
        assert unit.session.scalar(select(func.count()).select_from(Member)) == len(ids)
        ids += unit.insert(Member, rows(2))
        added = Member(first_name="Bea", created_at=NOW, shared_phone=False)
        unit.session.add(added)
        unit.session.flush()
        ids += [added.id, *unit.insert(Member, rows(2))]
        assert unit.session.get_one(Member, ids[-1]).first_name == "Ada 1"
    assert ids == list(range(1, 3 * _MANY + 6))
    assert counted(network) == (len(ids), len(ids), 1)


def test_a_fault_that_shows_late_leaves_nothing(network: "Network") -> None:
    before = counted(network)
    with pytest.raises(UserError, match="Nothing was changed"), work(network.store, "import") as unit:
        unit.insert(Member, rows(2 * _MANY, member_key="the same"))
    assert counted(network) == before


def too_many(network: "Network") -> None:
    """More rows than there is space for."""
    with work(network.store, "import") as unit:
        pages = unit.session.scalar(text("PRAGMA page_count")) or 0
        unit.session.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
        unit.insert(Member, rows(4 * _MANY))


def test_a_full_disk_is_told_as_one(network: "Network") -> None:
    before = counted(network)
    with pytest.raises(UserError, match="could not be written"):
        too_many(network)
    with network.store.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
    assert counted(network) == before


def cancelled(network: "Network") -> None:
    with work(network.store, "import") as unit:
        unit.insert(Member, rows(4 * _MANY))
        raise Cancelled


def test_what_is_cancelled_leaves_nothing(network: "Network") -> None:
    before = counted(network)
    with pytest.raises(Cancelled):
        cancelled(network)
    assert counted(network) == before
    with work(network.store, "import") as unit:
        unit.insert(Member, rows(1))
    assert counted(network)[0] == before[0] + 1
