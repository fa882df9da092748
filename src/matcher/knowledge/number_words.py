"""Number words ("sixteen", "a dozen", "twenty-five") beside digits."""

import re

_ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS: dict[str, int] = {word: n for n, word in enumerate(_ONES)}
NUMBER_WORDS.update({word: 20 + 10 * n for n, word in enumerate(_TENS)})
NUMBER_WORDS["fourty"] = 40
_COMPOUND = f"(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ONES[1:10])})"
_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
#: A number as people write it; group-free, so that it can be put into larger patterns.
NUMBER = (
    rf"(?:(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?![\d])|(?<![\w.,])\d+(?:\.\d+)?(?:\s*½|\s+1/2)?"
    rf"|\b(?:{_COMPOUND}|(?:a|one|two|three)\s+hundred|half a dozen|(?:a|one|two)\s+dozen|a couple(?: of)?|"
    rf"{_WORD})\b)"
)
#: “at least”, “no less than” before a number, and “up to”, “no more than”; group-free as well.
AT_LEAST = r"(?:at least|no(?:t)? (?:less|fewer) than|more than|over|(?:an? )?min(?:imum)?(?: of)?|upwards of)"
AT_MOST = r"(?:up to|at most|no(?:t)? more than|less than|fewer than|under|(?:an? )?max(?:imum)?(?: of)?)"
_FIXED = {"half a dozen": 6, "a dozen": 12, "one dozen": 12, "two dozen": 24, "a couple": 2, "a couple of": 2}
_HUNDREDS = {"a": 100, "one": 100, "two": 200, "three": 300}
_EXACTLY = re.compile(
    rf"(?P<vague>(?:{NUMBER}|\ba (?:few|pair|handful)\b|\bseveral\b)(?:\s*\(|[ ]\w+ \((?:so|that['’]s|making) ))"
    rf"(?P<exact>(?:up to |at least |about |around )?{NUMBER}(?:\s*(?:-|–|to|or)\s*{NUMBER})?)(?P<ends>\)|"
    rf"(?= \w+\)))",
    re.IGNORECASE,
)


def exactly(text: str) -> str:
    """The text with numbers that brackets say again only as those say them; every letter stays in its place.

    “a couple (two or three) of carers” is two or three of them, “two couples (so four people)” are four.
    """
    return _EXACTLY.sub(lambda said: " " * len(said["vague"]) + said["exact"] + " " * len(said["ends"]), text)


def as_number(text: str) -> float | None:
    """The value of one number as matched by ``NUMBER``; None when it is none."""
    text = re.sub(r"\s+", " ", text.strip().lower())
    if text in _FIXED:
        return float(_FIXED[text])
    if text.endswith(" hundred"):
        return float(_HUNDREDS.get(text.split()[0], 0)) or None
    parts = re.split(r"[- ]", text)
    if all(part in NUMBER_WORDS for part in parts) and parts:
        return float(sum(NUMBER_WORDS[part] for part in parts))
    half = 0.5 if re.search(r"½|1/2", text) else 0.0
    digits = re.match(r"[\d,]+(?:\.\d+)?", text)
    if not digits or not any(c.isascii() and c.isdigit() for c in digits.group()):
        return None
    try:
        return float(digits.group().replace(",", "")) + half
    except ValueError:
        return None
