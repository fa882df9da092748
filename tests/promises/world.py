"""What the founder, her members and her files may do, step by step, each held against the account."""

import csv
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from tests.promises.account import NOES, PURPOSES, Replied
from tests.promises.raw_steps import RawSteps

from matcher import clock
from matcher.consent import Permission, decide, settle, undo, waiting, withdraw
from matcher.consent.form_answers import FormAnswer, record_answers
from matcher.directory import import_members, merge_members, plan_import
from matcher.errors import UserError
from matcher.model import (
    Answer,
    Decision,
    How,
    Purpose,
    ShortlistEntry,
)
from matcher.outreach import ask, export_workbook, meetups, reply, write_requester_sheet
from matcher.storage import work

Step: TypeAlias = tuple[Any, ...]


class World(RawSteps):
    """A store with a few people and requests, in which anything may be done in any order."""

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
