"""Who is being heard: voice, turns, replies, waits, requesters' record, growth. Computed afresh."""

from dataclasses import dataclass
from datetime import date

from matcher.insight.growth import Growth, Series, growth
from matcher.insight.people import Dimension
from matcher.insight.period import Period, period
from matcher.insight.replies import Replies, ReplyTables, replies
from matcher.insight.report import ReportSection, ReportTable, YearlyReport
from matcher.insight.report_files import save_yearly_report, yearly_html
from matcher.insight.requesters import RequesterRecord, requesters_record
from matcher.insight.spread import MostAsked, Spread, Volunteers, spread_of_asks, volunteers
from matcher.insight.voice import Heard, Voice, VoiceRow, voices
from matcher.insight.waits import Wait, Waits, waits
from matcher.insight.workforce import WorkforceFigure
from matcher.insight.year import Year, year_named
from matcher.insight.yearly import yearly_report
from matcher.storage import reading
from matcher.storage.store import Store

__all__ = [
    "Dimension",
    "Growth",
    "Heard",
    "Insight",
    "MostAsked",
    "Period",
    "Replies",
    "ReplyTables",
    "ReportSection",
    "ReportTable",
    "RequesterRecord",
    "Series",
    "Spread",
    "Voice",
    "VoiceRow",
    "Volunteers",
    "Wait",
    "Waits",
    "WorkforceFigure",
    "Year",
    "YearlyReport",
    "look",
    "save_yearly_report",
    "year_named",
    "yearly_html",
    "yearly_report",
]


@dataclass(frozen=True, slots=True)
class Insight:
    """Every figure of a period. See each class for what is counted.

    It is for the founder's own screen: nothing in it is held back for being small. What leaves the program goes
    through the yearly report.
    """

    period: Period
    voices: tuple[Voice, ...]
    spread: Spread
    volunteers: Volunteers
    replies: ReplyTables
    waits: Waits
    requesters: tuple[RequesterRecord, ...]
    growth: Growth


def look(store: Store, since: date | None = None, until: date | None = None) -> Insight:
    """The figures of the days from ``since`` (None: the very beginning) to ``until`` (None: today), both in it.

    Raises UserError when the period ends before it begins.
    """
    within = period(since, until)
    with reading(store) as session:
        return Insight(
            within,
            voices(session, within),
            spread_of_asks(session, within),
            volunteers(session, within),
            replies(session, within),
            waits(session, within),
            requesters_record(session, within),
            growth(session, within),
        )
