"""What every verb of the command line shares: which store, how it is opened, how its answer is printed."""

import contextlib
import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table

from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import (
    SUFFIX,
    insist_on_store,
    last_store,
    numbered,
    open_store,
    published_passphrase,
    remember_store,
    settle_pending,
)
from matcher.storage.store import Store

DrawPdf = Callable[[bytes], bytes]


@dataclass(slots=True)
class Desk:
    """One call of the command line: where the store is and whether a program is listening (``as_json``).

    ``draw_pdf`` makes a PDF of a page of HTML, where this computer has what it takes.
    """

    store_path: Path | None = None
    as_json: bool = False
    draw_pdf: DrawPdf | None = None

    @contextlib.contextmanager
    def store(self) -> Iterator[Store]:
        """The opened store. Raises UserError when it cannot be found or opened."""
        path = self.path()
        insist_on_store(path)  # before anybody is asked for a passphrase in vain
        with open_store(path, passphrase_for(path)) as store:
            settle_pending(store)
            remember_store(path)
            yield store

    def path(self) -> Path:
        """The store's folder: as given, else the one that was open last."""
        path = self.store_path or last_store()
        if path is not None and not path.exists() and (full := path.with_name(path.name + SUFFIX)).exists():
            path = full  # as "new" and "sample" were told it
        if path is None:
            raise UserError(
                "No store was named and none was open before.",
                todo="Add --store PATH, or make one with: matcher new --organisation NAME",
            )
        return path

    def answer(self, data: Any, say: Callable[[Console], None]) -> None:
        """Print ``data`` as one JSON object for programs, or let ``say`` print it for people."""
        if self.as_json:
            click.echo(json.dumps(plain(data), ensure_ascii=False))
        else:
            width = None if sys.stdout.isatty() else 160
            # What people wrote is shown as it is: "[/b]" in a name is no markup, ":smile:" no picture.
            say(Console(width=width, highlight=False, markup=False, emoji=False))

    def draw(self, html: bytes) -> bytes:
        """A page as PDF. Raises UserError where there is nothing here that draws one."""
        if self.draw_pdf is None:
            raise UserError(
                "A PDF cannot be drawn here.",
                todo="Write it as .html and print that, or as .xlsx; or use the window.",
            )
        return self.draw_pdf(html)

    @contextlib.contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on a terminal, silence elsewhere."""
        with Bar(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("", total=None)

            def advance(done: int, total: int, what: str) -> None:
                bar.update(task, completed=done, total=total or None, description=what)

            yield advance


def passphrase_for(path: Path) -> str:
    """The passphrase from MATCHER_PASSPHRASE, the sample's published one, or asked on a terminal."""
    given = os.environ.get("MATCHER_PASSPHRASE")
    return given or published_passphrase(path) or ask_passphrase("Passphrase")


def ask_passphrase(prompt: str, *, twice: bool = False) -> str:
    """Ask on the terminal. Raises UserError where there is none: nothing ever prompts then."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise UserError(
            "The store needs its passphrase.", todo="Set MATCHER_PASSPHRASE, or run this in a terminal."
        )
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True))


def ask_file_password(*, twice: bool = False) -> str:
    """Ask for the password of a file on the terminal. Raises UserError where there is none."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise UserError(
            "The file needs its password.", todo="Set MATCHER_FILE_PASSWORD, or run this in a terminal."
        )
    return str(click.prompt("Password of the file", hide_input=True, confirmation_prompt=twice, err=True))


def verb(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--store`` and ``--json`` after its own arguments, and hand it the Desk."""

    @functools.wraps(function)
    def at_desk(*args: Any, store_path: Path | None, as_json: bool, **values: Any) -> None:
        before = click.get_current_context().find_object(Desk) or Desk()
        function(
            replace(before, store_path=store_path or before.store_path, as_json=as_json or before.as_json), **values
        )

    with_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(at_desk)
    return click.option("--store", "store_path", type=click.Path(path_type=Path), help="The store's folder.")(
        with_json
    )


def request_number(text: str) -> int:
    """The number in ``R12`` or ``12``. Raises UserError for anything else."""
    number = numbered(text, "R")
    if number is None:
        raise UserError(f"“{text}” is not a request.", todo="Write it like R12.")
    return number


def plain(value: Any) -> Any:
    """Any answer of a verb as JSON values: dataclasses by ``asdict``, dates in ISO."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, str | Path):
        return str(value)
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A plain table for people; one with nothing in it says so."""
    made = Table(*headers, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    if not made.rows and any(headers):
        made.add_row("none")
    return made
