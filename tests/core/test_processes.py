"""How the program starts itself once more, with a Python at hand and in a build."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matcher import processes

READER = "matcher.files.readers.child"


def test_with_a_python_at_hand_a_module_is_run() -> None:
    assert processes.command(READER) == [sys.executable, "-P", "-m", READER]


@pytest.mark.parametrize(("platform", "program"), [("linux", "matcher"), ("win32", "matcher.exe")])
def test_a_build_starts_its_own_program_with_a_console(
    platform: str, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "matcher-window.exe"))

    assert processes.command(READER) == [str(tmp_path / program), processes.CHILD, READER]


def test_what_a_build_asks_for_is_served(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Could you put us in touch with six care workers?", encoding="utf-8")
    served = [sys.executable, "-c", "import sys; from matcher.processes import serve; serve(sys.argv[1:])"]
    order = json.dumps({"job": "document", "path": str(letter), "name": "letter.txt", "attachments": False})

    done = subprocess.run([*served, processes.CHILD, READER], input=order.encode() + b"\n", capture_output=True)

    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert said[-1] == {"end": True}
    assert "six care workers" in done.stdout.decode()


@pytest.mark.parametrize("arguments", [[], ["requests"], [processes.CHILD], [processes.CHILD, "os.path"]])
def test_anything_else_is_left_to_the_command_line(arguments: list[str]) -> None:
    assert processes.serve(arguments) is False
