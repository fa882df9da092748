"""Whether two records are one person: by e-mail, by phone, by name and place."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from matcher.knowledge.names import same_first_name

MOST_SLIPS = 2
_PARTS = re.compile(r"[\s-]+")


class Likeness(StrEnum):
    """How two records stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    DOUBTFUL = "doubtful"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one person from another. None means unknown; e-mail and phone are in their tidy form."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    district: str | None = None
    town: str | None = None
    region: str | None = None
    age_band: str | None = None

    @property
    def name(self) -> str:
        """First and last name, or a plain stand-in."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or "(no name)"


def compare(one: Identity, other: Identity) -> tuple[Likeness, str]:
    """Say how two records stand to each other, and why in plain words."""
    if one.email and one.email == other.email:
        return _same_email(one, other)
    if one.phone and one.phone == other.phone:
        return _same_phone(one, other)
    return _by_name_and_place(one, other)


def _same_email(one: Identity, other: Identity) -> tuple[Likeness, str]:
    if _first_names(one, other) is _Names.DIFFER:
        return Likeness.DOUBTFUL, f"the same e-mail, but two first names ({one.first_name}, {other.first_name})"
    return Likeness.SAME, "the same e-mail"


def _same_phone(one: Identity, other: Identity) -> tuple[Likeness, str]:
    first, last = _first_names(one, other), _last_names(one, other)
    if first is _Names.DIFFER:
        return Likeness.DIFFERENT, f"one phone, but two people ({one.first_name}, {other.first_name})"
    if first is None:
        return Likeness.DOUBTFUL, "the same phone, and a first name is missing"
    if first is _Names.NEAR:
        return (
            Likeness.DOUBTFUL,
            f"the same phone and nearly the same first name ({one.first_name}, {other.first_name})",
        )
    if _ages_apart(one, other):
        return Likeness.DOUBTFUL, "the same phone and first name, but ages that cannot be one person's"
    if last is _Names.DIFFER and _same_place(one, other) is False:
        return Likeness.DOUBTFUL, "the same phone and first name, but another surname and another place"
    if last is _Names.DIFFER:
        return Likeness.SAME, f"the same phone and first name (surname {one.last_name} / {other.last_name})"
    return Likeness.SAME, "the same phone and name"


def _by_name_and_place(one: Identity, other: Identity) -> tuple[Likeness, str]:
    if not names_agree(one, other):
        return Likeness.UNRELATED, ""
    place = _same_place(one, other)
    emails_differ = bool(one.email and other.email)
    phones_differ = bool(one.phone and other.phone)
    if place is False:
        return Likeness.UNRELATED, ""
    if emails_differ and phones_differ:
        strangers = place is None or not _exactly_same_name(one, other)
        return (Likeness.UNRELATED, "") if strangers else (Likeness.DOUBTFUL, _OTHER_CONTACTS)
    if place is None:
        return Likeness.DOUBTFUL, "the same name, and too little else to tell by"
    if _ages_apart(one, other):
        return Likeness.DOUBTFUL, "the same name and place, but ages that cannot be one person's"
    if one.district and other.district and one.district != other.district:
        return Likeness.DOUBTFUL, "the same name and town, but another postcode"
    if not _exactly_same_name(one, other) and (emails_differ or phones_differ):
        return Likeness.DOUBTFUL, f"nearly the same name ({one.name}, {other.name}) in the same place"
    return Likeness.SAME, BY_NAME_AND_PLACE


BY_NAME_AND_PLACE = "the same name and place"
_OTHER_CONTACTS = "the same name and place, but another e-mail and another phone"


class _Names(IntEnum):
    """How far two names agree."""

    DIFFER = 0
    NEAR = 1
    AGREE = 2


def _first_names(one: Identity, other: Identity) -> _Names | None:
    """How far the first names agree; None when one is missing."""
    return _two_first_names(one.first_name or "", other.first_name or "")


def names_agree(one: Identity, other: Identity) -> bool:
    """Whether both names are known of both, and agree or nearly do."""
    return bool(_last_names(one, other) and _first_names(one, other))


def _last_names(one: Identity, other: Identity) -> _Names | None:
    """How far the surnames agree, one part of a double name being enough; None when one is missing."""
    return _two_last_names(one.last_name or "", other.last_name or "")


@lru_cache(maxsize=65536)
def _two_first_names(one: str, other: str) -> _Names | None:
    if not one or not other:
        return None
    return _Names.AGREE if same_first_name(one, other) else _spelling(letters_of(one), letters_of(other))


@lru_cache(maxsize=65536)
def _two_last_names(one: str, other: str) -> _Names | None:
    if not one or not other:
        return None
    a, b = letters_of(one), letters_of(other)
    if a.isalpha() and b.isalpha():
        return _spelling(a, b)
    parts_a, parts_b = set(_PARTS.split(a)), set(_PARTS.split(b))
    return _Names.AGREE if parts_a <= parts_b or parts_b <= parts_a else _spelling(a, b)


@lru_cache(maxsize=65536)
def _spelling(one: str, other: str) -> _Names:
    """The same letters, an initial, or a slip: one letter in a short name, two in a long one."""
    if one == other or _unreadable_letters_agree(one, other):
        return _Names.AGREE
    shorter = min(len(one), len(other))
    if shorter <= 1:
        return _Names.AGREE if one[:1] == other[:1] else _Names.DIFFER
    slips = 0 if shorter < 5 else 1 if shorter < 8 else MOST_SLIPS
    return _Names.NEAR if OSA.distance(one, other, score_cutoff=slips) <= slips and slips else _Names.DIFFER


def _exactly_same_name(one: Identity, other: Identity) -> bool:
    firsts = letters_of(one.first_name or ""), letters_of(other.first_name or "")
    lasts = letters_of(one.last_name or ""), letters_of(other.last_name or "")
    return lasts[0] == lasts[1] and (
        firsts[0] == firsts[1] or same_first_name(one.first_name or "", other.first_name or "")
    )


@lru_cache(maxsize=65536)
def letters_of(name: str) -> str:
    """A name as compared: folded, without marks; letters lost by a wrong encoding stay as “?”."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s?-]", "", plain).strip()


def _unreadable_letters_agree(one: str, other: str) -> bool:
    """Whether two spellings agree where one has “?” for a letter that an old encoding could not hold."""
    if ("?" in one) == ("?" in other) or len(one) != len(other):
        return False
    return all(a == b or "?" in (a, b) for a, b in zip(one, other, strict=True))


def _same_place(one: Identity, other: Identity) -> bool | None:
    """True: one district or one town. False: both known and other. None: not known."""
    if one.district and one.district == other.district:
        return True
    if one.district and other.district and one.region and other.region and one.region != other.region:
        return False  # two places of one name, such as Beeston
    if one.town and other.town:
        return one.town.casefold() == other.town.casefold()
    if one.region and other.region and one.region != other.region:
        return False
    return False if one.district and other.district else None


def _ages_apart(one: Identity, other: Identity) -> bool:
    a, b = _age_of(one.age_band), _age_of(other.age_band)
    return a is not None and b is not None and abs(a - b) > 10


def _age_of(band: str | None) -> int | None:
    found = re.search(r"\d+", band or "")
    return int(found[0]) if found else None
