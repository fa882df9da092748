"""The requester's sheet: which columns, of whom, what stays out and why, and the note that goes with it."""

from urllib.parse import quote

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from matcher.consent import RELEASABLE
from matcher.directory import FIELDS
from matcher.outreach import GroupWarning, SheetWritten
from matcher.outreach.introduce import Introduced
from matcher.outreach.requester_sheet import USUAL
from matcher_ui.models.introduce import NAMES_AND_CONTACTS, columns_asked, goes_in, hidden_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.what_is_this import Explained

WITHOUT_NAMES = "Without names: call people P1, P2, … anew in each file"
NO_COLUMN = "Tick at least one column"


class PersonLine(Part):
    """One person of the sheet: the name, what goes in, and what stays out and why."""

    def __init__(self, theme: Theme, name: str, said: str, hidden: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(". ".join(part for part in (name, said, hidden) if part))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(Space.M))
        grid.setVerticalSpacing(0)
        grid.addWidget(ElidedLabel(theme, name, "second_name"), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(theme, said or "Nothing", "second", "ink2", wrap=True), 0, 1)
        if hidden:
            grid.addWidget(Label(theme, hidden, "second", "care", wrap=True), 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)


class SheetCard(CardFrame):
    """``wanted`` asks to write the sheet, ``copied`` tells of its letter, ``changed`` of other columns."""

    wanted = Signal()
    changed = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("A sheet for the requester")
        self._people: tuple[Introduced, ...] = ()
        self._lines: list[QWidget] = []
        self.ticks = {name: QCheckBox(FIELDS[name].label) for name in RELEASABLE}
        self.without_names = QCheckBox(WITHOUT_NAMES)
        self.without_names.setToolTip("Leaves out names, e-mail addresses and phone numbers")
        self.write = Button(theme, "Write the sheet…", icon="download")
        self.password = QLineEdit()
        self.password.setPlaceholderText("None: the sheet opens without one")
        self.warnings = Banner(theme, "care", "")
        self.leave_out = Button(theme, "")
        self._leaving = ""
        self.letter, self.copy = QPlainTextEdit(), Button(theme, "Copy the letter", icon="copy")
        self.mail = Button(theme, "Open the e-mail", icon="mail")
        self.letter.setReadOnly(True)
        self.letter.setAccessibleName("The letter that goes with the sheet")
        self._letter_label = Label(theme, "", "label", "ink2", wrap=True)
        self._link = ""
        self._lay_out()
        for name, tick in self.ticks.items():
            tick.setChecked(name in USUAL)
            tick.toggled.connect(self._tell)
        self.without_names.toggled.connect(self._tell)
        self.write.clicked.connect(self.wanted)
        self.copy.clicked.connect(self._copy)
        self.mail.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._link)))
        self.leave_out.clicked.connect(lambda: self.ticks[self._leaving].setChecked(False))
        self.show_written(None)
        self.show_warnings(())
        self.retheme()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the sheet as it stands."""
        ticked = (name for name, tick in self.ticks.items() if tick.isChecked())
        return columns_asked(ticked, without_names=self.without_names.isChecked())

    def show_people(self, people: tuple[Introduced, ...]) -> None:
        """Show who would be in it."""
        self._people = people
        self._tell()

    def show_warnings(self, warnings: tuple[GroupWarning, ...]) -> None:
        """Show whom these columns may give away, and the column that does most of it."""
        self.warnings.set_message("care", "\n".join(one.sentence for one in warnings))
        self.warnings.setVisible(bool(warnings))
        self._leaving = next((one.leave_out for one in warnings if one.leave_out in self.ticks), "")
        if self._leaving:
            self.leave_out.setText(f"Leave out {FIELDS[self._leaving].label.lower()}")
            self.leave_out.updateGeometry()
        self.leave_out.setVisible(bool(self._leaving))

    def show_written(self, written: SheetWritten | None) -> None:
        """Show the letter of the sheet just written; None hides it."""
        if written is not None:
            self.password.clear()
            self.letter.setPlainText(written.letter)
            to = f" to {written.to}" if written.to else ""
            self._letter_label.setText(f"Send this letter with it{to}: attach the sheet.")
            query = f"subject={quote(written.subject)}&body={quote(written.letter)}"
            self._link = f"mailto:{quote(written.to)}?{query}"
        for part in (self._letter_label, self.letter, self.copy, self.mail):
            part.setVisible(written is not None)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.CARD))
        self._column.setSpacing(px(Space.M))
        self._ticks.setSpacing(px(Space.S))
        self._rows.setSpacing(px(Space.XS))
        self._send.setSpacing(px(Space.S))
        self.letter.setFont(self.theme.font("second"))
        self.letter.setFixedHeight(px(200))
        super().retheme()

    def _tell(self) -> None:
        """Say of each person what goes in and what stays out."""
        hides = self.without_names.isChecked()
        for name in NAMES_AND_CONTACTS & self.ticks.keys():
            self.ticks[name].setEnabled(not hides)
        for line in self._lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        columns = self.columns
        self._lines = [
            PersonLine(self.theme, one.name, goes_in(one, columns), hidden_words(one, columns))
            for one in self._people
        ]
        for line in self._lines:
            self._rows.addWidget(line)
        self.write.set_unavailable(None if columns else NO_COLUMN)
        self.changed.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())
        self.copied.emit()

    def _lay_out(self) -> None:
        theme, left = self.theme, Qt.AlignmentFlag.AlignLeft
        self._column, self._ticks, self._rows = QVBoxLayout(self), FlowLayout(), QVBoxLayout()
        words = "Only of those who said yes to this request, only what you tick, and every time it is logged."
        for tick in self.ticks.values():
            self._ticks.addWidget(tick)
        title = Label(theme, "Or a sheet for the requester", "section")
        self._column.addWidget(Explained(theme, title, "small_groups"))
        self._column.addWidget(Label(theme, words, "second", "ink2", wrap=True))
        self._column.addWidget(Label(theme, "Columns that they agreed to", "label", "ink2"))
        self._column.addLayout(self._ticks)
        self._column.addWidget(self.without_names)
        self._column.addWidget(Label(theme, "Who is in it", "label", "ink2"))
        self._column.addLayout(self._rows)
        self._column.addWidget(self.warnings)
        self._column.addWidget(self.leave_out, 0, left)
        self._column.addWidget(Field(theme, "A password for the sheet", self.password, "Tell them by phone"))
        self._column.addWidget(self.write, 0, left)
        self._column.addWidget(self._letter_label)
        self._column.addWidget(self.letter)
        self._send = FlowLayout()
        for button in (self.copy, self.mail):
            self._send.addWidget(button)
        self._column.addLayout(self._send)
        self._column.addStretch(1)
