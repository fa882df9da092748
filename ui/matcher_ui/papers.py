"""What is printed of the pages that have no file to hand out: a letter, a request, a list. No Qt here."""

from collections.abc import Iterable, Sequence
from datetime import date

from matcher.files.writers.plain_documents import html_document
from matcher.model import Brief, Criterion, Format
from matcher.model.criterion_words import criterion_words
from matcher.outreach import ReadyMessage
from matcher.triage import LetterDraft
from matcher_ui.brief_words import (
    ANONYMITY,
    AUDIENCES,
    ETHICS,
    FORMATS,
    RECORDING,
    payment_words,
    session_words,
)
from matcher_ui.dates import day_words
from matcher_ui.models.asks import chip_of

NOTHING = "\N{NO-BREAK SPACE}"
"""In a cell that stays empty."""
NOT_TO_LIE_ABOUT = "For you alone. Please do not leave it lying about, and shred it afterwards."


def letter_paper(letter: LetterDraft) -> bytes:
    """An answer to a request, as it stands on the screen."""
    return html_document(f"To: {letter.to}\n\n## {letter.subject}\n\n{letter.body}")


def brief_paper(number: int, brief: Brief, today: date) -> bytes:
    """A request in short: who asks for what, when and for how much, and whom they look for. It names no member."""
    kind = "" if brief.format is Format.OTHER else FORMATS[brief.format]
    minutes = f"{brief.duration_minutes} minutes" if brief.duration_minutes else ""
    facts = (
        ("Who asks", _joined(brief.requester, brief.requester_role, brief.organisation)),
        ("How to reach them", brief.contact),
        ("Kind of request", _joined(AUDIENCES[brief.audience], kind, minutes)),
        ("What it takes", brief.commitment),
        ("People wanted", brief.people_wanted.spoken),
        ("Where", _joined(*brief.places, *brief.regions, "online is possible" if brief.remote else "")),
        ("Wanted by", day_words(brief.deadline, today) if brief.deadline else brief.deadline_text),
        ("Days to choose from", "; ".join(session_words(one, today) for one in brief.sessions)),
        ("Payment", payment_words(brief)),
        ("Ethics", _joined(ETHICS[brief.ethics.status], brief.ethics.body, brief.ethics.reference)),
        ("How they are shown", ANONYMITY[brief.anonymity]),
        ("Recording", RECORDING[brief.recording]),
        ("Who else will see it", brief.who_sees),
        ("What comes back", brief.comes_back),
    )
    lines = [
        f"# {_plain(brief.title) or f'R{number}'}", f"R{number}, printed on {_day(today)}.", "",
        _row("About it", ""), *(_row(label, words) for label, words in facts if words), "",
        *_wishes("Must have", brief.musts()), *_wishes("Nice to have", brief.prefers()),
    ]  # fmt: skip
    return html_document("\n".join(lines))


def list_paper(number: int, title: str, people: Sequence[ReadyMessage], today: date) -> bytes:
    """Whom to ask about a request, to tick off by hand: names, by what way they are asked, and where each stands.

    No number, address or message stands in it, and nobody who may not be asked any more.
    """
    rows = [
        _row(one.name, _joined("reserve" if one.reserve else "", one.channel), chip_of(one)[1], "")
        for one in people if not one.trouble
    ]  # fmt: skip
    lines = [
        f"# {_plain(title) or f'R{number}'}", f"R{number}, printed on {_day(today)}. {NOT_TO_LIE_ABOUT}", "",
        _row("Name", "How", "So far", "What they said"), *rows,
    ]  # fmt: skip
    return html_document("\n".join(lines))


def _wishes(title: str, criteria: Iterable[Criterion]) -> list[str]:
    words = [f"- {_plain(criterion_words(one))}" for one in criteria]
    return [f"## {title}", *words, ""] if words else []


def _row(*cells: str) -> str:
    return "|" + "|".join(_plain(cell) or NOTHING for cell in cells) + "|"


def _day(today: date) -> str:
    return f"{today.day} {today:%B %Y}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _plain(words: str) -> str:
    """On one line, with nothing that would end a cell."""
    return " ".join(words.replace("|", "/").split())
