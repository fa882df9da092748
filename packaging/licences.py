"""The licences of everything a build carries, in one file: ``python packaging/licences.py FILE``."""

import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
OFL = HERE.parent / "resources" / "matcher_resources" / "fonts"
LICENCE_WORDS = ("licen", "copying", "notice", "authors")
QT = (
    "Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They stand beside the program "
    "as files of their own (folder _internal/PySide6) and may be replaced by other builds of the same version; "
    "their source is published by The Qt Company. Both texts follow."
)
SYSTEM = (
    "On Linux a build also carries libraries of the system it was made on (for the screen, fonts, printing and the "
    "keyring; files named lib*.so in _internal), each under the licence its system names for it."
)
GNU = ("LGPL", "GPL")
GEONAMES = "Towns and their coordinates come from GeoNames, under the Creative Commons Attribution 4.0 licence."


def main(file: Path) -> int:
    """Write them; return 0."""
    write_licences(file)
    return 0


def write_licences(file: Path) -> None:
    """Write the licence of Matcher, of its fonts and tables, of Python, Qt and every library in a build."""
    file.write_text("\n\n".join(_chapters()) + "\n", encoding="utf-8")


def bundled() -> list[Distribution]:
    """What Matcher needs to run on this system, directly or not, and PyInstaller, whose starter a build holds."""
    found: dict[str, Distribution] = {}
    waiting = ["matcher", "pyinstaller"]
    while waiting:
        name = waiting.pop()
        try:
            one = distribution(name)
        except PackageNotFoundError:  # named for another system
            continue
        if one.name.lower() not in found:
            found[one.name.lower()] = one
            waiting += _needs(one) if name != "pyinstaller" else []
    return [found[name] for name in sorted(found)]


def _needs(one: Distribution) -> Iterator[str]:
    for line in one.requires or ():
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            yield needed.name


def _chapters() -> Iterator[str]:
    yield "Licences of Matcher and of everything that this build carries"
    yield _chapter("Inter (the typeface)", *(_text(file) for file in sorted(OFL.glob("*.txt"))))
    yield _chapter("GeoNames (towns)", GEONAMES)
    yield _chapter("Python", _text(Path(sysconfig.get_path("stdlib"), "LICENSE.txt")))
    yield _chapter("Qt, PySide6 and Shiboken", QT, *(_text(HERE / "licences" / f"{n}-3.0.txt") for n in GNU))
    yield _chapter("Libraries of the system", SYSTEM)
    for one in bundled():
        if not one.name.lower().startswith(("pyside", "shiboken")):
            texts = [_text(Path(str(file.locate()))) for file in _licence_files(one)]
            yield _chapter(f"{one.name} {one.version}", *(texts or [_named(one)]))


def _named(one: Distribution) -> str:
    fields = one.metadata.json
    return str(fields.get("license_expression") or fields.get("license") or "see its home page")


def _licence_files(one: Distribution) -> Iterator[PackagePath]:
    for file in one.files or ():
        ours = ".dist-info/" in file.as_posix() and "test" not in file.as_posix()
        named = any(word in file.name.lower() for word in LICENCE_WORDS)
        if ours and named and Path(str(file.locate())).is_file():
            yield file


def _chapter(title: str, *texts: str) -> str:
    return "\n\n".join((f"{'=' * 78}\n{title}\n{'=' * 78}", *texts))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace").strip() if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
