"""Match: the people who could fit a request in their order, why each of them, who not now, and the list."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from matcher.errors import UserError
from matcher.matching import Candidate, NotNow, Shortlist, Weights
from matcher.matching.fair import ClashError, Share
from matcher.matching.fair.fair_list import Wanted
from matcher_ui.dialogs.choose_file import ChoosePath, choose_workbook
from matcher_ui.models.subjects import subjects_of
from matcher_ui.pages.request.match import the_list
from matcher_ui.pages.request.match.explaining import Explaining
from matcher_ui.pages.request.match.facts import PAGE, MatchFacts, read_facts, read_on_to
from matcher_ui.pages.request.match.list_desk import ASKED, ListDesk
from matcher_ui.pages.request.match.list_tray import note_of
from matcher_ui.pages.request.match.match_layout import COULD, MADE, NOT_NOW, MatchLayout
from matcher_ui.pages.request.match.ordering import Ordering
from matcher_ui.shortcuts import KEEP_ON, LEAVE_OFF
from matcher_ui.widgets.keyed import on_key
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.workspace import Place, Workspace

_MAY_STAY = frozenset({ASKED, "resting", "cap"})
_BEING_READY = "Everybody is being made ready first"
_UNREAD = "The people could not be read: try again"


class MatchTab(MatchLayout):
    """Shows one request; `show_request` also reads again what is shown."""

    def __init__(
        self, workspace: Workspace, choose_path: ChoosePath = choose_workbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        self._choose_path = choose_path
        self.request_id: int | None = None
        self.facts: MatchFacts | None = None
        self._weights: Weights | None = None
        self.desk = ListDesk(workspace, self.notice, lambda: self.facts, self)
        self.why = Explaining(
            workspace, self.panel, lambda: self.facts, self._one, lambda: self.weights.weights, self
        )
        self.ordering = Ordering(workspace, lambda: self.facts, self)
        self._freed: int | None = None
        self._connect()

    def show_request(self, request_id: int) -> None:
        """Read a request with everybody judged for it, in the background."""
        if request_id != self.request_id:
            self.request_id, self.facts, self._weights = request_id, None, None
            self.why.forget()
            self.ordering.forget()
            self.notice.clear()
            self.clash.clear()
            self.needs.close_editor()
            self.not_now.search.clear()
            self._turn_to(COULD)
            self.hold(_BEING_READY)
            self.could.wait()
        weights = self._weights
        self.workspace.read(
            "request.match", lambda store: read_facts(store, request_id, weights), self.show_facts,
            on_failed=self._unread, aside=True,
        )  # fmt: skip

    def _show_nobody(self) -> None:
        """It takes a while: leave out what is of the request before."""
        self.needs.hide()
        self.why.choose(None)

    def _unread(self, error: UserError) -> None:
        if self.facts is None:
            self.hold(_UNREAD)
        self.could.show_list()
        self.desk.fail(error)

    def show_facts(self, facts: MatchFacts) -> None:
        """Show what was read."""
        if facts.request_id != self.request_id:
            return
        if self.facts is None:
            self.let_go()
            self._show_wanted(facts)
        self.facts = facts
        self.needs.show_brief(facts.brief)
        self.weights.set_weights(facts.usual, self._weights or facts.usual)
        not_now = sum(facts.not_now.values())
        self.tabs.set_count(COULD, facts.could_fit)
        self.tabs.set_count(NOT_NOW, not_now)
        self._show_candidates(facts)
        if facts.candidates:
            self.could.show_list()
        else:
            self.could.show_empty(members=bool(len(facts.case)), not_now=not_now)
        self.made.show_draws(facts.draws)
        self._show_list(facts.listed)
        freed, self._freed = self._freed, None
        if freed is not None and self.model.row_of(freed) is not None:
            self.explain(freed)
            self.could.list.setFocus()
        else:
            self._explain()
        if facts.weights != self.weights.weights:  # a weight was moved while this was read
            self.ordering.follow(self.weights.weights)

    def _show_wanted(self, facts: MatchFacts) -> None:
        """Show what the last list was to be, or what a first one is to be."""
        last = facts.draws[0] if facts.draws else None
        self.share.set_share(last.share if last else Share.SOME)
        self.rules.show_wanted(facts.wanted, last.lots if last else facts.lots, facts.rules)

    def explain(self, member_id: int) -> None:
        """Show why this member is where they are."""
        if self.facts is None:
            return
        if self.model.row_of(member_id) is not None:
            self._turn_to(COULD)
            self.could.list.choose(member_id)
            self.could.list.scrollTo(self.could.list.currentIndex())
        elif self._other(member_id) is not None:
            self._turn_to(NOT_NOW)
            self.not_now.search.clear()
            self.not_now.choose(member_id)
        else:
            self._look_for(member_id)
            return
        self.why.choose(member_id)

    def _look_for(self, member_id: int) -> None:
        """Read on to somebody who was not read yet, and show why they are where they are."""
        facts = self.facts
        if facts is None:
            return

        def show(found: tuple[Candidate | NotNow, tuple[Candidate, ...]] | None) -> None:
            if found is None or self.facts is None or self.facts.request_id != facts.request_id:
                return
            one, candidates = found
            known = {**self.facts.on_list, one.member.id: one}
            self.facts = replace(self.facts, candidates=candidates, on_list=known)
            self._show_candidates(self.facts)
            if self.model.row_of(one.member.id) is not None:
                self.explain(one.member.id)
            else:
                self.why.choose(one.member.id)

        self.workspace.read("request.look", lambda _store: read_on_to(facts, member_id), show, aside=True)

    def suggest(self, reason: str = "") -> None:
        """Draw the list by turns and rules; with a ``reason`` its lots are drawn again."""
        if self.facts is not None:
            self.clash.clear()
            rules = self.rules
            self.desk.suggest(
                Wanted(
                    rules.people.value(), rules.sentences, self.share.share, lots=rules.lots.value(), reason=reason,
                    fresh=bool(reason),
                )
            )  # fmt: skip

    def toggle(self, member_id: int) -> None:
        """Put somebody on the list, or take them off."""
        row = self.model.row_of(member_id)
        candidate = self.model.candidates[row] if row is not None else None
        self.desk.toggle(member_id, candidate, self.rules.people.value())

    def export(self) -> None:
        """Write the workbook where she says."""
        self.desk.export(self, self._choose_path)

    def _show_candidates(self, facts: MatchFacts) -> None:
        listed = the_list.listed_as(facts.listed)
        self.model.show(facts.candidates, listed, subjects_of(facts.brief), facts.could_fit)
        self.not_now.show_people(facts.others, facts.candidates, facts.not_now, facts.could_fit)

    def _read_more(self) -> None:
        """Read who comes next after those who could fit and are shown."""
        facts, start = self.facts, len(self.model.candidates)
        if facts is None:
            return

        def show(more: tuple[Candidate, ...]) -> None:
            if self.facts is not None and self.facts.case is facts.case:
                self.model.add(start, more)
                self.facts = replace(self.facts, candidates=self.model.candidates)

        self.workspace.read(
            "request.more", lambda _store: facts.case.candidates(start, start + PAGE), show, aside=True
        )

    def _seek(self, words: str) -> None:
        """Look for somebody by name among everybody."""
        facts = self.facts
        if facts is not None:
            self.workspace.read(
                "request.seek",
                lambda _store: facts.case.called(words),
                partial(self.not_now.show_found, words),
                aside=True,
            )

    def _show_list(self, listed: Shortlist) -> None:
        assert self.facts is not None
        troubles, wishes = self._troubles(listed), self.facts.wishes
        wanted = self.rules.people.value()
        note = note_of(listed, wanted, troubles, self._name, self.facts.counted)
        self.tray.show_list(listed, wanted, troubles, note, {one for one, keep in wishes.items() if keep})
        self.tray.set_busy(None if self.facts.candidates else "Nobody who may be asked fits")
        self.model.set_listed(the_list.listed_as(listed))
        self.model.set_wishes(wishes)

    def _troubles(self, listed: Shortlist) -> dict[int, str]:
        """Member on the list -> why they may not be asked now."""
        assert self.facts is not None
        on_it = the_list.listed_as(listed)
        others = ((key, one) for key, one in self.facts.on_list.items() if isinstance(one, NotNow) and key in on_it)
        return {key: other.reason for key, other in others if other.rule not in _MAY_STAY}

    def _explain(self) -> None:
        """Explain whom she chose, else the first."""
        if self.tabs.current == MADE:
            self.why.choose(self.why.chosen)
        elif self.tabs.current == COULD:
            self.why.choose(self.could.list.choose(self.why.chosen))
        elif self.not_now.current is None:
            self.not_now.choose(self.why.chosen)
        else:
            self.why.choose(self.not_now.current.member.id)

    def _explain_not_now(self, member_id: int | None) -> None:
        """Explain whom she found; nobody, when the search finds nobody and is what she looks at."""
        if member_id is not None or self.tabs.current == NOT_NOW:
            self.why.choose(member_id)

    def _one(self, member_id: int) -> Candidate | NotNow | None:
        """Somebody as far as they were read."""
        row = self.model.row_of(member_id)
        if row is not None:
            return self.model.candidates[row]
        found = self._other(member_id)
        return found if found or self.facts is None else self.facts.on_list.get(member_id)

    def _other(self, member_id: int) -> NotNow | None:
        return next((other for other in self.not_now.model.others if other.member.id == member_id), None)

    def _name(self, member_id: int) -> str:
        return (self.facts.name_of(member_id) if self.facts else None) or f"M{member_id}"

    def _reweigh(self, weights: Weights) -> None:
        """Order everybody by other weights while she moves them."""
        if self.facts is not None:
            self._weights = weights if weights != self.facts.usual else None
            self.ordering.follow(weights)

    def _show_order(self, found: MatchFacts) -> None:
        """Show everybody as they are ordered by now; whom she reads about stays."""
        if self.facts is None or not found.is_of_reading(self.facts):
            return
        self.facts = replace(found, listed=self.facts.listed, on_list=self.facts.on_list)
        self._show_candidates(self.facts)
        stays = self.could.list.choose(self.why.chosen) if self.tabs.current == COULD else self.why.chosen
        if stays == self.why.chosen:
            self.why.show_again()
        else:
            self.why.choose(stays)

    def _read_again(self) -> None:
        if self.request_id is not None:
            self.show_request(self.request_id)

    def _turn_to(self, key: str) -> None:
        self.show_view(key)

    def _tab_chosen(self, key: str) -> None:
        self._turn_to(key)
        self._explain()

    def _show_settings(self) -> None:
        self.settings.setVisible(self.settings.isHidden())
        self.more.setAccessibleDescription("" if self.settings.isHidden() else "shown")
        self._fold()

    def _list_kept(self, kept: Shortlist) -> None:
        if self.facts is not None and self.request_id == kept.request_id:
            self.facts = replace(self.facts, listed=kept)
            self._show_list(kept)
            self.why.show_place()

    def _wanted_changed(self) -> None:
        self.clash.clear()
        self.desk.read_rules(self.rules.sentences, self.rules.people.value())
        if self.facts is not None:
            self._show_list(self.facts.listed)

    def _puzzled(self, words: str) -> None:
        self.rules.show_trouble(words)
        if words and self.settings.isHidden():
            self._show_settings()

    def _clashed(self, error: ClashError) -> None:
        ways = [(one.rule, one.works) for one in error.conflict.rules if one.works is not None]
        self.clash.show_clash(error.conflict.reason, ways)

    def _take_way(self, rule: str, works: str) -> None:
        """Put what works in the place of a rule, and draw the list."""
        self.tray.suggest.setFocus()
        changed = (works if said.casefold() == rule.casefold() else said for said in self.rules.sentences)
        self.rules.show_rules([said for said in changed if said])
        self.suggest()

    def _note_freed(self, member_id: int) -> None:
        """Whoever may be asked though resting is looked at among those who could fit, once all is read again."""
        self._freed = member_id

    def _leave_clash(self) -> None:
        self.tray.suggest.setFocus()
        self.clash.clear()

    def _of_chosen(self, act: Callable[[int], None]) -> None:
        """Do something of whoever is explained."""
        if self.why.chosen is not None:
            act(self.why.chosen)

    def _act(self, act: str, member_id: int) -> None:
        if act == "why":
            self.explain(member_id)
        else:
            self.desk.act(act, member_id)

    def _go(self, tab: str) -> None:
        self.workspace.go(Place("request", self.request_id, tab))

    def _connect(self) -> None:
        self.needs.edited.connect(self.desk.keep_needs)
        self.tabs.chosen.connect(self._tab_chosen)
        self.more.clicked.connect(self._show_settings)
        self.weights.moved.connect(self._reweigh)
        self.ordering.ordered.connect(self._show_order)
        self.ordering.failed.connect(self.desk.fail)
        self.could.list.shown.connect(self.why.choose)
        self.model.more_wanted.connect(self._read_more)
        self.not_now.sought.connect(self._seek)
        for view in (self.could.list, self.not_now.list):
            view.clicked.connect(lambda _index: self.open_panel(True))
            view.activated.connect(lambda _index: self.open_panel(True))
        self.panel.back.clicked.connect(lambda: self.open_panel(False))
        self.could.list.wanted.connect(self.toggle)
        self.could.waits.connect(self._show_nobody)
        self.could.asked_why.connect(lambda: self._tab_chosen(NOT_NOW))
        self.could.brought_in.connect(lambda: self.workspace.go(Place("import")))
        self.not_now.shown.connect(self._explain_not_now)
        self.not_now.fits.connect(self.explain)
        self.tray.suggested.connect(lambda: self.suggest())
        self.share.changed.connect(self._wanted_changed)
        self.rules.changed.connect(self._wanted_changed)
        self.rules.went_to_settings.connect(lambda: self.workspace.go(Place("settings")))
        self.clash.chosen.connect(self._take_way)
        self.clash.left.connect(self._leave_clash)
        self.made.redrawn.connect(self.suggest)
        self.made.checking.connect(self.desk.check)
        self.desk.kept.connect(self._list_kept)
        self.desk.clashed.connect(self._clashed)
        self.desk.puzzled.connect(self._puzzled)
        self.desk.checked.connect(self.made.show_checked)
        self.desk.freed.connect(self._note_freed)
        self.desk.stale.connect(self._read_again)
        self.tray.exported.connect(self.export)
        self.tray.went_on.connect(lambda: self._go("ask"))
        self.tray.acted.connect(self._act)
        self.why.turned.connect(lambda: self.show_panel(self.why.chosen is not None))
        foot = self.panel.foot
        self.menu = RowMenu(self.could.list, lambda: (foot.change, foot.open), foot.wish_entries)
        self.menu_not_now = RowMenu(self.not_now.list, lambda: (foot.anyway, foot.open))
        on_key(self.could.list, KEEP_ON, lambda: foot.turn_wish(True), alone=True)
        on_key(self.could.list, LEAVE_OFF, lambda: foot.turn_wish(False), alone=True)
        self.panel.foot.toggled.connect(lambda: self._of_chosen(self.toggle))
        self.panel.foot.wished.connect(lambda keep: self._of_chosen(lambda one: self.desk.wish(one, keep)))
        self.panel.foot.asked_anyway.connect(
            lambda why: self._of_chosen(lambda one: self.desk.ask_anyway(one, why))
        )
        self.panel.foot.opened.connect(lambda: self.workspace.go(Place("member", self.why.chosen)))
