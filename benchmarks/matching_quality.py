"""How good the ranking is: python benchmarks/matching_quality.py --gold DIR

Makes a new store through the command line, imports DIR/members/google_form_export.xlsx, grants every permission
by test evidence (the gate stays on), logs each request twice - as the correctly filled brief and as the raw file -
and ranks it on the day it arrived. Prints per request and mean nDCG@10 and recall@10 with the figures of the saved
baseline, BM25 and TF-IDF over the same words and people beside them, and as its last line one JSON object.
``--save`` makes this run the baseline. recall@10: of the members graded 2 or better (of all
graded, when nobody is), the share of the ten or fewer that could stand in the top ten.
"""

import argparse
import json
import math
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from gold_mapping import brief_from_truth
from hard_facts import hard_failures
from verbs import PASSPHRASE, Run, run, run_here

TOP = 10
_GOOD = 2.0
_IMPORTED = "2026-11-23T09:00"
BASELINE = Path(__file__).parents[1] / "tests/matching_quality/baseline.json"

Record = Mapping[str, Any]
Order = list[str]
Orders = dict[str, dict[str, Order]]


def grant_everything(path: Path) -> None:
    """Record every permission of every member, the use of background fields included."""
    from sqlalchemy import select

    from matcher import clock
    from matcher.consent import Permission, record
    from matcher.model import Decision, How, Member, Purpose
    from matcher.storage import open_store, work

    with open_store(path, PASSPHRASE) as store, work(store, "test evidence") as unit:
        given = (
            Permission(member_id, purpose, Decision.GIVEN, clock.now(), How.FORM, "test evidence")
            for member_id in list(unit.session.scalars(select(Member.id).where(Member.merged_into.is_(None))))
            for purpose in Purpose
        )
        record(unit, *given)


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


def peers(members: Sequence[Record], queries: Mapping[str, str], among: Mapping[str, Order]) -> Orders:
    """What BM25 (bm25s) and TF-IDF (scikit-learn) make of the same words, stemmed alike.

    Each gets the whole brief as its query and orders the very people that the program's own ranking of it could
    put forward (``among``): gate and musts are the same for all, only the order is theirs.
    """
    import bm25s
    import Stemmer
    from sklearn.feature_extraction.text import TfidfVectorizer

    def words(texts: list[str]) -> list[list[str]]:
        stemmer = Stemmer.Stemmer("english")
        found: list[list[str]] = bm25s.tokenize(
            texts, stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False
        )
        return found

    texts = words([words_of(member) for member in members])
    peer = bm25s.BM25()
    peer.index(texts, show_progress=False)
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    matrix = vectors.fit_transform(texts)
    rows = {member["id"]: row for row, member in enumerate(members)}
    found: Orders = {"bm25": {}, "tfidf": {}}
    for request, query in queries.items():
        asked = words([query])
        likeness = (matrix @ vectors.transform(asked).T).toarray().ravel()
        for name, scores in (("bm25", peer.get_scores(asked[0])), ("tfidf", likeness)):
            people = sorted(filter(None, among[request]))
            found[name][request] = sorted(people, key=lambda one: -scores[rows[one]])
    return found


def words_of(member: Record) -> str:
    """Everything about a member that a ranking by words can use."""
    told = (member[name] or "" for name in ("experience_text", "interests_text", "role", "town", "region"))
    return " ".join((*told, *member["care_types"]))


def query_of(brief: Record) -> str:
    """The whole of a filled brief as words, but for who is not wanted."""
    asked = (c["text"] for c in brief["criteria"] if c["op"] != "none_of")
    return " ".join((brief["title"], *brief["topics"], *asked, *brief["places"], *brief["regions"]))


def _form(gold: Path) -> Path:
    """The export of the sign-up form: a workbook, or the same as CSV."""
    workbook = gold / "members/google_form_export.xlsx"
    return workbook if workbook.exists() else gold / "members/form_export.csv"


class Desk:
    """The store of one run, and the two ways a request comes into it."""

    def __init__(self, gold: Path, folder: Path, run: Run) -> None:
        self.gold = gold
        self.folder = folder
        self.run = run
        self.store = folder / "quality.matcher"
        self.members: list[Record] = json.loads((gold / "members/members.json").read_text(encoding="utf-8"))
        run(self.store, _IMPORTED, "new", "--organisation", "Test network")
        run(self.store, _IMPORTED, "import", str(_form(gold)))
        with patch.dict(os.environ, {"MATCHER_NOW": _IMPORTED}):
            grant_everything(self.store)
        self.ids = truth_ids(run(self.store, _IMPORTED, "members")["members"], self.members)

    def log_filled(self, brief: Record, now: str) -> int:
        """Log the correctly filled brief; its number."""
        path = self.folder / "brief.json"
        path.write_text(json.dumps(brief), encoding="utf-8")
        return int(self.run(self.store, now, "log", "--brief", str(path))["request"]["id"])

    def log_raw(self, file: str, now: str) -> int:
        """Log the file as it came; its number."""
        path = str(self.gold / "requests" / file)
        return int(self.run(self.store, now, "log", path, "--received", now)["request"]["id"])

    def ranked(self, request_id: int, now: str) -> list[Record]:
        """The candidates of a request as of a moment, in order."""
        ranking = self.run(self.store, now, "rank", str(request_id))
        return [
            {"truth": self.ids.get(c["member"]["id"], ""), "status": c["status"]} for c in ranking["candidates"]
        ]


@dataclass(frozen=True)
class Quality:
    """What one run found: request -> way -> (nDCG@10, recall@10), and members who fail a hard fact."""

    rows: dict[str, dict[str, tuple[float, float]]]
    failures: list[str]

    def means(self) -> dict[str, Any]:
        """The mean of every way, and the count of hard facts failed."""
        ways = next(iter(self.rows.values()))
        means = {
            way: {
                name: round(sum(row[way][place] for row in self.rows.values()) / len(self.rows), 4)
                for place, name in enumerate(("ndcg10", "recall10"))
            }
            for way in ways
        }
        return {**means, "hard_fact_failures_in_top10": len(self.failures)}


def measure(gold: Path, run: Run, *, compare: bool = True) -> Quality:
    """Rank every graded request in every way; ``compare``: with the peers too."""
    truths = json.loads((gold / "requests/truth.json").read_text(encoding="utf-8"))
    grades = json.loads((gold / "grades.json").read_text(encoding="utf-8"))
    graded = [truth for truth in truths if any(grades.get(truth["id"], {}).values())]
    briefs = {truth["id"]: brief_from_truth(truth) for truth in graded}
    orders: Orders = {"filled": {}, "raw": {}}
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(gold, Path(folder), run)
        members = {member["id"]: member for member in desk.members}
        for truth in graded:
            request, now, today = truth["id"], truth["received_at"], date.fromisoformat(truth["received"])
            for way, shown in (
                ("filled", desk.ranked(desk.log_filled(briefs[request], now), now)),
                ("raw", desk.ranked(desk.log_raw(truth["file"], now), now)),
            ):
                orders[way][request] = [row["truth"] for row in shown]
                found = hard_failures(briefs[request], shown[:TOP], members, today) if way == "filled" else []
                failures += [f"{request} {way}: {failure}" for failure in found]
    if compare:
        queries = {request: query_of(brief) for request, brief in briefs.items()}
        orders |= peers(desk.members, queries, orders["filled"])
    rows = {
        request: {
            way: (ndcg(order[request], grades[request]), recall(order[request], grades[request]))
            for way, order in orders.items()
        }
        for request in briefs
    }
    return Quality(rows, failures)


def show(quality: Quality, before: Mapping[str, Any]) -> None:
    """Print request by request and the means, and what they were in the saved baseline."""
    ways = next(iter(quality.rows.values()))
    print(f"{'request':9}" + "".join(f"{way:>9} ndcg (was)  recall" for way in ways))
    for request, row in quality.rows.items():
        was = before.get("requests", {}).get(request, {})
        cells = (f"{n:14.3f} {was[way][0]:.3f}{r:8.3f}" if way in was else f"{n:14.3f}   -  {r:8.3f}"
                 for way, (n, r) in row.items())  # fmt: skip
        print(f"{request:9}" + "".join(cells))
    for way, mean in quality.means().items():
        was = before.get("means", {}).get(way)
        print(f"mean {way}: {was} -> {mean}" if was is not None else f"mean {way}: {mean}")
    for failure in quality.failures:
        print("hard fact:", failure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--save", action="store_true", help="keep this run as the baseline to compare with")
    parser.add_argument("--here", action="store_true", help="call the verbs in this process, which is faster")
    given = parser.parse_args()
    before = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    quality = measure(given.gold, run_here if given.here else run)
    show(quality, before)
    if given.save:
        rounded = {
            request: {way: [round(figure, 4) for figure in figures] for way, figures in row.items()}
            for request, row in quality.rows.items()
        }
        kept = {"means": quality.means(), "requests": rounded}
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(quality.means()))


if __name__ == "__main__":
    main()
