"""The guide and the short explanations, read from the bundled texts, for the Guide page and “What is this?”."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matcher_resources import path_to

FOLDER = "guide"


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
