"""The days that figures are about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, true

from matcher import clock
from matcher.errors import UserError


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``since`` to ``until``, both counted in; ``since`` None is from the very beginning."""

    since: date | None
    until: date

    def has_day(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """The condition that a day lies in the period."""
        return and_(column >= self.since if self.since else true(), column <= self.until)

    def has_instant(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """The condition that an instant lies on one of these days, as a calendar in London shows it."""
        after = column >= _midnight(self.since) if self.since else true()
        return and_(after, self.is_over_by(column))

    def is_over_by(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """The condition that an instant lies before the end of the last day."""
        return column < _midnight(self.until + timedelta(days=1))

    def has(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return day <= self.until and (self.since is None or day >= self.since)


def period(since: date | None = None, until: date | None = None) -> Period:
    """A period; without an end it goes up to today. Raises UserError when it ends before it begins."""
    end = until or clock.today()
    if since and since > end:
        raise UserError(
            f"The period ends on {end:%d %b %Y}, before it begins on {since:%d %b %Y}.",
            todo="Swap the two days, or leave one out.",
        )
    return Period(since, end)


def london_day(at: datetime) -> date:
    """The day of an instant, as a calendar in London shows it."""
    return at.astimezone(clock.LONDON).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LONDON).astimezone(UTC)
