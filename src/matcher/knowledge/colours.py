"""Colours as people name them, and which of them a cell is."""

import colorsys
import re

_NAMED = re.compile(
    r"\b(?:(?P<red>red|pink|crimson)|(?P<orange>orange|amber)|(?P<yellow>yellow)|(?P<green>green)|"
    r"(?P<blue>blue|turquoise)|(?P<purple>purple|violet|lilac)|(?P<grey>gr[ea]y(?:ed)?)|"
    r"(?P<any>highlight\w*|colou?red|shaded|bold|italics?|underlined|in colou?r))\b",
    re.IGNORECASE,
)
_HUES = (
    (0.04, "red"),
    (0.135, "orange"),
    (0.19, "yellow"),
    (0.45, "green"),
    (0.70, "blue"),
    (0.86, "purple"),
    (1.0, "red"),
)
_COLOURLESS = 0.12


def colour_named(text: str) -> str:
    """The colour that a text speaks of, "any" for one that only says that something is marked; "" for none."""
    found = _NAMED.search(text)
    return (found.lastgroup or "") if found else ""


def looks_like(colour: str, named: str) -> bool:
    """Whether the colour of a cell, six hexadecimal digits, is what a name says; one that cannot be told may be."""
    if named == "any" or not re.fullmatch(r"[0-9a-f]{6}", colour):
        return True
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, lightness, _ = colorsys.rgb_to_hls(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < _COLOURLESS * max(lightness, 1 - lightness):
        return named == "grey"
    return next(name for limit, name in _HUES if hue <= limit) == named
