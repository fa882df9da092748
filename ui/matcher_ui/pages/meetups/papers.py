"""What is printed and saved of a meet-up: the sheet for the table, and dates for a calendar."""

from collections.abc import Callable
from pathlib import Path

from matcher.consent.aftermath import MEETUP_SHEET
from matcher.errors import UserError
from matcher.outreach.meetups import day_sheet_html, day_sheet_names, save_calendar_file, save_day_sheet
from matcher.storage.store import Store
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.pages.page import Page
from matcher_ui.pdf import pdf_of
from matcher_ui.printing import Paper

SHEETS = "To print (*.pdf);;Excel workbook (*.xlsx);;Web page (*.html)"


class MeetupPapers:
    """Of the meet-up that ``page`` shows; ``failed`` is told what could not be done."""

    def __init__(self, page: Page, failed: Callable[[UserError], None]) -> None:
        self._page, self._workspace, self._failed = page, page.workspace, failed

    @property
    def _number(self) -> int | None:
        return self._page.place.id if self._page.place else None

    def print_sheet(self) -> None:
        """Print the first names for the table."""
        number = self._number
        if number is not None:
            self._workspace.read(
                "meetup.print", lambda store: self._paper(store, number), self._workspace.printing.emit,
                on_failed=self._failed,
            )  # fmt: skip

    def _paper(self, store: Store, number: int) -> Paper:
        on_it = tuple(day_sheet_names(store, number))
        return Paper("First names", day_sheet_html(store, number), self.save_sheet, MEETUP_SHEET, None, on_it)

    def save_sheet(self) -> None:
        """Save the first names for the table."""
        number = self._number
        if number is None:
            return
        path = choose_where(self._page, "Sheet for the table", "first-names.pdf", SHEETS)
        if not path:
            return
        target = Path(path if Path(path).suffix else f"{path}.pdf")

        def drawn(html: bytes) -> None:
            pdf = pdf_of(html) if target.suffix.lower() == ".pdf" else None
            self._workspace.write(
                lambda store, _p: save_day_sheet(store, number, target, pdf=pdf),
                lambda count: self._workspace.say(f"Saved {target.name}: {count} first names."),
                what="Saving the sheet", on_failed=self._failed,
            )  # fmt: skip

        self._workspace.read("meetup.sheet", lambda store: day_sheet_html(store, number), drawn,
                            on_failed=self._failed)  # fmt: skip

    def save_calendar(self, all_dates: bool) -> None:
        """Save the date, or every date to come, for a calendar."""
        number = self._number
        path = choose_where(self._page, "Calendar file", "meet-up.ics", "Calendar (*.ics)") if number else ""
        if number is None or not path:
            return
        target = Path(path if Path(path).suffix else f"{path}.ics")
        self._workspace.write(
            lambda store, _p: save_calendar_file(store, number, target, all_dates=all_dates),
            lambda count: self._workspace.say(f"Saved {target.name}: {count} date{'' if count == 1 else 's'}."),
            what="Saving the calendar file", on_failed=self._failed,
        )  # fmt: skip
