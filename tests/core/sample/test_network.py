"""A whole sample store: written past every guard, open to all, nothing left of one that was cancelled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from matcher import clock
from matcher.consent import chain_problems, verdicts
from matcher.directory import list_partners
from matcher.errors import Cancelled, UserError
from matcher.model import (
    Attendance,
    ConsentEvent,
    ConsentText,
    Enquiry,
    Invitation,
    Meetup,
    Member,
    PartnerKind,
    Release,
    Request,
    ShortlistEntry,
    Stage,
    StageMove,
)
from matcher.sample import ORGANISATION, PASSPHRASE, make_sample
from matcher.storage import Store, open_store, published_passphrase, reading, setting

NOW = "2026-11-23T09:00"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_NOW", NOW)
        with make_sample(tmp_path_factory.mktemp("sample") / "lantern.matcher") as made:
            yield made


def _count(store: Store, mapped: type) -> int:
    with reading(store) as session:
        return session.scalar(select(func.count()).select_from(mapped)) or 0


def test_it_opens_with_its_published_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "small.matcher"
    make_sample(path, members=5).close()
    assert published_passphrase(path) == PASSPHRASE
    with open_store(path, PASSPHRASE) as store:
        assert _count(store, Member) == 5
        with reading(store) as session:
            assert setting(session, "organisation.name") == ORGANISATION


def test_partners_are_there_with_those_who_came_through_them(store: Store) -> None:
    found = list_partners(store)
    assert [partner.name for partner in found.partners if not partner.members] == []
    assert len(found.partners) == 5
    assert "Union branch" in next(one.spellings for one in found.partners if one.kind is PartnerKind.UNION)
    assert found.words  # and some are left to be linked by hand


def test_every_record_of_the_network_is_there(store: Store) -> None:
    assert _count(store, Member) == 300
    assert _count(store, Invitation) > 150
    assert _count(store, Release) >= 2
    assert _count(store, Meetup) == 4
    assert _count(store, Attendance) > 40
    assert _count(store, Enquiry) == 3
    assert _count(store, ShortlistEntry) == 0


def test_the_ledger_is_whole_and_its_evidence_says_sample(store: Store) -> None:
    assert not chain_problems(store)
    with reading(store) as session:
        assert set(session.scalars(select(ConsentText.evidence).distinct())) == {"sample"}


def test_nothing_lies_in_the_future_that_happened(store: Store) -> None:
    now = clock.instant(NOW)
    with reading(store) as session:
        for column in (Request.received_at, StageMove.at, Invitation.asked_at, ConsentEvent.at, Member.created_at):
            newest = session.scalars(select(column).order_by(column.desc()).limit(1)).one()
            assert newest is not None
            assert newest <= now, column


def test_the_gate_finds_every_kind_of_no(store: Store) -> None:
    rules: set[str] = set()
    with reading(store) as session:
        for request in session.scalars(select(Request).where(Request.stage != Stage.NOT_A_REQUEST)):
            found = verdicts(session, request, clock.instant(NOW).date()).values()
            rules |= {v.rule for v in found} | {"ask_first" for v in found if v.ask_first}
    assert {"no_permission", "refused", "withdrawn", "resting", "already_asked", "conflict", "ask_first"} <= rules


def test_the_chaser_is_merged_into_what_it_chases(store: Store) -> None:
    with reading(store) as session:
        chaser = session.scalars(select(Request).where(Request.stage == Stage.MERGED)).one()
        chased = session.get_one(Request, chaser.updates)
        assert chased.stage is Stage.ASKING
        assert chased.requester_id == chaser.requester_id


def test_a_taken_path_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "taken.matcher"
    path.mkdir()
    (path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError):
        make_sample(path, members=5)
    assert (path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_nothing_is_left_of_a_cancelled_one(tmp_path: Path) -> None:
    path = tmp_path / "cancelled.matcher"

    def cancel(done: int, total: int, what: str) -> None:
        if what == "asks":
            raise Cancelled

    with pytest.raises(Cancelled):
        make_sample(path, members=20, progress=cancel)
    assert not path.exists()
