"""From a fresh clone to a running Matcher, or to its tests, in one command and with nothing but Python 3.11+.

    python3 packaging/start.py sample     install, then play the main job on a made-up network
    python3 packaging/start.py test       install, then run the tests
    python3 packaging/start.py window     install, then open the window

It makes ``.venv`` beside this folder and installs Matcher there. On a bare Debian or Ubuntu it installs the
system packages that Qt needs when it may (as root), and names them when it may not.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SAMPLE = ROOT / "sample.matcher"
QT_LIBRARIES = {
    "EGL": "libegl1", "GL": "libgl1", "glib-2.0": "libglib2.0-0", "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1", "xkbcommon": "libxkbcommon0", "brotlidec": "libbrotli1",
}  # fmt: skip
SCREEN_LIBRARIES = {
    "xcb-cursor": "libxcb-cursor0", "xcb-icccm": "libxcb-icccm4", "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1", "xcb-render-util": "libxcb-render-util0", "xcb-shape": "libxcb-shape0",
    "xcb-xkb": "libxcb-xkb1", "xkbcommon-x11": "libxkbcommon-x11-0",
}  # fmt: skip


def main(what: str) -> int:
    """Install, then do ``what``; return the exit code of that."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this script runs before anything is installed
        return say(f"Matcher needs Python 3.11 or newer; this is {platform.python_version()}.", 2)
    if what not in ("sample", "test", "window"):
        return say(__doc__ or "", 2)
    make_environment()
    install("[test]" if what == "test" else "")
    if what == "test":
        provide_system_packages(QT_LIBRARIES)
    if what == "window":
        provide_system_packages(QT_LIBRARIES | SCREEN_LIBRARIES)
    if what == "sample":
        return play_the_main_job()
    if what == "test":
        return call([python(), "-m", "pytest", "--numprocesses=auto", *sys.argv[2:]])
    return call([matcher()])


def make_environment() -> None:
    """Make ``.venv``, with Debian's python3-venv where Python came without it."""
    if python().exists():
        return
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        apt_install([f"python3.{sys.version_info.minor}-venv"], "to make a virtual environment")
    call([Path(sys.executable), "-m", "venv", VENV], check=True)


def install(extras: str) -> None:
    """Install Matcher into ``.venv``, at the versions of the lock file."""
    options = ["--quiet", "--disable-pip-version-check"]
    constraints = ROOT / "requirements.lock"
    call(
        [python(), "-m", "pip", "install", *options, "--constraint", constraints, "-e", f"{ROOT}{extras}"],
        check=True,
    )


def provide_system_packages(libraries: dict[str, str]) -> None:
    """Make sure that these libraries, each with the package it comes in, are there on Linux."""
    if platform.system() != "Linux":
        return
    missing = sorted(package for library, package in libraries.items() if not find_library(library))
    if missing:
        apt_install([*missing, "fonts-dejavu-core"], "for the window and its tests")


def apt_install(packages: list[str], why: str) -> None:
    """Install Debian packages as root, or say which are missing and stop."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        call([Path(apt), "update", "-qq"], check=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        call([Path(apt), "install", "-y", "-qq", "--no-install-recommends", *packages], check=True, env=environment)
    else:
        sys.exit(say(f"These system packages are missing {why}:\n  sudo apt-get install {' '.join(packages)}", 2))


def play_the_main_job() -> int:
    """Make the sample network and walk it from a request to the outreach workbook."""
    workbook = ROOT / "outreach-sample.xlsx"
    shutil.rmtree(SAMPLE, ignore_errors=True)
    code = show(["sample"]) or show(["requests"])
    if code:
        return code
    request = request_to_match()
    for step in (
        ["show", request],
        ["rank", request, "--top", "10"],
        ["shortlist", request, "--people", "8", "--reserves", "2"],
        ["export", request, str(workbook)],
    ):
        code = show(step)
        if code:
            return code
    return say(f"\nThe outreach workbook: {workbook}\nOpen the window with: {matcher()}", 0)


def show(step: list[str]) -> int:
    """Print and run one verb on the sample store."""
    print("\n$ matcher " + " ".join(step))
    return call([matcher(), *step, "--store", SAMPLE])


def request_to_match() -> str:
    """The newest request of the sample that waits for people to be found."""
    listed = subprocess.run(
        [matcher(), "requests", "--json", "--store", SAMPLE], cwd=ROOT, capture_output=True, check=True
    )
    waiting = [r["id"] for r in json.loads(listed.stdout)["requests"] if r["stage"] == "matching"]
    return f"R{max(waiting)}"


def python() -> Path:
    """The interpreter of ``.venv``."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def matcher() -> Path:
    """The installed program."""
    return python().with_name("matcher.exe" if os.name == "nt" else "matcher")


def call(command: list[str | Path], *, check: bool = False, env: dict[str, str] | None = None) -> int:
    """Run a command in the root of the project; with ``check`` a failure ends this script."""
    sys.stdout.flush()
    code = subprocess.run(list(map(str, command)), cwd=ROOT, env=env, check=False).returncode
    if check and code:
        sys.exit(code)
    return code


def say(text: str, code: int) -> int:
    """Print and pass on an exit code."""
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
