"""How good the ranking is: python benchmarks/matching_quality.py --gold DIR

Makes a new store through the command line, imports DIR/members/google_form_export.xlsx, grants every permission
by test evidence (the gate stays on), logs each request twice - as the correctly filled brief and as the raw file -
and ranks it on the day it arrived. Prints per request and mean nDCG@10 and recall@10, BM25 and TF-IDF over the same
words beside them, and as its last line one JSON object. recall@10: of the members graded 2 or better (of all
graded, when nobody is), the share of the ten or fewer that could stand in the top ten.
"""

import argparse
import json
import math
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gold_mapping import brief_from_truth
from verbs import PASSPHRASE, run

TOP = 10
_GOOD = 2.0
_IMPORTED = "2026-11-23T09:00"
_NATIONS = ("Wales", "Scotland", "Northern Ireland")

Record = Mapping[str, Any]
Order = list[str]


def grant_everything(path: Path) -> None:
    """Record every permission of every member, the use of background fields included."""
    from sqlalchemy import select

    from matcher import clock
    from matcher.consent import Permission, record
    from matcher.model import Decision, How, Member, Purpose
    from matcher.storage import open_store, work

    with open_store(path, PASSPHRASE) as store, work(store, "test evidence") as unit:
        for member_id in list(unit.session.scalars(select(Member.id).where(Member.merged_into.is_(None)))):
            for purpose in Purpose:
                given = Permission(member_id, purpose, Decision.GIVEN, clock.now(), How.FORM, "test evidence")
                record(unit, given)


def truth_ids(imported: Sequence[Record], members: Sequence[Record]) -> dict[int, str]:
    """Store id -> the example's id, by e-mail, else phone, else name."""

    def phone(record: Record) -> str:
        return re.sub(r"\D", "", str(record.get("phone") or ""))[-10:]

    def name(record: Record) -> str:
        return f"{record.get('first_name') or ''} {record.get('last_name') or ''}".strip().casefold()

    keys = (lambda r: str(r.get("email") or "").casefold(), phone, name)
    found: dict[int, str] = {}
    for key in keys:
        by_key: dict[str, str] = {}
        for member in members:
            by_key.setdefault(key(member), member["id"])
        for record in imported:
            if record["id"] not in found and key(record) in by_key and by_key[key(record)] not in found.values():
                found[record["id"]] = by_key[key(record)]
    return found


def ndcg(order: Order, grades: Mapping[str, float]) -> float:
    def gain(values: Sequence[float]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:TOP]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(member, 0.0) for member in order]) / best


def recall(order: Order, grades: Mapping[str, float]) -> float:
    good = {m for m, grade in grades.items() if grade >= _GOOD} or {m for m, grade in grades.items() if grade > 0}
    return len(good & set(order[:TOP])) / min(TOP, len(good))


def hard_failures(brief: Record, shown: Sequence[Record], members: Mapping[str, Record], today: date) -> list[str]:
    """Members of a top ten shown as met although the examples say otherwise on a hard must."""
    musts = [c for c in brief["criteria"] if c["strength"] == "must"]
    return [
        f"{row['truth']} {criterion['text']}"
        for row in shown
        if row["status"] == "met" and row["truth"]
        for criterion in musts
        if _contradicts(criterion, members[row["truth"]], today)
    ]


def _contradicts(criterion: Record, member: Record, today: date) -> bool:
    op, value = criterion["op"], criterion["value"]
    wanted = [str(v).casefold() for v in value] if isinstance(value, list) else [str(value).casefold()]
    match criterion["field"]:
        case "country":
            country = member["region"] if member["region"] in _NATIONS else "England"
            return "uk" not in wanted and (country.casefold() in wanted) is (op == "none_of")
        case "region":
            return (str(member["region"]).casefold() in wanted) is (op == "none_of")
        case "years_in_care" if member["start_year"]:
            return not _holds(op, today.year - member["start_year"], value)
        case "age" if member["age_band"]:
            ends = [int(n) for n in re.findall(r"\d+", member["age_band"])]
            return not any(_holds(op, age, value) for age in range(ends[0], (ends[1:] or [99])[0] + 1))
        case "gender" if member["gender"]:
            return {"M": "man", "F": "woman"}.get(member["gender"]) not in wanted
        case "role" if op == "none_of":
            return any(word in member["role"] for word in wanted)
    return False


def _holds(op: str, number: float, value: Any) -> bool:
    if op == "at_least":
        return bool(number >= value)
    if op == "at_most":
        return bool(number <= value)
    return op != "between" or bool(value[0] <= number <= value[-1])


def baselines(members: Sequence[Record], queries: Mapping[str, str]) -> dict[str, dict[str, Order]]:
    """What BM25 (bm25s) and TF-IDF (scikit-learn) make of the same words, without criteria."""
    import bm25s
    from sklearn.feature_extraction.text import TfidfVectorizer

    ids = [member["id"] for member in members]
    texts = [f"{m['experience_text']} {m['interests_text']} {' '.join(m['care_types'])}" for m in members]
    peer = bm25s.BM25()
    peer.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    matrix = vectors.fit_transform(texts)
    found: dict[str, dict[str, Order]] = {"bm25": {}, "tfidf": {}}
    for request, query in queries.items():
        tokens = bm25s.tokenize([query], stopwords="en", show_progress=False, return_ids=False)[0]
        likeness = (matrix @ vectors.transform([query]).T).toarray().ravel()
        for name, scores in (("bm25", peer.get_scores(tokens)), ("tfidf", likeness)):
            found[name][request] = [ids[row] for row in sorted(range(len(ids)), key=lambda r: (-scores[r], ids[r]))]
    return found


def query_of(brief: Record) -> str:
    """The words of a filled brief, for rankings that know only words."""
    phrases = [brief["title"], *brief["topics"], *(c["text"] for c in brief["criteria"])]
    return " ".join(phrases)


class Desk:
    """The store of one run, and the two ways a request comes into it."""

    def __init__(self, gold: Path, folder: Path) -> None:
        self.gold = gold
        self.folder = folder
        self.store = folder / "quality.matcher"
        self.members: list[Record] = json.loads((gold / "members/members.json").read_text(encoding="utf-8"))
        run(self.store, _IMPORTED, "new", "--organisation", "Test network")
        run(self.store, _IMPORTED, "import", str(gold / "members/google_form_export.xlsx"))
        os.environ["MATCHER_NOW"] = _IMPORTED
        grant_everything(self.store)
        self.ids = truth_ids(run(self.store, _IMPORTED, "members")["members"], self.members)

    def filled(self, brief: Record, now: str) -> list[Record]:
        path = self.folder / "brief.json"
        path.write_text(json.dumps(brief), encoding="utf-8")
        return self._ranked(run(self.store, now, "log", "--brief", str(path)), now)

    def raw(self, file: str, now: str) -> list[Record]:
        return self._ranked(run(self.store, now, "log", str(self.gold / "requests" / file), "--received", now), now)

    def _ranked(self, logged: Record, now: str) -> list[Record]:
        ranking = run(self.store, now, "rank", str(logged["request"]["id"]))
        return [
            {"truth": self.ids.get(c["member"]["id"], ""), "status": c["status"]} for c in ranking["candidates"]
        ]


def measure(gold: Path) -> dict[str, Any]:
    """Rank every graded request in every way; print a table; return the figures."""
    truths = json.loads((gold / "requests/truth.json").read_text(encoding="utf-8"))
    grades = json.loads((gold / "grades.json").read_text(encoding="utf-8"))
    graded = [truth for truth in truths if any(grades.get(truth["id"], {}).values())]
    briefs = {truth["id"]: brief_from_truth(truth) for truth in graded}
    orders: dict[str, dict[str, Order]] = {"filled": {}, "raw": {}}
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(gold, Path(folder))
        members = {member["id"]: member for member in desk.members}
        for truth in graded:
            request, now = truth["id"], truth["received_at"]
            shown = desk.filled(briefs[request], now)
            orders["filled"][request] = [row["truth"] for row in shown]
            today = date.fromisoformat(truth["received"])
            failures += [f"{request} {f}" for f in hard_failures(briefs[request], shown[:TOP], members, today)]
            orders["raw"][request] = [row["truth"] for row in desk.raw(truth["file"], now)]
    orders |= baselines(desk.members, {request: query_of(brief) for request, brief in briefs.items()})
    figures = _table(orders, {request: grades[request] for request in briefs})
    for failure in failures:
        print("hard fact:", failure)
    return {**figures, "hard_fact_failures_in_top10": len(failures)}


def _table(orders: Mapping[str, Mapping[str, Order]], grades: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    print(f"{'request':9}" + "".join(f"{name:>9} ndcg  recall" for name in orders))
    rows = {
        request: {name: (ndcg(o[request], g), recall(o[request], g)) for name, o in orders.items()}
        for request, g in grades.items()
    }
    for request, row in rows.items():
        print(f"{request:9}" + "".join(f"{n:14.3f}{r:8.3f}" for n, r in row.values()))
    figures = {
        name: {
            "ndcg10": round(sum(row[name][0] for row in rows.values()) / len(rows), 4),
            "recall10": round(sum(row[name][1] for row in rows.values()) / len(rows), 4),
        }
        for name in orders
    }
    print(f"{'mean':9}" + "".join(f"{f['ndcg10']:14.3f}{f['recall10']:8.3f}" for f in figures.values()))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    print(json.dumps(measure(parser.parse_args().gold)))


if __name__ == "__main__":
    main()
