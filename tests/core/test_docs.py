"""The pages for developers: no broken link, every file they name is there, every decision stands in the index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
_MADE = {"LICENCES.txt"}
"""What a build makes and the repository does not hold."""


def _id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.fixture(scope="module")
def there() -> set[str]:
    """The names of all files of the repository, and of what a build makes."""
    places = ("src", "ui", "resources", "packaging", "tests", "benchmarks", "docs", ".github")
    files = (file for place in places for file in (ROOT / place).rglob("*.*"))
    return _MADE | {file.name for file in (*files, *ROOT.glob("*.*"))}


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_every_file_that_is_named_is_there(page: Path, there: set[str]) -> None:
    named = re.findall(r"`(?:[\w.{},-]+/)*([\w-]+\.(?:py|toml|tsv|md|html|spec|iss|yml))`", page.read_text("utf-8"))
    assert [name for name in named if name not in there] == []


def test_every_decision_stands_in_the_index_in_order() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    titles = [(page.read_text("utf-8").partition("\n")[0].removeprefix("# "), page.name) for page in pages]
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert re.findall(r"^1\. \[(.+)\]\((.+)\)$", index, re.M) == titles
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
