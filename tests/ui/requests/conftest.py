"""A workspace on a real, encrypted store for the pages of requests."""

from collections.abc import Callable
from pathlib import Path

import pytest

LETTER = """From: Imogen Farrell <i.farrell@calder.example>
To: Ruth <ruth@lantern.example.org>
Subject: {subject}
Date: Wed, 18 Nov 2026 16:20:00 +0000
Message-ID: <{number}@calder.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Ruth,

{words}

With thanks,
Imogen Farrell
Calder University
"""
ASKS = (
    "We are looking at night visits in home care. We are looking for six to eight care workers who live within "
    "20 miles of Leeds. It is a 45-minute interview by phone. We can offer a £25 voucher. "
    "Everyone stays anonymous. Names by early December would be wonderful."
)


@pytest.fixture
def letter(tmp_path: Path) -> Callable[..., Path]:
    """Write an e-mail to a file."""

    def write(name: str = "voices.eml", subject: str = "Voices for our winter study", words: str = ASKS) -> Path:
        path = tmp_path / name
        path.write_text(LETTER.format(subject=subject, number=name, words=words), encoding="utf-8")
        return path

    return write
