"""Conflicts: a requester that is, or writes from, a member's own employer."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from matcher.knowledge.places import locate

_PUBLIC_MAIL = frozenset(
    {"gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "icloud", "me", "mac", "aol"}
    | {"btinternet", "sky", "virginmedia", "talktalk", "ntlworld", "protonmail", "proton", "gmx", "mail", "example"}
    | {"btopenworld", "blueyonder", "virgin", "tiscali", "plusnet", "fastmail", "zoho", "tuta", "tutanota", "nhs"}
)

_LEGAL = re.compile(r"\b(ltd|limited|llp|plc|cic|cio|inc|group|holdings|company|co|uk|the|and)\b")
_FILLER = re.compile(r"\b(services?|care|home|homecare|domiciliary|agency|branch|franchise)\b")
_ONE_SLIP, _LONG_ENOUGH = 93.0, 8


def employer_conflict(employer: str | None, email: str | None, organisation: str, contact: str) -> str:
    """Why this requester stands in conflict with a member's employer, or an empty text.

    Compares the employer's name with the organisation's, and both with the domains that people write from;
    domains that anybody can have an address at do not count. A branch ("Sunny Care Leeds") is its company.
    """
    if employer and organisation and _same(employer, organisation):
        return "The requester is their employer"
    domains = {_domain(part) for part in re.split(r"[\s/,;]+", contact)} - {""}
    if _domain(email or "") in domains or any(_is_of(domain, employer) for domain in domains):
        return "The requester writes from their employer's address"
    return ""


def is_work_address(employer: str | None, email: str | None) -> bool:
    """Whether an e-mail address lies on the employer's own domain, where others may read it."""
    return _is_of(_domain(email or ""), employer)


def _same(employer: str, organisation: str) -> bool:
    one, other = _bare(employer), _bare(organisation)
    if not one or not other:
        return False
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    if min(len(one), len(other)) >= _LONG_ENOUGH and fuzz.ratio(one, other) >= _ONE_SLIP:
        return True
    longer, shorter = sorted((one, other), key=len, reverse=True)
    place = longer.removeprefix(shorter + " ") if longer.startswith(shorter + " ") else ""
    return bool(place) and _is_place(place) and not _is_place(shorter)


def _is_place(text: str) -> bool:
    found = locate(text, None)
    return found is not None and found.region is not None


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """A name without its legal form, the words every care company has, and marks."""
    return " ".join(_FILLER.sub(" ", _plain(name)).split())


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    letters = re.sub(r"[^a-z0-9 ]", " ", re.sub(r"['’.]", "", name.casefold()))
    return _LEGAL.sub(" ", letters)


def _domain(address: str) -> str:
    domain = address.rpartition("@")[2].casefold().strip(" .>")
    return "" if domain.split(".")[0] in _PUBLIC_MAIL or "@" not in address else domain


def _is_of(domain: str, employer: str | None) -> bool:
    """Whether a domain carries the employer's whole name ("sunnycare.co.uk")."""
    squeezed = _plain(employer or "").replace(" ", "")
    return len(squeezed) > 3 and domain.split(".")[0].replace("-", "") == squeezed
