"""What goes into a build and what stays out: Python modules, Qt's plugins, libraries nobody needs any more."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePath

Entry = tuple[str, str, str]
"""Where a file goes in the build, where it comes from, and what PyInstaller takes it for."""

LEFT_OUT = [
    # toolkits, builders and tests that some library knows about
    "tkinter", "distutils", "setuptools", "pip", "pytest", "IPython", "matplotlib", "pandas", "pydoc_data",
    "readline",
    # the network, which the program does not use
    "dns", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick",
    # colours for program text; places and carriers of telephone numbers
    "pygments", "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata",
    # what ranking and drawing lists do not call
    "scipy.stats", "scipy.interpolate", "scipy.integrate", "scipy.ndimage", "scipy.signal", "scipy.cluster",
    "scipy.io", "scipy.odr", "scipy.datasets", "scipy.misc", "sklearn", "joblib",
]  # fmt: skip

_UNWANTED_FOLDERS = (
    "Qt/translations", "plugins/egldeviceintegrations", "plugins/generic", "plugins/networkinformation",
    "plugins/tls", "plugins/sqldrivers", "plugins/qmltooling", "plugins/multimedia",
)  # fmt: skip
_UNWANTED_FILES = (
    "qgtk3", "qeglfs", "qlinuxfb", "qvnc", "qvkkhrdisplay", "qminimal", "qwebp", "qtiff", "qicns", "qtga",
    "qwbmp", "qgif", "opengl32sw", "Qt6Network", "QtNetwork", "Qt6Quick", "Qt6Qml", "Qt6VirtualKeyboard",
)  # fmt: skip


def chosen(binaries: Iterable[Entry], datas: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Those of PyInstaller's files that are wanted; on Linux without the libraries that only the others needed."""
    libraries = [entry for entry in binaries if _is_wanted(entry[0])]
    others = [entry for entry in datas if _is_wanted(entry[0])]
    if sys.platform.startswith("linux"):
        libraries = list(_still_needed(libraries))
    names = {PurePath(target).name for target, _source, _kind in libraries}
    return libraries, [e for e in others if e[2] != "SYMLINK" or PurePath(e[0]).name in names]


def _is_wanted(name: str) -> bool:
    path = PurePath(name)
    if any(folder in path.as_posix() for folder in _UNWANTED_FOLDERS):
        return False
    return not any(path.name.removeprefix("lib").startswith(unwanted) for unwanted in _UNWANTED_FILES)


def _still_needed(entries: list[Entry]) -> Iterator[Entry]:
    from PyInstaller.depend.bindepend import get_imports

    by_file = {PurePath(target).name: source for target, source, kind in entries if kind == "BINARY"}
    waiting = [source for target, source, kind in entries if kind != "SYMLINK" and not _is_library(target)]
    needed: set[str] = set()
    while waiting:
        for name, _path in get_imports(waiting.pop()):
            file = PurePath(name).name
            if file in by_file and file not in needed:
                needed.add(file)
                waiting.append(by_file[file])
    for target, source, kind in entries:
        if not _is_library(target) or PurePath(target).name in needed:
            yield target, source, kind


def _is_library(target: str) -> bool:
    """Whether it is there only because something else links to it: no module of Python, no plugin of Qt."""
    name = PurePath(target).name
    shared = name.startswith("lib") and ".so" in name
    return shared and "/plugins/" not in target and not name.startswith("libpython")
