"""Plays the main job with a build, as its user would: ``python packaging/smoke.py dist/Matcher``.

The made-up network, a request read from an e-mail, who fits, a list, the outreach workbook out and back (which is
read in a process of its own), members from a spreadsheet, and the window on every page. Nothing of the user's is
touched on Linux; on Windows and macOS the window notes its place as usual. Prints what each step took.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LETTER = (
    "From: Imogen Farrell <i.farrell@calder.example>\nSubject: Voices for our winter study\n\nDear Ruth,\n\n"
    "Could you put us in touch with six care workers who do nights, with three years or more behind them, near "
    "Leeds? It is a 45-minute interview by phone. We offer a £25 voucher and have ethics approval "
    "(CU-2291).\n\nImogen\n"
)
SHEET = (
    "Timestamp,First name,Last name,Email,Mobile,Postcode,How long in home care?\n"
    "12/02/2026 19:20,Amina,Yusuf,amina.yusuf@example.org,07700 900123,LS21,6 years\n"
    "13/02/2026 08:02,Bev,Hartley,bev.hartley@example.org,07700 900145,BD20,since 2015\n"
)


class Build:
    """A build in ``folder``, played in ``home``, where it keeps whatever it notes."""

    def __init__(self, folder: Path, home: Path) -> None:
        ending = ".exe" if sys.platform == "win32" else ""
        self._line, window = folder / f"matcher{ending}", folder / f"matcher-window{ending}"
        self._window = window if window.exists() else self._line
        self._home, self.seconds = home, dict[str, float]()
        self.store = home / "Sample.matcher"

    def does(self, *words: str) -> dict[str, Any]:
        """Run a verb on the sample store; return what it says. Raises RuntimeError when it fails."""
        said = self._run(words[0], [str(self._line), *words, "--store", str(self.store), "--json"])
        answer: dict[str, Any] = json.loads(said)
        return answer

    def starts(self) -> str:
        """What it calls itself, from a cold and then a warm start."""
        self._run("start, first", [str(self._line), "--version"])
        return self._run("start", [str(self._line), "--version"])

    def opens_its_window(self) -> dict[str, Any]:
        """Open the window on the sample, go to every page, close it; return what it found."""
        report, begun = self._home / "window.json", time.time()
        self._run("window", [str(self._window), "--self-check", str(self.store), str(report)])
        found: dict[str, Any] = json.loads(report.read_text("utf-8"))
        for moment in ("painted", "whole"):
            self.seconds[f"window {moment}"] = round(found.pop(f"{moment}_at") - begun, 2)
        return found

    def _run(self, name: str, command: list[str]) -> str:
        begun = time.monotonic()
        done = subprocess.run(command, env=self._environment(), capture_output=True, cwd=self._home, timeout=300)
        self.seconds[name] = round(time.monotonic() - begun, 2)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stdout.decode()} {done.stderr.decode()}")
        return done.stdout.decode()

    def _environment(self) -> dict[str, str]:
        """A computer without Python: nothing of the environment it was built in helps the build."""
        foreign = ("PYTHON", "VIRTUAL_ENV", "MATCHER_")
        ours = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR")
        ours |= {name: str(self._home / name) for name in folders}
        if sys.platform.startswith("linux") and not ours.get("DISPLAY"):
            ours["QT_QPA_PLATFORM"] = "offscreen"
        return ours


def play(folder: Path, home: Path) -> dict[str, Any]:
    """Play everything; return what was found and how long it took. Raises RuntimeError for a step that failed."""
    build = Build(folder.resolve(), home)
    found: dict[str, Any] = {"version": build.starts().strip()}
    build.does("sample", "--members", "300")
    (home / "letter.eml").write_text(LETTER, encoding="utf-8")
    (home / "sign-ups.csv").write_text(SHEET, encoding="utf-8")
    found["logged"] = build.does("log", str(home / "letter.eml"))["request"]["evidence"]["people_wanted"]["text"]
    found["new"] = build.does("import", str(home / "sign-ups.csv"))["new"]
    waiting = [one["id"] for one in build.does("requests")["requests"] if one["stage"] == "matching"]
    request, workbook = f"R{max(waiting)}", home / "outreach.xlsx"
    found["candidates"] = len(build.does("rank", request, "--top", "10")["candidates"])
    build.does("shortlist", request, "--people", "8")
    build.does("export", request, str(workbook))
    found["workbook_bytes"] = workbook.stat().st_size
    found["rejected"] = build.does("replies", str(workbook), "--dry-run")["rejected"]
    found["window"] = build.opens_its_window()
    return found | {"seconds": build.seconds}


def main(folder: Path) -> int:
    """Play it and print what was found; return 0 when every step went well."""
    with tempfile.TemporaryDirectory() as home:
        found = play(folder, Path(home))
    print(json.dumps(found, indent=1))
    return 1 if found["window"]["trouble"] else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
