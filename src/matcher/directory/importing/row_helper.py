"""The second process of a large import: it reads rows as ``rows.RowReader`` does, and answers with them packed.

It is told on standard input, line by line, how the next rows are to be read (``{"terms": ...}``), then rows as the
reader of files packed them. It ends when there are no more lines. Nothing is pickled, no store and no file opened.
"""

import gc
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from matcher.directory.importing.columns import ColumnGuess, Layout, SheetRow
from matcher.directory.importing.packing import pack_rows, packed, survey_of
from matcher.directory.importing.rows import RowAnswer, RowReader
from matcher.directory.importing.survey import Survey, Surveyor
from matcher.files.readers.workbooks import unpacked
from matcher.turns import in_turn

HELPER = "matcher.directory.importing.row_helper"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rows of a sheet are read by, beside what they tell together."""

    layout: Layout
    mapping: Mapping[int, str]
    offered_before: Mapping[str, list[str]]
    partners: Mapping[str, int]
    now: datetime
    strict: bool = False

    def reader(self, survey: Survey) -> RowReader:
        return RowReader(
            self.layout, self.mapping, survey, self.offered_before, self.partners, self.now, strict=self.strict
        )  # fmt: skip

    def order(self, survey: Survey) -> bytes:
        """The line that tells the helper."""
        order = {**asdict(self), "mapping": list(self.mapping.items()), "now": self.now.isoformat()}
        return packed({"terms": order, "survey": asdict(survey)})

    @classmethod
    def ordered(cls, told: Mapping[str, Any]) -> "Terms":
        columns = tuple(
            ColumnGuess(**{**column, "samples": tuple(column["samples"])}) for column in told["layout"]["columns"]
        )
        layout = Layout(told["layout"]["header_row"], columns)
        now = datetime.fromisoformat(told["now"])
        return cls(layout, dict(told["mapping"]), told["offered_before"], told["partners"], now)


def read_all(reader: RowReader, rows: Sequence[SheetRow]) -> list[RowAnswer]:
    """What the rows under the headers say."""
    return [answer for row in in_turn(rows) if (answer := reader.read(row)) is not None]


def main() -> None:
    """Answer line by line. Ends the process without running anybody's exit handlers."""
    gc.disable()  # rows hold no circles
    reader, surveyor = None, None
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        if line.startswith(b'{"terms":'):
            order = json.loads(line)
            terms = Terms.ordered(order["terms"])
            reader, surveyor = terms.reader(survey_of(order["survey"])), Surveyor(terms.layout, terms.mapping)
        elif reader is not None and surveyor is not None:
            rows = unpacked(line)
            out.write(pack_rows(read_all(reader, rows), surveyor.look(rows)))
            out.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
