"""Spreadsheets as other people keep them (``shapes/``): every value, every permission, who is whom.

``MATCHER_SHOW=1 pytest -s`` on this file tells every wrong value.
"""

import importlib.util
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz
from tests.conftest import NOW, Network, NewNetwork, reading_here

from matcher.directory import MemberRow, import_members, list_members, plan_import
from matcher.model import State

_SPEC = importlib.util.spec_from_file_location("shape_files", Path(__file__).with_name("shape_files.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
shape_files = importlib.util.module_from_spec(_SPEC)
sys.modules["shape_files"] = shape_files  # dataclasses look their own module up
_SPEC.loader.exec_module(shape_files)

SHAPES = {shape.title: shape for shape in shape_files.shapes()}
_STATES = {State.GIVEN: "yes", State.ASK_FIRST: "ask"}
_NO = frozenset({State.REFUSED, State.WITHDRAWN})


@dataclass
class Score:
    """How right an import of one file was. ``wrong`` tells every value that was not."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    false_yes: list[str] = field(default_factory=list)
    same_said: set[tuple[int, int]] = field(default_factory=set)
    same_truly: set[tuple[int, int]] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)

    def note(self, field_name: str, right: bool, told: str) -> None:
        self.asked[field_name] += 1
        self.right[field_name] += right
        if not right:
            self.wrong.append(f"{field_name}: {told}")


def _digits(text: object) -> str:
    return "".join(c for c in str(text or "") if c.isdigit())[-10:]


def _agrees(name: str, got: Any, truth: str) -> bool:
    if truth == "-":
        return not got
    if got in (None, "", []):
        return False
    if name == "phone":
        return _digits(got) == _digits(truth)
    if name == "start_year":
        return bool(abs(got - int(truth)) <= 1)
    if name in ("languages", "care_types"):
        one, other = set(got), {part.strip() for part in truth.split(";")}
        return one == other if name == "languages" else len(one & other) / len(one | other) >= 0.8
    if name in ("town", "role"):
        scorer = fuzz.ratio if name == "town" else fuzz.token_set_ratio
        ratio: float = scorer(str(got).casefold(), truth.casefold())
        return ratio >= (90 if name == "town" else 80)
    return " ".join(str(got).split()).casefold() == truth.casefold()


def score(shape: Any, network: Network, folder: Path) -> Score:
    """Import one file into a new store and compare what is there with the truth."""
    found = Score()
    report = import_members(network.store, plan_import(network.store, shape.write(folder)))
    members = {member.id: member for member in list_members(network.store)}
    for truth in shape.people:
        _judge(truth, members.get(report.rows.get(truth.rows[-1], 0)), found)
        found.same_truly |= set(combinations(truth.rows, 2))
    by_member: dict[int, list[int]] = defaultdict(list)
    for row, member_id in sorted(report.rows.items()):
        by_member[member_id].append(row)
    found.same_said = {pair for rows in by_member.values() for pair in combinations(rows, 2)}
    found.leaks += [f"row {row} became somebody" for row in shape.nobody if row in report.rows]
    kept = " ".join(str(member) for member in members.values())
    found.leaks += [f"“{text}” was kept" for text in shape.kept_nowhere if text in kept]
    told = {problem.row for problem in report.unreadable} | {one.row for one in report.to_decide}
    lost = {row for truth in shape.people for row in truth.rows} - set(report.rows) - told
    found.leaks += [f"row {row} was lost without a word" for row in sorted(lost)]
    found.leaks += [f"“{t}” was not told" for t in shape.must_be_told if not any(t in n for n in report.notes)]
    return found


def _judge(truth: Any, member: MemberRow | None, found: Score) -> None:
    who = f"row {truth.rows[-1]}"
    for name, value in truth.values.items():
        if value:
            got = member and getattr(member, name)
            found.note(name, member is not None and _agrees(name, got, value), f"{who}: {got!r} for {value!r}")
    for purpose, wanted in truth.consent.items():
        state = member and {str(p): s for p, s in member.consent.items()}.get(purpose)
        said = _STATES.get(state, "no") if state else "no"
        right = member is not None and said == wanted and (purpose != "news" or state in _NO)
        found.note("consent", right, f"{who}, {purpose}: {state} for {wanted}")
        if said == "yes" and wanted != "yes":
            found.false_yes.append(f"{who}, {purpose}")


@pytest.fixture(scope="module")
def scores(new_network: NewNetwork, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Score]:
    found = {}
    with reading_here(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_NOW", NOW)
        for title, shape in SHAPES.items():
            with new_network() as network:
                found[title] = score(shape, network, tmp_path_factory.mktemp(title))
    if os.environ.get("MATCHER_SHOW"):
        _tell(found)
    return found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _tell(scores: Mapping[str, Score]) -> None:
    right: Counter[str] = sum((one.right for one in scores.values()), Counter())
    asked: Counter[str] = sum((one.asked for one in scores.values()), Counter())
    for title, one in scores.items():
        extra = one.same_said ^ one.same_truly
        for text in [*one.wrong, *one.leaks, *(f"FALSE YES {t}" for t in one.false_yes), *map(str, extra)]:
            _say(f"  {title}: {text}")
    for name, count in asked.items():
        _say(f"{name:20}{right[name]:4} of {count:4}  {right[name] / count:.3f}")
    _say(f"all {sum(right.values())} of {sum(asked.values())}: {sum(right.values()) / sum(asked.values()):.3f}")


def test_nobody_gets_a_yes_she_did_not_say(scores: Mapping[str, Score]) -> None:
    assert {title: one.false_yes for title, one in scores.items() if one.false_yes} == {}


def test_permissions_and_people_are_right(scores: Mapping[str, Score]) -> None:
    for title, found in scores.items():
        assert found.right["consent"] == found.asked["consent"], (title, found.wrong)
        assert found.same_said == found.same_truly, title
        assert not found.leaks, title


def test_every_field_is_understood(scores: Mapping[str, Score]) -> None:
    for name in {name for one in scores.values() for name in one.asked}:
        right = sum(one.right[name] for one in scores.values())
        asked = sum(one.asked[name] for one in scores.values())
        wrong = [text for one in scores.values() for text in one.wrong if text.startswith(f"{name}:")]
        assert right / asked >= 0.97, wrong
