"""The parts of the settings that can be gone to: the place's tab, the title, what else one may look for."""

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("organisation", "Your organisation", "Name, who signs, rest between asks"),
    ("wordings", "Wordings", "What your sign-up form says"),
    ("messages", "Messages to members", "Texts of asks, reminders and thanks"),
    ("letters", "Letters to those who ask", "Accept, ask for more, decline"),
    ("checklists", "Checklists", "What is checked for each audience"),
    ("look", "How the window looks", "Light or dark, size of the text"),
    ("passphrase", "Passphrase", "Change it"),
    ("words", "Recovery words", "Check them, or make new ones"),
    ("lock", "Locking", "Minutes until Matcher locks itself"),
    ("backups", "Backups", "Put one back, a second place"),
    ("move", "Move to a new computer", "In three steps"),
    ("retention", "How long things are kept", "Members, originals, workbooks"),
    ("papers", "Data-protection papers", "Sign-up form, privacy notice, steps after a breach"),
)
TITLES = {tab: title for tab, title, _more in SECTIONS}
EXPLAINED = {
    "Rest between asks": "rest", "Lists": "lots", "Recovery words": "recovery_words", "Wordings": "wording",
    "Backups": "second_place", "Rights & complaints": "data_rights",
}  # fmt: skip
"""Title of a section -> what is explained beside it."""
