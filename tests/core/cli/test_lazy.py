"""A verb loads what it needs and nothing else."""

import importlib
import pkgutil
import subprocess
import sys

import click
import pytest

import matcher.cli
from matcher.cli import commands


def test_every_verb_has_its_home() -> None:
    names = [found.name for found in pkgutil.iter_modules(matcher.cli.__path__) if found.name != "__main__"]
    files = [importlib.import_module(f"matcher.cli.{name}") for name in names]
    written = {command.name for file in files for command in getattr(file, "COMMANDS", ())}
    context = click.Context(commands)
    assert set(commands.list_commands(context)) == written
    assert {commands.get_command(context, name).name for name in written} == written  # type: ignore[union-attr]


def test_a_verb_that_is_none() -> None:
    assert commands.get_command(click.Context(commands), "shout") is None


@pytest.mark.parametrize("heavy", ["sklearn", "numpy", "openpyxl", "docx", "phonenumbers", "pypdf"])
def test_logging_a_request_does_not_load(heavy: str) -> None:
    code = f"import sys, matcher.cli.requests; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
