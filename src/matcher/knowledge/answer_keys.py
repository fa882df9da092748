"""Whether a key to the answers of a sheet gives a yes the meaning of a no: “Y = does not want contact”."""

import re

_MEANS_NO = re.compile(
    r"(?<!\w)(?:y(?:es)?|x|1|true|t|tick(?:ed)?|✓|✔|☑)['\"”’)]*\s*(?:=+>?|:|→|->|[-–—]|means|stands for|is|for)"
    r"\s*['\"“(]*(?:no|n|not|nope|never|do(?:es)? not|do(?:es)?n['’]?t|don['’]?t|dont|won['’]?t|"
    r"opt(?:ed|s)?[- ]?out|refus\w*|declin\w*|stop\w*|"
    r"left|leave \w+ alone|withdr\w+|unsub\w*|remove\w*|dnc|hold)\b",
    re.IGNORECASE,
)


def yes_means_no(key: str) -> bool:
    """Whether a text is a key in which what looks like a yes stands for a no."""
    return bool(_MEANS_NO.search(key))
