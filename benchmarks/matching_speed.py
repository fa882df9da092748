"""How fast everybody is ranked: python benchmarks/matching_speed.py [--sizes 300 3000 65000 580000]

Makes members (those of the sample by many seeds, their own words of the lengths in the graded examples), puts them
into the index by the very code that puts those of a store there (reading them out of a store is not part of it), and ranks three requests in full: gate, musts, nice-to-haves,
places, years, topics and words, the exact first 50. Beside it SQLite FTS5 and bm25s find the best 50 for the same
words among the same people behind the same gate and musts, in the same run. Times are CPU, the median of several;
of what an earlier ranking found out nothing is kept but how the request itself reads. Each size has a process of
its own.

Last line: {"580000": {"matcher_ms", "fts5_ms", "bm25s_ms", "index_bytes_per_member", "build_s", "build_peak_mb"}}.
"""

import argparse
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from matcher.consent import Ask, Gate, Rest, Standing, Workplace, Workplaces
from matcher.consent.conflicts import workplace
from matcher.knowledge.words import terms
from matcher.matching.facts import Facts
from matcher.matching.index import Board, Builder, Busy, Doors, Group, Index, Order
from matcher.matching.index.keep import from_bytes, to_bytes
from matcher.matching.profile import COLUMNS, Profile, profile_of
from matcher.matching.score import Scale
from matcher.model import (
    BACKGROUND_USE,
    Audience,
    Brief,
    Criterion,
    CriterionField,
    InvitationState,
    Op,
    Purpose,
    State,
    Strength,
)
from matcher.sample.people import SamplePerson, sample_people

SIZES = (300, 3_000, 65_000, 580_000)
TODAY = date(2026, 11, 23)
TOP = 50
_SEED = 20261123
_AT_ONCE = 2_000
_REQUEST = 150
_ASKED = 0.02
"""The share of members that was asked at some time: some ten thousand of the largest network."""
_LENGTHS = (6, 12, 18, 24, 28, 32, 35, 38, 44, 50, 53, 56, 58, 59, 61, 62, 65, 67, 68, 69, 70, 71, 75, 81)
"""Words in the own words of the graded examples, the shortest to the longest in equal steps."""
_PURPOSES = (Purpose.POLICY, Purpose.ACADEMIC, Purpose.MEDIA, Purpose.SECTOR, Purpose.OWN_EVENTS)
_STATES = {
    "given": State.GIVEN,
    "ask_first": State.ASK_FIRST,
    "refused": State.REFUSED,
    "withdrawn": State.WITHDRAWN,
}
_RULES = Rest(21, 42, 8)


def must(field: CriterionField, op: Op, value: Any, text: str) -> Criterion:
    return Criterion(Strength.MUST, field, op, value, text)


def nice(text: str) -> Criterion:
    return Criterion(Strength.PREFER, CriterionField.WORDS, Op.HAS, text, text)


BRIEFS = (
    Brief(
        "Unpaid travel time and mileage in home care",
        audience=Audience.ACADEMIC,
        topics=("unpaid travel time between calls", "petrol and mileage", "rotas with gaps and late changes"),
        regions=("England",),
        remote=True,
        criteria=(
            must(CriterionField.ROLE, Op.IS, "care worker", "home care workers"),
            must(CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 2, "two years or more"),
            must(CriterionField.COUNTRY, Op.ANY_OF, ["England"], "in England"),
            nice("zero hours contracts"),
            nice("drives between visits in rural areas"),
            nice("runs of short fifteen minute calls back to back without a break"),
        ),
    ),
    Brief(
        "Dementia care at home, for regional radio",
        audience=Audience.MEDIA,
        topics=("caring for people with dementia", "distress and challenging behaviour in the evening"),
        places=("Leeds", "Bradford"),
        criteria=(
            must(CriterionField.REGION, Op.ANY_OF, ["Yorkshire and The Humber"], "in Yorkshire"),
            must(CriterionField.CARE_TYPE, Op.ANY_OF, ["dementia"], "dementia care"),
            nice("has done night shifts or sleep-ins"),
            nice("speaks Urdu or Punjabi"),
            nice("women over fifty who came into care from another job after bringing up a family"),
        ),
    ),
    Brief(
        "Recruitment from abroad and sponsorship",
        audience=Audience.POLICY,
        topics=("sponsored visas and fees", "housing and debt on arrival", "moving to another employer"),
        remote=True,
        criteria=(
            must(CriterionField.MIGRATION_STATUS, Op.ANY_OF, ["sponsored"], "on a sponsored visa, now or before"),
            must(CriterionField.EMPLOYER_TYPE, Op.NONE_OF, ["council"], "not employed by a council"),
            nice("guaranteed hours that were promised and not given"),
            nice("team leaders and seniors"),
            nice("came with children or a partner and had to find a school, a car and a place to live"),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A made-up member as the index takes her; ``columns`` are those of her record."""

    columns: dict[str, Any]
    standing: Standing
    workplace: Workplace

    @property
    def profile(self) -> Profile:
        return profile_of(self.columns, BACKGROUND_USE)


class Written:
    """Records written to a file, and read again one by one: they are not to count as memory of the index."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "members").open("w+b")
        self._places = array("q")

    def keep(self, columns: Mapping[str, Any]) -> None:
        """Keep the next record."""
        self._places.append(self._file.tell())
        self._file.write(json.dumps(columns).encode() + b"\n")

    def profile(self, member_id: int) -> Profile:
        """The profile of a member; the first has id 1."""
        self._file.seek(self._places[member_id - 1])
        return profile_of(json.loads(self._file.readline()), BACKGROUND_USE)


def network(size: int) -> Iterator[Person]:
    """Members one by one; the same for the same size."""
    rng = random.Random(_SEED)
    for start in range(0, size, _AT_ONCE):
        some = sample_people(_AT_ONCE, _SEED + start, TODAY)[: size - start]
        said = [text for person in some for text in _sentences(person)]
        for number, person in enumerate(some, start + 1):
            columns = {name: getattr(person, name, None) for name in COLUMNS}
            columns |= {"id": number, **_own_words(person, said, rng)}
            yield Person(columns, _standing(person, rng), workplace(person.employer, person.email))


def _sentences(person: SamplePerson) -> list[str]:
    return [part.strip() for part in (person.experience_text or "").split(".") if part.strip()]


def _own_words(person: SamplePerson, said: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Her words and some of what others said, up to a length drawn from the graded examples."""
    length = rng.choice(_LENGTHS)
    interests = (person.interests_text or "").split()[: length // 3]
    words = (person.experience_text or "").split()
    while len(words) + len(interests) < length:
        words += f"{rng.choice(said)}.".split()
    return {"experience_text": " ".join(words[: length - len(interests)]), "interests_text": " ".join(interests)}


def _standing(person: SamplePerson, rng: random.Random) -> Standing:
    told = {decision.purpose: decision.decision.value for decision in (*person.decisions, *person.later)}
    states = tuple(_STATES.get(told.get(purpose, ""), State.NOT_GIVEN) for purpose in _PURPOSES)
    asks = []
    if rng.random() < _ASKED:
        for _ in range(rng.randint(1, 4)):
            at = datetime(2026, 11, 20, 18, tzinfo=UTC) - timedelta(minutes=rng.randrange(60 * 24 * 500))
            asks.append(Ask(rng.randint(100, 200), InvitationState.ASKED, at, None, None, None, False))
    return Standing(states, tuple(person.conditions or ()), tuple(asks))


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
    rest = index.ids.nbytes + index.spots.of_rows.codes.nbytes
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

    def open(self, brief: Brief) -> tuple[Doors, Board, Scale]:
        request: Any = SimpleNamespace(id=_REQUEST, audience=brief.audience, brief=brief)
        gate = Gate(_RULES, request, TODAY)
        conflicts = self.workplaces.conflicts(brief.organisation, brief.contact)
        scale = Scale(brief, TODAY)
        return Doors(gate, self.index, self.busy, conflicts), Board(scale.needs, self.index, TODAY), scale

    def rank(self, brief: Brief) -> list[int]:
        self.index.spots.homes.forget()
        doors, board, scale = self.open(brief)
        groups = [Group(board, rows) for rows in board.groups(doors.may & ~board.failed)]
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
        doors, board, scale = ranker.open(brief)
        groups = [Group(board, rows) for rows in board.groups(doors.may & ~board.failed)]
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
    fts5 = Fts5(folder, index, ((i, [names[n] for n in some]) for i, some in zip(index.ids.tolist(), stems())))
    peer = bm25s.BM25(k1=1.2, b=0.6)
    peer.index(([some.tolist() for some in stems()], number), show_progress=False)
    spent: dict[str, list[float]] = {"fts5_ms": [], "bm25s_ms": []}
    same: list[float] = []
    for brief in BRIEFS:
        doors, board, scale = ranker.open(brief)
        query = sorted(set(terms(scale.needs.query)))
        asked = [word for word in query if word in number]
        allowed = np.flatnonzero(doors.may & ~board.failed)
        fts5.let_in(index.ids[allowed].tolist())
        by_fts5, by_bm25s = (
            cpu(partial(fts5.find, query), times),
            cpu(partial(_by_bm25s, peer, asked, allowed), times),
        )
        spent["fts5_ms"].append(by_fts5)
        spent["bm25s_ms"].append(by_bm25s)
        ours = best(index.bm25.scores(query), allowed)
        same += [_agree(ours, other) for other in (_by_bm25s(peer, asked, allowed), fts5.find(query))]
        print(f"  {brief.title}: {len(query)} words, {len(allowed):,} behind the gate and musts, FTS5 {by_fts5:.2f}, "
              f"bm25s {by_bm25s:.2f}", flush=True)  # fmt: skip
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
