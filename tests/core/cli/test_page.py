"""The page on the command line and the help of every verb tell the same, and all of it."""

import re
from pathlib import Path

import click
import pytest

from matcher.cli import commands

_PAGE = (Path(__file__).parents[3] / "docs" / "cli.md").read_text(encoding="utf-8")
_EVERYWHERE = {"--store", "--json", "--help"}
_VERBS = commands.list_commands(click.Context(commands))


def _verb(name: str) -> click.Command:
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", _VERBS)
def test_every_verb_and_option_is_explained_on_the_page_and_in_its_help(name: str) -> None:
    rows = [row for row in _PAGE.splitlines() if row.startswith("|") and re.search(rf"`{name}[ `]", row)]
    assert rows
    assert _verb(name).help
    for option in _verb(name).params:
        if isinstance(option, click.Option) and not _EVERYWHERE & set(option.opts):
            assert option.help, option.opts
            assert any(written in row for written in option.opts for row in rows), option.opts


def test_the_page_names_no_verb_that_is_not_there() -> None:
    told = {name for row in _PAGE.splitlines() for name in re.findall(r"^\| `([a-z-]+)", row)}
    assert told <= set(_VERBS)
