"""What a place on a list was given for, as a person would say it."""

from collections.abc import Callable, Mapping
from typing import Any

_SHORT = {"pinned": "You keep them on", "fit": "Fits best", "turn": "Their turn", "lot": "By lot"}
_OWED = 0.25
"""From so many asks on, somebody is said to be behind her share."""


def short_words(seat: Mapping[str, Any]) -> str:
    """What a place was given for in two or three words, “” when it was not drawn."""
    if seat.get("why") == "rule":
        if not seat.get("rule"):
            return "Needed for the rules"
        return f"{'Next within' if seat.get('at_most') else 'Needed for'} “{seat['rule']}”"
    return _SHORT.get(seat.get("why", ""), "")


def told(seat: Mapping[str, Any], name_of: Callable[[int], str]) -> tuple[str, ...]:
    """A place on a list in sentences: what it was given for, the rule that needs it, and who comes instead."""
    if not short_words(seat):
        return ()
    sentences = [_first(seat)]
    if seat.get("rule") and seat["why"] != "rule" and not seat.get("at_most"):
        sentences.append(f"They are also needed for “{seat['rule']}”.")
    if seat.get("instead") is not None:
        sentences.append(f"If they cannot, {name_of(seat['instead'])} comes next.")
    elif "instead" in seat:
        sentences.append("Nobody else could take this place.")
    return tuple(sentences)


def _first(seat: Mapping[str, Any]) -> str:
    if seat["why"] == "rule" and seat.get("at_most"):
        return f"The next by fit with whom “{seat['rule']}” holds."
    if seat["why"] == "turn":
        return _turn(seat.get("owed", 0.0), never=seat.get("never", False))
    if seat["why"] == "lot":
        return _lot(seat.get("among"))
    return {"pinned": "You keep them on this list.", "fit": "Fits best, with one of the highest scores."}.get(
        seat["why"], f"{short_words(seat)}."
    )


def _lot(among: int | None) -> str:
    if among == 1:
        return "The place by lot: nobody else fits well enough for it."
    return f"By lot, drawn among the {among:,} who fit well enough." if among else "By lot."


def _turn(owed: float, *, never: bool) -> str:
    if never:
        return "Their turn: never asked before."
    if owed >= _OWED:
        return "Their turn: they fitted lists before and were passed over."
    return "Their turn: asked less often than others who fit better."
