"""How well requests read themselves: python benchmarks/intake_accuracy.py --gold DIR (definitions: DIR/README.md)

Every file of the manifest goes through ``matcher log FILE --received ISO --json`` in one fresh store.
Prints a table and, as its last line, one JSON object:
{"fields": {...}, "must_precision": x, "must_recall": x, "kinds": share}.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gold_mapping import anonymity_of, contacts_of, excluded, format_of, must_of
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process
from verbs import run_here as run

Json = Mapping[str, Any]
Score = Callable[[Json, Json], bool]
_FAMILY = {"experience": "words", "topic": "words"}
"""Criteria that are all answered from a member's own words count as one field."""


def log_all(folder: Path, manifest: Sequence[Json]) -> dict[str, dict[str, Any]]:
    """Log every file of the manifest, as it arrived, into one fresh store."""
    logged = {}
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "intake.matcher"
        run(store, manifest[0]["received_at"], "new", "--organisation", "Peers")
        for item in manifest:
            at = item["received_at"]
            answer = run(store, at, "log", str(folder / item["file"]), "--received", at)
            logged[item["id"]] = answer["request"]
    return logged


def alike(ours: object, truth: object, least: int) -> bool:
    """token_set_ratio of two texts, letter case aside; two empty ones are alike."""
    one, other = str(ours or "").lower(), str(truth or "").lower()
    return one == other or fuzz.token_set_ratio(one, other, processor=default_process) >= least


def payment_right(ours: Json, truth: Json) -> bool:
    """Amount and the first word of the kind, or both none."""
    got, right = ours["payment"], truth["payment"]
    none_said = right["amount"] is None
    if none_said or got["amount"] is None:
        return none_said and got["amount"] is None
    same_kind = first_word(got["kind"]) == first_word(right["kind"]) or not right["kind"]
    return bool(got["amount"] == right["amount"] and same_kind)


def first_word(kind: str | None) -> str:
    """The first word of a payment's kind, singular."""
    return (kind or "").replace("-", " ").lower().split(" ")[0].removesuffix("s")


def places_right(ours: Json, truth: Json) -> bool:
    """Regions and places together as a set: shared names are at least 0.8 of the larger set."""
    got = {plain(name) for name in (*ours["places"], *ours["regions"])}
    right = {plain(name) for name in (*truth["places"], *truth["regions"])}
    if not got or not right:
        return not got and not right
    return len(got & right) / max(len(got), len(right)) >= 0.8


def plain(name: str) -> str:
    """A place's name without what stands in brackets, lower case."""
    return name.partition("(")[0].replace("-", " ").strip().lower()


def ethics_right(ours: Json, truth: Json) -> bool:
    """yes = approved, pending = pending, unknown = not needed or unknown, no = neither approved nor pending."""
    status, right = ours["ethics"]["status"], truth["ethics"]["approved"]
    allowed = {"yes": {"approved"}, "pending": {"pending"}, "exempt": {"exempt"}}
    return status in allowed.get(right, {"not_needed", "unknown", "exempt"})


FIELDS: dict[str, Score] = {
    "audience": lambda ours, truth: ours["audience"] == truth["audience"],
    "requester": lambda ours, truth: alike(ours["requester"], truth["requester_name"], 85),
    "organisation": lambda ours, truth: alike(ours["organisation"], truth["organisation"], 80),
    "contact": lambda ours, truth: ours["contact"].lower() in [c.lower() for c in contacts_of(truth)],
    "title": lambda ours, truth: alike(ours["title"], truth["title"], 60),
    "deadline": lambda ours, truth: (
        ours["deadline"] in truth["deadline_accept"] if truth["deadline_accept"] else ours["deadline"] is None
    ),
    "people_wanted": lambda ours, truth: all(
        ours["people_wanted"][bound] == truth["people_wanted"][bound] for bound in ("min", "max")
    ),
    "payment": payment_right,
    "places": places_right,
    "format": lambda ours, truth: ours["format"] == format_of(truth["format"]),
    "duration": lambda ours, truth: ours["duration_minutes"] == truth["duration_minutes"],
    "ethics": ethics_right,
    "anonymity": lambda ours, truth: ours["anonymity"] == anonymity_of(truth["anonymity"]),
}


def musts_match(ours: Json, truth: Json) -> bool:
    """Field and value agree: numbers exactly, words by token_set_ratio >= 70, an exclusion with an exclusion."""
    ruled_out = ours["op"] == "none_of"
    if ruled_out != (truth["op"] == "none_of"):
        return False
    if not ruled_out and _FAMILY.get(ours["field"], ours["field"]) != _FAMILY.get(truth["field"], truth["field"]):
        return False
    value, right = ours["value"], truth["value"]
    if isinstance(right, bool) or (isinstance(right, int | float) and isinstance(value, int | float)):
        return bool(value == right and ours["op"] == truth["op"])
    in_words = ruled_out or ours["field"] == "words"
    candidates = [spoken(value), ours["text"]] if in_words else [spoken(value)]
    rights = [spoken(right), truth["text"]] if in_words else [spoken(right)]
    return any(alike(one, other, 70) for one in candidates for other in rights if one and other)


def musts_of(ours: Json) -> list[Json]:
    """The musts of a logged request."""
    return [criterion for criterion in ours["criteria"] if criterion["strength"] == "must"]


def musts_read(ours: Json, truth: Json) -> tuple[list[bool], list[bool]]:
    """For each must read whether it is one of the truth, and for each rule of the truth whether it was read."""
    mine = musts_of(ours)
    eligible = [must_of(rule) for rule in truth["eligibility"]]
    ruled_out = [excluded(phrase) for phrase in truth["exclusions"]]
    hits = [any(musts_match(c, t) for t in (*eligible, *ruled_out)) for c in mine]
    return hits, [any(musts_match(c, t) for c in mine) for t in eligible]


def spoken(value: object) -> str:
    """A criterion's value as words."""
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def kind_right(ours: Json, truth: Json, ids: Mapping[str, str]) -> bool:
    """Request, update of which, newsletter or marketing."""
    return bool(ours["kind"] == expected_kind(truth)) and (
        ours["kind"] != "update" or str(ours["updates"]).lstrip("R") == ids.get(truth["duplicate_of"] or "")
    )


def expected_kind(truth: Json) -> str:
    """What the truth says it is."""
    if truth["duplicate_of"]:
        return "update"
    if truth["format"] == "enquiry":
        return "enquiry"
    if truth["audience"] == "not a request":
        return "newsletter"
    return "marketing" if truth["format"] == "marketing" else "request"


def main() -> None:
    """Run, print the table, then the JSON line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--misses", action="store_true", help="show what was read wrong")
    given = options.parse_args()
    manifest = json.loads((given.gold / "requests" / "manifest.json").read_text(encoding="utf-8"))
    truths = {t["id"]: t for t in json.loads((given.gold / "requests" / "truth.json").read_text(encoding="utf-8"))}
    logged = log_all(given.gold / "requests", manifest)
    ids = {name: str(request["id"]).lstrip("R") for name, request in logged.items()}
    right: dict[str, list[bool]] = defaultdict(list)
    found, wanted = [], []
    for name, ours in logged.items():
        truth = truths[name]
        right["kinds"].append(kind_right(ours, truth, ids))
        if given.misses and not right["kinds"][-1]:
            print(f"  {name} kind: {ours['kind']} of {ours['updates']}  |  truth: {expected_kind(truth)}")
        if expected_kind(truth) in ("newsletter", "enquiry"):
            continue
        for field, score in FIELDS.items():
            right[field].append(score(ours, truth))
            if given.misses and not right[field][-1]:
                print(f"  {name} {field}: {_shown(ours, field)}  |  truth: {_shown(truth, field)}")
        hits, reached = musts_read(ours, truth)
        found += hits
        wanted += reached
        if given.misses:
            for criterion, hit in zip(musts_of(ours), hits, strict=True):
                if not hit:
                    print(f"  {name} wrong must: {criterion['field']} {criterion['op']} {criterion['value']}")
            for rule, hit in zip(truth["eligibility"], reached, strict=True):
                if not hit:
                    print(f"  {name} missed must: {rule['field']} {rule['op']} {rule['value']} ({rule['text']})")
    report(right, found, wanted)


def _shown(request: Json, field: str) -> object:
    names = {"requester": "requester_name", "duration": "duration_minutes", "contact": "requester_contact"}
    if field == "places":
        return [*request["places"], *request["regions"]]
    return request.get(field, request.get(names.get(field, field)))


def share(flags: list[bool]) -> float:
    """The share that is right; nothing asked is nothing wrong."""
    return round(sum(flags) / len(flags), 3) if flags else 1.0


def report(right: Mapping[str, list[bool]], found: list[bool], wanted: list[bool]) -> None:
    """The table, then the JSON line."""
    for field in (*FIELDS, "kinds"):
        print(f"{field:16} {sum(right[field]):3}/{len(right[field]):<3} {share(right[field]):.3f}")
    print(f"{'must precision':16} {sum(found):3}/{len(found):<3} {share(found):.3f}")
    print(f"{'must recall':16} {sum(wanted):3}/{len(wanted):<3} {share(wanted):.3f}")
    fields = {field: share(right[field]) for field in FIELDS}
    print(json.dumps({
        "fields": fields, "must_precision": share(found), "must_recall": share(wanted),
        "kinds": share(right["kinds"]),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
