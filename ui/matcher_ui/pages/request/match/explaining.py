"""Explaining one member at a time in the why-panel, read in the background; of several chosen in a row the last."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from matcher.directory import MemberPage, member_page
from matcher.matching import Candidate, Case, NotNow, Weights, Why, explain
from matcher_ui.pages.request.match import the_list
from matcher_ui.pages.request.match.facts import MatchFacts
from matcher_ui.pages.request.match.why_panel import OnList, WhyPanel
from matcher_ui.workspace import Workspace

Find = Callable[[int], Candidate | NotNow | None]


class Explaining(QObject):
    """``turned`` fires when there is somebody else, or nobody, to explain. ``find``: somebody as far as read."""

    turned = Signal()

    def __init__(
        self, workspace: Workspace, panel: WhyPanel, facts: Callable[[], MatchFacts | None], find: Find,
        weights: Callable[[], Weights], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.chosen: int | None = None
        self._workspace, self._panel = workspace, panel
        self._facts, self._find, self._weights = facts, find, weights
        self._page: MemberPage | None = None
        self._why: Why | None = None

    def forget(self) -> None:
        """Explain nobody until somebody is chosen; what is shown stays for the moment."""
        self.chosen = None

    def choose(self, member_id: int | None) -> None:
        """Explain this member, once their page is read; nobody when they are not there."""
        facts = self._facts()
        one = self._find(member_id) if member_id is not None else None
        if facts is None or member_id is None or one is None:
            self.chosen = None
            self._panel.clear()
            self.turned.emit()
            return
        if member_id != self.chosen:
            self.chosen, self._page, self._why = member_id, None, None
            self.turned.emit()
        self.show_place()
        if self._page is not None:
            self._show(self._page)
        self._workspace.read("request.member", lambda store: member_page(store, member_id), self._show)
        if isinstance(one, NotNow):
            self._read_why(facts.case, member_id)

    def show_again(self) -> None:
        """Show how the one explained stands after everybody was ordered anew; nothing is read."""
        if self._page is not None:
            self._show(self._page)

    def show_place(self) -> None:
        """Show below where the one explained stands for the list now."""
        if self.chosen is not None and isinstance(self._find(self.chosen), Candidate):
            stands = self._stands(self.chosen)
            self._panel.foot.show_candidate(stands.listed, stands.wish)

    def _show(self, page: MemberPage) -> None:
        facts = self._facts()
        if facts is None or page.id != self.chosen:
            return  # somebody else was chosen since
        self._page = page
        one = self._find(page.id)
        if isinstance(one, Candidate):
            self._panel.show_candidate(one, page, facts.brief, self._weights(), self._stands(page.id))
        elif one is not None:
            self._panel.show_other(one, page, facts.brief.audience)
            if self._why is not None:
                self._panel.add_why(self._why)

    def _stands(self, member_id: int) -> OnList:
        """Where somebody stands for the list."""
        facts = self._facts()
        if facts is None:
            return OnList()
        place = facts.place_of(member_id)
        return OnList(
            the_list.listed_as(facts.listed).get(member_id, ""), place.told if place else (),
            facts.wishes.get(member_id), facts.anyway.get(member_id, ""),
        )  # fmt: skip

    def _read_why(self, case: Case, member_id: int) -> None:
        def show(found: Why) -> None:
            if self.chosen == member_id and not found.candidate:
                if self._page is not None and self._why != found:
                    self._panel.add_why(found)
                self._why = found

        self._workspace.read("request.why", lambda _store: explain(case, member_id), show, aside=True)
