"""The program as a benchmark sees it: its own command line, one verb at a time, at a fixed moment."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PASSPHRASE = "benchmark"
_MATCHER = "import sys; from matcher.cli import main; sys.exit(main())"


def run(store: Path, now: str, *arguments: str) -> dict[str, Any]:
    """One verb of the command line at the moment ``now`` (ISO); its JSON answer. A verb that fails ends the run."""
    home = str(store.parent)
    environment = os.environ | {
        "MATCHER_NOW": now, "MATCHER_PASSPHRASE": PASSPHRASE, "HOME": home, "XDG_CONFIG_HOME": home,
        "XDG_DATA_HOME": home,
    }  # fmt: skip
    command = [sys.executable, "-c", _MATCHER, "--store", str(store), "--json", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"matcher {arguments[0]} failed: {done.stderr.strip()}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
