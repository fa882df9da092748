"""A report that is being looked through: what she left out of it, part by part. No Qt here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matcher.consent import Section, SubjectReport
from matcher.consent.subject_report import Passage
from matcher_ui.models.table import Column

Row = tuple[str, ...]
FACTS, NAMES_WIDTH = 2, 200
"""A section of two columns is a list of facts: their names are kept short, so that the facts have room."""


@dataclass(slots=True)
class Review:
    """The report as it was put together, and what is left out of it with the reason."""

    report: SubjectReport
    left_out: dict[Passage, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[int, ...]:
        """The sections that hold something."""
        return tuple(place for place, section in enumerate(self.report.sections) if section.rows)

    @property
    def facts(self) -> int:
        """How many lines it has."""
        return sum(len(section.rows) for section in self.report.sections)

    def shown(self, part: int) -> Section:
        """A section as it will be read."""
        return self.report.leaving_out(self.left_out).sections[part]

    def words_at(self, passage: Passage) -> str:
        """What stands at a place, whether it is left out or not."""
        section = self.report.sections[passage.section]
        return section.rows[passage.row][passage.column]

    def read_again(self, report: SubjectReport) -> "Review":
        """The same review of a newer report: what was left out stays out wherever its line still stands."""
        return Review(
            report, {found: why for place, why in self.left_out.items() if (found := self._again(place, report))}
        )

    def _again(self, place: Passage, report: SubjectReport) -> Passage | None:
        before = self.report.sections[place.section]
        for number, section in enumerate(report.sections):
            if section.title == before.title and before.rows[place.row] in section.rows:
                return Passage(number, section.rows.index(before.rows[place.row]), place.column)
        return None

    def finished(self, note: str) -> SubjectReport:
        """The report as it leaves."""
        return self.report.leaving_out(self.left_out).with_note(note)


def columns_of(section: Section) -> tuple[Column[Row], ...]:
    """The columns of a section's table, as wide as their words need within reason."""
    widths = [_width(section.rows, place, header) for place, header in enumerate(section.headers)]
    if len(widths) == FACTS:
        widths[0] = min(widths[0], NAMES_WIDTH)
    return tuple(
        Column(str(place), header, _cell(place), width=width)
        for place, (header, width) in enumerate(zip(section.headers, widths, strict=True))
    )


def _cell(place: int) -> Callable[[Row], str]:
    return lambda row: row[place]


def _width(rows: Sequence[Row], place: int, header: str) -> int:
    longest = max([len(header), *(len(row[place]) for row in rows)])
    return min(320, max(88, 7 * longest + 24))
