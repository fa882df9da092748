"""Ordering everybody anew while a weight is dragged."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from matcher.errors import UserError
from matcher.matching import Weights
from matcher_ui.pages.request.match.facts import PAGE, MatchFacts, weighed
from matcher_ui.workspace import Workspace


class Ordering(QObject):
    """``ordered`` carries each order that was read, so that the list follows the thumb; ``failed`` what went wrong.

    One order is read at a time. Where the thumb went meanwhile is read next, what it passed on the way is not: to
    drop the order under way for each newer wish would show none until the thumb rests.
    """

    ordered = Signal(object)
    failed = Signal(UserError)

    def __init__(self, workspace: Workspace, facts: Callable[[], MatchFacts | None], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._facts = workspace, facts
        self._wanted: Weights | None = None
        self._reads = False

    def follow(self, weights: Weights) -> None:
        """Order by these weights as soon as the order under way is there."""
        self._wanted = weights
        if not self._reads:
            self._read()

    def forget(self) -> None:
        """Another request is shown: nothing is wished of it yet."""
        self._wanted = None

    def _read(self) -> None:
        facts, weights = self._facts(), self._wanted
        if facts is None or weights is None:
            return
        self._reads, self._wanted = True, None
        self._workspace.read(
            "request.weights", lambda _store: weighed(facts, weights, PAGE), self._show, on_failed=self._fail,
            aside=True,
        )  # fmt: skip

    def _show(self, found: MatchFacts) -> None:
        self._reads = False
        self._read()
        self.ordered.emit(found)

    def _fail(self, error: UserError) -> None:
        self._reads, self._wanted = False, None
        self.failed.emit(error)
