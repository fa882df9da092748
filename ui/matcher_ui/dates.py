"""Days as people say them: “Tue 12 May”, “in 3 days”, “today at 08:40”."""

from datetime import date, datetime

from matcher.clock import LONDON


def day_words(day: date, today: date) -> str:
    """“Tue 12 May”, with the year when it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def away(day: date, today: date) -> str:
    """How far off a day is: “today”, “tomorrow”, “in 3 days”, “2 days late”."""
    days = (day - today).days
    if days < 0:
        return "1 day late" if days == -1 else f"{-days} days late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def moment_words(moment: datetime, today: date) -> str:
    """“today at 08:40”, “yesterday at 17:05”, “on Tue 12 May”."""
    local = moment.astimezone(LONDON)
    days = (today - local.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} at {local:%H:%M}"
    return f"on {day_words(local.date(), today)}"


def short_moment(moment: datetime, today: date) -> str:
    """For narrow columns: “08:52” today, “Sun” this week, else “12 May”."""
    local = moment.astimezone(LONDON)
    days = (today - local.date()).days
    if days <= 0:
        return f"{local:%H:%M}"
    return f"{local:%a}" if days < 7 else f"{local.day} {local:%b}"
