"""Which date somebody picked, of a request's dates; a full one is said, and only taken when she wants it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher.outreach import SessionRow
from matcher_ui.widgets.long_choice import LongChoice
from matcher_ui.widgets.notice import Notice


class SessionChoice(LongChoice):
    """``picked`` carries the key of the date she chose, "" for none."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.activated.connect(lambda _place: self.picked.emit(self.currentData()))

    def show_sessions(self, sessions: Sequence[SessionRow], member_id: int) -> None:
        """Show the dates, and the one that this member picked."""
        self.blockSignals(True)
        self.clear()
        self.add("None picked yet", "")
        for one in sessions:
            self.add(session_words(one), one.key)
        mine = next((one.key for one in sessions if member_id in one.member_ids), "")
        self.setCurrentIndex(max(self.findData(mine), 0))
        self.setToolTip(self.currentText())
        self.blockSignals(False)


def session_words(one: SessionRow) -> str:
    """“Tue 1 Dec 10:00 Leeds, 8 of 8, full”; without a number where the request does not say how many."""
    if one.room is None:
        return one.spoken
    return f"{one.spoken}, {len(one.member_ids)} of {one.room}{', full' if one.full else ''}"


def is_full_for(sessions: Sequence[SessionRow], member_id: int, key: str) -> SessionRow | None:
    """The date with this key when it has no room for one more; None when there is."""
    return next((one for one in sessions if one.full and one.key == key and member_id not in one.member_ids), None)


def say_full(notice: Notice, full: SessionRow, name: str, put: Callable[[], None]) -> None:
    """Say that a date is full; ``put`` puts them there all the same."""
    many = f"{len(full.member_ids)} of {full.room}"
    notice.tell(
        "care", f"{full.spoken} is full: {many} picked it. Offer {name} another.",
        (("Leave it", lambda: None), (f"Put {name} there all the same", put)),
    )  # fmt: skip
