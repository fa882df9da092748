"""Members' own questions: urgent ones first, where to send each, and a reply to copy. Little is kept."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from matcher.clock import LONDON, today
from matcher.triage import Question, about_words, answer_question, change_question, list_questions
from matcher_ui.dates import day_words
from matcher_ui.models.table import ROW_ROLE, Column, TableModel
from matcher_ui.pages.list_and_panel import ListAndPanelPage
from matcher_ui.pages.request.match.even_list import EvenDelegate, EvenList
from matcher_ui.pages.requests.question_panel import QuestionPanel
from matcher_ui.widgets.chip import ChipKind, paint_told_row
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.paint import hairline
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.workspace import Place, Workspace

ASK_AGAIN_DAYS = 7
HINT = "What a member asks stays with you: only what it is about is kept, never their words."


def state_of(question: Question) -> tuple[ChipKind, str]:
    """The chip of a question."""
    if question.answered is not None:
        return "given", "Answered"
    if question.urgent:
        return "urgent", "Urgent"
    return ("resting", "Ask how it went") if question.follow_up_on else ("care", "To answer")


def who_words(question: Question) -> str:
    """Who asks, and where."""
    return "  ·  ".join(part for part in (question.member, question.nation or "Nation not known") if part)


def more_words(question: Question) -> str:
    """The second line of a question: who, where, since when."""
    day = day_words(question.received.astimezone(LONDON).date(), today())
    return f"{who_words(question)}  ·  since {day}"


class QuestionDelegate(EvenDelegate):
    """Paints one question."""

    def row_height(self) -> int:
        return self.theme.px(56)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        question, theme, px = index.data(ROW_ROLE), self.theme, self.theme.px
        if not isinstance(question, Question):
            return
        right = rect.right() + 1 - self.margin
        room = QRect(px(24), rect.y(), right - px(24), rect.height())
        ink = "ink3" if question.answered else "ink"
        about, more = about_words(question.about), more_words(question)
        paint_told_row(painter, room, theme, about, more, state_of(question), ink)
        if not state.selected:
            hairline(painter, px(24), right, rect.bottom(), theme.color("line"))


COLUMNS: tuple[Column[Question], ...] = (
    Column(
        "about", "Question", lambda q: about_words(q.about),
        spoken=lambda q: ". ".join((about_words(q.about), state_of(q)[1], more_words(q))),
    ),
)  # fmt: skip


class QuestionsPage(ListAndPanelPage):
    """The list on the left; on the right where the one shown can turn."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "Members’ questions", HINT, parent)
        theme = self.theme
        self.model = TableModel(COLUMNS, self)
        self.list = EvenList(theme, QuestionDelegate(theme), "Members’ questions")
        self.list.setModel(self.model)
        self.panel = QuestionPanel(theme)
        self.empty = EmptyPage(
            theme, "question", "No questions yet",
            "Drop or paste what a member asks: Matcher tells a question from a request and says where to turn.",
            "Back to requests", button_icon=None,
        )  # fmt: skip
        self._current: int | None = None
        self._lay_out_sides(self.list, self.panel, self.empty)
        self._connect()
        self.retheme()

    def show_place(self, place: Place) -> None:
        if place.id is not None:
            self._current = place.id
        super().show_place(place)

    def refresh(self) -> None:
        self.workspace.read("questions", list_questions, self.show_questions)

    def show_questions(self, found: Sequence[Question]) -> None:
        """Show these questions and keep her place among them."""
        self.model.set_rows(found)
        self._show_sides(bool(found))
        if found:
            row = next((place for place, one in enumerate(found) if one.id == self._current), 0)
            self.list.setCurrentIndex(self.model.index(row, 0))

    def keeps_unsaved(self) -> str:
        return self.panel.keeps_unsaved()

    def _choose(self, index: QModelIndex) -> None:
        question = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(question, Question):
            self._current = question.id
            self.panel.show_question(question)

    def _save(self, question: Question) -> None:
        self.workspace.write(
            lambda store, _progress: change_question(
                store, question.id, about=question.about, nation=question.nation, urgent=question.urgent,
                note=question.note, follow_up_on=question.follow_up_on,
            ),
            lambda batch: self.workspace.say("Question changed.", batch), what="Keeping the question",
            on_failed=self._failed,
        )  # fmt: skip

    def _answer(self, where: str, ask_again: bool) -> None:
        question = self.panel.question
        if question is None:
            return
        number, again = question.id, today() + timedelta(days=ASK_AGAIN_DAYS) if ask_again else None
        said = f"Sent on. I’ll remind you on {day_words(again, today())}." if again else "Answered."
        self.workspace.write(
            lambda store, _progress: answer_question(store, number, where, again),
            lambda batch: self.workspace.say(said, batch), what="Keeping the answer", on_failed=self._failed,
        )  # fmt: skip

    def _connect(self) -> None:
        self.empty.pressed.connect(self._go_back)
        self.list.selectionModel().currentChanged.connect(self._choose)
        panel = self.panel
        self.menu = RowMenu(self.list, lambda: (panel.copy, panel.done, panel.later))
        self.panel.changed.connect(self._save)
        self.panel.done.clicked.connect(lambda: self._answer(self.panel.where(), False))
        self.panel.later.clicked.connect(lambda: self._answer(self.panel.where(), True))
        self.panel.copied.connect(lambda: self.workspace.say("Copied. Paste it where you write to them."))
