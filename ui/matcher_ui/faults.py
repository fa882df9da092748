"""What may be told of a fault in the program: its kind and its place in the code, never a value or a message."""

import platform
import re
import sys
import traceback
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import qVersion

from matcher import __version__, clock

OURS = ("matcher", "matcher_ui", "matcher_resources")
MOST_LINES = 60
_CRASH_LINE = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+) in (?P<name>[\w<>]+)')


@dataclass(frozen=True, slots=True)
class Fault:
    """``kind``: the type's name; ``where``: a line for each step, the last one is where it happened.

    ``during`` says in plain words what Matcher was at: “on Members”, “in the background”.
    """

    kind: str
    where: str
    during: str


def fault_of(error: BaseException, during: str) -> Fault:
    """A fault without its message, which may hold a name or a number."""
    return Fault(type(error).__name__, where_it_happened(error), during)


def where_it_happened(error: BaseException) -> str:
    """The path to a fault, line by line, without its message, any value, or a folder of this computer."""
    lines = [type(error).__name__]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"{place_in_code(frame.filename)}:{frame.lineno} in {frame.name}")
    if error.__cause__ is not None:
        lines += ["caused by", where_it_happened(error.__cause__)]
    return "\n".join(lines[:1] + lines[1:][-MOST_LINES:])


def place_in_code(file: str) -> str:
    """A file of ours from its package on; of any other its bare name: folders may be named after people."""
    parts = PurePath(file.replace("\\", "/")).parts
    start = max((at for at, part in enumerate(parts[:-1]) if part in OURS), default=len(parts) - 1)
    return parts[-1] if "site-packages" in parts[start:] else "/".join(parts[start:])


def crash_places(noted: str) -> str:
    """What Python noted when the whole program died, cut down to places in the code; empty when it did not."""
    found = [_CRASH_LINE.match(line) for line in noted.splitlines()]
    places = [f"{place_in_code(one['file'])}:{one['line']} in {one['name']}" for one in found if one]
    return "\n".join(places[:MOST_LINES])


def report_on(faults: tuple[Fault, ...], look: str = "") -> str:
    """The report she may save: everything in it can be read before, and none of it is about people."""
    head = ["Matcher: report of a fault", versions(), *([f"Look: {look}"] if look else [])]
    told = [f"{one.kind} {one.during}\n{one.where}" for one in faults]
    return "\n\n".join(["\n".join(head), *told]) + "\n"


def versions() -> str:
    """What the program runs on."""
    python = ".".join(map(str, sys.version_info[:3]))
    here = platform.uname()
    frozen = "built program" if hasattr(sys, "frozen") else "from source"
    runs_on = f"Matcher {__version__} ({frozen}), Python {python}, Qt {qVersion()}"
    return f"When: {clock.now():%Y-%m-%d %H:%M} UTC\n{runs_on}\nSystem: {here.system} {here.release} {here.machine}"
