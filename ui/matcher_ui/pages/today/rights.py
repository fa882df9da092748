"""Rights & complaints on Today: a row for each that waits, with the day it is due."""

from collections.abc import Sequence
from datetime import date

from matcher.consent import RightsRow
from matcher_ui.dates import away
from matcher_ui.models.rights import ICONS, due_ink, due_words, fact_words, title_of
from matcher_ui.widgets.today_rows import TodayItem
from matcher_ui.workspace import Place

TITLE = "Rights & complaints"


def rights_rows(cases: Sequence[RightsRow], today: date) -> list[tuple[TodayItem, Place]]:
    """Each case as a row that leads to the list."""
    return [(_item(one, today), Place("rights")) for one in cases]


def _item(one: RightsRow, today: date) -> TodayItem:
    ink = due_ink(one, today)
    short = away(one.due, today) if one.due else ""
    icon = "warning" if ink == "stop" else ICONS[one.kind]
    return TodayItem(icon, title_of(one), fact_words(one, today), due_words(one, today), short, ink)
