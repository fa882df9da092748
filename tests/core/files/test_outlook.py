"""Outlook messages, from a container built here by hand ([MS-CFB], [MS-OXMSG])."""

import struct
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from matcher.errors import UserError
from matcher.files.readers.attachments import Budget
from matcher.files.readers.document import Address, Document
from matcher.files.readers.parsing import parse

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


def container(tree: Tree) -> bytes:
    """A compound file holding ``tree``; every stream is small and lies in the mini stream."""
    entries: list[tuple[str, int, int, int, int]] = []  # name, kind, child, first mini sector, size
    siblings: dict[int, int] = {}
    mini = b""
    mini_fat: list[int] = []

    def add(name: str, node: "bytes | Tree") -> int:
        nonlocal mini
        place = len(entries)
        if isinstance(node, bytes):
            first, count = len(mini_fat), -(-len(node) // 64)
            mini_fat.extend([*range(first + 1, first + count), END] if count else [])
            entries.append((name, 2, FREE, first if count else END, len(node)))
            mini += node.ljust(count * 64, b"\0")
            return place
        entries.append((name, 1, FREE, 0, 0))
        children = [add(child, value) for child, value in node.items()]
        siblings.update(pairwise(children))
        entries[place] = (name, 1, children[0] if children else FREE, 0, 0)
        return place

    add("Root Entry", tree)
    directory_sectors, mini_fat_sectors = -(-len(entries) // 4), -(-len(mini_fat) // 128)
    mini_sectors = -(-len(mini) // 512)
    mini_fat_start = 1 + directory_sectors
    mini_start = mini_fat_start + mini_fat_sectors
    directory = b""
    for place, (name, kind, child, first, size) in enumerate(entries):
        if place == 0:
            kind, first, size = 5, mini_start, len(mini)
        text = name.encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
        directory += struct.pack("<III", FREE, siblings.get(place, FREE), child) + bytes(36)
        directory += struct.pack("<IQ", first, size)

    def chain(start: int, count: int) -> list[int]:
        return [*range(start + 1, start + count), END] if count else []

    fat = [0xFFFFFFFD, *chain(1, directory_sectors), *chain(mini_fat_start, mini_fat_sectors)]
    fat += chain(mini_start, mini_sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, mini_fat_start, mini_fat_sectors, END, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432

    def table(values: list[int], sectors: int) -> bytes:
        return b"".join(struct.pack("<I", value) for value in values).ljust(sectors * 512, b"\xff")

    empty = bytes(64) + bytes(4) + struct.pack("<III", FREE, FREE, FREE) + bytes(48)
    directory += empty * (directory_sectors * 4 - len(entries))
    return (
        header
        + table(fat, 1)
        + directory
        + table(mini_fat, mini_fat_sectors)
        + mini.ljust(mini_sectors * 512, b"\0")
    )


def properties(values: dict[int, str | bytes | datetime | int], header: bytes) -> Tree:
    """The property stream and the value streams of one storage."""
    listed, streams = header, Tree()
    for tag, value in values.items():
        if isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
            listed += struct.pack("<HHIQ", 0x40, tag, 6, ticks)
        elif isinstance(value, int):
            listed += struct.pack("<HHIQ", 0x03, tag, 6, value)
        else:
            kind, data = (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
            listed += struct.pack("<HHIQ", kind, tag, 6, len(data))
            streams[f"__substg1.0_{tag:04X}{kind:04X}"] = data
    return {"__properties_version1.0": listed, **streams}


def outlook_file(body: dict[int, str | bytes | datetime | int], attachment: bytes = b"Up to 30 people") -> bytes:
    values: dict[int, str | bytes | datetime | int] = {0x1A: "IPM.Note", 0x37: "RE: Visit"}
    tree = properties({**values, **body}, bytes(8) + struct.pack("<4I", 1, 1, 1, 1) + bytes(8))
    tree["__recip_version1.0_#00000000"] = properties({0x3001: "Maggie", 0x39FE: "m@x.example"}, bytes(8))
    attached: dict[int, str | bytes | datetime | int] = {0x3705: 1, 0x3707: "sheet.txt", 0x3701: attachment}
    tree["__attach_version1.0_#00000000"] = properties(attached, bytes(8))
    return container(tree)


def read(data: bytes) -> Document:
    return parse(data, "visit.msg", Budget(parse))


def test_an_outlook_message_is_read_with_its_history_cut_and_its_attachment() -> None:
    text = "Yes please.\r\n\r\nFrom: Bo <bo@x.example>\r\nSent: 4 May 2026 10:00\r\nSubject: Visit\r\n\r\nOld words"
    sent = datetime(2026, 5, 5, 8, 30, tzinfo=UTC)
    sender: dict[int, str | bytes | datetime | int] = {0x0C1A: "Byron, Ada", 0x0C1F: "ada@x.example", 0x39: sent}
    found = read(outlook_file({**sender, 0x1000: text}))
    assert (found.sender, found.subject) == (Address("Byron, Ada", "ada@x.example"), "RE: Visit")
    assert (found.sent_at, found.to) == (sent, (Address("Maggie", "m@x.example"),))
    assert found.text == "Yes please."
    assert "Old words" in found.quoted
    assert [(part.name, part.text) for part in found.attachments] == [("sheet.txt", "Up to 30 people")]


def test_headers_and_an_html_body_are_used_when_they_are_there() -> None:
    headers = (
        "From: Dr Ada <ada@uni.example>\r\nMessage-ID: <7@x>\r\nIn-Reply-To: <6@x>\r\nList-Unsubscribe: <u>\r\n"
    )
    found = read(outlook_file({0x7D: headers, 0x1013: "<p>We need <b>30</b> – £5</p>".encode()}))
    assert found.sender == Address("Dr Ada", "ada@uni.example")
    assert (found.message_id, found.references, found.bulk) == ("<7@x>", ("<6@x>",), True)
    assert found.text == "We need 30 – £5"


def test_a_damaged_outlook_message_is_said_to_be_so() -> None:
    whole = outlook_file({0x1000: "Hello"})
    with pytest.raises(UserError, match=r"^visit\.msg: "):
        read(whole[:700])
    with pytest.raises(UserError, match="The Outlook message is damaged"):
        read(container({"__properties_version1.0": bytes(40), "__attach_version1.0_#00000000": {"x": b"y"}}))
