"""Everything that changes a request's list from the Match tab: each is one step in the background, with Undo."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from matcher.errors import UserError
from matcher.matching import Candidate, NotNow, Shortlist, wish
from matcher.matching.fair import ClashError
from matcher.matching.fair.fair_list import FairList, Wanted, check_rules
from matcher.matching.fair.history import Checked, check_draw
from matcher.model import Criterion
from matcher.outreach import Exported, ask_anyway
from matcher.storage.store import Store
from matcher.triage import edit_brief, show_request
from matcher_ui.dialogs.choose_file import ChoosePath
from matcher_ui.pages.request.match import the_list
from matcher_ui.pages.request.match.facts import MatchFacts
from matcher_ui.pages.request.match.needs_bar import in_place
from matcher_ui.widgets.notice import Notice
from matcher_ui.workspace import Workspace

ASKED = "already_asked"
_WISHED = {True: "{} stays on every list you suggest.", False: "{} is left off.", None: "{} is left to the draw."}

T = TypeVar("T")


class ListDesk(QObject):
    """Works on the request whose ``facts`` are shown.

    ``kept`` carries the list as it was kept; ``clashed`` that its rules do not go together, ``puzzled`` what is
    wrong with one of them; ``checked`` a draw that was drawn once more. ``freed`` is somebody who may be asked
    though resting. ``stale`` asks to read again.
    """

    kept = Signal(object)
    clashed = Signal(ClashError)
    puzzled = Signal(str)
    checked = Signal(Checked)
    freed = Signal(int)
    stale = Signal()

    def __init__(
        self, workspace: Workspace, notice: Notice, facts: Callable[[], MatchFacts | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._notice, self._facts = workspace, notice, facts

    def suggest(self, wanted: Wanted) -> None:
        """Draw the list from those who could fit; who was asked already stays on it."""
        facts = self._facts()
        if facts is None:
            return
        kept_out = (one for one in facts.on_list.values() if isinstance(one, NotNow))
        asked = {other.member.id for other in kept_out if other.rule == ASKED}
        self._write(
            lambda store: the_list.draw_anew(store, facts.case, asked, wanted),
            _listed_of, lambda made: the_list.drawn_words(made, wanted.people), "Making the list", self._not_drawn,
        )  # fmt: skip

    def read_rules(self, rules: tuple[str, ...], people: int) -> None:
        """Look whether these rules are understood, and say so when not."""
        facts = self._facts()
        if facts is not None:
            self._workspace.read(
                "request.rules",
                lambda store: check_rules(store, facts.case, rules, people),
                lambda _none: self.puzzled.emit(""),
                on_failed=lambda error: self.puzzled.emit(str(error)),
                aside=True,
            )

    def toggle(self, member_id: int, candidate: Candidate | None, wanted: int) -> None:
        """Put somebody on the list, or take them off."""
        facts = self._facts()
        if facts is None:
            return
        name = self._name(member_id)
        if member_id in the_list.listed_as(facts.listed):
            self._change(the_list.taking_off({member_id}), lambda _kept: f"Took {name} off the list.", "Taking off")
        elif candidate is not None:
            change = the_list.adding(candidate, wanted)
            self._change(change, partial(the_list.added_words, member_id, name), "Adding")

    def act(self, act: str, member_id: int) -> None:
        """Do what was chosen from the menu of a place."""
        name, wishes = self._name(member_id), {"keep": True, "leave_off": False, "leave": None}
        if act in wishes:
            self.wish(member_id, wishes[act])
        elif act == "off":
            self._change(the_list.taking_off({member_id}), lambda _kept: f"Took {name} off the list.", "Taking off")
        elif act == "swap":
            self._change(the_list.swapping(member_id), lambda _kept: f"Moved {name}.", "Moving")
        else:
            steps = -1 if act == "earlier" else 1
            self._change(the_list.moving(member_id, steps), lambda _kept: f"Moved {name}.", "Moving")

    def wish(self, member_id: int, keep: bool | None) -> None:
        """Keep somebody on every list of this request, off it, or leave it to the draw."""
        facts, words = self._facts(), _WISHED[keep].format(self._name(member_id))
        if facts is not None:
            self._workspace.write(
                lambda store, _progress: wish(store, facts.request_id, member_id, keep),
                lambda batch: self._workspace.say(words, batch), what="Noting it", on_failed=self.fail,
            )  # fmt: skip

    def ask_anyway(self, member_id: int, reason: str) -> None:
        """Let somebody be asked about this though they are resting."""
        facts, name = self._facts(), self._name(member_id)
        if facts is None:
            return

        def done(batch: int) -> None:
            self._workspace.say(f"{name} may be asked about this: {reason[:1].lower()}{reason[1:]}.", batch)
            self.freed.emit(member_id)

        self._workspace.write(
            lambda store, _progress: ask_anyway(store, facts.request_id, member_id, reason), done,
            what="Noting it", on_failed=self.fail,
        )  # fmt: skip

    def keep_needs(self, criteria: tuple[Criterion, ...]) -> None:
        """Keep what they must have and had better have as she left it, in the brief."""
        facts = self._facts()
        if facts is None:
            return

        def verb(store: Store) -> int | None:
            brief = show_request(store, facts.request_id).brief
            changed = replace(brief, criteria=in_place(brief.criteria, criteria))
            return edit_brief(store, facts.request_id, changed)

        def done(batch: int | None) -> None:
            if batch is not None:
                self._workspace.say("Changed what they need, and ranked everybody again.", batch)

        self._workspace.write(
            lambda store, _progress: verb(store), done, what="Putting them in order", on_failed=self.fail
        )

    def check(self, draw: int) -> None:
        """Draw a list once more from what was kept of it."""
        facts = self._facts()
        if facts is not None:
            self._workspace.read(
                "request.check", lambda store: check_draw(store, facts.request_id, draw), self.checked.emit,
                on_failed=self.fail, aside=True,
            )  # fmt: skip

    def export(self, parent: QWidget, choose_path: ChoosePath) -> None:
        """Write the workbook where she says; what stands in the way is said here."""
        facts = self._facts()
        if facts is None:
            return
        path = choose_path(parent, f"{the_list.file_name(facts.brief.title)}.xlsx")
        if path:
            shown = {place.member_id: place.name for place in (*facts.listed.chosen, *facts.listed.reserves)}
            again = partial(self.export, parent, choose_path)
            self._notice.clear()
            self._workspace.write(
                lambda store, _progress: the_list.export_list(store, facts.request_id, path, shown),
                self._exported, what="Writing the workbook",
                on_failed=lambda error: self._notice.tell(
                    "stop", str(error), (("Look at the list", self.stale.emit), ("Export again", again))
                ),
            )  # fmt: skip

    def fail(self, error: UserError) -> None:
        """Say over the page what went wrong."""
        self._notice.tell("stop", str(error), (("Try again", self.stale.emit), ("Close", lambda: None)))

    def _change(self, change: the_list.Change, words: Callable[[Shortlist], str], what: str) -> None:
        facts = self._facts()
        if facts is not None:
            self._write(
                lambda store: the_list.change_list(store, facts.request_id, change), lambda kept: kept, words, what,
                self.fail,
            )  # fmt: skip

    def _write(
        self, verb: Callable[[Store], T], listed: Callable[[T], Shortlist], words: Callable[[T], str], what: str,
        on_failed: Callable[[UserError], None],
    ) -> None:  # fmt: skip
        def done(made: T) -> None:
            self.kept.emit(listed(made))
            self._workspace.say(words(made), listed(made).batch)

        self._notice.clear()
        self._workspace.write(lambda store, _progress: verb(store), done, what=what, on_failed=on_failed)

    def _not_drawn(self, error: UserError) -> None:
        if isinstance(error, ClashError) and error.conflict.rules:
            self.clashed.emit(error)
        else:
            self.fail(error)

    def _exported(self, exported: Exported) -> None:
        reserves = f" and {exported.reserves} in reserve" if exported.reserves else ""
        self._notice.tell("good", f"Wrote {Path(exported.path).name}: {exported.people} people{reserves}.")

    def _name(self, member_id: int) -> str:
        facts = self._facts()
        return (facts.name_of(member_id) if facts else None) or f"M{member_id}"


def _listed_of(made: FairList) -> Shortlist:
    return made.listed
