"""The board: a column for each stage, cards that are dragged or moved by keyboard, a strip to close them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from matcher.model import Stage
from matcher.triage import RequestRow
from matcher_ui.brief_words import STAGES
from matcher_ui.models.board import COLUMNS, ENDINGS, Board, board_of, may_move, neighbour, why_not
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import rounded, smooth
from matcher_ui.widgets.request_card import CARD, RequestCard
from matcher_ui.widgets.row_menu import Entry, add_entry
from matcher_ui.widgets.scroll_column import ScrollColumn

LEAST = 144


class DropPlace(Part):
    """Takes a card that is dropped on it: ``dropped`` carries the number of the request."""

    dropped = Signal(int)

    def __init__(self, theme: Theme, ground: str = "panel", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._ground, self._over = ground, False
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CARD):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        number = bytes(event.mimeData().data(CARD).data()).decode()
        if number.isdigit():
            event.acceptProposedAction()
            self.dropped.emit(int(number))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        ground = theme.color("tint" if self._over else self._ground)
        rounded(painter, self.rect(), theme.px(10), ground, theme.color("accent") if self._over else None)
        painter.end()

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


class BoardColumn(DropPlace):
    """A stage with its cards."""

    def __init__(self, theme: Theme, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.stage = stage
        self.cards: list[RequestCard] = []
        self._name, self._count = Label(theme, STAGES[stage], "label", "ink2"), Label(theme, "", "legend", "ink3")
        self._column, self._head = QVBoxLayout(self), QHBoxLayout()
        self._head.addWidget(self._name)
        self._head.addWidget(self._count)
        self._head.addStretch(1)
        self._column.addLayout(self._head)
        self._column.addStretch(1)
        self.retheme()

    def show_cards(self, cards: Sequence[RequestCard]) -> None:
        """Put these cards into the column."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = list(cards)
        for place, card in enumerate(cards, start=1):
            self._column.insertWidget(place, card)
            card.show()  # now, not when the layout comes to it: until then a card cannot hold the keyboard
        self._count.setText(str(len(cards)) if cards else "")
        self.setAccessibleName(f"{STAGES[self.stage]}, {len(cards)}")

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.S), px(Space.S), px(Space.S), px(Space.M))
        self._column.setSpacing(px(Space.S))
        self._head.setContentsMargins(px(Space.XS), 0, px(Space.XS), 0)
        self._head.setSpacing(px(Space.S))
        super().retheme()


class RequestBoard(Part):
    """``opened`` carries a request; ``moving`` a request and the stage it goes to; ``refused`` why it may not."""

    opened = Signal(int)
    moving = Signal(int, Stage)
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.board = Board(dict.fromkeys(COLUMNS, ()))
        self._held: int | None = None
        self.columns = {stage: BoardColumn(theme, stage) for stage in COLUMNS}
        self.endings = {stage: DropPlace(theme, "quiet") for stage in ENDINGS}
        self._scroll, self._grid, self._across = ScrollColumn(theme), QGridLayout(), 0
        self._whole, self._strip, self._rows = QVBoxLayout(self), QHBoxLayout(), list[QHBoxLayout]()
        self._lay_out()
        self.retheme()

    def show_requests(self, rows: Sequence[RequestRow], query: str = "") -> None:
        """Show these requests, and keep the keyboard on the card it was on."""
        held, self._held = self._held or self.current_id(), None
        self.board = board_of(rows, query)
        for stage, column in self.columns.items():
            column.show_cards([self._card(row) for row in self.board.columns[stage]])
        if held is not None:
            self.focus_card(held)

    def current_id(self) -> int | None:
        """The request the keyboard is on, or comes back to when the window is in front again."""
        focused = self.window().focusWidget()
        return next((card.row.id for card in self.cards() if card is focused), None)

    def cards(self) -> list[RequestCard]:
        """Every card, column by column."""
        return [card for column in self.columns.values() for card in column.cards]

    def focus_card(self, request_id: int) -> None:
        """Put the keyboard on a card."""
        for card in self.cards():
            if card.row.id == request_id:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(card)

    def focus_first(self) -> None:
        """Put the keyboard on the first card there is."""
        for card in self.cards()[:1]:
            card.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def move_card(self, request_id: int, stage: Stage) -> None:
        """Ask to move a card, or say why it cannot go there."""
        row = next((card.row for card in self.cards() if card.row.id == request_id), None)
        if row is None or row.stage is stage:
            return
        if may_move(row, stage):
            self._held = request_id
            self.moving.emit(request_id, stage)
        else:
            self.refused.emit(why_not(row, stage))

    def card_menu(self, row: RequestRow) -> QMenu:
        """What can be done with a card: open it, move it on or back, close it."""
        menu = QMenu(self)
        for entry in self.entries(row):
            add_entry(menu, entry)
        menu.addSeparator()
        endings = self.closing_menu(row)
        endings.setTitle("Close it")
        endings.setParent(menu, endings.windowFlags())
        menu.addMenu(endings)
        return menu

    def entries(self, row: RequestRow) -> list[Entry]:
        """Open it, and move it on or back."""
        moves = [
            Entry(f"Move to “{STAGES[stage]}”", partial(self.move_card, row.id, stage))
            for stage in COLUMNS if stage is not row.stage and may_move(row, stage)
        ]  # fmt: skip
        return [Entry("Open", partial(self.opened.emit, row.id), "Enter"), *moves]

    def closing_menu(self, row: RequestRow) -> QMenu:
        """The ways to close a request."""
        menu = QMenu(self)
        for stage in ENDINGS:
            if may_move(row, stage):
                action = menu.addAction(STAGES[stage])
                action.triggered.connect(lambda _on=False, stage=stage: self.move_card(row.id, stage))
        return menu

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, 0, Space.PAGE, Space.M)
        self._grid.setSpacing(px(Space.M))
        self._strip.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.L))
        self._strip.setSpacing(px(Space.M))
        for row in self._rows:
            row.setContentsMargins(*[px(Space.S)] * 4)
        self._turn()
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """As many columns side by side as have room; the others go below."""
        room = self.width() - self.theme.px(48)
        across = max(1, min(len(COLUMNS), room // self.theme.px(LEAST)))
        if across == self._across:
            return
        self._across = across
        for place, column in enumerate(self.columns.values()):
            self._grid.removeWidget(column)
            self._grid.addWidget(column, place // across, place % across)
        for place in range(len(COLUMNS)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    def _card(self, row: RequestRow) -> RequestCard:
        card = RequestCard(self.theme, row)
        card.clicked.connect(lambda: self.opened.emit(row.id))
        card.moved.connect(lambda step: self._step(row, step))
        card.walked.connect(lambda across, down: self._walk(row, across, down))
        card.closing.connect(lambda: self._drop_down(row, self.closing_menu(row)))
        card.asked_menu.connect(lambda: self._drop_down(row, self.card_menu(row)))
        return card

    def _step(self, row: RequestRow, step: int) -> None:
        stage = neighbour(row, step)
        if stage is None:
            self.refused.emit("It cannot go further that way.")
        else:
            self.move_card(row.id, stage)

    def _drop_down(self, row: RequestRow, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        card = next((card for card in self.cards() if card.row.id == row.id), None)
        menu.popup(card.mapToGlobal(QPoint(0, card.height())) if card else self.mapToGlobal(QPoint()))

    def _walk(self, row: RequestRow, across: int, down: int) -> None:
        here = self.board.place_of(row.id)
        if here is None:
            return
        stage, place = here
        if down:
            cards = self.columns[stage].cards
            target = place + down
        else:
            stages = [one for one in COLUMNS if self.columns[one].cards]
            index = stages.index(stage) + across
            if not 0 <= index < len(stages):
                return
            cards = self.columns[stages[index]].cards
            target = min(place, len(cards) - 1)
        if 0 <= target < len(cards):
            self.focus_card(cards[target].row.id)

    def _lay_out(self) -> None:
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._scroll.column.addLayout(self._grid, 1)
        for stage, column in self.columns.items():
            column.dropped.connect(lambda number, stage=stage: self.move_card(number, stage))
        self._strip.addWidget(Label(self.theme, "Drop here to close", "hint", "ink3"))
        for stage, place in self.endings.items():
            self._rows.append(row := QHBoxLayout(place))
            row.addWidget(Label(self.theme, STAGES[stage], "legend", "ink2"), 0, Qt.AlignmentFlag.AlignCenter)
            place.setAccessibleName(f"Close as {STAGES[stage].lower()}")
            place.dropped.connect(lambda number, stage=stage: self.move_card(number, stage))
            self._strip.addWidget(place, 1)
        self._whole.addWidget(self._scroll, 1)
        self._whole.addLayout(self._strip)
