"""Promises 1, 2, 5, 6, 7, 8, 9 and 16 at full count: ``python tests/promises/run_store_full.py [NUMBER ...]``.

Prints one line of JSON: for each promise how many tests passed, failed and were skipped, and how long they took;
exit 1 when anything failed or was skipped. Promise 16 needs Qt, 2 and 3 need ``strace``.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COUNTS = {
    "MATCHER_KILLS": "1000", "MATCHER_FAULTS": "400", "MATCHER_FLIPS": "500", "MATCHER_CUTS": "100",
    "MATCHER_KEY_KILLS": "300", "MATCHER_BACKUP_KILLS": "300",
}  # fmt: skip
PROMISES = {
    "1": ("tests/promises/test_store_promises.py tests/promises/test_killed_in_a_backup.py", "killed"),
    "2": ("tests/promises/test_full_disk.py", ""),
    "5": ("tests/promises/test_damaged_files.py", "flipped or stray or crash"),
    "6": ("tests/promises/test_keys_promise.py tests/core/storage/test_keys.py", ""),
    "7": ("tests/promises/test_store_promises.py tests/ui/shell/test_kept_edits.py", "clear or gone"),
    "8": ("tests/core/storage/test_older_schemas.py", ""),
    "9": ("tests/promises/test_damaged_files.py tests/core/consent/test_restoring.py", "year or corrupt or backup"),
    "16": ("tests/ui/shell/test_kept_edits.py tests/ui/shell/test_lock.py", ""),
}
"""Number of a promise -> the files of its tests, and which of them."""


def main() -> int:
    """Run what was asked for, or all of it."""
    wanted = sys.argv[1:] or list(PROMISES)
    found = {number: run(*PROMISES[number]) for number in wanted}
    sys.stdout.write(json.dumps({"counts": COUNTS, "promises": found}) + "\n")
    return int(any(one["failed"] or one["skipped"] for one in found.values()))


def run(files: str, chosen: str) -> dict[str, float]:
    """How many tests of these files passed, failed and were skipped."""
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.xml"
        command = [sys.executable, "-m", "pytest", *files.split(), "-q", "-p", "no:cacheprovider", "-k", chosen]
        started = time.monotonic()
        subprocess.run(
            [*command, f"--junitxml={report}"], cwd=ROOT, env=os.environ | COUNTS, stdout=sys.stderr, check=False
        )
        suite = next(ElementTree.parse(report).getroot().iter("testsuite"))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    passed = int(suite.get("tests", 0)) - failed - skipped
    return {"passed": passed, "failed": failed, "skipped": skipped, "seconds": round(time.monotonic() - started, 1)}


if __name__ == "__main__":
    sys.exit(main())
