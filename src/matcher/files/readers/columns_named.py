"""Columns as a spreadsheet names them."""

from collections.abc import Iterable


def letters_of(columns: Iterable[int]) -> list[str]:
    """Spreadsheet names of columns counted from 0: 0 is A, 26 is AA."""
    return [_letters(column) for column in columns]


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
