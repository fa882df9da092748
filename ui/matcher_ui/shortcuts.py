"""Every key there is, with what it does and where: the window, its tips and the list of keys read them here."""

from dataclasses import dataclass

ANYWHERE = "Anywhere"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """``keys`` as Qt writes them, ``does`` in plain words, ``where`` they work."""

    keys: str
    does: str
    where: str = ANYWHERE


ALL: tuple[Shortcut, ...] = (
    Shortcut("Ctrl+K", "Find a member, request, requester, partner or command"),
    Shortcut("Ctrl+1", "Today"),
    Shortcut("Ctrl+2", "Requests"),
    Shortcut("Ctrl+3", "Members"),
    Shortcut("Ctrl+4", "Outreach"),
    Shortcut("Ctrl+5", "Insight"),
    Shortcut("Ctrl+,", "Settings"),
    Shortcut("Alt+Left", "Back to where you were"),
    Shortcut("Ctrl+N", "Log a request"),
    Shortcut("Ctrl+Shift+N", "Add a member"),
    Shortcut("Ctrl+I", "Bring in a spreadsheet"),
    Shortcut("Ctrl+M", "Plan a meet-up"),
    Shortcut("Ctrl+V", "Take what was copied: a letter, a file, replies"),
    Shortcut("Ctrl+Z", "Undo the last step"),
    Shortcut("Ctrl++", "Larger text"),
    Shortcut("Ctrl+-", "Smaller text"),
    Shortcut("F1", "The guide"),
    Shortcut("Ctrl+/", "This list of keys"),
    Shortcut("Ctrl+L", "Lock"),
    Shortcut("Ctrl+F", "Filter", "Members"),
    Shortcut("Ctrl+Return", "Save the new member", "Members, while adding one"),
    Shortcut("Y", "Said yes", "Ask, Outreach and meet-ups, in the list"),
    Shortcut("N", "No this time", "Ask, Outreach and meet-ups, in the list"),
    Shortcut("A", "Was asked", "Ask and meet-ups, in the list"),
    Shortcut("D", "Can’t make the date", "Ask and Outreach, in the list"),
    Shortcut("K", "Stop this kind of request", "Ask and Outreach, in the list"),
    Shortcut("S", "Stop everything", "Ask and Outreach, in the list"),
    Shortcut("U", "Take the answer back", "A meet-up’s people, in the list"),
    Shortcut("C", "Came", "The day of a meet-up, in the list"),
)


def keys_of(does: str) -> str:
    """The keys of an act that works anywhere."""
    return next(one.keys for one in ALL if one.does == does and one.where == ANYWHERE)


def tip(words: str, keys: str) -> str:
    """“Settings (Ctrl+,)”."""
    return f"{words} ({keys})"
