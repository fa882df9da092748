"""One member: who they are in their own words, what they may be asked about, and how that came to be."""

from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from matcher.directory import ErasedError, MergedRecord, member_page
from matcher.directory import MemberPage as Held
from matcher.errors import UserError
from matcher.model import ASKING, Purpose, State
from matcher.outreach import Part, participation
from matcher.outreach.meetups import MeetupPart, meetups_of
from matcher.storage.store import Store
from matcher_ui.models.compare import values_of
from matcher_ui.models.member_words import Given, first_name, head_facts, read_given
from matcher_ui.pages.member.about import AboutTab, Correctable
from matcher_ui.pages.member.after import AfterBanner
from matcher_ui.pages.member.erase import ErasePanel
from matcher_ui.pages.member.erased import ErasedPart
from matcher_ui.pages.member.facts import FactRow
from matcher_ui.pages.member.held import GivenTab, HeldTab
from matcher_ui.pages.member.merges import MergeWithPanel, TakeApartPanel
from matcher_ui.pages.member.panels import RecordPanel, WithdrawPanel
from matcher_ui.pages.member.parts import PartsTab
from matcher_ui.pages.page import Page
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.choices import Tabs
from matcher_ui.widgets.head_actions import HeadActions
from matcher_ui.widgets.initials import Initials
from matcher_ui.widgets.keyed import walk_by_key
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

NARROW = 640
TABS = (
    ("about", "About"), ("parts", "Taking part"), ("given", "Details shared"), ("held", "Everything held")
)  # fmt: skip


class MemberPage(Page):
    """A member's page; everything on it is corrected where it stands. What is held is long, and built by itself."""

    LATER = ("held",)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._held: Held | None = None
        self.header = PageHeader(theme, back="Members")
        self.initials = Initials(theme, "", 48)
        self.record = Button(theme, "Record a permission", "main")
        self.withdraw = Button(theme, "Withdraw…", "serious")
        self.more = IconButton(theme, "more", "More", outlined=True)
        self.tabs = Tabs(theme, TABS)
        self.missing = Banner(theme, "stop", "")
        self.record_panel, self.withdraw_panel = RecordPanel(workspace), WithdrawPanel(workspace)
        self.apart_panel, self.merge_panel = TakeApartPanel(workspace), MergeWithPanel(workspace)
        self.erase_panel, self.erased = ErasePanel(workspace), ErasedPart(workspace)
        self.about, self.parts = AboutTab(workspace), PartsTab(workspace)
        self.given = GivenTab(workspace)
        self.after = AfterBanner(workspace)
        self._bodies: dict[str, QWidget] = {"about": self.about, "parts": self.parts, "given": self.given}
        self._lay_out()
        self._connect()
        walk_by_key(self.tabs)
        self.retheme()

    @cached_property
    def held(self) -> HeldTab:
        """Everything held, with its tab; it shows whoever the page shows."""
        tab = self._bodies["held"] = HeldTab(self.workspace)
        tab.setVisible(False)
        self._body.insertWidget(self._body.indexOf(self.given) + 1, tab)
        tab.merges.asked.connect(self._open_apart)
        tab.handing_over.connect(self._open_report)
        if self._held is not None:
            tab.show_page(self._held, values_of(self._held))
        return tab

    def show_place(self, place: Place) -> None:
        if self._held is not None and self._held.id != place.id:
            self._held = None
            self._open_panel(None)
            self._scroll.verticalScrollBar().setValue(0)
        self._turn_to(place.tab if place.tab in dict(TABS) else "about")
        super().show_place(place)

    def refresh(self) -> None:
        member_id = self.place.id if self.place else None
        if member_id is not None:
            read = partial(_read, member_id)
            self.workspace.read("member.page", read, self.show_member, on_failed=self._show_missing)
            self.after.show_member(member_id)

    def keeps_unsaved(self) -> str:
        changed = any(row.editor is not None and row.editor.changed() for row in self._rows())
        return f"your correction of {self._held.name}" if changed and self._held else ""

    def draft(self) -> dict[str, Any]:
        return {
            name: typed
            for row in self._rows() if row.editor is not None
            for name, typed in row.editor.changed().items()
        }  # fmt: skip

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.build_more()
        for row in self._rows():
            if draft.keys() & set(row.fields):
                row.edit()
            if row.editor is not None:
                row.editor.type_again(draft)

    def _rows(self) -> list[FactRow | Correctable]:
        held = self.held.rows.values() if self.is_built else ()
        return [*self.about.facts, *held, self.about.respect, self.about.own_words]

    def show_member(self, page: Held) -> None:
        """Show everything about a member."""
        self._held = page
        values = values_of(page)
        self.missing.hide()
        self.erased.hide()
        for part in (self.record, self.withdraw, self.more, self.tabs, self._scroll):
            part.show()
        self.header.set_title(page.name)
        self.header.set_facts(head_facts(page, values))
        self.initials.set_name(page.name)
        self.initials.show()
        self.tabs.set_label("about", f"About {first_name(page)}")
        self.about.show_page(page, values)
        if self.is_built:
            self.held.show_page(page, values)
        elif page.merged:
            self.build_more()  # the menu offers to take them apart
        given = partial(read_given, member_id=page.id, merged=page.merged)
        self.workspace.read("member.given", given, self._show_given)
        self.workspace.read(
            "member.parts", lambda store: (participation(store, page.id), meetups_of(store, page.id)),
            self._show_parts,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._head.setSpacing(px(Space.M))
        self._scroll.set_margins(Space.PAGE, Space.XS, Space.PAGE, Space.S)
        self._body.setSpacing(px(Space.S))
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._actions.arrange(self.width())

    def _show_parts(self, found: tuple[tuple[Part, ...], tuple[MeetupPart, ...]]) -> None:
        parts, events = found
        self.tabs.set_count("parts", len(parts) + len(events) or None)
        self.parts.show_parts(parts, events)

    def _show_given(self, given: tuple[Given, ...]) -> None:
        self.tabs.set_count("given", len(given) or None)
        self.given.show_given(given)

    def _show_missing(self, error: UserError) -> None:
        self._held = None
        gone = isinstance(error, ErasedError)
        self.header.set_title("Erased" if gone else "No such member")
        self.initials.hide()
        self.header.set_facts(())
        self.missing.set_message("quiet" if gone else "stop", error.what)
        self.missing.show()
        if gone and self.place is not None and self.place.id is not None:
            self.erased.show_member(self.place.id)
        for part in (self.record, self.withdraw, self.more, self.tabs, self._scroll):
            part.hide()

    def _open_record(self, purpose: object = None, state: object = None) -> None:
        if self._held is None:
            return
        about = purpose if isinstance(purpose, Purpose) else _first_missing(self._held)
        wanted = state if isinstance(state, State) else State.GIVEN
        if wanted is State.WITHDRAWN and self._held.consent.get(about) is not State.WITHDRAWN:
            self._open_withdraw(about)
            return
        self._open_panel(self.record_panel)
        self.record_panel.open_with(self._held.id, first_name(self._held), about, wanted)

    def _open_withdraw(self, purpose: Purpose | None = None) -> None:
        if self._held is not None:
            self._open_panel(self.withdraw_panel)
            self.withdraw_panel.open_for(self._held.id, first_name(self._held), purpose)

    def _open_panel(self, panel: QWidget | None) -> None:
        had_focus = any(one.isVisible() and one.isAncestorOf(self.focusWidget() or self) for one in self._panels)
        for one in self._panels:
            one.setVisible(one is panel)
        if panel is not None:
            self._scroll.verticalScrollBar().setValue(0)
        elif had_focus:
            self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, key: str) -> None:
        self.tabs.set_current(key)
        if key == "held":
            self.build_more()
        for name, body in self._bodies.items():
            body.setVisible(name == key)

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        values = values_of(self._held) if self._held else {}
        for words, field in (("Copy the phone number", "phone"), ("Copy the e-mail address", "email")):
            if values.get(field):
                menu.addAction(words).triggered.connect(partial(_copy, str(values[field])))
        menu.addAction("Correct the name").triggered.connect(self._correct_name)
        menu.addSeparator()
        menu.addAction("Merge with another record…").triggered.connect(self._open_merge)
        for record in self.held.merges.records:
            if record.batch:
                words = f"Take M{record.id} ({record.name}) apart…".replace("&", "&&")
                menu.addAction(words).triggered.connect(partial(self._open_apart, record))
        menu.addSeparator()
        menu.addAction("Everything held, to hand over…").triggered.connect(self._open_report)
        menu.addAction("Record a request or complaint…").triggered.connect(self._open_rights)
        menu.addAction("Erase…").triggered.connect(self._open_erase)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _open_merge(self) -> None:
        if self._held is not None:
            self._open_panel(self.merge_panel)
            self.merge_panel.open_for(self._held.id)

    def _open_erase(self) -> None:
        if self._held is not None:
            self._open_panel(self.erase_panel)
            self.erase_panel.open_for(self._held.id, self._held.name)

    def _open_report(self) -> None:
        if self._held is not None:
            self.workspace.go(Place("report", self._held.id, "member"))

    def _open_rights(self) -> None:
        if self._held is not None:
            self.workspace.go(Place("rights", self._held.id, "member"))

    def _open_apart(self, record: MergedRecord) -> None:
        if self._held is not None:
            self._open_panel(self.apart_panel)
            self.apart_panel.open_for(self._held.id, record)

    def _correct_name(self) -> None:
        self._turn_to("held")
        self.held.rows["first_name"].edit()

    def _connect(self) -> None:
        self.header.went_back.connect(lambda: self.workspace.go(Place("members")))
        self.tabs.chosen.connect(self._turn_to)
        self.record.clicked.connect(lambda: self._open_record())
        self.withdraw.clicked.connect(lambda: self._open_withdraw())
        self.more.clicked.connect(self._open_more)
        self.about.picked.connect(self._open_record)
        for panel in self._panels:
            panel.closed.connect(lambda: self._open_panel(None))
        self.erase_panel.erased.connect(lambda _id: self._open_panel(None))

    def _lay_out(self) -> None:
        self._panels = (
            self.record_panel, self.withdraw_panel, self.apart_panel, self.merge_panel, self.erase_panel
        )  # fmt: skip
        self.header.set_leading(self.initials)
        self._head, self._column = QVBoxLayout(), QVBoxLayout(self)
        self._actions = HeadActions(self.theme, self.header, self._head, NARROW)
        for action in (self.record, self.withdraw, self.more):
            self._actions.add(action)
        self._scroll = ScrollColumn(self.theme)
        self._body = self._scroll.column
        for part in (*self._panels, self.after, *self._bodies.values()):
            self._body.addWidget(part)
        self._body.addStretch(1)
        for part in (self.header, self.tabs, self.missing):
            self._head.addWidget(part)
        self._column.addLayout(self._head)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.erased, 1)
        for part in (*self._panels, self.missing):
            part.hide()
        self._turn_to("about")


def _read(member_id: int, store: Store) -> Held:
    return member_page(store, member_id)


def _first_missing(page: Held) -> Purpose:
    return next((p for p in ASKING if page.consent.get(p, State.NOT_GIVEN) is State.NOT_GIVEN), Purpose.POLICY)


def _copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
