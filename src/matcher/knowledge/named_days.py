"""Days that people name instead of dating them: Christmas, Hallowe'en, Easter, recess."""

from datetime import date, timedelta

from dateutil.easter import easter


def day_of_feast(said: str, year: int) -> tuple[date | None, bool]:
    """The day of a feast in small letters without marks ("new years eve"); whether it is that very day."""
    if said.startswith(("hallow", "halloween")):
        return date(year, 10, 31), True
    if said.startswith(("bonfire", "guy fawkes", "fireworks")):
        return date(year, 11, 5), True
    if said == "christmas eve":
        return date(year, 12, 24), True
    if said.startswith(("boxing",)):
        return date(year, 12, 26), True
    if said.startswith(("christmas", "xmas")):
        return date(year, 12, 25), said.endswith("day")
    if said.startswith("new year"):
        return date(year, 12, 31) if "eve" in said else date(year, 1, 1), said.endswith(("eve", "day"))
    if said.startswith("valentine"):
        return date(year, 2, 14), True
    if said.startswith("st davids"):
        return date(year, 3, 1), True
    if said.startswith("st patricks"):
        return date(year, 3, 17), True
    if said.startswith("burns"):
        return date(year, 1, 25), True
    if "recess" in said or "rises" in said:
        return None, False
    if said.startswith("mother"):
        return easter(year) - timedelta(days=21), True
    if said.startswith(("pancake", "shrove")):
        return easter(year) - timedelta(days=47), True
    if said.startswith("remembrance"):
        return _first(6, date(year, 11, 8)), True
    if said.startswith("may day"):
        return _first(0, date(year, 5, 1)), True
    if "good friday" in said:
        return easter(year) - timedelta(days=2), True
    if "easter" in said:
        return easter(year) + timedelta(days=1 if "monday" in said else 0), "monday" in said or "sunday" in said
    return None, False


def rising(said: str, received: date) -> date:
    """About when the Commons next rises: for the recess that is named ("the summer recess"), else for the "
    "next one."""
    known = [(name, day) for year in (received.year, received.year + 1) for name, day in _risings(year)]
    named = [one for one in known if one[0] in said] or known
    return min(day for _, day in named if day >= received)


def school_ends(received: date) -> date:
    """About when schools next break up: at Easter, in July or before Christmas."""
    ends = [
        day
        for year in (received.year, received.year + 1)
        for day in (easter(year) - timedelta(days=9), _first(2, date(year, 7, 20)), _first(4, date(year, 12, 16)))
    ]
    return min(day for day in ends if day >= received)


def _risings(year: int) -> tuple[tuple[str, date], ...]:
    return (
        ("february", _first(3, date(year, 2, 8))),
        ("easter", easter(year) - timedelta(days=10)),
        ("whit", _first(3, date(year, 5, 19))),
        ("summer", _first(1, date(year, 7, 22))),
        ("conference", _first(1, date(year, 9, 15))),
        ("christmas", _first(3, date(year, 12, 17))),
    )


def _first(weekday: int, start: date) -> date:
    """The first such weekday (Monday is 0) from a day on."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)
