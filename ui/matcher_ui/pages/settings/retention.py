"""How long things are kept: a number of months for each kind, and the way to what is due to be deleted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from matcher.consent import Kept, RetentionRules, due_for_deletion, retention_rules, save_retention_rules
from matcher.errors import UserError
from matcher.storage.store import Store
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Place, Workspace

LABELS = {
    Kept.MEMBER: "Members not heard from", Kept.REQUEST_FILE: "Originals of closed requests",
    Kept.QUESTION: "Answered questions", Kept.OWN_FILE: "Workbooks and reports you saved",
    Kept.RIGHTS: "Answered requests about data", Kept.WALK_INS: "First names of walk-ins at meet-ups",
}  # fmt: skip
HINT = (
    "Nothing is deleted by itself: what is kept longer stands in a list for you to look through. The "
    "privacy notice below tells the same numbers."
)


class RetentionSection(Part):
    """Saved with its own button; what she is changing stays."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._kept: RetentionRules | None = None
        self.months = {kind: _months() for kind in Kept}
        self.fields = {kind: Field(theme, LABELS[kind], self.months[kind]) for kind in Kept}
        self.save, self.see = Button(theme, "Save how long"), Button(theme, "What is due to be deleted", "quiet")
        save_by_key(self.save, self)
        self._column, self._foot = QVBoxLayout(self), FlowLayout()
        self._column.addWidget(Label(theme, HINT, "second", "ink2", wrap=True))
        kinds = list(Kept)
        for start in range(0, len(kinds), 2):
            self._column.addWidget(Beside(theme, [self.fields[kind] for kind in kinds[start : start + 2]], 240))
        for button in (self.save, self.see):
            self._foot.addWidget(button)
        self._column.addLayout(self._foot)
        for box in self.months.values():
            box.valueChanged.connect(lambda _months: self._mark())
        self.save.clicked.connect(self._keep)
        self.see.clicked.connect(lambda: workspace.go(Place("retention")))
        self._mark()
        self.retheme()

    def refresh(self) -> None:
        """Read the rules and how much is due, in the background."""

        def read(store: Store) -> tuple[RetentionRules, int]:
            return retention_rules(store), len(due_for_deletion(store))

        self._workspace.read("settings.retention", read, lambda found: self.show_rules(*found))

    def show_rules(self, rules: RetentionRules, due: int) -> None:
        """Show the rules, unless she is changing them right now."""
        self.see.setText(f"What is due to be deleted ({due})" if due else "What is due to be deleted")
        self.see.updateGeometry()
        if not self.keeps_unsaved():
            self._kept = rules
            for kind, box in self.months.items():
                box.setValue(getattr(rules, kind.value))
            self._mark()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "how long things are kept" if self._kept is not None and self._typed() != self._kept else ""

    def retheme(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(Space.M))
        self._foot.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def _typed(self) -> RetentionRules:
        return RetentionRules(**{kind.value: box.value() for kind, box in self.months.items()})

    def _mark(self) -> None:
        self.save.set_unavailable(None if self.keeps_unsaved() else "Nothing was changed")

    def _keep(self) -> None:
        rules = self._typed()

        def done(batch: int | None) -> None:
            self._kept = rules
            self._mark()
            self._workspace.say("Saved. Nothing is deleted until you say so.", batch)

        self._workspace.write(
            lambda store, _progress: save_retention_rules(store, rules), done, what="Saving how long",
            on_failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.fields[Kept.MEMBER].set_state("wrong", str(error))


def _months() -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, 600)
    box.setSuffix(" months")
    box.valueChanged.connect(lambda months: box.setSuffix(" month" if months == 1 else " months"))
    box.setSpecialValueText("For good")
    box.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return box
