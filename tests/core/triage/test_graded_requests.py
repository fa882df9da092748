"""Requests written before the rules saw them, in the layout of the graded examples, judged by the same definitions.

What an update keeps of an earlier request needs a store: benchmarks/intake_accuracy.py --gold reads them with one.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import reading_here

from matcher import clock
from matcher.files.readers.attachments import Budget
from matcher.files.readers.document import Document
from matcher.files.readers.parsing import parse
from matcher.triage import Draft, read_request

ROOT = Path(__file__).parents[3]
SETS = sorted(path.parent for path in (Path(__file__).parent / "requests").glob("*/requests/truth.json"))
LEAST = {"must_precision": 0.85, "must_recall": 0.8}
LEAST_FACT = 0.85
"""The share of facts that must be right over all sets: a change that spoils a field shows here."""


@pytest.fixture(scope="module")
def intake() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(ROOT / "benchmarks"))
        import intake_accuracy

        yield intake_accuracy


def _document(file: Path) -> Document:
    """A file read here, not in a process of its own for each: that is tried in tests/core/files."""
    return parse(file.read_bytes(), file.name, Budget(parse))


@pytest.fixture(scope="module")
def graded() -> list[tuple[dict[str, Any], Draft]]:
    with reading_here():
        return [
            (truth, read_request(_document(folder / truth["file"]), clock.instant(truth["received_at"])))
            for folder in SETS
            for truth in json.loads((folder / "truth.json").read_text(encoding="utf-8"))
            if not truth["duplicate_of"]
        ]


def test_what_each_is(graded: list[tuple[dict[str, Any], Draft]], intake: Any) -> None:
    assert {truth["id"]: draft.kind.value for truth, draft in graded} == {
        truth["id"]: intake.expected_kind(truth) for truth, _ in graded
    }


def test_facts(graded: list[tuple[dict[str, Any], Draft]], intake: Any) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    found, wanted = [], []
    for truth, draft in graded:
        if intake.expected_kind(truth) in ("newsletter", "enquiry"):
            continue
        ours = json.loads(json.dumps(asdict(draft.brief), default=str))
        for field, score in intake.FIELDS.items():
            right[field].append(score(ours, truth))
        hits, reached = intake.musts_read(ours, truth)
        found += hits
        wanted += reached
    shares = {field: intake.share(flags) for field, flags in right.items() if field != "title"}
    shares |= {"must_precision": intake.share(found), "must_recall": intake.share(wanted)}
    assert {field: share for field, share in shares.items() if share < LEAST.get(field, LEAST_FACT)} == {}


def test_every_fact_stands_in_the_text(graded: list[tuple[dict[str, Any], Draft]]) -> None:
    for truth, draft in graded:
        for name, found in draft.evidence.items():
            assert 0 <= found.start < found.end, (truth["id"], name)
            assert found.text, (truth["id"], name)
