"""Every key there is, with what it does and where: the window, its tips, menus and list of keys read them here."""

from dataclasses import dataclass

ANYWHERE = "Anywhere"
ON_PAGE = "On a page that has it"
IN_LISTS = "In a list of people who are asked, invited or written to"
IN_MATCH = "In the list of Match"

SEARCH, SAVE, PRINT = "Search or filter what is shown", "Save what was typed", "Print"
EXPORT, PASTE, READ_BACK = "Export the workbook", "Paste replies", "Read a filled workbook back"
COPY, OPEN_IT = "Copy the message or letter", "Open it in WhatsApp or your mail program"
NEXT_TAB, TAB_BEFORE = "The next tab or step", "The tab or step before"
WRITTEN = "Was asked, invited or written to"
KEEP_ON, LEAVE_OFF = "Keep them on every list, or no more", "Leave them off this list, or no more"
"""What keys do that several places offer."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """``keys`` as Qt writes them, ``does`` in plain words and only once, ``where`` they work."""

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
    Shortcut("Ctrl+Shift+Z", "Do again what was undone last (also Ctrl+Y)"),
    Shortcut("Ctrl++", "Larger text"),
    Shortcut("Ctrl+-", "Smaller text"),
    Shortcut("Ctrl+0", "Text as large as at first"),
    Shortcut("Shift+F10", "What can be done with the row or card chosen (also the Menu key)"),
    Shortcut("F1", "The guide"),
    Shortcut("Ctrl+/", "This list of keys"),
    Shortcut("Ctrl+L", "Lock"),
    Shortcut("Ctrl+Q", "Close Matcher"),
    Shortcut("Ctrl+F", SEARCH, ON_PAGE),
    Shortcut("Ctrl+PgDown", NEXT_TAB, ON_PAGE),
    Shortcut("Ctrl+PgUp", TAB_BEFORE, ON_PAGE),
    Shortcut("Ctrl+S", SAVE, ON_PAGE),
    Shortcut("Ctrl+Return", "Save, and add another member", ON_PAGE),
    Shortcut("Ctrl+P", PRINT, ON_PAGE),
    Shortcut("Ctrl+G", "Suggest a list", ON_PAGE),
    Shortcut("Ctrl+E", EXPORT, ON_PAGE),
    Shortcut("Ctrl+O", READ_BACK, ON_PAGE),
    Shortcut("Ctrl+R", PASTE, ON_PAGE),
    Shortcut("Ctrl+Shift+C", COPY, ON_PAGE),
    Shortcut("Ctrl+Shift+O", OPEN_IT, ON_PAGE),
    Shortcut("A", WRITTEN, IN_LISTS),
    Shortcut("Y", "Said yes", IN_LISTS),
    Shortcut("N", "No this time", IN_LISTS),
    Shortcut("D", "Can’t make the date", IN_LISTS),
    Shortcut("K", "Stop this kind of request", IN_LISTS),
    Shortcut("S", "Stop everything", IN_LISTS),
    Shortcut("U", "Take the answer back", IN_LISTS),
    Shortcut("C", "Came to the meet-up", IN_LISTS),
    Shortcut("P", KEEP_ON, IN_MATCH),
    Shortcut("X", LEAVE_OFF, IN_MATCH),
)


def keys_of(does: str) -> str:
    """The keys of an act."""
    return next(one.keys for one in ALL if one.does == does)


def keys_called(words: str) -> str:
    """The keys that do anywhere what a button says; empty when there are none."""
    return next((one.keys for one in ALL if one.does == words and one.where == ANYWHERE), "")


def tip(words: str, keys: str) -> str:
    """“Settings (Ctrl+,)”."""
    return f"{words} ({keys})"
