"""Erasure: who somebody was is nowhere any more, what happened is still counted, and a no outlives her."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from matcher import clock
from matcher.consent import (
    Suppressed,
    chain_problems,
    erase,
    erasure,
    save_report,
    subject_report,
    to_do,
    undo,
    withdraw,
    would_erase,
)
from matcher.directory import edit_member, import_members, list_members, merge_members, plan_import
from matcher.errors import UserError
from matcher.files.readers.documents import read_document
from matcher.matching import rank
from matcher.model import Answer, Base, ConsentText, Enquiry, Invitation, Member, ShortlistEntry, State
from matcher.outreach import ask, reply, retractions, write_requester_sheet
from matcher.storage import Store, integrity_problems, reading, recent_batches, work
from matcher.storage.journal import entries
from matcher.triage import log_request, read_request

if TYPE_CHECKING:
    from tests.conftest import Network

CANARY = "Zephyrine Quillfeather"
FIRST, LAST = CANARY.split()
EMAIL, PHONE = "zephyrine.q@example.org", "07700 900987"
TRACES = (FIRST, LAST, EMAIL, "7700 900987", "7700900987", "canary story", "told me by the canal")
"""The number in both ways it is kept; its last six digits alone stand by chance in a fingerprint now and then."""


def everything_in(store: Store) -> str:
    """Every value of every table, as text."""
    with store.reader.connect() as connection:
        return json.dumps(
            [
                [str(value) for value in row]
                for table in Base.metadata.sorted_tables
                for row in connection.execute(select(table))
            ]
        )


def traces(store: Store) -> list[str]:
    found = everything_in(store)
    return [trace for trace in TRACES if trace in found]


def someone(network: "Network") -> int:
    member_id = network.willing(
        FIRST, last_name=LAST, email=EMAIL, phone=PHONE, experience_text="a canary story", employer=f"{LAST} Ltd"
    )
    edit_member(network.store, member_id, {"town": "Leeds"})
    return member_id


def test_nothing_of_her_is_left_and_the_chain_holds(network: "Network", tmp_path: Path) -> None:
    zeph, request = someone(network), network.request()
    network.shortlist(request, zeph)
    ask(network.store, request, [zeph])
    reply(network.store, request, zeph, Answer.YES, "told me by the canal")
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    assert traces(network.store)
    erased = erase(network.store, zeph)
    assert traces(network.store) == []
    assert chain_problems(network.store) == ()
    assert integrity_problems(network.store) == ()
    assert erased.member_id == zeph
    assert list_members(network.store) == ()
    with reading(network.store) as session:
        assert session.scalars(select(Invitation.state)).all()  # that somebody was asked stays counted
        assert session.scalars(select(ConsentText)).all() == []
    raw = b"".join(file.read_bytes() for file in network.store.path.rglob("*") if file.is_file())
    assert not any(trace.encode() in raw for trace in TRACES)


def test_what_must_be_told_is_listed_without_her_name(network: "Network") -> None:
    zeph, request = someone(network), network.request()
    ask(network.store, request, [zeph])
    reply(network.store, request, zeph, Answer.YES)
    assert erase(network.store, zeph).to_do == len(to_do(network.store)) > 0
    assert {item.name for item in to_do(network.store)} == {"(erased)"}


def test_a_record_that_was_deleted_before_leaves_nothing_in_the_log(network: "Network") -> None:
    zeph, request = someone(network), network.request()
    network.shortlist(request, zeph)
    with work(network.store, "note why") as unit:
        unit.session.scalars(select(ShortlistEntry)).one().why = {"quote": "a canary story"}
    withdraw(network.store, zeph)  # takes her off the list: the last snapshot stands in the log
    erase(network.store, zeph)
    assert traces(network.store) == []


def test_a_question_of_hers_leaves_nothing(network: "Network", tmp_path: Path) -> None:
    zeph = someone(network)
    path = tmp_path / "question.txt"
    path.write_text(
        f"Hiya, it's {FIRST} from the group. My manager says I don't get sick pay because I'm on zero hours, "
        f"is that right? Do I have any rights? My number is {PHONE}. Thanks, {CANARY}"
    )
    letter, at = read_document(path), clock.now()
    log_request(network.store, read_request(letter, at), letter, path.read_bytes(), at)
    with work(network.store, "note whose question it is") as unit:
        question = unit.session.scalars(select(Enquiry)).one()
        question.member_id, question.note = zeph, "a canary story"
    erase(network.store, zeph)
    assert traces(network.store) == []
    assert list(network.store.files.iterdir()) == []


def test_a_merged_record_goes_with_the_person(network: "Network") -> None:
    keep, away = network.willing("Zeph", email="other@example.org"), someone(network)
    merge_members(network.store, keep, away)
    erase(network.store, away)
    assert traces(network.store) == []
    assert "other@example.org" not in everything_in(network.store)
    with pytest.raises(UserError, match="erased already"):
        erase(network.store, keep)


@pytest.mark.parametrize("step", range(6))
def test_undoing_any_step_brings_nothing_back(network: "Network", step: int) -> None:
    zeph = someone(network)
    erased = erase(network.store, zeph)
    for batch in (erased.batch, *range(1, erased.batch))[step : step + 1]:
        undo(network.store, batch)
    assert traces(network.store) == []
    assert network.state(zeph) is State.NOT_GIVEN


def test_no_undo_is_offered_for_an_erasure(network: "Network") -> None:
    kept = network.member("Bea")
    erased = erase(network.store, someone(network))
    steps = {step.id: step.can_undo for step in recent_batches(network.store, 50)}
    assert steps[erased.batch] is False
    assert any(steps.values())
    undo(network.store)
    assert kept in {row.id for row in list_members(network.store)}


def test_who_was_erased_may_not_be_asked(network: "Network") -> None:
    zeph, request = someone(network), network.request()
    erase(network.store, zeph)
    with pytest.raises(UserError):
        ask(network.store, request, [zeph])


def test_she_is_known_again_by_mail_phone_or_name(network: "Network") -> None:
    erase(network.store, someone(network))
    erase(network.store, network.member("Nomail", last_name="Nophone"))
    with reading(network.store) as session:

        def known(email: str | None = None, phone: str | None = None, name: str = "") -> bool:
            return Suppressed(session, network.store).since(email, phone, name) is not None

        assert known(email=EMAIL.upper())
        assert known(phone="+44 7700 900987")
        assert known(name="nomail  nophone")
        assert not known(email="someone.else@example.org", name=CANARY)
        assert not known(phone="07700 900111")


def test_the_journal_holds_it_before_the_commit(network: "Network") -> None:
    zeph = someone(network)
    erase(network.store, zeph)
    noted = entries(network.store)
    assert "withdraw" in noted[-2]
    assert len(noted[-1]["erase"]) == 1
    assert len(noted[-1]["suppress"]) == 2


def test_nobody_unknown_is_erased(network: "Network") -> None:
    with pytest.raises(UserError, match="no member M9"):
        erase(network.store, 9)
    assert entries(network.store) == []


def test_she_leaves_the_ranking(network: "Network") -> None:
    zeph, bea, request = someone(network), network.willing("Bea"), network.request()
    assert {card.id for card in rank(network.store, request).everyone()} == {zeph, bea}
    erase(network.store, zeph)
    assert {card.id for card in rank(network.store, request).everyone()} == {bea}


def test_what_an_erasure_would_mean_is_known_before(network: "Network", tmp_path: Path) -> None:
    sheet = tmp_path / "sign-ups.csv"
    sheet.write_text(f"First name,Last name,Email\n{FIRST},{LAST},{EMAIL}\n")
    import_members(network.store, plan_import(network.store, sheet))
    [row] = list_members(network.store)
    network.say(row.id)
    request = network.request(requester="Sam Okoro")
    ask(network.store, request, [row.id])
    reply(network.store, request, row.id, Answer.YES)
    write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    save_report(network.store, subject_report(network.store, row.id), tmp_path / f"{CANARY}.html")
    would = would_erase(network.store, row.id)
    told = " / ".join(would.to_do)
    for words in ("Tell Sam Okoro", "sheet.xlsx", "the report on them", "sign-ups.csv"):
        assert words in told
    assert (would.asks, would.stopped) == (1, 1)
    [to_tell] = retractions(network.store, row.id)
    assert (to_tell.recipient, FIRST in to_tell.message) == ("Sam Okoro", True)
    erased = erase(network.store, row.id)
    assert tuple(one.about for one in to_do(network.store)) == would.to_do
    assert erased.to_do == len(would.to_do)
    assert traces(network.store) == []


def test_a_file_named_after_her_is_told_of_without_her_name(network: "Network", tmp_path: Path) -> None:
    zeph, request = someone(network), network.request()
    ask(network.store, request, [zeph])
    reply(network.store, request, zeph, Answer.YES)
    write_requester_sheet(network.store, request, tmp_path / f"{FIRST}-for-the-study.xlsx")
    withdraw(network.store, zeph)
    erase(network.store, zeph)
    assert traces(network.store) == []
    assert "named after them" in " ".join(one.about for one in to_do(network.store))


COUNTED = {
    "follow_up": {"kind", "about"}, "release": {"recipient", "shared_fields"}, "rights_case": {"kind", "how"},
    "enquiry": {"about", "nation", "signposted_to"},
}  # fmt: skip
"""Words that stay after an erasure, by table: of closed lists, about a requester, or written without a name."""


def test_no_table_about_a_member_keeps_words_that_were_not_thought_of() -> None:
    for mapper in Base.registry.mappers:
        table: Any = mapper.local_table
        about = any(key.column.table.name == "member" for key in table.foreign_keys)
        if not about or mapper.class_ is Member or mapper.class_ in erasure._GOES:
            continue
        words = {c.name for c in table.columns if str(c.type) in ("VARCHAR", "TEXT", "JSON")}
        handled = erasure._EMPTIED.get(mapper.class_, {}).keys() | COUNTED.get(table.name, set())
        assert words <= handled, table.name
