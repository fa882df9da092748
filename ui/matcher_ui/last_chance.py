"""The last chance when the program itself fails: keep her work, show a calm page, offer a report without people."""

import contextlib
import logging
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from matcher.errors import UserError
from matcher_ui.app_window import AppWindow
from matcher_ui.faults import Fault, fault_of, report_on
from matcher_ui.kept_edits import keep_edits
from matcher_ui.page_list import section_of
from matcher_ui.pages.fault import FaultPage
from matcher_ui.workspace import Place

SAFE = "Everything you saved before is safe."
NOT_YOURS = "It is a fault in the program, nothing you did."
NOT_RECORDED = "What was under way just then was not recorded. Look before you do it again."

_log = logging.getLogger("matcher.window")


class LastChance(QObject):
    """Meets every fault that nobody else caught, one page at a time; more of them only join the report."""

    def __init__(self, window: AppWindow) -> None:
        super().__init__(window)
        self._window = window
        self._faults: tuple[Fault, ...] = ()
        self._met: set[str] = set()
        self._again = False
        self._before: QWidget | None = None
        self.page = FaultPage(window.theme)
        window.stack.addWidget(self.page)
        self.page.went_on.connect(self.go_on)
        self.page.closed.connect(window.close_keeping)
        window.jobs.crashed.connect(self.meet_in_background)
        window.report_wanted.connect(self.show_crash)

    @property
    def is_shown(self) -> bool:
        """Whether its page is up."""
        return self._window.stack.currentWidget() is self.page

    def hook(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """For `sys.excepthook`: whatever came out of a slot or an event."""
        if isinstance(error, UserError):
            self._window.show_fault(error)
        elif issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            self.meet(fault_of(error, self._where_she_is()))

    def meet_in_background(self, kind: str, where: str) -> None:
        """A fault on a working thread."""
        self.meet(Fault(kind, where, "in the background"))

    def meet(self, fault: Fault) -> None:
        """Keep what she is typing and show the page; nothing that goes wrong here may hide the fault."""
        _log.error("%s %s\n%s", fault.kind, fault.during, fault.where)
        try:
            self._show(fault)
        except Exception as error:  # noqa: BLE001 - a fault while telling of a fault is only noted
            _log.error("%s while telling of it\n%s", type(error).__name__, fault_of(error, "").where)

    def show_crash(self, where: str) -> None:
        """What was noted when the program died last time."""
        self._faults = (Fault("Crash", where, "of the whole program, last time"),)
        self._before = self._window.stack.currentWidget()
        self.page.show_fault("Last time the whole program stopped.", SAFE, self._report())
        self._turn()

    def go_on(self) -> None:
        """Back to where she was; to Today when the very same fault came again."""
        main = self._window.main
        self._faults = ()
        if self._before is not None:
            self._window.stack.setCurrentWidget(self._before)
        if main is not None and self._before is main and self._again:
            main.go(Place("today"))

    def _show(self, fault: Fault) -> None:
        if self.is_shown:
            self._faults = (*self._faults, fault)[:8]
            self.page.report.setPlainText(self._report())
            return
        self._again = fault.where in self._met
        self._met.add(fault.where)
        self._faults = (fault,)
        self._before = self._window.stack.currentWidget()
        typed = self._keep_typed()
        under_way = f" {NOT_RECORDED}" if fault.during == "in the background" else ""
        self.page.show_fault(
            f"It happened {fault.during}. {NOT_YOURS}", f"{SAFE}{typed}{under_way}", self._report()
        )
        self._turn()

    def _turn(self) -> None:
        self._window.stack.setCurrentWidget(self.page)
        self.page.take_keyboard()

    def _keep_typed(self) -> str:
        """Seal into the store what is typed and not saved; the words for it."""
        main = self._window.main
        if main is None or not main.workspace.store.is_open:
            return ""
        edits = main.edits_at_any_price()
        if not edits:
            return ""
        with contextlib.suppress(Exception):
            if keep_edits(main.workspace.store, edits):
                return f" What you were typing is kept too: {'; '.join(edit.words for edit in edits)}."
        return " What you were typing is still on its page, but could not be kept for later: go on and save it."

    def _where_she_is(self) -> str:
        main = self._window.main
        if main is None or main.place is None:
            return "before a store was open"
        return f"on {section_of(main.place).capitalize()}"

    def _report(self) -> str:
        theme = self._window.theme
        page = main.place.page if (main := self._window.main) is not None and main.place is not None else "none"
        return report_on(self._faults, f"{theme.mode}, text at {theme.scale:.0%}, page {page}")
