"""A chapter of the guide as text and pictures, in the look of the program, as wide as there is room."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from matcher_ui.guide import Chapter, as_html, folder
from matcher_ui.theme import Theme

MOST_WIDE, MARGIN = 680, 8
SETTLE_MS = 60
_HEADINGS = {1: "page_title", 2: "section"}
"""Level of a heading -> its step of the type scale."""


class GuideText(QTextBrowser):
    """``turned`` asks for another chapter, by its key: nothing outside the guide is ever opened."""

    turned = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.chapter: Chapter | None = None
        self._words: tuple[str, ...] = ()
        self._is_drawn = False
        self.setAccessibleName("The guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setOpenLinks(False)
        self.setSearchPaths([str(folder())])
        self.anchorClicked.connect(self._follow)
        self._drawing = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._drawing.timeout.connect(self._draw)
        theme.changed.connect(self._draw)

    def show_chapter(self, chapter: Chapter, words: Sequence[str] = ()) -> None:
        """Show it from its top, or from the first of ``words`` in it; all of them are marked."""
        self.chapter, self._words = chapter, tuple(words)
        self.setAccessibleName(chapter.title)
        self._is_drawn = False
        if self.isVisible():
            self._draw_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_drawn:
            self._draw_anew()

    def _draw_anew(self) -> None:
        """Draw the chapter from its top; while nobody sees it, its pictures need not be held."""
        self._is_drawn = True
        self._draw()
        self.verticalScrollBar().setValue(0)
        found = self.extraSelections()
        if found:
            self.setTextCursor(_start_of(found[0].cursor))
            self.ensureCursorVisible()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture as wide as the text has room for, sharp on any screen; anything else is not loaded."""
        path = folder() / QUrl(name).path()
        if kind != QTextDocument.ResourceType.ImageResource or not path.is_file():
            return None
        picture, ratio = QImage(str(path)), self.devicePixelRatioF()
        wide = self._room() - 2 * self.theme.px(MARGIN)
        if picture.width() > wide:
            picture = picture.scaledToWidth(round(wide * ratio), Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._drawing.start()

    def _room(self) -> int:
        px = self.theme.px
        return max(px(160), min(px(MOST_WIDE), self.viewport().width() - px(24)))

    def _draw(self) -> None:
        if self.chapter is None or not self._is_drawn:
            return
        place = self.verticalScrollBar().value()
        document = self.document()
        document.setDefaultFont(self.theme.font("running"))
        document.setDefaultStyleSheet(_style(self.theme))
        document.setDocumentMargin(self.theme.px(MARGIN))
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(self._room())
        self.setHtml(as_html(self.chapter))
        self._size_headings()
        self.setExtraSelections(self._found())
        self.verticalScrollBar().setValue(place)

    def _size_headings(self) -> None:
        """Give headings their step of the type scale: HTML makes them larger than its style sheet says."""
        block = self.document().begin()
        while block.isValid():
            role = _HEADINGS.get(block.blockFormat().headingLevel())
            if role is not None:
                cursor = QTextCursor(block)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                look = cursor.charFormat()
                look.setFont(self.theme.font(role))
                look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                cursor.setCharFormat(look)
            block = block.next()

    def _found(self) -> list[QTextEdit.ExtraSelection]:
        found = []
        for word in self._words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                look = QTextCharFormat()
                look.setBackground(QColor(self.theme.color("interests_ground")))
                mark.cursor, mark.format = cursor, look
                found.append(mark)
                cursor = self.document().find(word, cursor)
        return sorted(found, key=lambda one: one.cursor.selectionStart())

    def _follow(self, link: QUrl) -> None:
        if link.path().endswith(".md"):
            self.turned.emit(link.path().removesuffix(".md"))


def _start_of(cursor: QTextCursor) -> QTextCursor:
    start = QTextCursor(cursor)
    start.setPosition(cursor.selectionStart())
    return start


def _style(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
        body, p, li, td {{ color: {t.ink}; font-size: {px(14)}px; line-height: 130%; }}
        h1 {{ color: {t.ink}; margin-top: 0; margin-bottom: {px(10)}px; }}
        h2 {{ color: {t.ink}; margin-top: {px(22)}px; margin-bottom: {px(6)}px; }}
        p {{ margin-top: 0; margin-bottom: {px(10)}px; }}
        li {{ margin-bottom: {px(5)}px; }}
        strong {{ font-weight: 600; }}
        a {{ color: {t.accent}; }}
        th {{ color: {t.ink2}; font-size: {px(12)}px; font-weight: 600; text-align: left;
            padding: {px(4)}px {px(20)}px {px(4)}px 0; }}
        td {{ padding: {px(4)}px {px(20)}px {px(4)}px 0; }}
    """
