"""Outreach on Today: replies to chase, who to remind, who waits to be introduced, who owes what, old workbooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from matcher.outreach import (
    Debt,
    OldWorkbook,
    OpenAsk,
    Owed,
    ReadyWord,
    old_workbooks,
    owed,
    to_nudge,
    to_remind,
    unsettled,
)
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.models.words_due import place_of
from matcher_ui.widgets.today_rows import TodayItem
from matcher_ui.workspace import PageName, Place

Row = tuple[TodayItem, Place]
_DEBTS = {Debt.ANSWER: "Who took part", Debt.PAYMENT: "Payment", Debt.FINDINGS: "What came of it"}
_NAMED = 3


@dataclass(frozen=True, slots=True)
class OutreachFacts:
    """What of outreach needs her today."""

    nudge: tuple[ReadyWord, ...] = ()
    remind: tuple[ReadyWord, ...] = ()
    introduce: tuple[OpenAsk, ...] = ()
    owed: tuple[Owed, ...] = ()
    old: tuple[OldWorkbook, ...] = ()


def read_outreach(store: Store) -> OutreachFacts:
    """Read it all."""
    waiting = tuple(one for one in unsettled(store) if one.next_step == "introduce")
    old = tuple(one for one in old_workbooks(store) if one.why)
    return OutreachFacts(to_nudge(store), to_remind(store), waiting, owed(store), old)


def outreach_sections(facts: OutreachFacts, today: date) -> tuple[tuple[str, list[Row], PageName], ...]:
    """The sections with something in them: the title, a row for each request, and where all of it is."""
    sections: tuple[tuple[str, list[Row], PageName], ...] = (
        ("To remind of tomorrow", _words(facts.remind, "calendar"), "outreach"),
        ("Said yes, and wait to be introduced", _waiting(facts.introduce), "outreach"),
        ("Replies to chase", _words(facts.nudge, "reply"), "outreach"),
        ("Requesters who owe something", [_debt(one, today) for one in facts.owed], "requests"),
        ("Old workbooks to delete", [_file(one, today) for one in facts.old], "outreach"),
    )
    return tuple(section for section in sections if section[1])


def _words(words: Sequence[ReadyWord], icon: str) -> list[Row]:
    """One row for each request: who it is about, and the messages that are ready."""
    rows = []
    for (_request, title), group in groupby(words, lambda one: (one.request_id, one.title)):
        people = list(group)
        item = TodayItem(icon, title, names([one.name for one in people]), _messages(len(people)), button="Write")
        rows.append((item, place_of(people[0])))
    return rows


def _waiting(people: Sequence[OpenAsk]) -> list[Row]:
    rows = []
    for (request_id, title), group in groupby(people, lambda one: (one.ask.request_id, one.title)):
        mine = [one.ask for one in group]
        who = [one.name for one in mine]
        item = TodayItem("person", title, names(who), f"{len(who)} said yes", button="Introduce")
        rows.append((item, Place("request", request_id, "introduce", person=mine[0].member_id)))
    return rows


def _debt(one: Owed, today: date) -> Row:
    since = f"Since {day_words(one.since, today)}"
    item = TodayItem("clock", f"{_DEBTS[one.debt]}: {one.title}", one.words, since, since, "care", "Open")
    return item, Place("request", one.request_id, "close", person=one.member_ids[0])


def _file(one: OldWorkbook, today: date) -> Row:
    people = "1 person" if one.people == 1 else f"{one.people} people"
    written = f"Written {day_words(one.written_at.date(), today)}"
    item = TodayItem("file", one.path.replace("\\", "/").rsplit("/", 1)[-1], f"{people}. {one.why}", written)
    return item, Place("outreach", tab="files")


def names(people: Sequence[str]) -> str:
    """“Ada Obi, Bea Cole and 2 more”."""
    rest = len(people) - _NAMED
    shown = ", ".join(people[:_NAMED])
    return f"{shown} and {rest} more" if rest > 0 else shown


def _messages(count: int) -> str:
    return "1 message ready" if count == 1 else f"{count} messages ready"
