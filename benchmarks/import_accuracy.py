"""How right an import is: python benchmarks/import_accuracy.py --gold DIR

Makes a new store, imports DIR/members/google_form_export.xlsx and lists the members, all through the command
line, and compares with DIR/members/members.json by the definitions of DIR/README.md. Prints a table, and as
its last line one JSON object.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string
from rapidfuzz import fuzz
from verbs import run

FILE = "google_form_export.xlsx"
NOW = "2026-11-23T09:00"
AUDIENCES = ("policy", "academic", "media", "sector")
_LABELS = {"policy": "policy makers", "academic": "universit", "media": "journalis", "sector": "care sector"}
_STATES = {"given": "yes", "ask_first": "ask"}

Record = Mapping[str, Any]
Fields = dict[str, Callable[[Record, Record], bool]]


def folded(text: object) -> str:
    return " ".join(str(text or "").split())


def digits(text: object) -> str:
    return "".join(c for c in str(text or "") if c.isdigit())[-10:]


def same_words(name: str) -> Callable[[Record, Record], bool]:
    return lambda got, truth: folded(got[name]) == folded(truth[name])


def same_name(name: str) -> Callable[[Record, Record], bool]:
    return lambda got, truth: folded(got[name]).casefold() == folded(truth[name]).casefold()


def overlap(got: Iterable[str] | None, truth: Iterable[str]) -> float:
    one, other = set(got or ()), set(truth)
    return len(one & other) / len(one | other) if one | other else 1.0


def near(got: object, truth: object, scorer: Callable[..., float], floor: float) -> bool:
    return bool(got) and scorer(str(got).casefold(), str(truth).casefold()) >= floor


def near_year(got: int | None, truth: int | None) -> bool:
    return got == truth if got is None or truth is None else abs(got - truth) <= 1


FIELDS: Fields = {
    "first_name": same_name("first_name"),
    "last_name": same_name("last_name"),
    "email": same_name("email"),
    "phone": lambda got, truth: digits(got["phone"]) == digits(truth["phone"]),
    "postcode_district": same_words("postcode_district"),
    "town": lambda got, truth: near(got["town"], truth["town"], fuzz.ratio, 90),
    "region": same_words("region"),
    "start_year": lambda got, truth: near_year(got["start_year"], truth["start_year"]),
    "role": lambda got, truth: near(got["role"], truth["role"], fuzz.token_set_ratio, 80),
    "languages": lambda got, truth: set(got["languages"] or ()) == set(truth["languages"]),
    "care_types": lambda got, truth: overlap(got["care_types"], truth["care_types"]) >= 0.8,
    "age_band": same_words("age_band"),
    "gender": same_words("gender"),
    "experience_text": same_words("experience_text"),
    "interests_text": same_words("interests_text"),
    "conditions_text": same_words("conditions_text"),
}
_QUESTION = {
    "first_name": "name", "last_name": "name", "email": "Email", "phone": "mobile", "postcode_district": "postcode",
    "town": "part of the country", "region": "part of the country", "start_year": "How long", "role": "job title",
    "languages": "languages", "care_types": "Who do you support", "age_band": "How old", "gender": "Gender",
    "experience_text": "your experience", "interests_text": "speak about", "conditions_text": "Anything we should",
}  # fmt: skip


class Sheet:
    """The gold sheet itself: its cells by question, and what stands in its hidden column."""

    def __init__(self, path: Path) -> None:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        self._rows = dict(enumerate(sheet.iter_rows(values_only=True), 1))
        self._header = next(row for row in self._rows.values() if sum(bool(cell) for cell in row) > 10)
        self._hidden = {
            column_index_from_string(letter) - 1
            for letter, column in sheet.column_dimensions.items()
            if column.hidden
        }

    def cell(self, row: int, question: str) -> str:
        for place, header in enumerate(self._header):
            if header and question in str(header):
                return folded(self._rows[row][place])
        return ""

    def hidden_note(self, row: int) -> str:
        return " ".join(folded(self._rows[row][place]) for place in self._hidden)

    def ticked(self, row: int) -> dict[str, str]:
        """What the form itself says on each audience."""
        text = self.cell(row, "happy for us to contact").casefold()
        found: dict[str, str] = {}
        places = {audience: text.find(label) for audience, label in _LABELS.items()}
        for audience, start in places.items():
            ends = [other for other in places.values() if other > start]
            said = text[start : min(ends, default=len(text))] if start >= 0 else ""
            found[audience] = "no" if start < 0 else "ask" if "ask me first" in said else "yes"
        return found


def find(truth: Record, members: Sequence[Record]) -> Record | None:
    """The member of the store that is this truth member: by e-mail, else phone, else name."""
    tests: tuple[Callable[[Record], bool], ...] = (
        lambda m: bool(truth["email"]) and folded(m["email"]).casefold() == folded(truth["email"]).casefold(),
        lambda m: bool(truth["phone"]) and digits(m["phone"]) == digits(truth["phone"]),
        lambda m: folded(m["name"]).casefold() == f"{truth['first_name']} {truth['last_name']}".casefold(),
    )
    for test in tests:
        found = [member for member in members if test(member)]
        if found:
            by_name = [m for m in found if folded(m["first_name"]).casefold() == truth["first_name"].casefold()]
            return (by_name or found)[0]
    return None


def judge_fields(truths: Mapping[str, Record], current: Mapping[str, int], got: Mapping[str, Record | None],
                 sheet: Sheet, show: bool) -> dict[str, float]:  # fmt: skip
    shares: dict[str, float] = {}
    for name, right in FIELDS.items():
        answered = [key for key in truths if sheet.cell(current[key], _QUESTION[name])]
        wrong = [key for key in answered if (m := got[key]) is None or not right(m, truths[key])]
        shares[name] = round(1 - len(wrong) / len(answered), 4) if answered else 1.0
        for key in wrong if show else ():
            member = got[key]
            print(f"  {name}, {key}, row {current[key]}: {member and member[name]!r} for {truths[key][name]!r}")
    return shares


def judge_consent(truths: Mapping[str, Record], current: Mapping[str, int], got: Mapping[str, Record | None],
                  sheet: Sheet, show: bool) -> tuple[float, int]:  # fmt: skip
    right = false_yes = 0
    for key, truth in truths.items():
        ticked = sheet.ticked(current[key])
        told_otherwise = bool(sheet.hidden_note(current[key])) and ticked != truth["consent"]
        wanted = ticked if told_otherwise else truth["consent"]
        member = got[key]
        for audience in AUDIENCES:
            stored = _STATES.get(member["consent"].get(audience, ""), "no") if member else "missing"
            right += stored == wanted[audience]
            false_yes += stored == "yes" and wanted[audience] == "no"
            if show and stored != wanted[audience]:
                print(f"  consent, {key}, row {current[key]}, {audience}: {stored} for {wanted[audience]}")
    return round(right / (len(truths) * len(AUDIENCES)), 4), false_yes


def judge_duplicates(whose: Mapping[int, str], stored: Mapping[int, int]) -> tuple[float, float]:
    both = right = same = 0
    for one, other in combinations(sorted(whose), 2):
        truly = whose[one] == whose[other]
        said = one in stored and stored[one] == stored.get(other)
        both += truly and said
        right += truly
        same += said
    return (both / same if same else 1.0), (both / right if right else 1.0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gold", type=Path, required=True)
    arguments.add_argument("--show", action="store_true", help="name every wrong value")
    given = arguments.parse_args()
    folder: Path = given.gold / "members"
    truth_rows = json.loads((folder / "google_form_export_rows.json").read_text())
    whose = {int(row): key for row, key in next(iter(truth_rows.values())).items() if key}
    current = {key: row for row, key in sorted(whose.items())}
    everyone = {truth["id"]: truth for truth in json.loads((folder / "members.json").read_text())}
    truths = {key: everyone[key] for key in current}
    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "gold.matcher"
        run(store, NOW, "new", "--organisation", "Benchmark")
        report = run(store, NOW, "import", str(folder / FILE))
        members = run(store, NOW, "members")["members"]
    got = {key: find(truth, members) for key, truth in truths.items()}
    sheet = Sheet(folder / FILE)
    shares = judge_fields(truths, current, got, sheet, given.show)
    consent, false_yes = judge_consent(truths, current, got, sheet, given.show)
    precision, recall = judge_duplicates(whose, {int(row): member for row, member in report["rows"].items()})
    tell(report, shares, consent, false_yes, precision, recall)


def tell(report: Record, shares: Mapping[str, float], consent: float, false_yes: int, precision: float,
         recall: float) -> None:  # fmt: skip
    counts = defaultdict(int, {name: report[name] for name in ("new", "updated", "duplicate")})
    print(f"{counts['new']} new, {counts['updated']} updated, {counts['duplicate']} repeated, "
          f"{len(report['to_decide'])} to decide, {len(report['unreadable'])} unreadable")  # fmt: skip
    for name, share in shares.items():
        print(f"{name:20} {share:7.4f}")
    for name, value in (("consent", consent), ("false yes", false_yes), ("duplicate precision", precision)):
        print(f"{name:20} {value:7.4f}")
    print(f"{'duplicate recall':20} {recall:7.4f}")
    result = {
        "fields": shares, "consent": consent, "false_yes": false_yes,
        "duplicate_precision": round(precision, 4), "duplicate_recall": round(recall, 4),
    }  # fmt: skip
    print(json.dumps(result))


if __name__ == "__main__":
    main()
