"""The steps that were done, as they are told once they are done."""

import re
from collections.abc import Mapping

DONE = {
    "add": "Added", "answer": "Answered", "ask": "Asked", "call": "Called", "change": "Changed",
    "close": "Closed", "decide": "Decided", "delete": "Deleted", "edit": "Changed", "erase": "Erased",
    "export": "Exported", "extend": "Extended", "finish": "Finished", "forget": "Forgot", "give": "Gave",
    "import": "Brought in", "invite": "Invited", "let": "Let", "limit": "Limited", "link": "Linked",
    "log": "Logged", "make": "Made", "merge": "Merged", "move": "Moved", "note": "Noted", "plan": "Planned",
    "post": "Posted", "prepare": "Prepared", "print": "Printed", "put": "Put", "read": "Read", "record": "Recorded",
    "redo": "Did again", "repeat": "Repeated", "save": "Saved", "send": "Sent", "set": "Set", "settle": "Settled",
    "sign": "Signed", "take": "Took", "tick": "Ticked", "two": "Told apart two", "undo": "Took back",
    "withdraw": "Recorded a withdrawal",
}  # fmt: skip
"""The first word of a step's name -> how it is said once it is done."""


def done_words(what: str, titles: Mapping[str, str]) -> str:
    """The name of a step in the past, with titles for numbers: “move R1 to matching” was Moved “…” to matching."""
    verb, _, rest = what.partition(" ")
    rest = re.sub(r"\bR\d+\b", lambda found: f"“{titles[found[0]]}”" if found[0] in titles else found[0], rest)
    return f"{DONE.get(verb, verb.capitalize())} {rest}".strip()
