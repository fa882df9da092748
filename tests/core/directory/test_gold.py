"""The graded sheet, when it is there: whole figures come from benchmarks/import_accuracy.py."""

import json
from pathlib import Path

import pytest

from matcher.directory import import_members, list_members, plan_import
from matcher.model import State
from matcher.storage import Store

GOLD = Path(__file__).parents[4] / "shared" / "gold" / "members"
pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not GOLD.is_dir(), reason="no graded examples beside the repository"),
]


def test_every_row_finds_its_person_and_nobody_gets_a_yes_she_did_not_say(store: Store) -> None:
    report = import_members(store, plan_import(store, GOLD / "google_form_export.xlsx"))
    rows = json.loads((GOLD / "google_form_export_rows.json").read_text())
    whose = {int(row): key for row, key in next(iter(rows.values())).items() if key}
    people = {(whose[row], member) for row, member in report.rows.items()}
    assert len(people) == len(set(whose.values())) == report.new
    current = {key: row for row, key in sorted(whose.items())}
    truth = {t["id"]: t["consent"] for t in json.loads((GOLD / "members.json").read_text())}
    for member in list_members(store):
        key = next(key for key, one in people if one == member.id)
        for audience, said in truth[key].items():
            given = {str(p): s for p, s in member.consent.items()}.get(audience) is State.GIVEN
            assert not given or said != "no", (current[key], audience)
