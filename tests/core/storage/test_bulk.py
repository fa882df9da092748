"""Many rows are stored as one would be: what a column shares is worked out once, nothing is taken for another."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from matcher.clock import LONDON
from matcher.model import Member
from matcher.storage import reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LISTS: tuple[Any, ...] = ([1], [True], [1.0], ["1"], "[1]", None, [], [1])
SUMMER = datetime(2026, 7, 1, 12, 30, tzinfo=LONDON)
ANSWERED = (SUMMER, SUMMER.astimezone(UTC), None, SUMMER.replace(microsecond=5))


def columns(count: int, **given: Any) -> dict[str, Any]:
    common = {"created_at": [NOW] * count, "shared_phone": [False] * count}
    return {"member_key": [f"key {number}" for number in range(count)], **common, **given}


def test_values_that_are_equal_in_python_alone_stay_apart(network: "Network") -> None:
    with work(network.store, "import") as unit:
        unit.insert_columns(Member, columns(len(LISTS), conditions=LISTS))
    with reading(network.store) as session:
        kept = session.scalars(select(Member.conditions).order_by(Member.id)).all()
    assert [repr(one) for one in kept] == [repr(one) for one in LISTS]


def test_moments_are_kept_in_utc_and_a_column_without_any_value_is_empty(network: "Network") -> None:
    with work(network.store, "import") as unit:
        unit.insert_columns(Member, columns(4, last_answer_at=ANSWERED, first_name=[None] * 4))
        one = Member(member_key="one", created_at=NOW, shared_phone=False, last_answer_at=SUMMER)
        unit.session.add(one)
    with reading(network.store) as session:
        members = session.scalars(select(Member).order_by(Member.id)).all()
    assert [member.last_answer_at for member in members] == [*ANSWERED, SUMMER]
    assert {member.first_name for member in members} == {None}


def test_a_moment_without_a_zone_is_refused(network: "Network") -> None:
    with pytest.raises(ValueError, match="time zone"), work(network.store, "import") as unit:
        unit.insert_columns(Member, columns(1, last_answer_at=[datetime(2026, 1, 1)]))  # noqa: DTZ001
