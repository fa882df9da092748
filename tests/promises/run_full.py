"""Promise 10 at full count: ``MATCHER_HISTORIES=10000 python tests/promises/run_full.py``.

Lives through that many random histories, on every core, and prints one line of JSON. Exit 1 when one went wrong.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEST = Path(__file__).with_name("test_no_consent_no_contact.py")
SHARED_MEMORY = Path("/dev/shm")  # nothing here has to outlive the run
SHOWN = (
    "asked_without",
    "released_without",
    "exported_without",
    "asked",
    "released",
    "exported",
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
    took = time.monotonic() - started
    sys.stdout.write(json.dumps(total | {"seconds": round(took, 1)}) + "\n")
    return max(codes)


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
