"""Promises 10 and 17 at full count: ``MATCHER_HISTORIES=10000 python tests/promises/run_full.py``.

Lives through that many random histories, on every core; then takes every guard away in turn, and listens to the
main job for a socket. Prints one line of JSON: what happened, and how many of those tests passed and failed.
Exit 1 when anything went wrong.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
TEST = HERE / "test_no_consent_no_contact.py"
BESIDE = {
    "guards_taken_away": ("test_guards_matter.py", "test_every_rule_matters.py", "test_a_no_is_on_disk_first.py"),
    "quiet": ("test_quiet.py",),
}
SHARED_MEMORY = Path("/dev/shm")  # nothing here has to outlive the run
SHOWN = (
    "asked_without",
    "released_without",
    "exported_without",
    "invited_without",
    "asked",
    "released",
    "exported",
    "invited",
    "refused",
    "steps",
)


def main() -> int:
    """Share the histories out, run them, and add up."""
    wanted = int(os.environ.get("MATCHER_HISTORIES", "10000"))
    cores = os.cpu_count() or 1
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as name:
        folder = Path(name)
        shares = [wanted // cores + (number < wanted % cores) for number in range(cores)]
        runs = [
            _start(folder / str(number), sum(shares[:number]), share)
            for number, share in enumerate(shares)
            if share
        ]
        codes = [run.wait() for run in runs]
        reports = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
        total = {key: sum(report[key] for report in reports) for key in ("histories", "late", "still_open", *SHOWN)}
        beside = {name: _passed_and_failed(files, folder) for name, files in BESIDE.items()}
    took = time.monotonic() - started
    sys.stdout.write(json.dumps(total | beside | {"seconds": round(took, 1)}) + "\n")
    return int(any(codes) or any(counts["failed"] for counts in beside.values()))


def _passed_and_failed(files: Sequence[str], folder: Path) -> dict[str, int]:
    """How many tests of these files passed and failed."""
    report = folder / "report.xml"
    tests = [str(HERE / name) for name in files]
    command = [sys.executable, "-m", "pytest", *tests, "-q", "-p", "no:cacheprovider"]
    subprocess.run([*command, f"--junitxml={report}"], stdout=sys.stderr, check=False)
    suite = next(ElementTree.parse(report).getroot().iter("testsuite"))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return {"passed": int(suite.get("tests", 0)) - failed - int(suite.get("skipped", 0)), "failed": failed}


def _start(folder: Path, first: int, share: int) -> subprocess.Popen[bytes]:
    """One core's share, numbered from ``first``."""
    surroundings = os.environ | {
        "MATCHER_HISTORIES": str(share), "MATCHER_FIRST": str(first),
        "MATCHER_REPORT": f"{folder}.json", "TMPDIR": str(folder.parent),
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(TEST),
        "-q",
        "-k",
        "test_random_histories",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.Popen(command, env=surroundings, stdout=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
