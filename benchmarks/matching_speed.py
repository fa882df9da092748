"""How fast everybody is ranked: python benchmarks/matching_speed.py [--sizes 300 3000 65000 580000]

Makes members (those of the sample by many seeds, their own words of the lengths in the graded examples), puts
them into the index by the very code that puts those of a store there (reading rows out of the store is not
measured), and ranks three requests in full: gate, musts, nice-to-haves, places, years, topics and words, the
exact first 50. Beside it, in the same run and over the same people and stems:

- ``fts5_ms``: SQLite FTS5 finds the best 50 for the words of the request, as one bag of words; who passes gate and
  musts is handed to it, and costs it nothing to find out.
- ``bm25s_ms``: the very ranking of the program, gate, musts, criteria and all, but with the likeness of words (of
  the request and of each topic) by ``bm25s.get_scores``: the same finish, the same answers but for near spellings.
- ``bm25s_words_ms``: ``get_scores`` for the bag of words and the best 50 of those handed to it, nothing else.

Times are CPU, the median of several; of what an earlier ranking found out nothing is kept but how the request
itself reads. Each size has a process of its own. All four together take some eight minutes of CPU.

Last line: {"580000": {"matcher_ms", "fts5_ms", "bm25s_ms", "index_bytes_per_member", "build_s", "build_peak_mb"}}.
"""

import argparse
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import numpy as np
from matching_network import BRIEFS, TODAY, Written, network
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from matcher.consent import Gate, Rest, Workplaces
from matcher.knowledge.words import terms
from matcher.matching.facts import Facts
from matcher.matching.index import Board, Builder, Busy, Gates, Group, Index, Order
from matcher.matching.index.points import Likeness
from matcher.matching.index.saving import from_bytes, to_bytes
from matcher.matching.score import Scale
from matcher.model import Brief

SIZES = (300, 3_000, 65_000, 580_000)
TOP = 50
_REQUEST = 150
_RULES = Rest(21, 42, 8)


def cpu(act: Callable[[], Any], times: int) -> float:
    """The median CPU milliseconds of an act."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        act()
        spent.append((time.process_time() - started) * 1_000)
    return statistics.median(spent)


def wall(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1_000


def index_bytes(index: Index) -> tuple[int, int]:
    """The bytes a member of everything structured and of the words, as they lie in memory."""
    words, rows = index.words, max(1, len(index))
    of_words = words.starts.nbytes + words.rows.nbytes + words.marks.nbytes + index.bm25.weights.nbytes
    of_words += sum(map(sys.getsizeof, words.names)) + index.lengths.nbytes
    rest = index.ids.nbytes + index.places.of_rows.codes.nbytes
    for column in index.columns.values():
        rest += column.codes.nbytes + sum(_size(value) for value in column.values)
    for postings in index.kinds.values():
        rest += postings.starts.nbytes + postings.rows.nbytes + postings.marks.nbytes
    return rest // rows, of_words // rows


def _size(value: object) -> int:
    return sys.getsizeof(value) + sum(map(_size, value)) if isinstance(value, tuple) else sys.getsizeof(value)


class Ranker:
    """The program's own ranking, as `matcher.matching.case` does it."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.workplaces = Workplaces(index.columns["workplace"].values)
        self.busy = Busy(index.columns["asks"].values, _RULES)

    def open(self, brief: Brief) -> tuple[Gates, Board, Scale]:
        request: Any = SimpleNamespace(id=_REQUEST, audience=brief.audience, brief=brief)
        gate = Gate(_RULES, request, TODAY)
        conflicts = self.workplaces.conflicts(brief.organisation, brief.contact)
        scale = Scale(brief, TODAY)
        return Gates(gate, self.index, self.busy, conflicts), Board(scale.needs, self.index, TODAY), scale

    def rank(self, brief: Brief) -> list[int]:
        self.index.places.homes.forget()
        gates, board, scale = self.open(brief)
        return self.first(gates, board, scale)

    def first(self, gates: Gates, board: Board, scale: Scale) -> list[int]:
        groups = [Group(board, rows) for rows in board.groups(gates.may & ~board.failed)]
        return Order(_REQUEST, self.index.ids, scale.points, groups).page(0, TOP)


def best(scores: NDArray[Any], rows: NDArray[Any]) -> list[int]:
    """The rows with the best scores, in order: the finish of every peer that gives scores."""
    found = scores[rows]
    if len(rows) > TOP:
        rows = rows[np.argpartition(-found, TOP)[:TOP]]
    return rows[np.argsort(-scores[rows], kind="stable")].tolist()  # type: ignore[no-any-return]


class Fts5:
    """SQLite's own full text, over the same stems."""

    def __init__(self, folder: Path, index: Index, texts: Iterator[tuple[int, Sequence[str]]]) -> None:
        self.base = sqlite3.connect(folder / "fts.db")
        self.rows = {member_id: row for row, member_id in enumerate(index.ids.tolist())}
        self.base.execute("CREATE VIRTUAL TABLE said USING fts5(words, detail=full, tokenize='unicode61')")
        self.base.execute("CREATE TABLE open (id INTEGER PRIMARY KEY)")
        self.base.executemany(
            "INSERT INTO said (rowid, words) VALUES (?, ?)", ((i, " ".join(words)) for i, words in texts)
        )
        self.base.execute("INSERT INTO said (said) VALUES ('optimize')")
        self.base.commit()

    def let_in(self, ids: Sequence[int]) -> None:
        with self.base:
            self.base.execute("DELETE FROM open")
            self.base.executemany("INSERT INTO open VALUES (?)", ((one,) for one in ids))

    def find(self, query: Sequence[str]) -> list[int]:
        found = self.base.execute(
            "SELECT said.rowid FROM said JOIN open ON open.id = said.rowid WHERE said MATCH ? ORDER BY bm25(said) "
            "LIMIT ?",
            (" OR ".join(f'"{word}"' for word in query), TOP),
        )
        return [self.rows[member_id] for (member_id,) in found]


def measure(size: int, folder: Path) -> dict[str, Any]:
    """Build, rank and compare one size."""
    builder, spent, written = Builder(), 0.0, Written(folder)
    for person in network(size):
        profile = person.profile
        started = time.process_time()
        builder.add(Facts(profile), person.standing, person.workplace)
        spent += time.process_time() - started
        written.keep(person.columns)
    started = time.process_time()
    index = builder.index()
    index.ready()
    ranker = Ranker(index)
    spent += time.process_time() - started
    del builder
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    structured, of_words = index_bytes(index)
    times = 5 if size > 100_000 else 9
    for brief in BRIEFS:
        ranker.rank(brief)  # the vocabulary is loaded by whoever comes first
    each = [(cpu(partial(ranker.rank, brief), times), wall(partial(ranker.rank, brief))) for brief in BRIEFS]
    for brief, (own, elapsed) in zip(BRIEFS, each, strict=True):
        print(f"  {brief.title}: ranked in {own:.2f} ms CPU, {elapsed:.2f} ms by the clock", flush=True)
    figures = {
        "matcher_ms": statistics.mean(own for own, _ in each),
        "matcher_wall_ms": statistics.mean(elapsed for _, elapsed in each),
        **own_further(ranker, written, times),
        **peers(index, ranker, folder, times),
        "index_bytes_per_member": structured + of_words,
        "structured_bytes": structured,
        "words_bytes": of_words,
        "build_s": spent,
        "build_peak_mb": peak,
        **saved(index),
    }
    return {name: round(figure, 2) for name, figure in figures.items()}


def own_further(ranker: Ranker, written: Written, times: int) -> dict[str, float]:
    """What reasons for the first 50 add, and another order by moved weights."""
    spent: dict[str, list[float]] = {"reasons_ms": [], "reweigh_ms": []}
    for brief in BRIEFS:
        gates, board, scale = ranker.open(brief)
        groups = [Group(board, rows) for rows in board.groups(gates.may & ~board.failed)]
        rows = Order(_REQUEST, ranker.index.ids, scale.points, groups).page(0, TOP)
        profiles = [(row, written.profile(int(ranker.index.ids[row]))) for row in rows]

        def reasons(profiles: Any = profiles, board: Board = board, scale: Scale = scale) -> None:
            for row, profile in profiles:
                scale.fit(Facts(profile), board.alike(row))

        def reweigh(groups: Sequence[Group] = groups, scale: Scale = scale) -> None:
            points = {part: value + 1 for part, value in scale.points.items()}
            Order(_REQUEST, ranker.index.ids, points, groups).page(0, TOP)

        spent["reasons_ms"].append(cpu(reasons, 1))
        spent["reweigh_ms"].append(cpu(reweigh, times))
    return {name: statistics.mean(some) for name, some in spent.items()}


def saved(index: Index) -> dict[str, float]:
    """What it takes to write the index and to take it again, as a window does that is opened."""
    content = to_bytes(index, {})
    return {
        "save_ms": cpu(partial(to_bytes, index, {}), 3),
        "open_saved_ms": cpu(lambda: from_bytes(content)[0].ready(), 3),
        "saved_mb": len(content) / 1e6,
    }


def peers(index: Index, ranker: Ranker, folder: Path, times: int) -> dict[str, float]:
    """The same people by SQLite FTS5 and bm25s: the same stems, behind the same gate and musts."""
    import bm25s

    names, number = index.words.names, index.words.number
    stems = _stems(index)
    fts5 = Fts5(
        folder, index, ((i, [names[n] for n in some]) for i, some in zip(index.ids.tolist(), stems(), strict=True))
    )
    peer = bm25s.BM25(k1=1.2, b=0.6)
    peer.index(([some.tolist() for some in stems()], number), show_progress=False)
    spent: dict[str, list[float]] = {"fts5_ms": [], "bm25s_ms": [], "bm25s_words_ms": []}
    same: list[float] = []
    for brief in BRIEFS:
        gates, board, scale = ranker.open(brief)
        query = sorted(set(terms(scale.needs.query)))
        asked = [word for word in query if word in number]
        allowed = np.flatnonzero(gates.may & ~board.failed)
        fts5.let_in(index.ids[allowed].tolist())
        acts = (
            partial(fts5.find, query),
            partial(_ranked_by_bm25s, ranker, brief, peer, number),
            partial(_by_bm25s, peer, asked, allowed),
        )
        took = [cpu(act, times) for act in acts]
        for name, ms in zip(spent, took, strict=True):
            spent[name].append(ms)
        ours = best(index.bm25.scores(query), allowed)
        same += [_agree(ours, other) for other in (_by_bm25s(peer, asked, allowed), fts5.find(query))]
        facts = f"{len(query)} words, {len(allowed):,} behind the gate and musts"
        told = ", ".join(f"{name} {ms:.2f}" for name, ms in zip(spent, took, strict=True))
        print(f"  {brief.title}: {facts}, {told}", flush=True)
    print(f"  words alone, first {TOP}: bm25s has {same[::2]} of ours, FTS5 {same[1::2]}", flush=True)
    return {name: statistics.mean(some) for name, some in spent.items()}


def _stems(index: Index) -> Callable[[], Iterator[NDArray[np.int32]]]:
    """The stems of each member by number, each as often as she uses it, in the order of the index."""
    words = index.words
    by_row = csc_matrix((words.marks, words.rows, words.starts), shape=(len(index), len(words.names))).tocsr()
    ends = by_row.indptr.tolist()
    return lambda: (
        np.repeat(by_row.indices[start:stop], by_row.data[start:stop]) for start, stop in pairwise(ends)
    )


def _by_bm25s(peer: Any, query: Sequence[str], allowed: NDArray[Any]) -> list[int]:
    return best(peer.get_scores(query), allowed)


def _ranked_by_bm25s(ranker: Ranker, brief: Brief, peer: Any, known: Collection[str]) -> list[int]:
    """The program's ranking with every likeness of words by bm25s."""
    ranker.index.places.homes.forget()
    gates, board, scale = ranker.open(brief)

    def likeness(text: str) -> Likeness:
        asked = sorted({word for word in terms(text) if word in known})
        return Likeness(peer.get_scores(asked) if asked else np.zeros(len(ranker.index), dtype=np.float32))

    # where a board keeps what it works out once
    vars(board)["_request_likeness"] = likeness(scale.needs.query)
    vars(board)["_topic_likeness"] = tuple(likeness(topic.text) for topic in scale.needs.topics)
    return ranker.first(gates, board, scale)


def _agree(ours: Sequence[int], other: Sequence[int]) -> float:
    return round(len({*ours} & {*other}) / max(1, len(ours)), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        with TemporaryDirectory() as folder:
            print(json.dumps(measure(given.one, Path(folder))))
        return
    found = {}
    for size in given.sizes:
        print(f"{size:,} members", flush=True)
        started = time.monotonic()
        child = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True
        )
        *told, last = child.stdout.splitlines()
        print("\n".join(told))
        found[str(size)] = json.loads(last)
        print(f"  {time.monotonic() - started:.0f} s in all", flush=True)
    names = list(next(iter(found.values())))
    print(f"\n{'':24}" + "".join(f"{int(size):>12,}" for size in found))
    for name in names:
        print(f"{name:24}" + "".join(f"{row[name]:>12,.2f}" for row in found.values()))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
