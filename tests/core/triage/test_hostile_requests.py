"""Post that is broken or built to do harm: read or refused in a sentence, never a crash, never for minutes.

``MATCHER_MUTATIONS=1000 pytest tests/core/triage/test_hostile_requests.py`` tries a thousand mangled e-mails.
"""

import os
import random
from pathlib import Path

import pytest

from matcher import clock
from matcher.errors import UserError
from matcher.files.readers.attachments import Budget
from matcher.files.readers.document import Document
from matcher.files.readers.documents import read_text
from matcher.files.readers.parsing import parse
from matcher.triage import read_request
from matcher.triage.reading.request import text_to_read

MAILS = sorted((Path(__file__).parent / "requests").glob("*/requests/*.eml"))
ARRIVED = clock.instant("2026-03-02T09:00")


def mangled(good: bytes, luck: random.Random) -> bytes:
    data = bytearray(good)
    for _ in range(luck.choice((1, 8, 80))):
        place = luck.randrange(len(data))
        data[place : place + luck.randrange(4)] = luck.randbytes(luck.randrange(4))
    if luck.random() < 0.3:
        data = data.replace(b"utf-8", luck.choice((b"utf-16", b"klingon", b"ascii", b"utf-7")))
    return bytes(data[: luck.choice((len(data), luck.randrange(60, len(data))))])


def read_or_refused(data: bytes) -> Document | str:
    """The mail, or the sentence with which it was refused; any other exception fails the test."""
    try:
        return parse(data, "request.eml", Budget(parse))
    except UserError as error:
        return str(error)


def test_mangled_mails_are_read_or_refused() -> None:
    luck = random.Random(11)
    for _ in range(int(os.environ.get("MATCHER_MUTATIONS", "25"))):
        data = mangled(luck.choice(MAILS).read_bytes(), luck)
        document = read_or_refused(data)
        if isinstance(document, str):
            assert document.startswith("request.eml: ")
            continue
        draft = read_request(document, ARRIVED)
        assert draft.brief.title
        for found in draft.evidence.values():
            assert document.full_text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "words", ["care workers who work in home care and ", "by 1 may before ", "(", "1 2 3 ", "\n"]
)
def test_a_sentence_without_end_is_read_in_pieces(words: str) -> None:
    document = read_text(words * (2_000_000 // len(words)) + "end")
    text = text_to_read(document, ARRIVED)
    assert all(len(passage.text) <= 800 for passage in text.passages)
    assert sum(len(passage.text) for passage in text.passages) <= 60_000
