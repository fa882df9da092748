"""The guide and the short explanations, read from the bundled texts, for the Guide page and “What is this?”."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matcher_resources import path_to

FOLDER = "guide"
_CHAPTERS = {
    "today": "01-first-start", "keys": "01-first-start", "members": "02-members", "import": "02-members",
    "partners": "02-members", "requests": "03-requests", "log": "03-requests", "questions": "03-requests",
    "request": "03-requests", "request.checks": "04-checks", "request.match": "05-match", "request.ask": "07-ask",
    "request.introduce": "09-introduce", "request.close": "10-close", "request.history": "10-close",
    "requester": "10-close", "outreach": "08-answers", "outreach.due": "07-ask", "outreach.meetups": "13-meet-ups",
    "outreach.files": "14-safety", "meetup": "13-meet-ups", "member": "11-consent", "promises": "11-consent",
    "report": "11-consent", "rights": "11-consent", "insight": "12-insight", "settings": "14-safety",
    "retention": "14-safety",
}  # fmt: skip
"""Page, or page and what is shown of it, -> the chapter that tells of it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the guide: its key (the name of its file), its title, and its text in Markdown."""

    key: str
    title: str
    text: str

    def holds(self, words: str) -> bool:
        """Whether all of these words stand in it."""
        text = self.text.casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Concept:
    """What a word of the program means, in a few sentences, and the chapter that tells more."""

    title: str
    text: str
    chapter: str


def folder() -> Path:
    """Where the guide and its pictures lie."""
    return path_to(FOLDER)


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters, in their order."""
    return tuple(_chapter(file) for file in sorted(folder().glob("[0-9]*.md")))


def chapter_of(page: str, shown: str = "") -> str:
    """The chapter that tells of a page; empty for the guide itself, which stays where it is."""
    return _CHAPTERS.get(f"{page}.{shown}") or _CHAPTERS.get(page, "")


@cache
def concepts() -> dict[str, Concept]:
    """Name -> what it means."""
    kept = tomllib.loads((folder() / "concepts.toml").read_text("utf-8"))
    return {name: Concept(one["title"], one["text"], one["chapter"]) for name, one in kept.items()}


def as_html(chapter: Chapter) -> str:
    """The chapter for a text view; its pictures and links are relative to `folder`."""
    from markdown_it import MarkdownIt  # only when the guide is opened

    # at the line height of text, half the height of a picture would be left free below it
    html = str(MarkdownIt("commonmark").enable("table").render(chapter.text))
    return html.replace("<p><img", '<p style="line-height: 100%"><img')


def _chapter(file: Path) -> Chapter:
    text = file.read_text("utf-8")
    return Chapter(file.stem, text.partition("\n")[0].removeprefix("# "), text)
