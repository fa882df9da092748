"""The only source of time. ``MATCHER_NOW`` (ISO 8601) overrides it, for tests and for replaying a day."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from matcher.errors import UserError

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present instant, aware, in UTC. Raises UserError when ``MATCHER_NOW`` is not a date and time."""
    fixed = os.environ.get("MATCHER_NOW")
    return instant(fixed) if fixed else datetime.now(UTC)


def today() -> date:
    """Today's date as a calendar in London shows it."""
    return now().astimezone(LONDON).date()


def instant(text: str) -> datetime:
    """Read an ISO 8601 instant; one without an offset is London time. Raises UserError when it is neither."""
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError as error:
        raise UserError(
            f"“{text}” is not a date and time.", todo="Write it like 2026-11-23T09:00 or 2026-11-23."
        ) from error


def as_utc(moment: datetime) -> datetime:
    """Turn a moment into aware UTC; a naive one is taken as London time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)
