"""How well the numbers of the formula hold on requests they were not chosen by: python benchmarks/matching_folds.py

Cross-validation over the requests of several sets (``--gold DIR``, again and again; else the graded set and those
in tests/matching_quality). For each of ``--folds`` folds the numbers of the formula and the weights of each
audience are chosen on the other requests and tried on its own. Only what beats the shipped number by more than
one standard error of the paired gains is chosen, since there are far more choices than requests. What is measured
is the mean nDCG@10 of the filled and of the raw request. Printed: the held-out figure of the shipped and of the
chosen numbers, BM25 and TF-IDF over the same people beside them, and what each fold chose; last line one JSON
object. ``--save`` keeps it as the baseline that later runs are shown beside.
"""

import argparse
import importlib
import json
import os
import statistics
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from gold_mapping import brief_from_truth
from verbs import PASSPHRASE, run_here

from matcher.matching import BY_AUDIENCE, Weights, open_case
from matcher.model import Audience
from matcher.storage import Store, open_store
from matching_quality import TOP, Desk, ndcg, peers, query_of

ROOT = Path(__file__).parents[1]
SETS = (ROOT.parent / "shared/gold", *sorted((ROOT / "tests/matching_quality").glob("unseen_*")))
BASELINE = ROOT / "tests/matching_quality/folds.json"
NUMBERS: Mapping[str, Sequence[float]] = {
    "formula._PREFERRED_WHERE": (0.3, 0.4, 0.6),
    "formula._PREFERRED_EXPERIENCE": (0.3, 0.375, 0.525),
    "formula._FIRST_OF_SEVERAL": (0.75, 0.82),
    "formula._ALIKE": (0.0, 0.05, 0.15, 0.2, 0.3),
    "formula._DEEP": (0.0, 0.05, 0.15),
    "formula._UNNAMED_TOPIC": (0.4, 0.6, 1.0),
    "formula._BEST_TOPIC": (0.4, 0.5, 0.7, 0.8),
    "needs._KNOWABLE": (0.35, 0.55, 0.65),
    "needs._SPOKEN_OF": (0.2, 0.3, 0.5),
    "needs._SELDOM_KNOWN": (0.05, 0.1, 0.2),
    "needs._IN_REACH": (0.25, 0.45),
    "needs._IN_EXPERIENCE": (0.6, 0.9),
    "needs._HINTED": (0.2, 0.3, 0.5),
    "phrases._ENOUGH_WORDS": (0.5, 0.7),
    "phrases._MOSTLY_ABOUT": (0.3, 0.5),
    "phrases._HINT": (0.25, 0.75),
}  # fmt: skip
"""A number of `matcher.matching` -> what else is tried in its place."""
WEIGHTS = (
    Weights(10, 60, 30), Weights(15, 50, 35), Weights(15, 60, 25), Weights(20, 40, 40), Weights(20, 50, 30),
    Weights(20, 55, 25), Weights(20, 60, 20), Weights(25, 45, 30), Weights(25, 55, 20), Weights(30, 45, 25),
)  # fmt: skip

Numbers = Mapping[str, float]
Key = tuple[str, str]
"""Set and request."""
Figures = dict[Weights | None, dict[Key, float]]
"""Weights (None: the shipped ones) -> request -> figure."""


@dataclass(frozen=True)
class Trial:
    """A graded request logged in an open store, filled and raw."""

    key: Key
    audience: Audience
    store: Store
    requests: tuple[int, int]
    now: str
    grades: Mapping[str, float]
    members: Mapping[int, str]

    def figures(self) -> dict[Weights | None, float]:
        """The mean nDCG@10 of both ways, by the shipped and by each of the other weights."""
        found: dict[Weights | None, float] = {}
        with patch.dict(os.environ, {"MATCHER_NOW": self.now}):
            cases = [open_case(self.store, request) for request in self.requests]
            for weights in (None, *WEIGHTS):
                ways = (case.weighed(weights) if weights else case for case in cases)
                orders = ([self.members.get(c.member.id, "") for c in case.candidates(0, TOP)] for case in ways)
                found[weights] = statistics.fmean(ndcg(order, self.grades) for order in orders)
        return found


def trials_of(gold: Path, folder: Path, stack: ExitStack) -> tuple[list[Trial], dict[str, dict[Key, float]]]:
    """The graded requests of a set, and what BM25 and TF-IDF come to for each."""
    truths = json.loads((gold / "requests/truth.json").read_text(encoding="utf-8"))
    grades = json.loads((gold / "grades.json").read_text(encoding="utf-8"))
    graded = [truth for truth in truths if any(grades.get(truth["id"], {}).values())]
    folder.mkdir()
    desk = Desk(gold, folder, run_here)
    briefs = {truth["id"]: brief_from_truth(truth) for truth in graded}
    logged: dict[str, tuple[int, int]] = {}
    among: dict[str, list[str]] = {}
    for truth in graded:
        now = truth["received_at"]
        filled = desk.log_filled(briefs[truth["id"]], now)
        logged[truth["id"]] = filled, desk.log_raw(truth["file"], now)
        among[truth["id"]] = [row["truth"] for row in desk.ranked(filled, now)]
    orders = peers(desk.members, {request: query_of(brief) for request, brief in briefs.items()}, among)
    store = stack.enter_context(open_store(desk.store, PASSPHRASE))
    found = [
        Trial(
            (gold.name, truth["id"]), Audience(briefs[truth["id"]]["audience"]), store, logged[truth["id"]],
            truth["received_at"], grades[truth["id"]], desk.ids,
        )
        for truth in graded
    ]  # fmt: skip
    return found, {
        way: {(gold.name, request): ndcg(order, grades[request]) for request, order in by_request.items()}
        for way, by_request in orders.items()
    }


def measured(trials: Sequence[Trial], numbers: Numbers) -> Figures:
    """Every figure with these numbers in place of the shipped ones."""
    with ExitStack() as stack:
        for name, value in numbers.items():
            module, _, constant = name.partition(".")
            stack.enter_context(
                patch.object(importlib.import_module(f"matcher.matching.{module}"), constant, value)
            )
        by_trial = {trial.key: trial.figures() for trial in trials}
    return {weights: {key: figures[weights] for key, figures in by_trial.items()} for weights in (None, *WEIGHTS)}


def clearly_better(tried: Mapping[Key, float], shipped: Mapping[Key, float], keys: Sequence[Key]) -> float:
    """The mean paired gain on these requests less one standard error of it."""
    gains = [tried[key] - shipped[key] for key in keys]
    return float(statistics.fmean(gains) - statistics.stdev(gains) / len(gains) ** 0.5)


def chosen_numbers(table: Mapping[tuple[str, float], Figures], shipped: Figures, keys: Sequence[Key]) -> Numbers:
    """For each number the value that is clearly best on these requests, if one is better than the shipped one."""
    best: dict[str, tuple[float, float]] = {}
    for (name, value), figures in table.items():
        gain = clearly_better(figures[None], shipped[None], keys)
        if gain > max(0.0, best.get(name, (0.0, 0.0))[0]):
            best[name] = gain, value
    return {name: value for name, (_, value) in best.items()}


def chosen_weights(figures: Figures, trials: Sequence[Trial]) -> dict[Audience, Weights | None]:
    """For each audience the weights that are clearly best on these requests, else None for the shipped ones."""
    found: dict[Audience, Weights | None] = {}
    for audience in BY_AUDIENCE:
        keys = [trial.key for trial in trials if trial.audience is audience]
        gains = {w: clearly_better(figures[w], figures[None], keys) for w in WEIGHTS} if len(keys) > 2 else {}
        best = max(gains, key=lambda weights: gains[weights], default=None)
        found[audience] = best if best and gains[best] > 0 else None
    return found


def folds_of(trials: Sequence[Trial], folds: int) -> list[list[Trial]]:
    """The requests dealt out audience by audience, so that every fold has some of each; always the same."""
    dealt = sorted(trials, key=lambda trial: (trial.audience, trial.key))
    return [list(dealt[fold::folds]) for fold in range(folds)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, action="append", help="a graded set; several may be given")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--save", action="store_true", help="keep this run as the baseline to compare with")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        trials: list[Trial] = []
        others: dict[str, dict[Key, float]] = {"bm25": {}, "tfidf": {}}
        for number, gold in enumerate(given.gold or [one for one in SETS if one.is_dir()]):
            found, beside = trials_of(gold, Path(folder) / str(number), stack)
            trials += found
            for way, figures in beside.items():
                others[way] |= figures
        report = cross_validated(trials, given.folds)
    report |= {way: round(statistics.fmean(figures.values()), 4) for way, figures in others.items()}
    before = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    for name in ("requests", "shipped", "chosen", "bm25", "tfidf"):
        print(f"{name:9}{before.get(name, '-'):>9} -> {report[name]}")
    if given.save:
        BASELINE.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report))


def cross_validated(trials: Sequence[Trial], folds: int) -> dict[str, Any]:
    """The held-out means of the shipped and of the chosen numbers, and how often each choice was made."""
    shipped = measured(trials, {})
    table: dict[tuple[str, float], Figures] = {}
    for name, values in NUMBERS.items():
        for value in values:
            table[name, value] = measured(trials, {name: value})
            gain = clearly_better(table[name, value][None], shipped[None], [trial.key for trial in trials])
            mean = statistics.fmean(table[name, value][None].values()) - statistics.fmean(shipped[None].values())
            print(f"{name:32}{value:6}: {mean:+.4f}, less a standard error {gain:+.4f}", flush=True)
    held_out: dict[Key, float] = {}
    choices: Counter[str] = Counter()
    for fold in folds_of(trials, folds):
        training = [trial for trial in trials if trial not in fold]
        numbers = chosen_numbers(table, shipped, [trial.key for trial in training])
        figures = measured(trials, numbers) if numbers else shipped
        weights = chosen_weights(figures, training)
        held_out |= {trial.key: figures[weights[trial.audience]][trial.key] for trial in fold}
        choices.update(f"{name} = {value}" for name, value in numbers.items())
        choices.update(f"{audience}: {chosen}" for audience, chosen in weights.items() if chosen)
    for choice, times in choices.most_common():
        print(f"{times} of {folds} folds chose {choice}")
    return {
        "requests": len(trials),
        "folds": folds,
        "shipped": round(statistics.fmean(shipped[None].values()), 4),
        "chosen": round(statistics.fmean(held_out.values()), 4),
        "choices": dict(choices.most_common()),
    }


if __name__ == "__main__":
    main()
