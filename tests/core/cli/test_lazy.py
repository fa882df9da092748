"""A verb loads what it needs and nothing else."""

import importlib
import pkgutil
import subprocess
import sys

import click

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


def test_logging_a_request_loads_nothing_heavy() -> None:
    code = "import sys, matcher.cli.requests; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "matcher.triage" in loaded
    assert not {"sklearn", "numpy", "openpyxl", "docx", "phonenumbers", "pypdf"} & set(loaded)
