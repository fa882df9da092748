"""How fast an import is: ``python benchmarks/import_speed.py [--rows 100000] [--profile]``.

Makes a workbook of form answers by a seed: the columns of the network's own form, texts as long as people write
them, numbers, places and dates spelt as people spell them, and of every hundred rows five that repeat somebody.
Then, in a process of its own, imports it into a new encrypted store: reading, recognising, duplicates, members,
permissions, one transaction. ``calamine_ratio`` is that time over the time in which python-calamine alone reads
the same file. ``peak_mb`` is what the process and its helpers hold together at the worst moment, looked at twenty
times a second (where the system does not tell, their single worst moments added up). No screen and no network is
needed.
"""

import argparse
import contextlib
import cProfile
import json
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import load_workbook

from matcher import clock
from matcher.directory import import_members, plan_import
from matcher.model import Decision, Purpose
from matcher.sample.people import SamplePerson, sample_people
from matcher.storage import create_store

SEED = 5
REPEATS = 0.05
HEADERS = (
    "Timestamp", "Email address", "What is your name?", "What is the best mobile number for you?",
    "What part of the country do you work in?", "What is your postcode? (first half is fine)",
    "What is your job title?", "What type of organisation do you work for?",
    "How long have you been a homecare worker?", "Roughly how many hours a week do you work?",
    "Who do you support? (tick all that apply)", "Tell us a bit about you and your experience of homecare",
    "What would you like to speak about, or what do you care about most?", "When are you usually free?",
    "Would you join things online, in person, or both?", "How far would you travel?",
    "What languages do you speak?",
    "Are you happy for us to contact you about ... (tick all that apply)",
    "Anything we should know? (e.g. not on camera, first name only)", "How old are you? (optional)",
    "Gender (optional)", "How would you describe your ethnicity? (optional)",
    "Visa / immigration status (optional, we never share this)",
)  # fmt: skip
LABELS: Mapping[Purpose, str] = {
    Purpose.POLICY: "Policy makers (e.g. government, councils, MPs)",
    Purpose.ACADEMIC: "University researchers",
    Purpose.MEDIA: "Journalists, TV and radio",
    Purpose.SECTOR: "Care sector events",
}
_COUNTY = {"Yorkshire and The Humber": "Yorks", "East Midlands": "E Mids", "South East": "", "London": "London"}
_TRAVEL = ("20", "20ish", "10 miles", "zone 1-4", "up to an hour", "not far", "30 mins on the bus", 15, 50)
_HOURS = ("40", "35 hrs", "part time 20", "full time", "varies", "zero hours", "16", "30ish", 37.5)


class Spelling:
    """A form answer as somebody types it."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def phone(self, phone: str | None) -> str | float | None:
        if phone is None:
            return None
        digits = phone.replace(" ", "")
        forms = (phone, digits, f"+44 {digits[1:5]} {digits[5:]}", f"{digits[:5]}-{digits[5:]}", float(digits[1:]))
        return self._rng.choice(forms)

    def area(self, person: SamplePerson) -> str:
        county = person.county or _COUNTY.get(person.region, "")
        town = self._slip(person.town) if self._rng.random() < 0.04 else person.town
        both = f"{town}, {county}".rstrip(", ")
        return self._rng.choice((town, town.lower(), f"{town} ", both, both.lower().replace(",", ""), town.upper()))

    def code(self, person: SamplePerson) -> str | None:
        out, rng = person.postcode_district, self._rng
        if rng.random() < 0.06:
            return None
        inward = f"{rng.randrange(1, 10)}{rng.choice('ABDEFGHJLN')}{rng.choice('ABDEFGHJLN')}"
        full = f"{out} {inward}"
        return rng.choice((out, out.lower(), full, full.replace(" ", "").lower(), f" {out}  {inward}", f"{out} "))

    def years(self, person: SamplePerson, on: datetime) -> str | int:
        years = max(on.year - person.start_year, 1)
        since = f"since {person.start_year}"
        return self._rng.choice((f"{years} yrs", f"{years} years", since, f"about {years}", f"{years}ish", years))

    def name(self, person: SamplePerson) -> str:
        full = f"{person.first_name} {person.last_name}"
        return self._rng.choices((full, full.lower(), full.upper(), f"{full} "), (80, 10, 4, 6))[0]

    def modes(self, person: SamplePerson) -> str:
        if person.online_ok and person.in_person_ok:
            return "Both"
        return "Online" if person.online_ok else "In person"

    def _slip(self, word: str) -> str:
        """Two letters in the wrong order."""
        at = self._rng.randrange(1, max(len(word) - 2, 2))
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def answers(rows: int) -> Iterator[tuple[Any, ...]]:
    """The rows of the form, in the order of their dates."""
    rng = random.Random(SEED)
    spelling = Spelling(rng)
    repeats = round(rows * REPEATS)
    people = sample_people(rows - repeats, SEED, clock.today())
    again = [rng.choice(people) for _ in range(repeats)]
    start, apart = datetime(2023, 9, 1, 9, tzinfo=UTC), timedelta(days=1_100) / rows
    for number, person in enumerate((*people, *again)):
        yield _answer(person, spelling, rng, start + apart * number, number)


def _answer(
    person: SamplePerson, spelling: Spelling, rng: random.Random, at: datetime, number: int
) -> tuple[Any, ...]:
    phone = None if person.phone is None else f"07{rng.randrange(1, 10)}00 {hash_of(person):06d}"
    return (
        at.replace(tzinfo=None, microsecond=0), person.email, spelling.name(person), spelling.phone(phone),
        spelling.area(person), spelling.code(person), person.role, person.employer_type,
        spelling.years(person, at), rng.choice(_HOURS), ", ".join(person.care_types), person.experience_text,
        person.interests_text, person.availability_text, spelling.modes(person), rng.choice(_TRAVEL),
        ", ".join(person.languages), _ticks(person, rng), person.conditions_text, person.age_band, person.gender,
        person.ethnicity, person.migration_status,
    )  # fmt: skip


def hash_of(person: SamplePerson) -> int:
    """Six digits that are the same whenever this person answers."""
    return random.Random(f"{person.first_name}|{person.last_name}|{person.email}").randrange(1_000_000)


def _ticks(person: SamplePerson, rng: random.Random) -> str:
    first = {said.purpose: said.decision for said in person.decisions}
    yes = [purpose for purpose in LABELS if first.get(purpose) in (Decision.GIVEN, Decision.ASK_FIRST)]
    asked = [purpose for purpose in yes if first[purpose] is Decision.ASK_FIRST]
    ticked = [f"{LABELS[p]} - but ask me first" if p in asked else LABELS[p] for p in yes]
    return ", ".join(ticked) or rng.choice(("None of these", ""))


def write_file(path: Path, rows: int) -> None:
    """The workbook, under a banner as forms have it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Form responses 1")
    sheet.append(["Sign-up form"])
    sheet.append(HEADERS)
    for answer in answers(rows):
        sheet.append(answer)
    book.save(path)


def measure(path: Path, store_path: Path, *, profile: bool) -> dict[str, Any]:
    """Import the file into a new store; seconds and memory of this process and its children."""
    store = create_store(store_path, "Benchmark", "benchmark").store
    steps: dict[str, float] = {}

    def timed(name: str, verb: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = verb()
        steps[name] = time.perf_counter() - began
        return answer

    with cProfile.Profile() if profile else _Nothing() as profiler:
        plan = timed("plan", lambda: plan_import(store, path))
        report = timed("write", lambda: import_members(store, plan))
    if profile:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    store.close()
    mine, largest_child = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    alone = {"alone_mb": mine / 1024, "added_mb": (mine + 2 * largest_child) / 1024}
    counts = {"new": report.new, "duplicate": report.duplicate, "to_decide": len(report.to_decide)}
    return {"rows": len(plan.rows), "steps": steps, **alone, **counts}


class _Nothing:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def bare_read(path: Path) -> float:
    """Seconds in which python-calamine alone walks through every row."""
    began = time.perf_counter()
    with load_workbook(str(path)) as book:
        for _row in book.get_sheet_by_index(0).iter_rows():
            pass
    return time.perf_counter() - began


def child(arguments: Sequence[str]) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    together = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            together = max(together, held_together(process.pid))
            time.sleep(0.05)
        told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(process.returncode)
    answer: dict[str, Any] = json.loads(told.splitlines()[-1])
    return answer | {"together_mb": together}


def held_together(pid: int) -> float:
    """MB of memory that a process and its children hold now; 0 where the system does not tell."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    pages = 0
    for one in (str(pid), *children):
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{one}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--profile", action="store_true", help="tell where the time goes")
    options.add_argument("--file", type=Path, help="keep the workbook here, or use the one that is there")
    options.add_argument("--child", choices=("import", "read"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child == "read":
        print(json.dumps({"seconds": bare_read(chosen.file)}))
    elif chosen.child == "import":
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(chosen.file, Path(folder) / "speed.matcher", profile=chosen.profile)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = chosen.file or Path(folder) / "answers.xlsx"
            if not path.exists():
                write_file(path, chosen.rows)
            tell(path, profile=chosen.profile)


def tell(path: Path, *, profile: bool) -> None:
    """Measure, and print the table and the figures: rows are those that the import itself counted."""
    alone = child(["--child", "read", "--file", str(path)])["seconds"]
    extra = ["--profile"] if profile else []
    found = child(["--child", "import", "--file", str(path), *extra])
    rows, seconds = found["rows"], sum(found["steps"].values())
    size = path.stat().st_size / 1e6
    became = ", ".join(f"{found[name]:,} {name.replace('_', ' ')}" for name in ("new", "duplicate", "to_decide"))
    print(f"{rows:,} rows, {size:.0f} MB: {became}")
    print(f"  {'bare read':<10} {alone:7.1f} s")
    for name, spent in found["steps"].items():
        print(f"  {name:<10} {spent:7.1f} s")
    figures = {
        "rows_per_second": round(rows / seconds),
        "peak_mb": round(max(found["alone_mb"], found["together_mb"] or found["added_mb"])),
        "calamine_ratio": round(seconds / alone, 2),
    }  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
