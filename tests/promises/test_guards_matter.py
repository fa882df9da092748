"""Promise 10, the other way round: with a guard taken away, the histories find what it kept from happening.

Where two guards stand behind each other, the one in front must say no first: what only the database refuses counts
as a fault too (`Tally.late`), and with both taken away somebody is asked, exported or shared.
"""

import contextlib
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from tests.promises.histories import RELEASE_TRICKS, Ground
from tests.promises.world import Step

from matcher.consent import Verdict, aftermath, form_answers, ledger, permissions, proposals, release
from matcher.directory import merge
from matcher.model import Answer, Decision, How, Purpose, State
from matcher.outreach.meetups import inviting
from matcher.storage import Store, undo
from matcher.storage.guards import GUARDS

answers, asks, requester_sheet, workbook, consent_undo = map(
    import_module,
    (
        "matcher.outreach.answers",
        "matcher.outreach.asks",
        "matcher.outreach.requester_sheet",
        "matcher.outreach.workbook",
        "matcher.consent.undo",
    ),
)

YES, NO, STOP = Decision.GIVEN, Decision.REFUSED, Answer.STOP_ALL
SAID_YES = ("say", 0, 0, YES, 0, None)
SAID_NO = ("say", 0, 0, NO, 0, None)
YES_TO_EVENTS, NO_TO_EVENTS = ("say", 0, 2, YES, 0, None), ("say", 0, 2, NO, 0, None)
AGREED = [SAID_YES, ("ask", 0, 0), ("reply", 0, 0, Answer.YES)]


def drop(*names: str) -> Callable[[Store], None]:
    """Take triggers out of the database."""

    def prepare(store: Store) -> None:
        with store.writer.begin() as connection:
            for name in names:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")

    return prepare


def rewrite(name: str, *changes: tuple[str, str]) -> Callable[[Store], None]:
    """Put an altered view or trigger in the place of one: (a clause of it, what stands there instead)."""
    statement = GUARDS[name]
    for before, after in changes:
        assert before in statement
        statement = statement.replace(before, after)

    def prepare(store: Store) -> None:
        with store.writer.begin() as connection:
            connection.exec_driver_sql(
                f"DROP {'VIEW' if statement.startswith('CREATE VIEW') else 'TRIGGER'} {name}"
            )
            connection.exec_driver_sql(statement)

    return prepare


def both(*weaken: Callable[[Store], None]) -> Callable[[Store], None]:
    """Take away guards that stand behind each other."""

    def prepare(store: Store) -> None:
        for one in weaken:
            one(store)

    return prepare


without_the_triggers = drop("ask_needs_permission", "ask_again_needs_permission", "share_needs_her_yes")
"""They look up each person themselves: a view that says too much is not enough to ask somebody."""

IN_THE_DATABASE: dict[str, tuple[Callable[[Store], None], list[Step]]] = {
    "ledger_no_update": (
        drop("ledger_no_update"),
        [SAID_NO, ("raw_ledger", "UPDATE consent_event SET decision = 'given'")],
    ),
    "ledger_no_delete": (
        drop("ledger_no_delete"),
        [SAID_YES, SAID_NO, ("raw_ledger", "DELETE FROM consent_event WHERE decision = 'refused'")],
    ),
    "ledger_no_replace": (drop("ledger_no_replace"), [SAID_NO, ("raw_yes", 0, 0, How.PHONE, "replace")]),
    "ledger_in_order": (drop("ledger_in_order"), [("raw_yes", 0, 0, How.PHONE, "stale")]),
    "ledger_voids_no_no": (drop("ledger_voids_no_no"), [SAID_YES, SAID_NO, ("raw_void", 0, 0)]),
    "ledger_key_stays_hers": (drop("ledger_key_stays_hers"), [SAID_YES, ("raw_key", 1, 0)]),
    "ledger_form_lifts_no_spoken_no": (
        drop("ledger_form_lifts_no_spoken_no"),
        [SAID_NO, ("raw_yes", 0, 0, How.FORM, "last")],
    ),
    "ask_needs_permission": (drop("ask_needs_permission"), [("raw_ask", 0, 0, "")]),
    "ask_again_needs_permission": (
        drop("ask_again_needs_permission"),
        [SAID_YES, ("ask", 0, 0), SAID_NO, ("raw_reopen", 0, 0, "asked")],
    ),
    "invitation_needs_permission": (drop("invitation_needs_permission"), [("raw_invite", 0, "")]),
    "invitation_again_needs_permission": (
        drop("invitation_again_needs_permission"),
        [YES_TO_EVENTS, ("invite", 0), NO_TO_EVENTS, ("raw_come", 0, "coming")],
    ),
    "invitation_again_needs_permission, to another person": (
        rewrite("invitation_again_needs_permission", ("AND NEW.member_id = OLD.member_id", "")),
        [YES_TO_EVENTS, ("come", 0, True), ("raw_move_back", 0, 1)],
    ),
    "invitation_needs_permission, about this": (
        rewrite("invitation_needs_permission", ("AND latest.purpose = 'own_events'", "")),
        [SAID_YES, ("raw_invite", 0, "")],
    ),
    "share_needs_her_yes": (drop("share_needs_her_yes"), [SAID_YES, ("ask", 0, 0), ("raw_release", 0, 0, "")]),
    "share_no_replace": (drop("share_no_replace"), [*AGREED, ("sheet", 0, False), ("raw_hide_release", 2)]),
    "share_stays_logged": (drop("share_stays_logged"), [*AGREED, ("sheet", 0, False), ("raw_hide_release", 0)]),
    "share_stays_as_logged": (
        drop("share_stays_as_logged"),
        [*AGREED, ("sheet", 0, False), ("raw_hide_release", 1)],
    ),
    "member_permission": (
        both(rewrite("member_permission", ("CASE min(", "CASE max(")), without_the_triggers),
        [SAID_YES, ("say", 1, 0, NO, 0, None), ("merge", 0, 1)],
    ),
    "member_permission, the day it ends": (
        both(rewrite("member_permission", (">= matcher_today()", "IS NOT NULL")), without_the_triggers),
        [("say", 0, 0, YES, 0, 5), ("clock", 6)],
    ),
    "ask_needs_permission, a no is no": (
        rewrite(
            "ask_needs_permission", ("WHEN e.decision IN ('refused', 'withdrawn') THEN 'no'", "WHEN 0 THEN ''")
        ),
        [SAID_NO, ("raw_ask", 0, 0, "")],
    ),
    "ask_needs_permission, the last word": (
        rewrite(
            "ask_needs_permission", ("ORDER BY latest.at DESC, latest.id DESC", "ORDER BY latest.at, latest.id")
        ),
        [SAID_YES, SAID_NO, ("raw_ask", 0, 0, "")],
    ),
    "ask_needs_permission, about this": (
        rewrite(
            "ask_needs_permission",
            ("AND latest.purpose = CASE r.audience WHEN 'own' THEN 'own_events' ELSE r.audience END", ""),
        ),
        [("say", 0, 1, YES, 0, None), ("raw_ask", 0, 0, "")],
    ),
    "ask_needs_permission, what was undone": (
        rewrite(
            "ask_needs_permission",
            ("AND NOT EXISTS (SELECT 1 FROM consent_event AS v WHERE v.voids = latest.id)", ""),
        ),
        [SAID_YES, ("undo", 0), ("raw_ask", 0, 0, "")],
    ),
    "ask_needs_permission, the day it ends": (
        rewrite("ask_needs_permission", ("e.expires_on >= matcher_today()", "1")),
        [("say", 0, 0, YES, 0, 5), ("clock", 6), ("raw_ask", 0, 0, "")],
    ),
    "ask_needs_permission, every record of hers": (
        rewrite("ask_needs_permission", ("coalesce(m.merged_into, m.id) =", "m.id =")),
        [SAID_YES, ("say", 1, 0, NO, 0, None), ("merge", 0, 1), ("raw_ask", 0, 0, "")],
    ),
    "ask_again_needs_permission, to another person": (
        rewrite("ask_again_needs_permission", ("OR NEW.member_id <> OLD.member_id", "OR 0")),
        [SAID_YES, ("ask", 0, 0), ("reply", 0, 0, Answer.NO_THIS_TIME), ("raw_move_ask", 0, 1, 0)],
    ),
    "share_needs_her_yes, her answer": (
        rewrite("share_needs_her_yes", ("AND i.state IN ('yes', 'done')", "")),
        [SAID_YES, ("ask", 0, 0), ("raw_release", 0, 0, "")],
    ),
    "share_needs_her_yes, hers and nobody else's": (
        rewrite("share_needs_her_yes", ("AND i.member_id = NEW.member_id", "")),
        [*AGREED, ("say", 1, 0, YES, 0, None), ("raw_release", 1, 0, "")],
    ),
    "share_needs_her_yes, to this request": (
        rewrite("share_needs_her_yes", ("AND i.request_id = NEW.request_id", "")),
        [*AGREED, ("raw_release", 0, 1, "", 0)],
    ),
    "share_needs_her_yes, her permission": (
        rewrite("share_needs_her_yes", ("e.expires_on >= matcher_today()", "1")),
        [("say", 0, 0, YES, 0, 5), *AGREED[1:], ("clock", 6), ("raw_release", 0, 0, "")],
    ),
    "permission_now": (
        both(rewrite("permission_now", ("AND NOT EXISTS", "AND 1 OR NOT EXISTS")), without_the_triggers),
        [SAID_YES, ("undo", 0)],
    ),
}


def with_tricks(steps: list[Step]) -> list[Step]:
    """The steps, with tricks named by their place in `RELEASE_TRICKS` spelled out."""
    return [(step[0], RELEASE_TRICKS[step[1]]) if step[0] == "raw_hide_release" else step for step in steps]


def test_no_guard_of_the_database_is_left_out() -> None:
    assert set(GUARDS) <= set(IN_THE_DATABASE)


@pytest.mark.parametrize("name", IN_THE_DATABASE)
def test_a_guard_of_the_database(ground: Ground, name: str) -> None:
    weaken, named = IN_THE_DATABASE[name]
    steps = with_tricks(named)
    assert not any(ground.live(steps).tally.violations().values())
    assert any(ground.live(steps, weaken).tally.violations().values())


class Everything(dict[Any, Any]):
    """Permissions of a program that takes everybody for willing."""

    def get(self, key: Any, default: Any = None) -> Any:
        return State.GIVEN if isinstance(key, Purpose) else self


def unchecked(send_out: Callable[..., int]) -> Callable[..., int]:
    return lambda *where, **what: send_out(*where, **(what | {"check": lambda unit, out: None}))


Patch = Callable[[pytest.MonkeyPatch], None]


def put(owner: Any, name: str, value: Any) -> Patch:
    return lambda patch: patch.setattr(owner, name, value, raising=name != "max")


IN_THE_PROGRAM: dict[str, tuple[Patch, list[Step]]] = {
    "the check before asking": (
        put(asks, "check_may_ask", lambda *_: None),
        [SAID_NO, ("ask", 0, 0)],
    ),
    "the check before an export": (
        put(workbook, "check_may_ask", lambda *_: None),
        [SAID_YES, ("ask", 0, 0), SAID_NO, ("list", 0, (0,)), ("export", 0)],
    ),
    "the check within the transaction of the file": (
        put(workbook, "send_out", unchecked(workbook.send_out)),
        [SAID_NO, ("list", 0, (0,)), ("export", 0)],
    ),
    "the check of an answer": (
        put(answers, "_not_permitted", lambda *_: ("", "")),
        [("say", 0, 0, YES, 0, 5), ("ask", 0, 0), ("clock", 6), ("reply", 0, 0, Answer.YES)],
    ),
    "the permission behind a release": (
        put(release, "states", lambda _session: Everything()),
        [("say", 0, 0, YES, 0, 5), ("ask", 0, 0), ("reply", 0, 0, Answer.YES), ("clock", 6), ("sheet", 0, False)],
    ),
    "a form lifts no spoken no": (
        put(form_answers._Heard, "is_spoken_no", property(lambda self: False)),
        [SAID_NO, ("clock", 9), ("form", 0, 0, YES, 8)],
    ),
    "a yes under a wrong date lifts nothing": (
        put(form_answers, "_is_dated", lambda at, now: at is not None),
        [("form", 0, 0, NO, -1), ("form", 0, 0, YES, 30)],
    ),
    "a no overrides a yes under a wrong date": (
        put(form_answers._Past, "is_dated", lambda self, entry: True),
        [("clock", 20), ("form", 0, 0, YES, 30), ("clock", 21), ("form", 0, 0, NO, 8)],
    ),
    "a no counts from when it is recorded": (
        put(permissions, "max", lambda first, *_: first),
        [("clock", 20), ("say", 0, 0, YES, 9, None), ("say", 0, 0, NO, 1, None)],
    ),
    "unticking is a no": (
        put(form_answers, "_news", lambda before, said, *_: said),
        [SAID_YES, ("clock", 9), ("form", 0, 0, None, 8)],
    ),
    "an older file lifts nothing": (
        put(form_answers, "_news", lambda before, said, at, now: said if said is not NO else None),
        [("clock", 20), ("form", 0, 0, YES, 5), ("form", 0, 0, NO, 9)],
    ),
    "an older no stands again": (
        put(form_answers, "_is_older_no", lambda *_: False),
        [("clock", 60), ("form", 0, 0, YES, 1), ("form", 0, 0, YES, 50), ("form", 0, 0, NO, 20), ("undo", -2)],
    ),
    "a withdrawal means everything": (
        put(permissions, "ASKING", (Purpose.MEDIA,)),
        [("say", 0, 1, YES, 0, None), ("withdraw", 0), ("ask", 0, 2)],
    ),
    "an undo voids what was given": (
        put(consent_undo, "void_grants", lambda *_: []),
        [SAID_YES, ("undo", 0)],
    ),
    "an undo takes what rested on a yes": (
        put(ledger, "_left_without_support", lambda *_: []),
        [
            ("say", 0, 0, NO, 1, None),
            ("say", 0, 0, YES, 2, None),
            ("clock", 9),
            ("form", 0, 0, YES, 8),
            ("undo", 1),
        ],
    ),
    "an undo keeps every no": (
        put(ledger, "_GRANTS", frozenset(Decision)),
        [SAID_YES, SAID_NO, ("undo", 0)],
    ),
    "stop is a withdrawal": (
        put(answers, "_withdraw", lambda *_: None),
        [SAID_YES, ("ask", 0, 0), ("reply", 0, 0, STOP), ("ask", 0, 1)],
    ),
    "a new no overtakes an old yes that waits": (
        put(proposals, "_stands", lambda *_: True),
        [
            ("clock", 20),
            ("say", 0, 0, NO, 1, None),
            ("form", 0, 0, YES, 5),
            ("say", 0, 0, NO, 9, None),
            ("confirm",),
        ],
    ),
    "the check before inviting": (
        put(inviting, "check_may_invite", lambda _session, _meetup, ids: dict.fromkeys(ids, Verdict(True))),
        [NO_TO_EVENTS, ("invite", 0)],
    ),
    "a no takes her off own events": (
        put(aftermath, "_stop_invitations", lambda *_: None),
        [YES_TO_EVENTS, ("come", 0, True), NO_TO_EVENTS],
    ),
    "a no stops what is open": (put(permissions, "follow", lambda *_: None), [SAID_YES, ("ask", 0, 0), SAID_NO]),
    "a merge stops what is open": (
        put(merge, "follow_standing_noes", lambda *_: None),
        [SAID_YES, ("ask", 0, 0), ("say", 1, 0, NO, 0, None), ("merge", 0, 1)],
    ),
    "an undo stops what is open": (
        put(consent_undo, "follow_standing_noes", lambda *_: None),
        [SAID_NO, SAID_YES, ("ask", 0, 0), ("undo", 1)],
    ),
}


@pytest.mark.parametrize("name", IN_THE_PROGRAM)
def test_a_guard_of_the_program(ground: Ground, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    weaken, steps = IN_THE_PROGRAM[name]
    assert not any(ground.live(steps).tally.violations().values())
    weaken(monkeypatch)
    assert any(ground.live(steps).tally.violations().values())


def test_behind_the_program_stands_the_database(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the program's check gone the database refuses; with both gone, somebody is asked."""
    monkeypatch.setattr(asks, "check_may_ask", lambda *_: None)
    steps = [SAID_NO, ("ask", 0, 0)]
    kept = ground.live(steps).tally
    assert (kept.late, kept.asked_without) == (1, 0)
    assert ground.live(steps, drop("ask_needs_permission")).tally.asked_without > 0


def test_a_yes_from_before_a_withdrawal_is_held_by_three(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """What undo leaves stopped, what the release asks, what the database asks: each of them alone is enough."""
    steps = [*AGREED, ("withdraw", 0), SAID_YES, ("undo", 1), ("sheet", 0, False)]
    weaken: list[Callable[[], object]] = [
        lambda: monkeypatch.setattr(undo, "_OF_A_NO", frozenset()),
        lambda: monkeypatch.setattr(release, "_said_no_since", lambda *_: False),
    ]
    assert ground.live(steps, drop("share_needs_her_yes")).tally.released_without == 0
    for one in weaken:
        with contextlib.ExitStack() as back:
            back.callback(monkeypatch.undo)
            one()
            assert ground.live(steps).tally.released_without == 0
    for one in weaken:
        one()
    assert ground.live(steps).tally.released_without == 0
    assert ground.live(steps, drop("share_needs_her_yes")).tally.released_without > 0


def test_a_sheet_is_checked_where_it_is_recorded(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stands on a sheet that was made carelessly: the record says no, in words, and there is no file."""
    careful = requester_sheet.agreed

    def careless(*asked: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(release, "states", lambda _session: Everything())
            return careful(*asked)

    monkeypatch.setattr(requester_sheet, "agreed", careless)
    assert ground.live([*AGREED, ("sheet", 0, False)]).tally.released > 0
    ends = [("say", 0, 0, YES, 0, 5), *AGREED[1:], ("clock", 6), ("sheet", 0, False)]
    world = ground.live(ends)
    assert not any(world.tally.violations().values())
    assert world.tally.released == 0
    assert not list(world.folder.glob("*.xlsx"))
