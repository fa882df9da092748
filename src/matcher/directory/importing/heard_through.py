"""Through whom the people of a file heard of the network: known partners, and words that may be one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.directory.importing.rows import RowAnswer
from matcher.directory.partners import like_partners, partner_names
from matcher.knowledge.tables import fold

Linked = Mapping[str, int | None]
"""Words, folded -> the partner they were said to be, None where they stay words."""


@dataclass(frozen=True, slots=True)
class HeardThrough:
    """Words of a file that are, or may be, a partner's name. ``rows`` said so.

    ``known``: they are a name or spelling of it. ``linked``: whoever said them will point to it.
    """

    words: str
    rows: int
    partner_id: int
    partner: str
    known: bool
    linked: bool


def names_with(session: Session, linked: Linked) -> dict[str, int]:
    """The names and spellings of partners, and the words that were said to be one."""
    return partner_names(session) | {words: partner for words, partner in linked.items() if partner is not None}


def heard_through(session: Session, answers: Sequence[RowAnswer], linked: Linked) -> tuple[HeardThrough, ...]:
    """Which words of these answers are partners', and which may be; the known first, then the most frequent."""
    known = partner_names(session)
    if not known:
        return ()
    said = Counter(words for answer in answers if (words := answer.values.get("heard_via")))
    many, shown = Counter[str](), dict[str, str]()
    for words, count in said.items():
        many[fold(words)] += count
        shown.setdefault(fold(words), words)
    found = []
    names, near = like_partners(session, [key for key in many if key not in known])
    for key, count in many.items():
        partner = known.get(key, near.get(key))
        if partner is not None:
            is_known = key in known
            linked_now = is_known or linked.get(key) is not None
            found.append(HeardThrough(shown[key], count, partner, names[partner], is_known, linked_now))
    return tuple(sorted(found, key=lambda one: (not one.known, -one.rows, one.words)))
