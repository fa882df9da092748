"""Whether every locked library has a ready-made wheel for Windows and a Mac: ``python packaging/check_wheels.py``.

A build for another system can only be made there; this asks the package index that pip is set to, from here, and
downloads nothing. It prints a line for each library and system, and returns 1 when one has no wheel. A library
without any would have to be compiled on the computer that builds.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
PYTHON = "3.11"
SYSTEMS = {
    "win_amd64": {
        "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
    },
    "macosx_14_0_arm64": {
        "sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64",
    },
}  # fmt: skip
"""pip's name of a system -> what the markers of the lock file see there."""


def main() -> int:
    """Print the wheel of every library on both systems; return 1 when one is missing, 2 when nobody answered."""
    missing = 0
    for system, sees in SYSTEMS.items():
        wanted = locked(sees)
        found = wheels(wanted, system)
        if not found:
            print(f"No package index answered for {system}.")
            return 2
        for line in wanted:
            wheel = found.get(line)
            print(f"{system:18} {line:40} {wheel or 'NO WHEEL'}")
            missing += wheel is None
        print(f"{system}: {sum(1 for line in wanted if found.get(line))} of {len(wanted)} have a wheel\n")
    return 1 if missing else 0


def locked(sees: dict[str, str]) -> list[str]:
    """The pinned libraries, ``name==version``, that the lock file wants on a system."""
    environment = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.9", "extra": ""} | sees
    environment["platform_python_implementation"], environment["implementation_name"] = "CPython", "cpython"
    lines = [Requirement(line) for line in LOCK.read_text("utf-8").splitlines() if line.strip()]
    return [f"{r.name}{r.specifier}" for r in lines if r.marker is None or r.marker.evaluate(environment)]


def wheels(wanted: list[str], system: str) -> dict[str, str]:
    """Library -> the file name of its wheel there. All are asked for at once; when that fails, one by one."""
    together = _ask(wanted, system)
    if together:
        return together
    return {line: name for one in wanted for line, name in _ask([one], system).items()}


def _ask(wanted: list[str], system: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps", "--only-binary=:all:",
             "--target", nowhere, "--platform", system, "--python-version", PYTHON, "--implementation", "cp",
             "--report", "-", "--disable-pip-version-check", *wanted],
            capture_output=True, check=False,
        )  # fmt: skip
    if done.returncode:
        return {}
    chosen: list[dict[str, Any]] = json.loads(done.stdout)["install"]
    names = {_plain(one["metadata"]["name"]): one["download_info"]["url"].rsplit("/", 1)[-1] for one in chosen}
    return {line: names[_plain(line.split("==")[0])] for line in wanted if _plain(line.split("==")[0]) in names}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


if __name__ == "__main__":
    sys.exit(main())
