"""Rows that were understood, packed into a line to go from one process to another, and unpacked again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from matcher.directory.importing.permissions import Said
from matcher.directory.importing.rows import Kind, RowAnswer
from matcher.directory.importing.survey import Survey
from matcher.files.readers.child import plain, restored
from matcher.model import Decision, Purpose

_FEW_VALUES = frozenset(
    {
        "town", "postcode_district", "authority", "county", "region", "country", "role", "employer_type", "hours",
        "contract_type", "age_band", "gender", "ethnicity", "migration_status", "availability_text",
        "conditions_text",
    }
)  # fmt: skip
"""What many people have in common, so that it is held in memory once."""


def packed(message: Mapping[str, Any]) -> bytes:
    """A message as a line of JSON."""
    return json.dumps(message, default=_plain, separators=(",", ":")).encode("ascii") + b"\n"


def _plain(value: object) -> Any:
    return sorted(value) if isinstance(value, frozenset) else plain(value)


def pack_rows(answers: Sequence[RowAnswer], survey: Survey) -> bytes:
    """Rows and what they tell together as a line; what many rows have in common stands in it once."""
    shapes: dict[tuple[str, ...], int] = {}
    sayings: dict[tuple[int, str], int] = {}  # by identity: what many say is one object (see PermissionReader)
    said: list[object] = []
    rows = []
    for a in answers:
        saying = sayings.setdefault((id(a.decisions), a.withdrew), len(said))
        if saying == len(said):
            said.append((a.asked, list(a.decisions.items()), a.wording, a.withdrew))
        shape = shapes.setdefault(tuple(a.values), len(shapes))
        rows.append(
            (
                a.row, a.kind, shape, list(a.values.values()), a.answered_at and a.answered_at.isoformat(), saying,
                a.digest, a.reason, a.notes, a.misdated, a.left_at, a.against, a.held,
                list(a.ends.items()), a.beside,
            )
        )  # fmt: skip
    return packed({"shapes": list(shapes), "said": said, "answers": rows, "survey": asdict(survey)})


class Unpacker:
    """Unpacks rows; what many have in common is held once."""

    def __init__(self) -> None:
        self._said: dict[tuple[Any, ...], Said] = {}
        self._once: dict[str, str] = {}

    def rows(self, line: bytes) -> tuple[list[RowAnswer], Survey]:
        """The rows of a line, and what they tell together."""
        message = json.loads(line, object_hook=_restored)
        said = [self._saying(*one) for one in message["said"]]
        once = self._once
        shapes = [tuple(once.setdefault(name, name) for name in shape) for shape in message["shapes"]]
        shared = [[place for place, name in enumerate(shape) if name in _FEW_VALUES] for shape in shapes]
        answers = []
        for (
            row, kind, shape, values, answered_at, saying, digest, reason, notes, misdated, left_at, against, held,
            ends, beside,
        ) in message["answers"]:  # fmt: skip
            for place in shared[shape]:
                values[place] = once.setdefault(values[place], values[place])
            hers = said[saying]
            answers.append(
                RowAnswer(
                    row, _KINDS[kind], dict(zip(shapes[shape], values, strict=True)),
                    answered_at and datetime.fromisoformat(answered_at), hers.asked, hers.decisions, hers.wording,
                    hers.withdrew, digest, reason, tuple(notes), misdated, left_at, against,
                    frozenset(map(Purpose, held)), {Purpose(purpose): day for purpose, day in ends}, beside,
                )
            )  # fmt: skip
        return answers, survey_of(message["survey"])

    def _saying(
        self, asked: Sequence[str], decisions: Sequence[Sequence[str]], wording: str, withdrew: str
    ) -> Said:
        key = (tuple(asked), tuple(map(tuple, decisions)), wording, withdrew)
        known = self._said.get(key)
        if known is None:
            known = self._said[key] = Said(
                frozenset(map(Purpose, asked)), {Purpose(p): Decision(d) for p, d in decisions}, wording, withdrew
            )
        return known


def survey_of(told: Mapping[str, Any]) -> Survey:
    """The survey that was packed."""
    return Survey(
        frozenset(map(Purpose, told["offered"])), told["ticks"], frozenset(told["no_boxes"]),
        frozenset(told["not_only_yes"]), told["first_is_day"], told["second_is_day"],
        told["coded"],
    )  # fmt: skip


_KINDS = {kind.value: kind for kind in Kind}


def _restored(value: dict[str, Any]) -> Any:
    return restored(value) if len(value) == 1 else value
