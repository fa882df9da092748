"""Days that people name instead of dating them: Christmas, Hallowe'en, Easter, recess."""

from datetime import date, timedelta

from dateutil.easter import easter


def day_of_feast(said: str, year: int) -> tuple[date | None, bool]:
    """The day of a feast in small letters without marks ("new years eve"); whether it is that very day."""
    if said.startswith(("hallow", "halloween")):
        return date(year, 10, 31), True
    if said.startswith("bonfire"):
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
    if "good friday" in said:
        return easter(year) - timedelta(days=2), True
    if "easter" in said:
        return easter(year) + timedelta(days=1 if "monday" in said else 0), "monday" in said or "sunday" in said
    if "recess" in said or "parliament rises" in said:
        return _recess(year), False
    return None, False


def _recess(year: int) -> date:
    """About when the Commons rises for the summer: the fourth Tuesday of July."""
    first = date(year, 7, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 21)
