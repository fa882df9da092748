"""What every row of a sheet means for the store: whose it is, and what it changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.consent import REFUSALS, Suppressed
from matcher.directory.duplicates import Doubt, Sorted, sort_people
from matcher.directory.folding import Values, in_order, overlay, whole_of
from matcher.directory.importing.outcomes import Decided, FieldChange, Outcome, PlannedPerson, PlannedRow, SameRow
from matcher.directory.importing.rows import Kind, RowAnswer
from matcher.directory.known import KnownMembers, edited_by_hand, full_values, known_members, rows_seen
from matcher.directory.likeness import BY_NAME_AND_PLACE, Identity
from matcher.errors import UserError
from matcher.knowledge.names import same_first_name
from matcher.model import Member, fields_of
from matcher.turns import in_turn

_CONTACT = ("email", "phone")
_NO_NEWS: Values = {}
_NONE_SEEN: frozenset[int] = frozenset()


def identity_of(values: Mapping[str, Any]) -> Identity:
    """What of a member's values tells her from others."""
    return Identity(
        values.get("first_name"), values.get("last_name"), values.get("email"), values.get("phone"),
        values.get("postcode_district"), values.get("town"),
        values.get("region"), values.get("age_band"),
    )  # fmt: skip


_FOLLOWS = frozenset({"latitude", "longitude", "authority", "county"})
"""What of a place follows from the rest of it."""


def _fills_a_blank(before: Mapping[str, Any], said: Mapping[str, Any], name: str) -> bool:
    """Whether a field is unknown, and an older answer agrees with what is known of the same place or start."""
    parts = [part for part in whole_of(name) if part not in _FOLLOWS]
    return before[name] is None and all(before[p] is None or said.get(p) in (None, before[p]) for p in parts)


def _speaks_against(answer: RowAnswer) -> bool:
    return (
        answer.against or bool(answer.held) or any(decision in REFUSALS for decision in answer.decisions.values())
    )


def _same_first(one: Identity, other: Identity) -> bool:
    return same_first_name(one.first_name or "", other.first_name or "")


class Planner:
    """Sorts the rows into people, and says what each of them means for the store."""

    def __init__(
        self, session: Session, answers: Sequence[RowAnswer], decisions: Mapping[int, Decided], kept_out: Suppressed
    ) -> None:
        self._session = session
        self._kept_out = kept_out
        self._answers = answers
        self._decisions = decisions
        self._known: KnownMembers = known_members(session)
        people = [answer for answer in answers if answer.kind is Kind.PERSON]
        self._seen = rows_seen(session, {answer.digest for answer in people})
        self._people = people
        self._size = len(self._known.ids)
        self._place = {member_id: index for index, member_id in enumerate(self._known.ids)}
        records = [*self._known.identities, *(identity_of(answer.values) for answer in people)]
        self._sorted: Sorted = sort_people(records, self._size, together=self._together(), alone=self._alone())
        self._records = records

    def _together(self) -> list[tuple[int, int]]:
        """Pairs that are one person for sure: merged records, rows imported before, rows decided."""
        pairs = list(self._known.together())
        at = {answer.row: index for index, answer in enumerate(self._people, self._size)}
        for row, index in at.items():
            decided = self._decisions.get(row) or self._seen.get(self._people[index - self._size].digest)
            if isinstance(decided, SameRow):
                pairs.append((self._row(at, decided.row), index))
            elif decided in self._place:
                pairs.append((self._place[self._known.root[decided]], index))
        return pairs

    @staticmethod
    def _row(at: Mapping[int, int], row: int) -> int:
        if row not in at:
            raise UserError(f"Row {row} is nobody’s.", todo="Say which row of a person is meant.")
        return at[row]

    def _alone(self) -> list[int]:
        """Rows that she decided to be somebody new."""
        new = {row for row, member_id in self._decisions.items() if member_id is None}
        return [index for index, answer in enumerate(self._people, self._size) if answer.row in new]

    def told_apart(self) -> tuple[tuple[int, Decided], ...]:
        """Rows that she decided to be somebody new, each with the member or row it was not."""

        def record(index: int) -> Decided:
            if index < self._size:
                return self._known.root[self._known.ids[index]]
            return SameRow(self._people[index - self._size].row)

        pairs = ((record(one), record(other)) for one, other in self._sorted.apart)
        return tuple((other.row, one) for one, other in pairs if isinstance(other, SameRow))

    def shared_phones(self) -> frozenset[str]:
        """Phones that two different people of the file or the store have."""
        owners: dict[str, set[int]] = defaultdict(set)
        for number, group in enumerate(self._sorted.groups):
            for index in group:
                phone = self._records[index].phone
                if phone:
                    owners[phone].add(number)
        return frozenset(phone for phone, people in owners.items() if len(people) > 1)

    def plan(self) -> tuple[tuple[PlannedRow, ...], tuple[PlannedPerson, ...]]:
        doubtful = self._doubtful()
        self._contradicted = self._refused_by(doubtful)
        rows: dict[int, PlannedRow] = {}
        people: list[PlannedPerson] = []
        groups = [group for group in self._sorted.groups if group[-1] >= self._size]
        members = {self._member_of(group) for group in groups} - {None}
        self._before = full_values(self._session, {member for member in members if member is not None})
        self._edited = edited_by_hand(self._session, self._before) if self._before else {}
        for group in in_turn(groups):
            if group[0] in doubtful:
                self._leave_out(group, doubtful[group[0]], rows)
                continue
            if blocked := self._blocked(group):
                rows |= blocked
                continue
            person = self._person(group)
            people.append(person)
            rows |= {row.row: row for row in self._rows(person, group)}
        for answer in self._answers:
            if answer.kind is not Kind.PERSON:
                rows[answer.row] = PlannedRow(answer.row, Outcome(answer.kind.value), reason=answer.reason)
        return tuple(rows[row] for row in sorted(rows)), tuple(people)

    def _member_of(self, group: Sequence[int]) -> int | None:
        return self._known.root[self._known.ids[group[0]]] if group[0] < self._size else None

    def _answers_of(self, group: Sequence[int]) -> list[RowAnswer]:
        return in_order(self._people[index - self._size] for index in group if index >= self._size)

    def _doubtful(self) -> dict[int, Doubt]:
        """First record of a group that has to be decided -> the doubt. The older side of a doubt stands."""
        group_of = {index: group for group in self._sorted.groups for index in group}
        left: dict[int, Doubt] = {}
        for doubt in self._sorted.doubts:
            one, other = group_of[doubt.one], group_of[doubt.other]
            later, index = self._later((one, doubt.one), (other, doubt.other))
            if later[0] < self._size or not self._is_current(later, index):
                continue
            left.setdefault(later[0], doubt)
        return left

    def _refused_by(self, doubtful: Mapping[int, Doubt]) -> frozenset[int]:
        """The records that a row left out in doubt, or a namesake's, speaks against, should it be theirs."""
        group_of = {index: group for group in self._sorted.groups for index in group} if doubtful else {}
        left = ((group_of[first], doubt) for first, doubt in doubtful.items())
        against = ((group, doubt) for group, doubt in left if any(map(_speaks_against, self._answers_of(group))))
        doubted = frozenset(doubt.one if doubt.other in group else doubt.other for group, doubt in against)
        return doubted | self._namesakes_refusing()

    def _namesakes_refusing(self) -> frozenset[int]:
        """The records that share a name with a row that reaches nobody and speaks against a yes."""
        unreached = [
            index
            for index, answer in enumerate(self._people, self._size)
            if not (answer.values.get("email") or answer.values.get("phone")) and _speaks_against(answer)
        ]
        if not unreached:
            return frozenset()
        by_last: dict[str, list[int]] = defaultdict(list)
        for index, record in enumerate(self._records):
            by_last[(record.last_name or "").casefold()].append(index)
        found = (
            other
            for index in unreached
            for other in by_last[(self._records[index].last_name or "").casefold()]
            if other != index and _same_first(self._records[index], self._records[other])
        )
        return frozenset(found)

    def _later(self, *sides: tuple[Sequence[int], int]) -> tuple[Sequence[int], int]:
        def when(side: tuple[Sequence[int], int]) -> tuple[int, Any]:
            group, index = side
            if group[0] < self._size:
                return 0, 0
            answer = self._people[index - self._size]
            return 1, (answer.answered_at is not None, answer.answered_at or answer.row, answer.row)

        ordered = sorted(sides, key=when)
        return ordered[-1]

    def _is_current(self, group: Sequence[int], index: int) -> bool:
        """A doubt over a row of hers that a later one has replaced is no doubt any more."""
        return self._answers_of(group)[-1] is self._people[index - self._size]

    def _leave_out(self, group: Sequence[int], doubt: Doubt, rows: dict[int, PlannedRow]) -> None:
        other = doubt.one if doubt.other in group else doubt.other
        member_id = self._known.root[self._known.ids[other]] if other < self._size else None
        against = f"M{member_id}" if member_id else f"row {self._people[other - self._size].row}"
        reason = f"may be {against}, {self._records[other].name}: {doubt.why}"
        for answer in self._answers_of(group):
            rows[answer.row] = PlannedRow(
                answer.row, Outcome.TO_DECIDE, identity_of(answer.values).name, member_id,
                None if member_id else self._people[other - self._size].row, (), reason, answer.values,
            )  # fmt: skip

    def _blocked(self, group: Sequence[int]) -> dict[int, PlannedRow]:
        """The rows of somebody who was erased; a later answer of their own lets them back when she says so."""
        if self._member_of(group) is not None:
            return {}
        answers = self._answers_of(group)
        records = (identity_of(answer.values) for answer in answers)
        since = max((at for r in records if (at := self._kept_out.since(r.email, r.phone, r.name))), default=None)
        if since is None:
            return {}
        signed_up = answers[-1].answered_at
        if signed_up is None or signed_up <= since:
            reason = f"asked on {since:%d %b %Y} to be erased: they are not brought in again"
            return {a.row: PlannedRow(a.row, Outcome.UNREADABLE, reason=reason) for a in answers}
        if any(a.row in self._decisions and self._decisions[a.row] is None for a in answers):
            return {}
        name = identity_of(answers[-1].values).name
        reason = f"asked on {since:%d %b %Y} to be erased, and signed up again since: are they back?"
        return {
            a.row: PlannedRow(a.row, Outcome.TO_DECIDE, name, None, None, (), reason, a.values) for a in answers
        }

    def _person(self, group: Sequence[int]) -> PlannedPerson:
        answers = self._answers_of(group)
        seen = frozenset(a.row for a in answers if a.digest in self._seen) if self._seen else _NONE_SEEN
        member_id = self._member_of(group)
        contradicted = not self._contradicted.isdisjoint(group) if self._contradicted else False
        person = PlannedPerson(member_id, tuple(answers), _NO_NEWS, seen, contradicted)
        return person if member_id is None else replace(person, news=self._news(group, member_id, person.said))

    def _news(self, group: Sequence[int], member_id: int, said: Values) -> Values:
        """What of her answers changes the member: blanks are filled; only a later answer overwrites.

        An e-mail or phone is never replaced for somebody who was only known by name and place.
        """
        rows = [index for index in group if index >= self._size]
        by_name_only = all(self._sorted.why.get(index) == BY_NAME_AND_PLACE for index in rows)
        before = self._before[member_id]
        answered, last = said.get("last_answer_at"), before["last_answer_at"]
        later = answered is not None and (last is None or answered > last)
        news: Values = {}
        for name, value in overlay(before, said).items():
            if name in _CONTACT and by_name_only and before[name]:
                continue
            edits = [at for part in whole_of(name) if (at := self._edited.get((member_id, part)))]
            by_hand = any(answered is None or at > answered for at in edits)
            if not by_hand and name != "joined_on" and (later or _fills_a_blank(before, said, name)):
                news[name] = value
        return news

    def _rows(self, person: PlannedPerson, group: Sequence[int]) -> list[PlannedRow]:
        current = person.answers[-1]
        name = identity_of(current.values).name
        rows = []
        for answer in person.answers[:-1]:
            why = self._why(group, answer) or self._why(group, current) or "the same person"
            reason = f"{why}; row {current.row} is the later answer"
            if answer.row in person.seen_before:
                reason = "imported before"
            rows.append(PlannedRow(answer.row, Outcome.DUPLICATE, name, person.member_id, current.row, (), reason))
        return [*rows, self._current_row(person, current, group, name)]

    def _current_row(
        self, person: PlannedPerson, current: RowAnswer, group: Sequence[int], name: str
    ) -> PlannedRow:
        if person.member_id is None:
            return PlannedRow(current.row, Outcome.NEW, name)
        if current.row in person.seen_before:
            return PlannedRow(current.row, Outcome.DUPLICATE, name, person.member_id, reason="imported before")
        changes = self._changes(person)
        outcome = (
            Outcome.UPDATED if any(not change.kept for change in changes) or current.asked else Outcome.DUPLICATE
        )
        reason = self._why(group, current) or "the same person"
        return PlannedRow(current.row, outcome, name, person.member_id, None, changes, reason)

    def _why(self, group: Sequence[int], answer: RowAnswer) -> str:
        for index in group:
            if index >= self._size and self._people[index - self._size] is answer:
                return self._sorted.why.get(index, "")
        return ""

    def _changes(self, person: PlannedPerson) -> tuple[FieldChange, ...]:
        assert person.member_id is not None
        before, said = self._before[person.member_id], person.said
        return tuple(
            FieldChange(name, info.label, before[name], said[name], kept=name not in person.news)
            for name, info in fields_of(Member).items()
            if name in said and name not in ("last_answer_at", "joined_on") and said[name] != before[name]
        )
