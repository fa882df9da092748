"""What a row says of being asked, in the light of what the whole sheet says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from matcher.clock import LONDON
from matcher.directory.importing.column_scores import CHOICE
from matcher.directory.importing.columns import MappedColumn
from matcher.directory.importing.headers import LEFT_AT, NOT_USED, SAYS_IT_IS_USED, tidy
from matcher.directory.importing.permission_cells import permission_answered, permissions_said
from matcher.directory.importing.permission_headers import MAY_CONTACT, PERMISSION_OF, PERMISSIONS, turns_round
from matcher.directory.importing.survey import Survey
from matcher.directory.importing.taken_back import TakenBack
from matcher.directory.values import as_list
from matcher.knowledge.ends import parted_from_end
from matcher.knowledge.tables import fold, word_set
from matcher.model import ASKING, BACKGROUND_USE, Decision, Purpose

_REFUSALS = frozenset({Decision.REFUSED, Decision.WITHDRAWN})
_NOT_SO = re.compile(
    r"[\W_]*(?:no?|false|f|0(?:\.0)?|none|never|nope|not? (?:really|thanks?|thank you)|n\W?a|not applicable|off|"
    r"un(?:checked|ticked)|not (?:checked|ticked|selected)|opted in|subscribed|active|unknown|nie|nu|hindi)?[\W_]*",
    re.IGNORECASE,
)
"""What says under a header that asks for a no that it is not so. Whatever else stands there is a no."""
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
"""An answer of some words: one that is not understood may be a no."""
_ONLY_A_DAY = "ask me first"
"""What a day until which something holds says alone: that she was asked, and not what she answered."""
_CROSSES = word_set("x × ✗ ✘ ❌")


@dataclass(frozen=True, slots=True)
class _Question:
    """How the cells of one yes/no column are read.

    ``turned`` columns ask for a no ("Do not contact me about ..."), which the day of it is as well; of ``box``
    columns only ticks count, and with ``cross_is_no`` an "x" stands beside other people's ticks. In a column where
    nobody ever says anything but yes (``only_yes``), an empty cell is a box left unticked. Numbers that are
    ``coded`` mean what a key says, and nothing here.
    """

    header: str
    turned: bool
    box: bool
    cross_is_no: bool
    only_yes: bool
    coded: bool

    def decides(self, cell: str) -> Decision | None:
        """The decision a cell says; None when it says neither yes nor no, or a box was left unticked."""
        if self.turned:
            return None if _NOT_SO.fullmatch(cell) else Decision.REFUSED
        if self.coded and cell.removesuffix(".0").isdigit():
            return None
        said = self._said(cell)
        return None if self.box and said in _REFUSALS and not self._is_cross(cell) else said

    def _said(self, cell: str) -> Decision | None:
        if self.cross_is_no and self._is_cross(cell):
            return Decision.REFUSED
        answered = permission_answered(cell)
        if answered not in _REFUSALS and fold(cell) == fold(self.header):
            return Decision.GIVEN  # the label of a box, written where it was ticked
        return answered

    @staticmethod
    def _is_cross(cell: str) -> bool:
        return cell.casefold() in _CROSSES


def _question_of(column: MappedColumn, survey: Survey) -> _Question:
    return _Question(
        column.header, turns_round(column.header), column.index not in survey.no_boxes, survey.ticks,
        column.index not in survey.not_only_yes, survey.coded,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of being asked.

    ``asked`` are the purposes that its questions name, ``decisions`` what she ticked or wrote, ``wording`` the
    questions. ``withdrew`` are the words in which she asked to be left out of everything, "" when she did not.
    ``doubt`` says why a yes of the row does not count as one, ``against`` whether the row holds a remark that no
    yes of hers may be taken beside, in whatever row. ``held`` are yeses that do not count, ``ends`` the last day on
    which a yes holds.
    """

    asked: frozenset[Purpose] = frozenset()
    decisions: Mapping[Purpose, Decision] = field(default_factory=dict)
    wording: str = ""
    withdrew: str = ""
    doubt: str = ""
    against: bool = False
    held: frozenset[Purpose] = frozenset()
    ends: Mapping[Purpose, date] = field(default_factory=dict)


HELD_BACK = "A yes that something else in the row takes back, or that still waits, was not taken"
DOUBTED = (
    "“{}” holds a remark beside a yes that may take it back: “ask me first” until you have read it; if nothing in "
    "that column is about asking, say so under Columns"
)

_LEFT = Said(frozenset(ASKING), dict.fromkeys(ASKING, Decision.WITHDRAWN))


class PermissionReader:
    """Reads what the rows of one sheet say of being asked.

    ``columns`` are those that are read, ``headers`` every header by its place, ``survey`` what the rows tell
    together. ``offered_before`` is question -> the purposes it was seen to offer in earlier files: ``offered``
    adds what this file shows. ``beside`` are the columns that she said to tell nothing of asking. ``strict``: a
    remark that is not understood whole speaks against her in whatever row or sheet.
    """

    def __init__(
        self,
        columns: Sequence[MappedColumn],
        headers: Mapping[int, str],
        survey: Survey,
        offered_before: Mapping[str, Iterable[str]],
        now: datetime,
        beside: frozenset[int] = frozenset(),
        *,
        strict: bool = False,
    ) -> None:
        lists = sorted(c.index for c in columns if c.target == PERMISSIONS)
        single = [c for c in columns if c.target.startswith(PERMISSION_OF) or c.target == MAY_CONTACT]
        # Whether she may be contacted at all is asked last: it takes back what stands beside it.
        single.sort(key=lambda c: c.target == MAY_CONTACT)
        self._single = [(c, _question_of(c, survey)) for c in single]
        self._lists = lists
        self._wording = headers.get(lists[0], "").partition(CHOICE)[0] if lists else ""
        self.question = tidy(self._wording) if lists else ""
        self._turned = turns_round(self._wording)
        self.offered = survey.offered | frozenset(map(Purpose, offered_before.get(self.question, ())))
        self._said: dict[tuple[object, ...], Said] = {}  # most people say one of few things: each is held once
        self._left_at = next((c for c in columns if c.target == LEFT_AT), None)
        self._back = TakenBack(columns, headers, now, beside)
        self._strict = strict
        self._today = now.astimezone(LONDON).date()
        self._used = {
            c.target: c.header
            for c in columns
            if c.target in BACKGROUND_USE and SAYS_IT_IS_USED.search(c.header) and not NOT_USED.search(c.header)
        }

    def read(self, cells: Sequence[Any], texts: Sequence[str], values: Mapping[str, Any]) -> Said:
        """What a row says; ``texts`` are its cells as text, ``values`` what was understood of its other columns."""
        doubtful = self._back.doubted(texts) or (self._back.not_understood(texts) if self._strict else "")
        withdrew = self._back.left(texts)
        if withdrew:
            return Said(_LEFT.asked, _LEFT.decisions, "", withdrew, against=bool(doubtful))
        asked, decisions, wordings = set(self.offered), self._ticked(cells), list[str]()
        ends, held = dict[Purpose, date](), set[Purpose]()
        if self.offered:
            wordings.append(self._wording)
        for column, question in self._single:
            self._one(column, question, _at(texts, column.index), asked, decisions, wordings, ends, held)
        given = len(yeses_left_out(decisions)) < len(decisions)
        doubt = ""
        if given and self._back.held_back(texts):
            held |= decisions.keys() - yeses_left_out(decisions)
            _take_back(decisions)
            doubt = HELD_BACK
        elif given and (remark := doubtful or self._back.not_understood(texts)):
            ask_first(decisions)
            doubt = DOUBTED.format(remark)
        if given and (day := self._back.ends(texts)):
            ends = {purpose: min(day, ends.get(purpose, day)) for purpose in decisions}
        refused = self._back.refused(texts)
        asked |= refused
        decisions |= dict.fromkeys(refused, Decision.REFUSED)
        if self._left_at is not None and _at(texts, self._left_at.index):
            asked.add(Purpose.NEWS)
            decisions[Purpose.NEWS] = Decision.REFUSED
            wordings.append(self._left_at.header)
        for target, header in self._used.items():
            if target in values:
                asked.add(BACKGROUND_USE[target])
                decisions[BACKGROUND_USE[target]] = Decision.GIVEN
                wordings.append(header)
        said = Said(
            frozenset(asked), decisions, "\n".join(wordings), "", doubt, bool(doubtful), frozenset(held), ends
        )
        key = (
            said.asked,
            tuple(decisions.items()),
            said.wording,
            doubt,
            said.against,
            said.held,
            tuple(ends.items()),
        )
        return self._said.setdefault(key, said)

    def _ticked(self, cells: Sequence[Any]) -> dict[Purpose, Decision]:
        if not self.offered:
            return {}
        text = "; ".join(said for place in self._lists if (said := as_list(_cell(cells, place))))
        found = permissions_said(self._wording, text)
        return dict.fromkeys(found, Decision.REFUSED) if self._turned else dict(found)

    def _one(
        self, column: MappedColumn, question: _Question, cell: str, asked: set[Purpose],
        decisions: dict[Purpose, Decision], wordings: list[str], ends: dict[Purpose, date], held: set[Purpose],
    ) -> None:  # fmt: skip
        """Add what one yes/no column says; where two speak of one purpose, the stricter answer stands."""
        if column.target == MAY_CONTACT:
            self._at_all(column, question, cell, asked, decisions, wordings)
            return
        purpose = Purpose(column.target.removeprefix(PERMISSION_OF))
        cell, end = parted_from_end(cell) if cell else (cell, None)
        if end and not question.turned:
            ends[purpose] = min(end, ends.get(purpose, end))
            cell = cell or _ONLY_A_DAY
        decision = question.decides(cell) if cell and not (end and end < self._today) else None
        if decision is None:
            if question.box and not question.turned:
                asked.add(purpose)
            elif _SAYS_SOMETHING.search(cell) and not question.turned:
                held.add(purpose)
            return
        asked.add(purpose)
        known = decisions.get(purpose)
        decisions[purpose] = max(decision, known, key=_STRICT.index) if known else decision
        wordings.append(column.header)

    @staticmethod
    def _at_all(
        column: MappedColumn, question: _Question, cell: str, asked: set[Purpose],
        decisions: dict[Purpose, Decision], wordings: list[str],
    ) -> None:  # fmt: skip
        """Add what is said of being contacted at all: a no refuses everything, a box left unticked every yes."""
        decision = question.decides(cell) if cell else None
        if decision in _REFUSALS:
            decisions.update(dict.fromkeys(ASKING, Decision.REFUSED))
            asked.update(ASKING)
            wordings.append(column.header)
        elif decision is Decision.ASK_FIRST:
            ask_first(decisions)
        elif decision is None and not question.turned:
            unticked = permission_answered(cell) in _REFUSALS if cell else question.only_yes
            if unticked:
                _take_back(decisions)


def yeses_left_out(decisions: Mapping[Purpose, Decision]) -> dict[Purpose, Decision]:
    """What a row refuses: no yes of it counts."""
    return {purpose: said for purpose, said in decisions.items() if said in _REFUSALS}


def ask_first(decisions: dict[Purpose, Decision]) -> None:
    """Turn every yes into “ask me first”."""
    for purpose, said in decisions.items():
        if said is Decision.GIVEN:
            decisions[purpose] = Decision.ASK_FIRST


def _take_back(decisions: dict[Purpose, Decision]) -> None:
    for purpose in decisions.keys() - yeses_left_out(decisions):
        del decisions[purpose]


_STRICT = (Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN)


def _cell(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""
