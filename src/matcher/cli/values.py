"""What people write on the command line: days, and the text in a file. Each refused in a sentence."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from matcher.errors import UserError


class _Moment(click.DateTime):
    """A day or a moment, told by an example instead of a pattern."""

    def __init__(self, formats: list[str], metavar: str, example: str) -> None:
        super().__init__(formats)
        self._metavar, self._example = metavar, example

    def get_metavar(self, param: click.Parameter, *_context: Any) -> str:
        return self._metavar

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment written. Raises UserError for anything else."""
        try:
            return datetime.fromisoformat(super().convert(value, param, ctx).isoformat())
        except click.BadParameter as error:
            raise UserError(f"“{value}” is not a date.", todo=f"Write it like {self._example}.") from error


DAY = _Moment(["%Y-%m-%d"], "DAY", "2026-12-04")
MOMENT = _Moment(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], "MOMENT", "2026-12-04T16:00")
DAY_OR_MOMENT = _Moment(["%Y-%m-%d", "%Y-%m-%dT%H:%M"], "DAY", "2026-12-04 or 2026-12-04T16:00")


def text_of(file: Path) -> str:
    """What stands in a file of plain text. Raises UserError when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError("There is no such file.", where=file.name, todo="Check its name and place.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "This file cannot be read as text.", where=file.name, todo="Save it as plain text (.txt, UTF-8)."
        ) from error
