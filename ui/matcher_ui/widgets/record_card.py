"""What is on file about who is asking, as a quiet card that leads to their page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.triage import RequesterPage
from matcher_ui.theme import Space, Theme
from matcher_ui.triage_words import record_words
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.labels import Label


class RecordCard(CardFrame):
    """``opened`` fires to go to the requester's page; hidden while nobody is known."""

    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, quiet=True, parent=parent)
        self._name, self._lines = (
            Label(theme, "", "second_name", wrap=True),
            Label(theme, "", "second", "ink2", wrap=True),
        )
        self.open = Button(theme, "Open their page", "link")
        self.open.clicked.connect(self.opened)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, "Who’s asking", "label", "ink2"))
        self._column.addWidget(self._name)
        self._column.addWidget(self._lines)
        self._column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.retheme()
        self.hide()

    def show_requester(self, who: RequesterPage | None) -> None:
        """Show the record of a requester; None hides the card."""
        if who is not None:
            name = ", ".join(part for part in (who.name, who.role, who.organisation) if part)
            lines = list(record_words(who.record))
            lines += [f"{fact.words}" for fact in who.facts[:3]]
            if who.colleagues:
                others = ", ".join(one.name or one.contact for one in who.colleagues[:3])
                lines.append(f"Others of {who.organisation} who asked: {others}.")
            self._name.setText(name)
            self._lines.setText("\n".join(lines))
            self.setAccessibleName(f"Who’s asking: {name}")
            self.setAccessibleDescription(" ".join(lines))
        self.setVisible(who is not None)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.M), px(Space.M), px(Space.M), px(Space.M))
        self._column.setSpacing(px(Space.XS))
        super().retheme()
