"""Random histories of a network, and an independent memory of what everybody said.

`World` does what the founder, her members, her files and somebody with a database tool may do, in any order, and
keeps its own account of who said what. Whenever anybody is asked, exported or shared, the account is asked whether
that was right; `Tally` counts. Nothing here reads the program's own permissions.
"""

import csv
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matcher import clock
from matcher.consent import Permission, decide, settle, undo, waiting, withdraw
from matcher.consent.form_answers import FormAnswer, record_answers
from matcher.directory import import_members, merge_members, plan_import
from matcher.errors import UserError
from matcher.model import (
    Answer,
    Audience,
    Brief,
    Decision,
    How,
    Meetup,
    Member,
    Purpose,
    Request,
    ShortlistEntry,
)
from matcher.outreach import ask, export_workbook, meetups, reply, write_requester_sheet
from matcher.storage import Cost, Store, create_store, work

PEOPLE = 4
AUDIENCES = (Audience.MEDIA, Audience.POLICY)
PURPOSES = (Purpose.MEDIA, Purpose.POLICY, Purpose.OWN_EVENTS)
REQUESTS = (Audience.MEDIA, Audience.MEDIA, Audience.POLICY)
OPEN_INVITATION = "state IN ('invited', 'coming', 'waiting')"
NOES = (Decision.REFUSED, Decision.WITHDRAWN)
START = datetime(2026, 6, 1, 9, tzinfo=UTC)

Step: TypeAlias = tuple[Any, ...]


@dataclass
class Said:
    """One thing a record said about a purpose. ``seq`` is the order in which it was recorded.

    ``stood``: it was a no, and nothing later was known when it was recorded. ``dated``: the date it bears is known
    to be the day on which she said so.
    """

    purpose: Purpose
    decision: Decision
    at: datetime
    seq: int
    by_hand: bool
    batch: int
    now: datetime
    until: date | None = None
    void: bool = False
    stood: bool = False
    dated: bool = True


@dataclass
class Replied:
    """One answer of a person to a request."""

    request: int
    yes: bool
    seq: int
    batch: int
    void: bool = False


@dataclass
class Tally:
    """What happened, and what must never: the counts that end in ``without``, ``late`` and ``still_open``."""

    histories: int = 0
    steps: int = 0
    asked: int = 0
    exported: int = 0
    released: int = 0
    invited: int = 0
    refused: int = 0
    asked_without: int = 0
    exported_without: int = 0
    released_without: int = 0
    invited_without: int = 0
    late: int = 0
    still_open: int = 0

    def violations(self) -> dict[str, int]:
        """The counts that must be 0."""
        return {
            "asked_without": self.asked_without, "released_without": self.released_without,
            "exported_without": self.exported_without, "invited_without": self.invited_without,
            "late": self.late, "still_open": self.still_open,
        }  # fmt: skip

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class World:
    """A store with a few people and requests, and the account of what they said."""

    store: Store
    folder: Path
    tally: Tally = field(default_factory=Tally)
    days: int = 0
    seq: int = 0
    said: dict[int, list[Said]] = field(default_factory=dict)
    replied: dict[int, list[Replied]] = field(default_factory=dict)
    undid: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.set_clock(0)
        self.connection = self.store.reader.raw_connection()
        self.eyes = self.connection.cursor()
        with work(self.store, "begin") as unit:
            people = [
                Member(first_name=f"P{i}", last_name=f"Q{i}", email=f"p{i}@example.org", phone=f"0770090010{i}",
                       created_at=unit.now, shared_phone=False)
                for i in range(PEOPLE)
            ]  # fmt: skip
            requests = [Request(received_at=unit.now, created_at=unit.now) for _ in REQUESTS]
            for request, audience in zip(requests, REQUESTS, strict=True):
                request.brief = Brief(title=f"About {audience}", audience=audience, requester="Sam Okoro")
            meetup = Meetup(title="Tea", starts_at=START + timedelta(days=900))
            unit.session.add_all([*people, *requests, meetup])
            unit.session.flush()
            self.meetup = meetup.id
            self.people = [member.id for member in people]
            self.requests = [request.id for request in requests]
            self.first_batch = unit.batch_id
        self.said = {person: [] for person in self.people}
        self.replied = {person: [] for person in self.people}

    # The account

    def look(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands in the database now."""
        return list(self.eyes.execute(sql).fetchall())

    def group(self, person: int) -> list[int]:
        """Every record of a person."""
        root = dict(self.look("SELECT id, coalesce(merged_into, id) FROM member"))
        return [p for p in self.people if root[p] == root[person]]

    def willing(self, person: int, purpose: Purpose) -> bool:
        """Every record of hers that decided says yes, and one did."""
        words = [self._says(record, purpose) for record in self.group(person)]
        return True in words and False not in words

    def refuses(self, person: int, purpose: Purpose) -> bool:
        """One record of hers holds a no that nothing lifted."""
        return any(self._refuses(record, purpose) for record in self.group(person))

    def _says(self, record: int, purpose: Purpose) -> bool | None:
        spoken = [s for s in self.said[record] if s.purpose is purpose]
        today = clock.today()
        if self._refuses(record, purpose):
            return False
        grants = [s for s in spoken if s.decision not in NOES and not s.void]
        if any(s.until is None or s.until >= today for s in grants):
            return True
        return None

    def _refuses(self, record: int, purpose: Purpose) -> bool:
        spoken = [s for s in self.said[record] if s.purpose is purpose]
        grants = [s for s in spoken if s.decision not in NOES and not s.void]
        noes = [s for s in spoken if s.decision in NOES]
        return bool(noes) and not any(all(_outlives(g, no, grants) for no in noes) for g in grants)

    def _her_yes(self, person: int, request: int) -> bool:
        """Her last answer to the request is yes, and she said no to nothing of its kind since."""
        group = self.group(person)
        answers = sorted(
            (r for p in group for r in self.replied[p] if r.request == request and not r.void), key=lambda r: r.seq
        )
        if not answers or not answers[-1].yes:
            return False
        purpose = self.purpose(request)
        return not any(
            s.stood and s.purpose is purpose and s.seq > answers[-1].seq
            for p in group for s in self.said[p]
        )  # fmt: skip

    def purpose(self, request: int) -> Purpose:
        return Purpose(REQUESTS[self.requests.index(request)].value)

    def note(
        self, person: int, purpose: Purpose, decision: Decision, at: datetime, batch: int, *, by_hand: bool,
        until: date | None = None,
    ) -> None:  # fmt: skip
        """Remember what a person said; every record of hers is meant."""
        now, self.seq = clock.now(), self.seq + 1
        for one in self.group(person):
            before = [s.at for s in self.said[one] if s.purpose is purpose]
            moment = max(min(at, now), *before) if by_hand and before else min(at, now)
            said = Said(purpose, decision, moment, self.seq, by_hand, batch, now, until, dated=by_hand or at < now)
            self._remember(one, said)

    def _remember(self, record: int, said: Said) -> None:
        self.said[record].append(said)
        said.stood = said.decision in NOES and self._refuses(record, said.purpose)

    # The checks

    def check_asked(self, person: int, request: int, what: str) -> None:
        right = self.willing(person, self.purpose(request))
        self.tally.asked += right
        self.tally.asked_without += not right
        if not right:
            self.notes.append(f"{what}: P{person} asked about R{request}")

    def check_invited(self, person: int, what: str) -> None:
        right = self.willing(person, Purpose.OWN_EVENTS)
        self.tally.invited += right
        self.tally.invited_without += not right
        if not right:
            self.notes.append(f"{what}: P{person} invited")

    def check_files(self, known: int) -> None:
        """Everybody in a file that came since number ``known`` was willing, and stands in it by her own yes."""
        written = f"id > {known} AND state = 'written'"
        files = self.look(f"SELECT kind, request_id, members FROM out_file WHERE {written}")
        for kind, request, members in files:
            for person in json.loads(members):
                right = self.willing(person, self.purpose(request))
                if kind == "outreach workbook":
                    self.tally.exported += right
                    self.tally.exported_without += not right
                else:
                    right = right and self._her_yes(person, request)
                    self.tally.released_without += not right
                if not right:
                    self.notes.append(f"{kind}: P{person}, R{request}")

    def check_releases(self, known: int) -> None:
        for person, request in self.look(f"SELECT member_id, request_id FROM release WHERE id > {known}"):
            right = self.willing(person, self.purpose(request)) and self._her_yes(person, request)
            self.tally.released += right
            self.tally.released_without += not right
            if not right:
                self.notes.append(f"release: P{person}, R{request}")

    def check_open(self) -> None:
        """Nobody whose no stands has an open ask about that kind of request."""
        going = "SELECT member_id, request_id FROM invitation WHERE state IN ('to_ask', 'asked', 'yes')"
        for person, request in self.look(going):
            if self.refuses(person, self.purpose(request)):
                self.tally.still_open += 1
                self.notes.append(f"open: P{person}, R{request}")
        for (person,) in self.look(f"SELECT member_id FROM meetup_invitation WHERE {OPEN_INVITATION}"):
            if self.refuses(person, Purpose.OWN_EVENTS):
                self.tally.still_open += 1
                self.notes.append(f"open: P{person}, the meet-up")

    # The steps

    def take(self, step: Step) -> None:
        """Do one thing, then look at everything that left by it. What is refused has not happened."""
        name, *how = step
        self.tally.steps += 1
        self.set_clock(self.days)
        [(files, shared)] = self.look(
            "SELECT (SELECT coalesce(max(id), 0) FROM out_file), (SELECT coalesce(max(id), 0) FROM release)"
        )
        try:
            getattr(self, f"do_{name}")(*how)
        except UserError as error:
            self.tally.refused += 1
            if isinstance(error.__cause__, IntegrityError):
                self.tally.late += 1
                self.notes.append(f"{step}: only the database refused: {error}")
        except IntegrityError:
            self.tally.refused += 1
            assert name.startswith("raw"), step
        self.check_files(files)
        self.check_releases(shared)
        self.check_open()

    def at(self, day: int, hour: int) -> datetime:
        return START.replace(hour=hour) + timedelta(days=day)

    def set_clock(self, day: int) -> None:
        self.days = day
        os.environ["MATCHER_NOW"] = (START + timedelta(days=day, seconds=self.tally.steps)).isoformat()

    def do_clock(self, day: int) -> None:
        self.set_clock(day)

    def do_say(self, who: int, about: int, decision: Decision, day: int, lasts: int | None) -> None:
        person, purpose, at = self.people[who], PURPOSES[about], self.at(day, 12)
        until = clock.today() + timedelta(days=lasts) if lasts is not None else None
        said = Permission(person, purpose, decision, at, How.PHONE, "said so", valid_until=until)
        batch = decide(self.store, said)
        self.note(person, purpose, decision, at, batch, by_hand=True, until=until)

    def do_withdraw(self, who: int) -> None:
        batch = withdraw(self.store, self.people[who])
        self._all_no(self.people[who], batch)

    def _all_no(self, person: int, batch: int, purposes: Sequence[Purpose] | None = None) -> None:
        for purpose in purposes or PURPOSES:
            self.note(person, purpose, Decision.WITHDRAWN, clock.now(), batch, by_hand=True)

    def do_form(self, who: int, about: int, decision: Decision | None, day: int) -> None:
        """A form answer; None is a box left unticked."""
        person, purpose, at = self.people[who], PURPOSES[about], self.at(day, 9)
        decisions = {purpose: decision} if decision else {}
        with work(self.store, "import members") as unit:
            record_answers(unit, [FormAnswer(person, at, frozenset({purpose}), decisions, "row 2")])
            batch = unit.batch_id
        self.note_form(person, purpose, decision, at, batch)

    def note_form(self, person: int, purpose: Purpose, decision: Decision | None, at: datetime, batch: int) -> None:
        if decision is not None:
            self.note(person, purpose, decision, at, batch, by_hand=False)
            return
        self.seq += 1
        moment = min(at, clock.now())
        for one in self.group(person):  # unticked: a no of every record that had given it by then
            grants = [
                s for s in self.said[one]
                if s.purpose is purpose and s.decision not in NOES and not s.void and s.at < moment
            ]  # fmt: skip
            if any(all(_outlives(g, no, grants) for no in self._noes(one, purpose)) for g in grants):
                self._remember(one, Said(purpose, Decision.WITHDRAWN, moment, self.seq, False, batch, clock.now()))

    def _noes(self, record: int, purpose: Purpose) -> list[Said]:
        return [s for s in self.said[record] if s.purpose is purpose and s.decision in NOES]

    def do_file(self, answers: Sequence[tuple[int, Decision]], day: int) -> None:
        """A real spreadsheet with one answer a person, read back through the importer."""
        path = self.folder / f"{self.seq}.csv"
        spoken = {Decision.GIVEN: "Yes", Decision.ASK_FIRST: "Yes but ask me first", Decision.REFUSED: "No"}
        with path.open("w", newline="", encoding="utf-8") as file:
            sheet = csv.writer(file)
            sheet.writerow(["Timestamp", "First name", "Last name", "Email address", "Notes on the row",
                            "Are you happy to talk to journalists?"])  # fmt: skip
            local = self.at(day, 15).astimezone(clock.LONDON)
            for who, decision in answers:
                sheet.writerow([f"{local:%Y-%m-%d %H:%M:%S}", f"P{who}", f"Q{who}", f"p{who}@example.org",
                                f"n{self.seq}", spoken[decision]])  # fmt: skip
        report = import_members(self.store, plan_import(self.store, path))
        assert report.new == 0, report
        assert report.batch is not None
        last = {  # within one file only the last answer of a person speaks
            self.group(self.people[who])[0]: (self.people[who], decision)
            for row, (who, decision) in enumerate(answers, 2)
            if row in report.rows
        }
        for person, decision in last.values():
            self.note(person, Purpose.MEDIA, decision, self.at(day, 15), report.batch, by_hand=False)

    def do_confirm(self) -> None:
        """Confirm the first yes that waits."""
        for proposal in waiting(self.store)[:1]:
            batch = settle(self.store, proposal.id, confirm=True, evidence="rang")
            later = [
                no for one in self.group(proposal.member_id)
                for no in self._noes(one, proposal.purpose) if no.at > proposal.at
            ]  # fmt: skip
            if not later:
                self.note(
                    proposal.member_id, proposal.purpose, proposal.decision, clock.now(), batch, by_hand=True
                )  # fmt: skip

    def do_merge(self, keep: int, away: int) -> None:
        if keep != away:
            merge_members(self.store, self.people[keep], self.people[away])

    def do_undo(self, back: int) -> None:
        """Undo the step that many back from the last; negative: that step from the first."""
        newest = [number for (number,) in self.look("SELECT id FROM batch ORDER BY id DESC LIMIT 8")]
        target = newest[min(back, len(newest) - 1)] if back >= 0 else self.first_batch - back
        if target <= self.first_batch:
            return
        undo(self.store, target)
        [(undoing,)] = self.look("SELECT max(id) FROM batch")
        self.undid[undoing] = target
        again = self.undid.get(target)  # an undo that is undone: an answer stands again, a yes to being asked not
        for spoken in (s for told in self.said.values() for s in told if s.batch == target):
            spoken.void = spoken.void or spoken.decision not in NOES
        for answer in (r for told in self.replied.values() for r in told):
            if answer.batch == target:
                answer.void = True
            elif answer.batch == again:
                answer.void = False

    def do_ask(self, who: int, which: int) -> None:
        person, request = self.people[who], self.requests[which]
        before = self._asked(request)
        ask(self.store, request, [person])
        for one in self._asked(request) - before:
            self.check_asked(one, request, "ask")

    def do_ask_list(self, which: int) -> None:
        request = self.requests[which]
        before = self._asked(request)
        ask(self.store, request)
        for one in self._asked(request) - before:
            self.check_asked(one, request, "ask the list")

    def _asked(self, request: int) -> set[int]:
        asked = f"asked_at IS NOT NULL AND state <> 'no' AND request_id = {request}"
        return {person for (person,) in self.look(f"SELECT member_id FROM invitation WHERE {asked}")}

    def do_list(self, which: int, people: Sequence[int]) -> None:
        """Put people on a list, whoever they are."""
        request = self.requests[which]
        with work(self.store, "make a list") as unit:
            for entry in unit.session.scalars(select(ShortlistEntry).where(ShortlistEntry.request_id == request)):
                unit.session.delete(entry)
            unit.session.flush()
            for place, who in enumerate(dict.fromkeys(people), 1):
                unit.session.add(
                    ShortlistEntry(
                        request_id=request, member_id=self.people[who], position=place, score=1.0, reserve=False
                    )
                )

    def do_reply(self, who: int, which: int, answer: Answer) -> None:
        person, request = self.people[who], self.requests[which]
        batch = reply(self.store, request, person, answer)
        self.seq += 1
        self.replied[person].append(Replied(request, answer is Answer.YES, self.seq, batch))
        if answer is Answer.STOP_ALL:
            self._all_no(person, batch)
        elif answer is Answer.STOP_KIND:
            self._all_no(person, batch, [self.purpose(request)])

    def do_export(self, which: int) -> None:
        export_workbook(self.store, self.requests[which], self.folder / f"{self.seq}-{self.tally.steps}.xlsx")

    def do_sheet(self, which: int, pseudonymous: bool) -> None:
        write_requester_sheet(
            self.store, self.requests[which], self.folder / f"{self.tally.steps}.xlsx", pseudonymous=pseudonymous
        )

    def do_invite(self, who: int) -> None:
        meetups.invite(self.store, self.meetup, [self.people[who]])
        self.check_invited(self.people[who], "invite")

    def do_come(self, who: int, coming: bool) -> None:
        meetups.answer(self.store, self.meetup, self.people[who], coming=coming)
        if coming:
            self.check_invited(self.people[who], "come")

    # Somebody with the key and a database tool

    def sql(self, *statements: str) -> int:
        changed = 0
        with self.store.writer.begin() as connection:
            for statement in statements:
                changed = connection.exec_driver_sql(statement).rowcount
        return changed

    def do_raw_ask(self, who: int, which: int, how: str) -> None:
        person, request = self.people[who], self.requests[which]
        done = self.sql(
            f"INSERT {how} INTO invitation (request_id, member_id, state, volunteered, override_reason, session,"
            f" note, asked_at) VALUES ({request}, {person}, 'asked', 0, '', '', '', '2026-06-01 09:00:00.000000')"
        )
        if done:
            self.check_asked(person, request, "raw insert")

    def do_raw_invite(self, who: int, how: str) -> None:
        person = self.people[who]
        if self.sql(
            f"INSERT {how} INTO meetup_invitation (meetup_id, member_id, state)"
            f" VALUES ({self.meetup}, {person}, 'invited')"
        ):
            self.check_invited(person, "raw invitation")

    def do_raw_come(self, who: int, state: str) -> None:
        person = self.people[who]
        before = self.look(f"SELECT state FROM meetup_invitation WHERE member_id = {person}")
        done = self.sql(f"UPDATE meetup_invitation SET state = '{state}' WHERE member_id = {person}")
        if done and not (state == "invited" and before[0][0] in ("coming", "waiting")):
            self.check_invited(person, "raw answer")

    def do_raw_move_back(self, who: int, to: int) -> None:
        """Take an answer back, and put it to somebody else in the same go."""
        if self.sql(
            f"UPDATE meetup_invitation SET state = 'invited', member_id = {self.people[to]}"
            f" WHERE member_id = {self.people[who]}"
        ):
            self.check_invited(self.people[to], "raw move")

    def do_raw_move_invitation(self, who: int, to: int) -> None:
        if self.sql(
            f"UPDATE OR IGNORE meetup_invitation SET member_id = {self.people[to]}"
            f" WHERE member_id = {self.people[who]}"
        ) and self.look(
            f"SELECT 1 FROM meetup_invitation WHERE member_id = {self.people[to]} AND {OPEN_INVITATION}"
        ):
            self.check_invited(self.people[to], "raw move")

    def do_raw_reopen(self, who: int, which: int, state: str) -> None:
        person, request = self.people[who], self.requests[which]
        which_ask = f"member_id = {person} AND request_id = {request}"
        before = self.look(f"SELECT state FROM invitation WHERE {which_ask}")
        if self.sql(f"UPDATE invitation SET state = '{state}' WHERE {which_ask}"):
            if not _goes_back(before[0][0], state):
                self.check_asked(person, request, "raw update")
            self.seq += 1
            self.replied[person].append(Replied(request, state == "yes", self.seq, 0))

    def do_raw_move_ask(self, who: int, to: int, which: int) -> None:
        person, request = self.people[to], self.requests[which]
        done = self.sql(
            f"UPDATE OR IGNORE invitation SET member_id = {person}"
            f" WHERE member_id = {self.people[who]} AND request_id = {request}"
        )
        if done and who != to:
            self.check_asked(person, request, "raw move")
            self.replied[person] += [r for r in self.replied[self.people[who]] if r.request == request]

    def do_raw_release(self, who: int, which: int, how: str, under: int | None = None) -> None:
        """Log a release; ``under``: by the ask of another request."""
        person, request = self.people[who], self.requests[which]
        asked = request if under is None else self.requests[under]
        self.sql(
            f"INSERT {how} INTO release (request_id, member_id, invitation_id, recipient, shared_fields, at)"
            f" SELECT {request}, {person}, id, 'Sam', '[]', '2026-06-01 09:00:00.000000' FROM invitation"
            f" WHERE request_id = {asked} ORDER BY member_id = {person} DESC LIMIT 1"
        )

    def do_raw_hide_release(self, statement: str) -> None:
        """Take a release out of the log, or put it to somebody else: either would hide it."""
        self.tally.released_without += self.sql(statement)

    def do_raw_ledger(self, statement: str) -> None:
        texts = ["DELETE FROM consent_text"] if statement.startswith("DELETE") else []
        self.sql(*texts, statement)

    def do_raw_yes(self, who: int, about: int, how: How, link: str) -> None:
        """A yes that nobody said. ``link``: "stale" knows nothing of the chain, "last" and "replace" do."""
        person, purpose = self.people[who], PURPOSES[about].value
        last = "(SELECT hash FROM consent_event ORDER BY id DESC LIMIT 1)"
        previous = last if link != "stale" else f"'{'f' * 64}'"
        id_ = "(SELECT max(id) FROM consent_event)" if link == "replace" else "NULL"
        self.sql(
            "INSERT OR REPLACE INTO consent_event (id, member_key, purpose, decision, at, recorded_at, how,"
            " recorder, batch_id, text_digest, previous_hash, hash)"
            f" SELECT {id_}, member_key, '{purpose}', 'given', '2027-12-01 09:00:00.000000',"
            f" '2026-06-01 09:00:00.000000', '{how.value}', '', 1, '', {previous}, lower(hex(randomblob(32)))"
            f" FROM member WHERE id = {person}"
        )

    def do_raw_void(self, who: int, about: int) -> None:
        """Void the last no of a person."""
        last = "(SELECT hash FROM consent_event ORDER BY id DESC LIMIT 1)"
        self.sql(
            "INSERT INTO consent_event (member_key, purpose, decision, at, recorded_at, how, recorder, batch_id,"
            " voids, text_digest, previous_hash, hash)"
            f" SELECT member_key, purpose, 'void', at, recorded_at, how, '', 1, id, '', {last},"
            " lower(hex(randomblob(32)))"
            " FROM consent_event WHERE decision IN"
            f" ('refused', 'withdrawn') AND purpose = '{PURPOSES[about].value}' AND member_key ="
            f" (SELECT member_key FROM member WHERE id = {self.people[who]}) ORDER BY id DESC LIMIT 1"
        )

    def do_raw_key(self, who: int, other: int) -> None:
        """Give somebody the decisions of another."""
        if who == other:
            return
        one, two = self.people[who], self.people[other]
        [(key,)] = self.look(f"SELECT member_key FROM member WHERE id = {two}")
        self.sql(
            f"UPDATE member SET member_key = lower(hex(randomblob(16))) WHERE id = {two}",
            f"UPDATE member SET member_key = '{key}' WHERE id = {one}",
        )


def _goes_back(before: str, after: str) -> bool:
    """Whether an ask is only taken back a step: nobody is asked by that."""
    steps = ("to_ask", "asked", "yes")
    return before in steps and steps.index(after) < steps.index(before)


def _outlives(grant: Said, no: Said, grants: Sequence[Said]) -> bool:
    """Whether a yes counts although there was this no.

    A no by hand is lifted only by a yes that was recorded by hand after it. A no of a form is lifted by what is
    later, by its own date, or was recorded by hand after it; a yes from a day still to come is not later, nor is
    one under a date that cannot be right.
    """
    if grant.by_hand and grant.seq > no.seq:
        return True
    if no.by_hand:
        return any(g.by_hand and no.seq < g.seq < grant.seq for g in grants) and grant.seq > no.seq
    return grant.dated and grant.at > no.at and not (no.seq > grant.seq and grant.at > no.now)


LEDGER_TRICKS = (
    "UPDATE consent_event SET decision = 'given'",
    "UPDATE OR REPLACE consent_event SET decision = 'ask_first' WHERE decision IN ('refused', 'withdrawn')",
    "DELETE FROM consent_event WHERE decision IN ('refused', 'withdrawn')",
)
RELEASE_TRICKS = (
    "DELETE FROM release",
    "UPDATE release SET recipient = 'nobody'",
    "INSERT OR REPLACE INTO release (id, request_id, member_id, invitation_id, recipient, shared_fields, at)"
    " SELECT id, request_id, member_id, invitation_id, 'nobody', shared_fields, at FROM release",
)


def random_history(chance: random.Random, length: int) -> Iterator[Step]:
    """Steps of a random history: and stories in which somebody says yes and something comes between."""
    pick, below = chance.choice, chance.randrange
    decisions = [Decision.GIVEN, Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN]
    answers = [Answer.YES, Answer.YES, Answer.NO_THIS_TIME, Answer.STOP_KIND, Answer.STOP_ALL, Answer.NO_REPLY]

    def who() -> int:
        return below(PEOPLE)

    def which() -> int:
        return below(len(REQUESTS))

    def about() -> int:
        return below(len(PURPOSES))

    def day() -> int:
        return below(-5, 60)

    makers: list[tuple[int, Callable[[], Step]]] = [
        (10, lambda: ("say", who(), about(), pick(decisions), day(), pick([None, None, None, 0, 20]))),
        (8, lambda: ("form", who(), about(), pick([*decisions, None]), day())),
        (1, lambda: ("file", tuple({who(): pick(decisions[:4]) for _ in range(2)}.items()), day())),
        (4, lambda: ("withdraw", who())),
        (3, lambda: ("confirm",)),
        (4, lambda: ("merge", who(), who())),
        (8, lambda: ("undo", below(0, 5))),
        (4, lambda: ("clock", below(-30, 60))),
        (8, lambda: ("ask", who(), which())),
        (3, lambda: ("ask_list", which())),
        (5, lambda: ("list", which(), tuple(who() for _ in range(2)))),
        (8, lambda: ("reply", who(), which(), pick(answers))),
        (3, lambda: ("export", which())),
        (4, lambda: ("sheet", which(), pick([False, True]))),
        (5, lambda: ("invite", who())),
        (5, lambda: ("come", who(), pick([True, True, False]))),
        (2, lambda: ("raw_invite", who(), pick(["", "OR REPLACE", "OR IGNORE"]))),
        (2, lambda: ("raw_come", who(), pick(["invited", "coming", "waiting"]))),
        (1, lambda: ("raw_move_invitation", who(), who())),
        (3, lambda: ("raw_ask", who(), which(), pick(["", "OR REPLACE", "OR IGNORE"]))),
        (2, lambda: ("raw_reopen", who(), which(), pick(["to_ask", "asked", "yes"]))),
        (1, lambda: ("raw_move_ask", who(), who(), which())),
        (3, lambda: ("raw_release", who(), which(), pick(["", "OR REPLACE"]))),
        (1, lambda: ("raw_hide_release", pick(RELEASE_TRICKS))),
        (1, lambda: ("raw_ledger", pick(LEDGER_TRICKS))),
        (1, lambda: ("raw_yes", who(), about(), How.PHONE, pick(["stale", "replace"]))),
        (1, lambda: ("raw_yes", who(), about(), How.FORM, "stale")),
        (1, lambda: ("raw_void", who(), about())),
        (1, lambda: ("raw_key", who(), who())),
    ]
    weights = [weight for weight, _ in makers]

    def anything() -> Step:
        return chance.choices(makers, weights)[0][1]()

    def story() -> Iterator[Step]:
        person, request = who(), which()
        topic = AUDIENCES.index(REQUESTS[request])
        between: list[Step] = [
            ("withdraw", person),
            ("reply", person, request, pick(answers)),
            ("undo", below(0, 3)),
        ]
        between += [("say", person, topic, pick(decisions), day(), None), ("merge", who(), person)]
        between += [("form", person, topic, pick([*decisions, None]), day()), ("clock", below(-30, 60)), anything()]
        yield ("say", person, topic, pick(decisions[:3]), day(), pick([None, None, 5]))
        if chance.random() < 0.5:
            yield pick(between)
        yield ("ask", person, request)
        if chance.random() < 0.5:
            yield ("list", request, (person,))
            if chance.random() < 0.4:
                yield pick(between)
            yield ("export", request)
        else:
            yield ("reply", person, request, Answer.YES)
            for _ in range(below(3)):
                yield pick(between)
            yield ("sheet", request, pick([False, True]))

    left = length
    while left > 0:
        steps = list(story()) if chance.random() < 0.25 else [anything()]
        left -= len(steps)
        yield from steps


def probe(world: World) -> None:
    """In the end, ask everybody about everything: by the program, and past it."""
    for which in (0, 2):
        for who in range(PEOPLE):
            world.take(("raw_ask", who, which, ""))
    for who in range(PEOPLE):
        world.take(("raw_invite", who, ""))
    world.take(("sheet", 0, False))


class Ground:
    """One open store that is put back to empty for every history: opening a new one takes longer than living it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = create_store(folder / "ground.matcher", "Lantern Network", "otter", cost=Cost(n=2**10)).store
        self.store.reader.dispose()
        self.store.writer.dispose()
        self.empty = {name: (self.store.path / name).read_bytes() for name in ("data.db", "ledger.end")}

    def close(self) -> None:
        self.store.close()

    def clear(self) -> Path:
        """Put the store back to empty; return an empty folder for files that leave."""
        self.store.reader.dispose()
        self.store.writer.dispose()
        for left in ("data.db-wal", "data.db-shm", "journal", "leaving.json"):
            (self.store.path / left).unlink(missing_ok=True)
        for name, content in self.empty.items():
            (self.store.path / name).write_bytes(content)
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return out

    def live(self, steps: Sequence[Step], prepare: Callable[[Store], None] | None = None) -> World:
        """Live through a history from the beginning; return the world, with its tally."""
        before = os.environ.get("MATCHER_NOW")
        out = self.clear()
        try:
            world = World(self.store, out)
            if prepare:
                prepare(self.store)
            try:
                for step in steps:
                    world.take(step)
                probe(world)
            finally:
                world.connection.close()
            world.tally.histories += 1
            return world
        finally:
            os.environ.pop("MATCHER_NOW", None)
            if before is not None:
                os.environ["MATCHER_NOW"] = before
