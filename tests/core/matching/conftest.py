"""A small network in a store of its own, everybody willing unless a test says otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher import clock
from matcher.consent import Permission, record
from matcher.model import Brief, Decision, How, Member, Purpose, Request, RequestKind, Stage
from matcher.storage import Store, work

AddMember = Callable[..., int]
AddRequest = Callable[..., int]


@pytest.fixture
def store(frozen: object, store: Store) -> Store:
    """A fresh store on that Monday."""
    return store


@pytest.fixture
def add_member(store: Store) -> AddMember:
    """Add a member with these columns; every permission is given except those in ``without`` (refused)."""

    def add(without: tuple[Purpose, ...] = (), **columns: Any) -> int:
        with work(store, "add member") as unit:
            member = Member(created_at=unit.now, **columns)
            unit.session.add(member)
            unit.session.flush()
            for purpose in Purpose:
                decision = Decision.REFUSED if purpose in without else Decision.GIVEN
                record(unit, Permission(member.id, purpose, decision, clock.now(), How.FORM, "test evidence"))
            return member.id

    return add


@pytest.fixture
def add_request(store: Store) -> AddRequest:
    """Log a request with this brief."""

    def add(brief: Brief, kind: RequestKind = RequestKind.REQUEST) -> int:
        with work(store, "log request") as unit:
            request = Request(kind=kind, stage=Stage.NEW, received_at=unit.now, created_at=unit.now)
            request.brief = brief
            unit.session.add(request)
            unit.session.flush()
            return request.id

    return add
