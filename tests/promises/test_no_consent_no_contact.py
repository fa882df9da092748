"""Promise 10: whatever happened before, nobody is asked, exported or shared without her permission."""

import contextlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.consent import chain_problems, undo, withdraw
from matcher.errors import UserError
from matcher.model import ConsentEvent, Decision, Invitation, Member, OutFile, Purpose
from matcher.outreach import ask, export_workbook
from matcher.storage import reading, work

if TYPE_CHECKING:
    from tests.conftest import Network, NewNetwork

EXAMPLES = int(os.environ.get("MATCHER_HISTORIES", "20"))
PEOPLE = 4
WHO = st.integers(0, PEOPLE - 1)
DECISIONS = st.sampled_from([Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN])
WHEN = st.integers(-5, 400)
STEPS = st.one_of(
    st.tuples(st.just("say"), WHO, DECISIONS, WHEN),
    st.tuples(st.just("form"), WHO, DECISIONS | st.none(), WHEN),
    st.tuples(st.just("withdraw"), WHO),
    st.tuples(st.just("merge"), WHO, WHO),
    st.tuples(st.just("undo"), st.integers(0, 3)),
    st.tuples(st.just("raw"), WHO),
    st.tuples(st.just("raw form"), WHO),
)
T0 = datetime(2026, 1, 1, tzinfo=UTC)
NO = (Decision.REFUSED, Decision.WITHDRAWN)


def may_ask(session: Session, member_id: int) -> bool:
    """The rule told once more, in plain Python: every record of hers that decided says yes, and one did."""
    member = session.get_one(Member, member_id)
    if member.merged_into is not None:
        return False
    records = session.scalars(select(Member).where((Member.id == member_id) | (Member.merged_into == member_id)))
    last_words = []
    for record in records:
        events = session.scalars(select(ConsentEvent).where(ConsentEvent.member_key == record.member_key)).all()
        voided = {event.voids for event in events}
        counted = [e for e in events if e.decision is not Decision.VOID and e.id not in voided]
        if counted:
            last_words.append(max(counted, key=lambda e: (e.at, e.id)).decision)
    return bool(last_words) and not set(last_words) & set(NO)


def take(network: "Network", people: list[int], step: tuple[Any, ...]) -> None:
    """Let one thing happen; what the program refuses has not happened."""
    what, *how = step
    person = people[how[0]] if how and what != "undo" else 0
    with contextlib.suppress(UserError, IntegrityError):
        if what == "say":
            network.say(person, how[1], at=T0 + timedelta(days=how[2]))
        elif what == "form":
            network.form(person, T0 + timedelta(days=how[2]), {Purpose.MEDIA: how[1]} if how[1] else {})
        elif what == "withdraw":
            withdraw(network.store, person)
        elif what == "merge" and how[0] != how[1]:
            with work(network.store, "merge members") as unit:
                keep, away = (unit.session.get_one(Member, people[i]) for i in how[:2])
                if keep.merged_into is None and away.merged_into is None:
                    away.merged_into = keep.id
                    for alias in unit.session.scalars(select(Member).where(Member.merged_into == away.id)):
                        alias.merged_into = keep.id
        elif what == "undo":
            with reading(network.store) as session:
                newest = session.execute(text("SELECT max(id) FROM batch")).scalar_one()
            undo(network.store, newest - how[0])
        elif what.startswith("raw"):
            raw(network, person, what)


def raw(network: "Network", person: int, what: str) -> None:
    """What somebody with the key and a database tool might try."""
    statements = {
        "raw": "UPDATE consent_event SET decision = 'given'",
        "raw form": "INSERT OR REPLACE INTO consent_event SELECT * FROM consent_event ORDER BY at LIMIT 1",
    }
    with network.store.writer.begin() as connection:
        connection.execute(text(statements[what]))


def remaining(network: "Network", people: list[int]) -> list[int]:
    with reading(network.store) as session:
        return [person for person in people if session.get(Member, person)]


@given(st.lists(STEPS, max_size=10))
@settings(max_examples=EXAMPLES, deadline=None)
def test_nobody_is_asked_or_exported_without_consent(
    new_network: "NewNetwork", tmp_path_factory: pytest.TempPathFactory, history: list[tuple[Any, ...]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("out")
    with new_network() as network:
        store = network.store
        people = [network.member(f"P{i}", phone="07700 900123") for i in range(PEOPLE)]
        request = network.request()
        with reading(store) as session:
            prepared = session.execute(text("SELECT max(id) FROM batch")).scalar_one()
        for step in history:
            if step[0] == "undo":
                with reading(store) as session:
                    newest = session.execute(text("SELECT max(id) FROM batch")).scalar_one()
                if newest - step[1] <= prepared:
                    continue
            take(network, people, step)
        with reading(store) as session:
            allowed = {person for person in people if may_ask(session, person)}
        assert chain_problems(store) == ()
        for person in people:
            with contextlib.suppress(UserError):
                ask(store, request, [person])
            with contextlib.suppress(IntegrityError), store.writer.begin() as connection:
                connection.execute(
                    text(
                        "INSERT OR REPLACE INTO invitation (request_id, member_id, state, volunteered,"
                        f" override_reason, session, note) VALUES ({request}, {person}, 'asked', 0, '', '', '')"
                    )
                )
        with reading(store) as session:
            asked = set(session.scalars(select(Invitation.member_id)))
        assert asked == allowed
        network.shortlist(request, *people)
        with contextlib.suppress(UserError):
            export_workbook(store, request, folder / "out.xlsx")
        with reading(store) as session:
            exported = set(session.scalars(select(OutFile.id)))
        assert bool(exported) == (allowed == set(people)) == (folder / "out.xlsx").exists()


@pytest.mark.parametrize("guard", ["ask_needs_permission", "ledger_no_update", "ledger_no_replace"])
def test_without_its_guard_raw_sql_would_get_through(network: "Network", guard: str) -> None:
    """The proof that the guards do the work: with one taken away, what it stops happens."""
    ada, request = network.member("Ada"), network.request()
    network.say(ada, Decision.GIVEN)
    network.say(ada, Decision.REFUSED)
    statement = {
        "ask_needs_permission": "INSERT INTO invitation (request_id, member_id, state, volunteered,"
        f" override_reason, session, note) VALUES ({request}, {ada}, 'asked', 0, '', '', '')",
        "ledger_no_update": "UPDATE consent_event SET decision = 'given'",
        "ledger_no_replace": "INSERT OR REPLACE INTO consent_event SELECT * FROM consent_event WHERE id = 1",
    }[guard]
    with pytest.raises(IntegrityError), network.store.writer.begin() as connection:
        connection.execute(text(statement))
    with network.store.writer.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        connection.execute(text(statement))
