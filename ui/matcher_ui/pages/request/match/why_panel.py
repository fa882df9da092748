"""Why this member: total, parts with their evidence, own words with the phrases marked, and what to mind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from matcher.directory import MemberPage
from matcher.matching import Candidate, Evidence, NotNow, Weights, Why
from matcher.model import Audience, Brief, State, purpose_of
from matcher_ui.brief_words import going_on
from matcher_ui.models.candidates import BAR_PART, LISTED_WORDS, bar_parts, facts_words, whole_points
from matcher_ui.models.subjects import sentences_of
from matcher_ui.pages.request.match import why_words
from matcher_ui.pages.request.match.why_foot import WhyFoot
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground, Hairline
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.legend import PartKey
from matcher_ui.widgets.marked_text import MarkedText, own_words
from matcher_ui.widgets.score_bar import PARTS, ScoreBar


@dataclass(frozen=True, slots=True)
class OnList:
    """Where somebody stands for the list: “list”, “reserve” or “”; why, in sentences; and what was said of them."""

    listed: str = ""
    told: tuple[str, ...] = ()
    wish: bool | None = None
    anyway: str = ""


_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
_PERMISSION_INK = {State.GIVEN: "good", State.ASK_FIRST: "care", State.NOT_GIVEN: "ink2"}


class WhyPanel(Ground):
    """Shows one candidate, or one who is not put forward."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("Why")
        self.foot = WhyFoot(theme)
        self.back = Button(theme, "Back to the people", "quiet", icon="chevron_left")
        self.back.hide()
        self.words: list[MarkedText] = []
        self._said: object = None
        self._points: _Points | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.foot)
        self.clear()

    def clear(self) -> None:
        """Show nobody."""
        self._put(self._start())
        self.foot.hide()

    def show_candidate(
        self, candidate: Candidate, page: MemberPage, brief: Brief, weights: Weights, stands: OnList
    ) -> None:
        """Explain somebody who could fit; ``stands`` is where they are on the list and why.

        While a weight is dragged only points change: they are shown in place, and nothing is laid out anew.
        """
        said = (replace(candidate, score=0, parts={}), page, brief, stands)
        if self._points is not None and said == self._said:
            self._points.show(candidate, weights)
            return
        body = self._start()
        points = _Points(self.theme)
        points.show(candidate, weights)
        body.add_title(candidate.member.name, facts_words(candidate.member), points.total)
        body.add_parts(candidate, points)
        body.add_to_ask(candidate, sentences_of(brief))
        body.add_place(stands)
        self._add_words(body, page, candidate.evidence)
        self._add_facts(body, page, brief.audience)
        self._put(body)
        self._said, self._points = said, points
        self.foot.show_candidate(stands.listed, stands.wish)

    def show_other(self, other: NotNow, page: MemberPage, audience: Audience) -> None:
        """Explain somebody who is not put forward; the sentences of why follow with `add_why`."""
        body = self._start()
        body.add_title(other.member.name, facts_words(other.member))
        body.add_reason(other.reason)
        self._why = body.add_room()
        self._add_words(body, page, other.evidence)
        self._add_facts(body, page, audience)
        self._put(body)
        self.foot.show_other(other)

    def add_why(self, why: Why) -> None:
        """Add what was judged, sentence by sentence; the first is shown already."""
        for sentence in why.sentences[1:]:
            self._why.addWidget(Label(self.theme, sentence, "second", "ink2", wrap=True))

    def retheme(self) -> None:
        self._said = None  # room between the parts is measured when they are put there
        super().retheme()

    def _start(self) -> "_Body":
        self.words, self._said = [], None
        return _Body(self.theme)

    def _put(self, body: "_Body") -> None:
        """Show what was filled, in place of what was shown."""
        body.finish()
        old = self._scroll.takeWidget()
        self._scroll.setWidget(body)
        body.setAutoFillBackground(False)
        if old is not None:
            old.deleteLater()

    def _add_words(self, body: "_Body", page: MemberPage, evidence: Sequence[Evidence]) -> None:
        fields = why_words.told(page, evidence)
        if not fields:
            return
        body.add_section("In their own words")
        for title, text, marks in fields:
            if title:
                body.add(Label(self.theme, title, "label", "ink2"), Space.S)
            words = own_words(self.theme)
            words.show_text(text, marks)
            body.add(words, Space.XS)
            self.words.append(words)

    def _add_facts(self, body: "_Body", page: MemberPage, audience: Audience) -> None:
        state = page.consent.get(purpose_of(audience), State.NOT_GIVEN)
        body.add_line(10)
        permission = why_words.permission_words(audience, state, page)
        body.add_fact("shield", "Permission", permission, _PERMISSION_INK.get(state, "stop"))
        body.add_fact("pencil", "Conditions", why_words.conditions_words(page))
        body.add_fact("phone", "Contact", why_words.contact_words(page))
        body.add_fact("clock", "Before", why_words.before_words(page))


class _Points:
    """What changes while a weight is dragged: the total, the bar, and the points of each part."""

    def __init__(self, theme: Theme) -> None:
        self.total = Label(theme, "", "panel_title")
        self.bar = ScoreBar(theme, {})
        self.of_part = {key: Label(theme, "", "count", "ink2") for key in BAR_PART.values()}

    def show(self, candidate: Candidate, weights: Weights) -> None:
        """Say how many points somebody has, of how many ``weights`` give for each part."""
        total, shown, most = f"{round(candidate.score)}", whole_points(candidate.parts), weights.points()
        self.total.setText(total)
        self.total.setAccessibleName(f"{total} of 100")
        self.bar.set_parts(bar_parts(candidate.parts))
        for part, key in BAR_PART.items():
            self.of_part[key].setText(f"{shown.get(key, 0)} of {round(_of(most, part))}")


class _Body(Part):
    """The scrolling part of the panel, filled from top to bottom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._set_margins(0)

    def add(self, part: QWidget, space: int = 0) -> None:
        """Add something, ``space`` below what is there."""
        self._column.addSpacing(self.theme.px(space))
        self._column.addWidget(part)

    def add_row(self, space: int, *parts: tuple[QWidget, int], align: Qt.AlignmentFlag = _TOP) -> None:
        """Add things beside each other; the one with a stretch takes the room."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(Space.S))
        for part, stretch in parts:
            row.addWidget(part, stretch, Qt.AlignmentFlag(0) if stretch else align)
        self._column.addSpacing(self.theme.px(space))
        self._column.addLayout(row)

    def add_room(self) -> QVBoxLayout:
        """A place for what is read later."""
        room = QVBoxLayout()
        room.setSpacing(self.theme.px(Space.XS))
        self._column.addSpacing(self.theme.px(Space.S))
        self._column.addLayout(room)
        return room

    def add_title(self, name: str, facts: str, total: Label | None = None) -> None:
        """Who it is, and their total."""
        theme = self.theme
        beside = ((total, 0),) if total else ()
        self.add_row(0, (ElidedLabel(theme, name, "panel_title"), 1), *beside)
        self.add(Label(theme, facts, "second", "ink2", wrap=True), Space.XS)

    def add_parts(self, candidate: Candidate, points: "_Points") -> None:
        """The bar, and each part with its evidence."""
        theme = self.theme
        self.add(points.bar, Space.S)
        self._column.addSpacing(theme.px(Space.XS))
        for part, key in BAR_PART.items():
            name = Label(theme, PARTS[key], "second_name")
            self.add_row(Space.S, (PartKey(theme, key), 0), (name, 1), (points.of_part[key], 0), align=_MIDDLE)
            reason = Label(theme, why_words.reason_words(candidate, part), "second", "ink2", wrap=True)
            reason.setContentsMargins(theme.px(Space.CARD), 0, 0, 0)
            self.add(reason)

    def add_to_ask(self, candidate: Candidate, sentences: Mapping[str, str]) -> None:
        """What is not known and what only their words say; ``sentences``: must -> how it is said."""
        for must in candidate.to_ask:
            self._add_care("question", f"Not known, ask: {sentences.get(must, must)}")
        for must in candidate.to_check:
            self._add_care("question", f"Check in their own words: {going_on(sentences.get(must, must))}")

    def add_place(self, stands: OnList) -> None:
        """What the place on the list was given for, who would come instead, and why they are asked anyway."""
        said = list(stands.told)
        if stands.listed and not said:
            said.append("Next in line." if stands.listed == "reserve" else "You put them there by hand.")
        if stands.wish is False:
            said.append("You leave them off the lists you suggest.")
        elif stands.wish and not stands.listed:
            said.append("You keep them on the next list you suggest.")
        if stands.anyway:
            said.append(f"May be asked though they are resting: {stands.anyway}.")
        if not said:
            return
        self.add_section(LISTED_WORDS[stands.listed])
        for sentence in said:
            self.add(Label(self.theme, sentence, "second", "ink2", wrap=True), Space.XS)

    def _add_care(self, icon: str, words: str) -> None:
        theme = self.theme
        label = Label(theme, words, "second", "care", wrap=True)
        self.add_row(Space.S, (IconView(theme, icon, "care", 14), 0), (label, 1))

    def add_reason(self, reason: str) -> None:
        theme = self.theme
        self.add(Label(theme, "Why not now", "label", "ink2"), Space.L)
        self.add(Label(theme, f"{reason}.", "name", wrap=True), Space.XS)

    def add_section(self, title: str) -> None:
        self.add_line(10)
        self.add(Label(self.theme, title, "label", "ink2"), Space.M)

    def add_line(self, space: int) -> None:
        self.add(Hairline(self.theme), space)

    def add_fact(self, icon: str, name: str, words: str, ink: str = "ink2") -> None:
        theme = self.theme
        label = Label(theme, name, "second", "ink2")
        label.setFixedWidth(theme.px(76))
        value = Label(theme, words, "second", wrap=True)
        value.setAccessibleName("")
        mark = IconView(theme, icon, ink, 14)
        mark.setFixedHeight(theme.line("second"))
        self.add_row(Space.S, (mark, 0), (label, 0), (value, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        port = self.parentWidget()
        area = port.parentWidget() if port else None
        self._set_margins(area.width() - self.width() if area else 0)

    def _set_margins(self, scrolling: int) -> None:
        """What the bar for scrolling takes comes out of the margin at the right."""
        px = self.theme.px
        self._column.setContentsMargins(
            px(Space.PAGE), px(Space.L), max(px(Space.PAGE) - scrolling, 0), px(Space.L)
        )

    def finish(self) -> None:
        self._column.addStretch(1)


def _of(most: Any, part: str) -> float:
    return float(most[part])
