"""How long things are kept: what is due is listed, only what was chosen goes, and it is gone."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from matcher import clock
from matcher.consent import (
    Kept,
    RetentionRules,
    change_rights,
    delete_overdue,
    due_for_deletion,
    erase,
    log_rights,
    retention_rules,
    save_retention_rules,
    undo,
)
from matcher.directory import list_members
from matcher.errors import UserError
from matcher.files.readers.documents import read_document
from matcher.model import Answer, Change, Enquiry, OutFile, Request, RequestFile, RightsKind, Stage, StageMove
from matcher.outreach import ask, export_workbook, reply
from matcher.storage import reading, work
from matcher.triage import answer_question, list_questions, log_request, read_request

if TYPE_CHECKING:
    from tests.conftest import Network

At = Callable[[str], datetime]
THEN, NOW = "2022-03-01T09:00:00+00:00", "2026-11-23T09:00:00+00:00"


def due(network: "Network", kind: Kept) -> list[int]:
    return [one.id for one in due_for_deletion(network.store) if one.kind is kind]


def test_who_was_not_heard_from_is_due_and_nobody_else(network: "Network", at: At) -> None:
    at(THEN)
    silent, lately, awaited = network.willing("Ada"), network.willing("Bea"), network.willing("Cai")
    old = network.member("Dot", joined_on=date(2015, 5, 1))
    at(NOW)
    new = network.member("Eve")
    network.say(lately)
    ask(network.store, network.request(), [awaited])
    assert due(network, Kept.MEMBER) == [old, silent]
    assert {lately, awaited, new} <= {row.id for row in list_members(network.store)}
    assert delete_overdue(network.store, [(Kept.MEMBER, silent), (Kept.MEMBER, new)]).kept == 1
    assert due(network, Kept.MEMBER) == [old]
    assert silent not in {row.id for row in list_members(network.store)}
    assert new in {row.id for row in list_members(network.store)}


def test_an_answer_long_ago_counts_from_its_day(network: "Network", at: At) -> None:
    at(THEN)
    ada = network.willing("Ada")
    at("2023-11-22T09:00:00+00:00")
    request = network.request()
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.NO_THIS_TIME)
    at(NOW)
    assert due(network, Kept.MEMBER) == [ada]
    at("2026-11-20T09:00:00+00:00")
    assert due(network, Kept.MEMBER) == []


def letter(folder: Path, words: str) -> Path:
    path = folder / "letter.txt"
    path.write_text(words)
    return path


def test_the_original_of_a_closed_request_goes_for_good(network: "Network", at: At, tmp_path: Path) -> None:
    at(THEN)
    path = letter(tmp_path, "Dear all, I would like to interview six care workers for our study on night visits.")
    document, received = read_document(path), clock.now()
    logged = log_request(network.store, read_request(document, received), document, path.read_bytes(), received)
    at(NOW)
    assert due(network, Kept.REQUEST_FILE) == []  # it is still open
    at(THEN)
    with work(network.store, "close it") as unit:
        unit.session.get_one(Request, logged.id).stage = Stage.DONE
        unit.session.add(StageMove(request_id=logged.id, stage=Stage.DONE, at=unit.now))
    at(NOW)
    [file_id] = due(network, Kept.REQUEST_FILE)
    assert list(network.store.files.iterdir())
    delete_overdue(network.store, [(Kept.REQUEST_FILE, file_id)])
    assert list(network.store.files.iterdir()) == []
    with reading(network.store) as session:
        assert session.scalars(select(RequestFile)).all() == []
        assert session.get(Request, logged.id) is not None
        log = session.scalars(select(Change).where(Change.entity == "request_file")).all()
    assert all(change.before is None and change.after is None for change in log)


def test_an_answered_question_stays_as_a_count(network: "Network", at: At) -> None:
    at(THEN)
    ada = network.member("Ada")
    with work(network.store, "log a question") as unit:
        unit.session.add(Enquiry(member_id=ada, received_at=unit.now, about="pay", note="told me by the canal"))
    answer_question(network.store, list_questions(network.store)[0].id, "Acas")
    at(NOW)
    [number] = due(network, Kept.QUESTION)
    delete_overdue(network.store, [(Kept.QUESTION, number)])
    with reading(network.store) as session:
        kept = session.scalars(select(Enquiry)).one()
        log = str([(c.before, c.after) for c in session.scalars(select(Change))])
    assert (kept.note, kept.member_id, kept.signposted_to) == ("", None, "Acas")
    assert "canal" not in log
    assert due(network, Kept.QUESTION) == []


def test_an_old_workbook_goes_unless_it_was_changed(network: "Network", at: At, tmp_path: Path) -> None:
    at(THEN)
    for name in ("one.xlsx", "two.xlsx"):
        ada, request = network.willing(name), network.request()
        network.shortlist(request, ada)
        export_workbook(network.store, request, tmp_path / name)
    (tmp_path / "two.xlsx").write_bytes(b"filled in")
    at(NOW)
    found = [one for one in due_for_deletion(network.store) if one.kind is Kept.OWN_FILE]
    assert [bool(one.hers) for one in found] == [False, True]
    done = delete_overdue(network.store, [(one.kind, one.id) for one in found])
    assert (done.deleted, done.kept) == (1, 1)
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["two.xlsx"]
    (tmp_path / "two.xlsx").unlink()
    [left] = [one for one in due_for_deletion(network.store) if one.kind is Kept.OWN_FILE]
    assert left.hers == ""
    delete_overdue(network.store, [(left.kind, left.id)])
    with reading(network.store) as session:
        assert set(session.scalars(select(OutFile.state))) == {"deleted"}


def test_an_answered_case_goes(network: "Network", at: At) -> None:
    at(THEN)
    case = log_rights(network.store, RightsKind.COMPLAINT, who="A neighbour", note="wrote from the canal").case_id
    at(NOW)
    assert due(network, Kept.RIGHTS) == []
    at(THEN)
    change_rights(network.store, case, settled_on=clock.today())
    at(NOW)
    assert due(network, Kept.RIGHTS) == [case]
    delete_overdue(network.store, [(Kept.RIGHTS, case)])
    with reading(network.store) as session:
        assert "canal" not in str([(c.before, c.after) for c in session.scalars(select(Change))])
    assert due_for_deletion(network.store) == ()


@pytest.mark.usefixtures("frozen")
def test_rules_are_kept_checked_and_undone(network: "Network") -> None:
    usual = retention_rules(network.store)
    assert usual == RetentionRules()
    step = save_retention_rules(network.store, RetentionRules(question_months=3))
    assert retention_rules(network.store).question_months == 3
    assert save_retention_rules(network.store, RetentionRules(question_months=3)) is None
    undo(network.store, step)
    assert retention_rules(network.store) == usual
    with pytest.raises(UserError, match="0 to 600"):
        save_retention_rules(network.store, RetentionRules(question_months=-1))


def test_what_is_kept_for_good_is_never_due(network: "Network", at: At) -> None:
    at(THEN)
    ada = network.willing("Ada")
    at(NOW)
    assert due(network, Kept.MEMBER) == [ada]
    save_retention_rules(network.store, RetentionRules(silent_member_months=0))
    assert due(network, Kept.MEMBER) == []
    assert delete_overdue(network.store, [(Kept.MEMBER, ada)]).deleted == 0


def test_who_was_erased_is_not_due(network: "Network", at: At) -> None:
    at(THEN)
    ada = network.willing("Ada")
    erase(network.store, ada)
    at(NOW)
    assert due_for_deletion(network.store) == ()
