"""Files that lie, grow, hang or are something else: a sentence that names the file, and nothing else."""

import importlib.util
import io
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from matcher.errors import UserError
from matcher.files.readers import sandbox
from matcher.files.readers.documents import read_document
from matcher.files.readers.limits import MEMORY_BYTES
from matcher.files.readers.workbooks import read_workbook


def workbook(rows: Sequence[Sequence[object]] = (("Name", "Phone"), ("Ada", "07700900123"))) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return repacked(workbook(), lambda name, part: part.replace(old, new) if "sheet1" in name else part)


def large(data: bytes) -> bytes:
    """The same, of a size at which a file is read while what is hidden in it is still looked for."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/media/noise.bin", random.Random(3).randbytes(1_100_000))
    return target.getvalue()


def bomb() -> bytes:
    return repacked(workbook(), lambda name, part: part + b" " * 150_000_000 if "sheet1" in name else part)


def entities() -> bytes:
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
    )
    return repacked(workbook(), lambda name, part: lol + b"]>" + part if "sheet1" in name else part)


def encrypted() -> bytes:
    target = io.BytesIO()
    source = OOXMLFile(io.BytesIO(workbook()))
    source.encrypt("secret", target)
    return target.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (bomb, "times its size"),
    "entities.xlsx": (entities, "instructions that documents never need"),
    "locked.xlsx": (encrypted, "protected by a password"),
    "page.xlsx": (lambda: b"<html><table><tr><td>Ada</td></tr></table></html>", "a web page"),
    "data.xlsx": (lambda: b'{"members": [1, 2]}', "a JSON file"),
    "leaflet.xlsx": (lambda: b"%PDF-1.7\n%...", "a PDF"),
    "photo.csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
    "noise.xls": (lambda: random.Random(1).randbytes(3000), "not a spreadsheet"),
    "archive.xlsx": (lambda: repacked(workbook(), lambda name, part: part)[:400], "zip archive"),
    "empty.csv": (lambda: b"", "is empty"),
    "blank.csv": (lambda: b"\n \n", "empty"),
    "nothing.xlsx": (lambda: workbook([[]]), "No visible sheet holds any rows"),
    "far-column.xlsx": (lambda: in_sheet(b'r="B2"', b'r="XFD2"'), "beyond the 702 columns"),
    "far-row.xlsx": (lambda: in_sheet(b'r="B2"', b'r="B1048576"'), "beyond the 300,000 rows"),
    "far.xlsx": (lambda: in_sheet(b'r="B2"', b'r="XFD1048576"'), "Cell XFD1048576 lies beyond"),
    "large-far.xlsx": (lambda: large(in_sheet(b'r="B2"', b'r="XFD1048576"')), "Cell XFD1048576 lies beyond"),
    "large-far-row.xlsx": (lambda: large(in_sheet(b'r="B2"', b'r="B1048576"')), "beyond the 300,000 rows"),
    "cut.xlsx": (lambda: in_sheet(b"</sheetData>", b"<"), "damaged"),
    "wide.csv": (lambda: b"a," * 1000, "row 1: The row has more than 702 cells"),
    "archive.docx.csv": (lambda: b"PK\x03\x04" + bytes(50), "zip archive"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_ends_in_a_sentence(tmp_path: Path, name: str) -> None:
    make, words = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(UserError) as caught:
        read_workbook(path)
    assert words in str(caught.value)
    assert str(caught.value).startswith(name)
    assert str(tmp_path) not in str(caught.value)


def test_a_workbook_under_a_wrong_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes(workbook())
    assert read_workbook(path).sheets[0].rows[1].cells == ("Ada", "07700900123")


@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_what_cannot_be_opened_is_said(tmp_path: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(UserError, match=r"^gone\.xlsx: There is no such file"):
        read(tmp_path / "gone.xlsx")
    with pytest.raises(UserError, match="is a folder"):
        read(tmp_path)
    locked = tmp_path / "locked.csv"
    locked.write_text("a,b")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        with pytest.raises(UserError, match="may not be read"):
            read(locked)


def refused(path: Path) -> str | None:
    """The sentence with which a file was refused; any other exception fails the test."""
    try:
        read_workbook(path)
    except UserError as error:
        return str(error)
    return None


def spoilt(data: bytes, luck: random.Random) -> bytes:
    """A few bytes changed, and sometimes the end cut off."""
    changed = bytearray(data)
    for _ in range(luck.choice((1, 3, 30))):
        changed[luck.randrange(len(changed))] = luck.randrange(256)
    return bytes(changed[: luck.choice((len(changed), luck.randrange(len(changed))))]) or b"x"


def spoilt_inside(data: bytes, luck: random.Random) -> bytes:
    """One part of a zipped workbook spoilt, the zip around it whole: what a parser of its XML has to bear."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        victim = luck.choice([name for name in archive.namelist() if name.endswith(".xml")])
    return repacked(data, lambda name, part: spoilt(part, luck) if name == victim else part)


def test_mutated_workbooks_are_read_or_refused(tmp_path: Path, other_kinds: dict[str, bytes]) -> None:
    """``MATCHER_MUTATIONS=2000 pytest -n0 -k mutated_workbooks`` on this file plays the full count."""
    luck = random.Random(7)
    people = [["Name", "Phone"], *[[f"Ada {row}", "07700900123"] for row in range(50)]]
    kinds = {**other_kinds, ".xlsx": workbook(people), ".csv": "\n".join(map(",".join, people)).encode()}
    for number in range(int(os.environ.get("MATCHER_MUTATIONS", "12"))):
        ending = tuple(kinds)[number % len(kinds)]
        inside = ending in (".xlsx", ".ods") and luck.random() < 0.7
        path = tmp_path / f"mutated{ending}"
        path.write_bytes((spoilt_inside if inside else spoilt)(kinds[ending], luck))
        refusal = refused(path)
        assert refusal is None or path.name in refusal


@pytest.fixture
def other_kinds(tmp_path: Path) -> dict[str, bytes]:
    """A good .ods and a good .xls file, as the collection of other people's sheets writes them."""
    place = Path(__file__).parents[1] / "directory" / "shape_files.py"
    spec = importlib.util.spec_from_file_location("shape_files", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["shape_files"] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    made = {shape.title: shape for shape in module.shapes()}
    wanted = {".ods": made["ticks_and_crosses"], ".xls": made["hand_made_list"]}
    return {ending: shape.write(tmp_path).read_bytes() for ending, shape in wanted.items()}


def test_a_child_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "command", lambda _module: [sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(sandbox.ReaderFailed) as caught:
        list(sandbox.run({"job": "none"}, "a.xlsx", lambda *_: None, "Reading", seconds=0.3))
    assert "longer than" in str(caught.value.as_user_error("a.xlsx"))


@pytest.mark.parametrize("script", ["import os; os.abort()", "print('{not json')", "print('[1]')", "print('{')"])
def test_a_child_that_dies_or_babbles_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(sandbox, "command", lambda _module: [sys.executable, "-c", script])
    with pytest.raises(sandbox.ReaderFailed) as caught:
        list(sandbox.run({"job": "none"}, "a.xlsx", lambda *_: None, "Reading"))
    assert str(caught.value.as_user_error("a.xlsx")).startswith("a.xlsx: The file is damaged")


@pytest.mark.skipif(sys.platform != "linux", reason="the memory limit is only certain on Linux")
def test_the_child_is_held_to_its_memory() -> None:
    script = (
        "from matcher.files.readers import child\n"
        "child._limit_memory()\n"
        f"try:\n    bytes({MEMORY_BYTES})\nexcept MemoryError:\n    print('held')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "held\n"
