"""The program as a benchmark sees it: its own command line, one verb at a time, at a fixed moment."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

PASSPHRASE = "benchmark"
_MATCHER = "import sys; from matcher.cli import main; sys.exit(main())"

Run = Callable[..., dict[str, Any]]
"""``run(store, now, verb, *arguments)``: one verb of the command line; its JSON answer."""


def run(store: Path, now: str, *arguments: str) -> dict[str, Any]:
    """One verb in a process of its own at the moment ``now`` (ISO). A verb that fails ends the run."""
    command = [sys.executable, "-c", _MATCHER, *_said(store, arguments)]
    environment = os.environ | _surroundings(store, now)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return _answer(arguments, done.returncode, done.stdout, done.stderr)


def run_here(store: Path, now: str, *arguments: str) -> dict[str, Any]:
    """The same in this process, which spares the start of one."""
    from matcher.cli import main

    out, errors = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, _surroundings(store, now)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(errors),
    ):
        code = main(_said(store, arguments))
    return _answer(arguments, code, out.getvalue(), errors.getvalue())


def _said(store: Path, arguments: tuple[str, ...]) -> list[str]:
    return ["--store", str(store), "--json", *arguments]


def _surroundings(store: Path, now: str) -> dict[str, str]:
    home = str(store.parent)
    return {
        "MATCHER_NOW": now, "MATCHER_PASSPHRASE": PASSPHRASE, "HOME": home, "XDG_CONFIG_HOME": home,
        "XDG_DATA_HOME": home,
    }  # fmt: skip


def _answer(arguments: tuple[str, ...], code: int, out: str, errors: str) -> dict[str, Any]:
    if code:
        raise SystemExit(f"matcher {arguments[0]} failed: {errors.strip()}")
    answer: dict[str, Any] = json.loads(out)
    return answer
