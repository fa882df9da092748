"""A build of this computer: made by the one command, and the main job played with it."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
MOST_MB = 400

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("PyInstaller") is None, reason="no PyInstaller here: pip install -e .[build]"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the workflow builds and plays it elsewhere"),
]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("build")
    command = [sys.executable, str(PACKAGING / "build.py"), "--here", "--into", str(into)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    return into / "Matcher"


def test_the_main_job_is_played_with_a_build(build: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PACKAGING / "smoke.py"), str(build)], capture_output=True, text=True, timeout=600
    )

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["logged"] == "six care workers"  # read from an e-mail, in a process of its own
    assert found["new"] == 2
    assert found["candidates"] == 10
    assert found["workbook_bytes"] > 5_000
    assert found["rejected"] == []  # the workbook it wrote is read back
    assert {"today", "requests", "members", "outreach", "settings"} <= set(found["window"]["pages"])
    assert "keyring.backends.SecretService" in found["window"]["keyrings"]


def test_it_carries_the_licences_and_nothing_that_is_not_needed(build: Path) -> None:
    licences = (build / "LICENCES.txt").read_text("utf-8")
    names = {path.name for path in build.rglob("*")}
    size = sum(f.stat().st_size for f in build.rglob("*") if f.is_file() and not f.is_symlink())

    assert all(words in licences for words in ("LESSER GENERAL PUBLIC", "sqlcipher3", "SIL OPEN FONT", "openpyxl"))
    assert not [name for name in names if "Qt6Network" in name or "Qt6Qml" in name or name.startswith("libgtk")]
    assert size < MOST_MB * 1_000_000
