"""Builds Matcher for the computer this runs on: ``python3 packaging/build.py``.

It makes ``.venv`` beside this folder, as ``start.py`` does, and the build in ``dist/Matcher`` (on a Mac also
``dist/Matcher.app``): one folder with the program and everything it needs, which runs where no Python is. Options:

    --here          use the Python that runs this, which has PyInstaller and Matcher's libraries
    --into FOLDER   build there instead of ``dist``
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
STRIP_FROM = 500_000
"""Libraries from this size in bytes lose the names that only a debugger reads."""


def main(arguments: list[str]) -> int:
    """Build; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--here", action="store_true")
    options.add_argument("--into", type=Path, default=ROOT / "dist")
    chosen = options.parse_args(arguments)
    if not chosen.here:
        return _in_own_environment(chosen.into)
    begun = time.monotonic()
    chosen.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        draw_icon(work)
        collect(chosen.into.resolve(), work)
    folder = chosen.into / "Matcher"
    strip(folder)
    from licences import write_licences

    write_licences(folder / "LICENCES.txt")
    print(f"{folder}: {size_mb(folder):.0f} MB in {sum(1 for _ in folder.rglob('*'))} files, "
          f"built in {time.monotonic() - begun:.0f} s")  # fmt: skip
    return 0


def _in_own_environment(into: Path) -> int:
    import start

    start.make_environment()
    start.install("[build]")
    return start.call([start.python(), HERE / "build.py", "--here", "--into", into])


def draw_icon(folder: Path) -> None:
    """Write the program's icon in the form this system wants; in a process of its own, which may use Qt."""
    subprocess.run([sys.executable, str(HERE / "icon.py"), str(folder)], check=True)


def collect(into: Path, work: Path) -> None:
    """Run PyInstaller over ``matcher.spec``."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(into), "--workpath", str(work)]
    subprocess.run([*command, *places, str(HERE / "matcher.spec")], check=True, cwd=work)


def strip(folder: Path) -> None:
    """On Linux, drop the debugging names of large libraries; those that wheels have patched break by it."""
    tool = shutil.which("strip")
    if not sys.platform.startswith("linux") or tool is None:
        return
    for library in folder.rglob("*.so*"):
        patched = any(part.endswith(".libs") or part == "PySide6" for part in library.parts)
        if library.is_file() and not library.is_symlink() and not patched and library.stat().st_size >= STRIP_FROM:
            subprocess.run([tool, "--strip-unneeded", str(library)], check=True)


def size_mb(folder: Path) -> float:
    """What a folder holds, in megabytes; links count nothing."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink()) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
