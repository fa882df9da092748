"""How partners, and the words that point to none, read on the screen."""

from matcher.directory import HeardWords, PartnerRow
from matcher.model import PartnerKind
from matcher_ui.widgets.chip import ChipKind

Line = PartnerRow | HeardWords
"""A line of the list of partners."""

KINDS: dict[PartnerKind, str] = {
    PartnerKind.LIBRARY: "Library", PartnerKind.COUNCIL: "Council or job centre",
    PartnerKind.TRAINING: "Training or college", PartnerKind.UNION: "Union", PartnerKind.CHARITY: "Charity",
    PartnerKind.COMMUNITY: "Community group", PartnerKind.SECTOR: "Care sector body", PartnerKind.OTHER: "Other",
}  # fmt: skip


def members_words(many: int) -> str:
    """“3 members”."""
    return "1 member" if many == 1 else f"{many:,} members"


def name_words(line: Line) -> str:
    """A partner's name; words in quotes, as members said them."""
    return line.name if isinstance(line, PartnerRow) else f"“{line.words}”"


def more_words(line: Line) -> str:
    """The second line: kind and place, or that they are words of members."""
    if isinstance(line, PartnerRow):
        return "  ·  ".join(part for part in (KINDS[line.kind], line.place) if part)
    return "Much like a partner" if line.may_be is not None else "In members’ own words"


def state_of(line: Line) -> tuple[ChipKind, str]:
    """The chip of a line: how many came through it, or said so."""
    asks = isinstance(line, HeardWords) and line.may_be is not None
    return "care" if asks else "neutral", members_words(line.members)
