"""What a person's name, a role and an organisation look like in running text."""

import re

from matcher.knowledge.tables import any_of, phrases_by, rows

_CAP = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĖĘĚĞĪİĶŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
NAME_PART = (
    rf"(?:[{_CAP}](?:['’][{_CAP}])?[^\W\d_]*(?:[-'’][^\W\d_]+)*(?:(?:(?<=\b[{_CAP}])|(?<=\bSt))\.)?|"
    rf"[{_CAP}]{{2,}}(?:-[{_CAP}]+)*)"
)
TITLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|Cllr|Rev)\.?[ ]"
NAME = rf"(?:{TITLE})?{NAME_PART}(?:[ ](?:(?:de|da|van|von|der|al|bin|ap|la|le)[ ])*{NAME_PART}){{1,3}}"
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NAMING = rows("vocabulary/organisation_words.tsv")
ORGANISATION_WORD = any_of((row["word"] for row in _NAMING), r"\b", r"\b")
IN_ANOTHER_TONGUE = any_of((row["word"] for row in _NAMING if row["language"] != "en"), r"\b", r"\b")
"""A word that names an organisation in Welsh, Gaelic or Irish."""
_PHRASES = phrases_by("says", "vocabulary/naming_phrases.tsv")
ROLE_WORD = any_of(_PHRASES["role"], r"\b", r"\b")
_NOT_A_NAME = any_of(_PHRASES["no_name"], r"\b", r"\b")


def is_name(words: str) -> bool:
    """Whether words written like a name are a person's, not an organisation, a role or another phrase."""
    core = re.sub(rf"^{TITLE}", "", words)
    return (
        2 <= len(core.split()) <= 4
        and not _NOT_A_NAME.search(core)
        and not ORGANISATION_WORD.search(core)
        and not ROLE_WORD.search(core)
    )
