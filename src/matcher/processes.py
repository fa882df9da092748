"""Starting this program once more, for work that is better done in a process of its own.

A module offers such work by a ``main()`` that takes no arguments. With a Python at hand it is run as a module; a
build has none, so the program starts itself with ``CHILD`` and the module's name, and ``launch`` hands over to it
before anything else.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

CHILD = "--as-child"
_OURS = "matcher."


def command(module: str) -> list[str]:
    """The command that runs ``main()`` of a module of the core in a process of its own."""
    if getattr(sys, "frozen", False):
        return [str(console_program()), CHILD, module]
    return [sys.executable, "-P", "-m", module]


def console_program() -> Path:
    """The program of this build that has standard input and output; on Windows the one with the window has none."""
    return Path(sys.executable).with_name("matcher.exe" if sys.platform == "win32" else "matcher")


def serve(arguments: Sequence[str]) -> bool:
    """Do what ``command`` asked for, when these arguments are its; return whether they were."""
    if len(arguments) != 2 or arguments[0] != CHILD or not arguments[1].startswith(_OURS):
        return False
    import_module(arguments[1]).main()
    return True
