"""What a person's name, a role and an organisation look like in running text."""

import re

from matcher.knowledge.tables import rows

_CAP = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĖĘĚĞĪİĶŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
NAME_PART = (
    rf"(?:[{_CAP}](?:['’][{_CAP}])?[^\W\d_]*(?:[-'’][^\W\d_]+)*(?:(?:(?<=\b[{_CAP}])|(?<=\bSt))\.)?|"
    rf"[{_CAP}]{{2,}}(?:-[{_CAP}]+)*)"
)
TITLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|Cllr|Rev)\.?[ ]"
NAME = rf"(?:{TITLE})?{NAME_PART}(?:[ ](?:(?:de|da|van|von|der|al|bin|ap|la|le)[ ])*{NAME_PART}){{1,3}}"
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NAMING = rows("vocabulary/organisation_words.tsv")
ORGANISATION_WORD = re.compile(rf"\b(?:{'|'.join(row['word'] for row in _NAMING)})\b", re.IGNORECASE)
IN_ANOTHER_TONGUE = re.compile(
    rf"\b(?:{'|'.join(row['word'] for row in _NAMING if row['language'] != 'en')})\b", re.IGNORECASE
)
"""A word that names an organisation in Welsh, Gaelic or Irish."""
ROLE_WORD = re.compile(
    r"\b(?:manager|officer|lead|director|head|editor|producer|reporter|journalist|correspondent|researcher|"
    r"fellow|lecturer"
    r"|professor|student|assistant|associate|adviser|advisor|specialist|clerk|secretary|coordinator|"
    r"co-ordinator|campaigner"
    r"|organiser|analyst|consultant|chair|host|presenter|writer|founder|executive|administrator|engagement|"
    r"minister"
    r"|investigator|statistician|partnerships|candidate|supervisor|designer|mp|ms|msp|phd|freelance|trainee|"
    r"apprentice|"
    r"caseworker)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"\b(?:dear|hello|hi|regards|wishes|thanks|thank|yours|sincerely|the|and|for|our|your|this|home|care|"
    r"carers?|workers?"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    r"september"
    r"|october|november|december|floor|street|road|house|avenue|london|england|teams|zoom|microsoft|google|"
    r"england|wales"
    r"|scotland|ireland|north|south|east|west|who|what|when|where|how|why|study|project|trial|email|e-mail|"
    r"contact|phone"
    r"|register|participants?|information|sheet|title|call|interested|team|newsletter|brief|support|admin|"
    r"enquiries|info|desk|desks|investigations?|fieldwork|press|recruitment|research|events|office|programme|"
    r"insight)\b",
    re.IGNORECASE,
)


def is_name(words: str) -> bool:
    core = re.sub(rf"^{TITLE}", "", words)
    return (
        2 <= len(core.split()) <= 4
        and not _NOT_A_NAME.search(core)
        and not ORGANISATION_WORD.search(core)
        and not ROLE_WORD.search(core)
    )
