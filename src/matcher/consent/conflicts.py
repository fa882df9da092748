"""Conflicts: a requester that is, or writes from, a member's own employer."""

import re

_PUBLIC_MAIL = frozenset(
    {"gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "icloud", "me", "mac", "aol"}
    | {"btinternet", "sky", "virginmedia", "talktalk", "ntlworld", "protonmail", "proton", "gmx", "mail", "example"}
)

_FILLER = re.compile(r"\b(ltd|limited|llp|plc|cic|group|uk|the|services?|care|home|homecare)\b|[^a-z0-9 ]")


def employer_conflict(employer: str | None, email: str | None, organisation: str, contact: str) -> str:
    """Why this requester stands in conflict with a member's employer, or an empty text.

    Compares the employer's name with the organisation's, and the domain of her work address with that of
    the requester; domains that anybody can have an address at do not count.
    """
    if employer and organisation and _bare(employer) and _bare(employer) == _bare(organisation):
        return "The requester is their employer"
    domain = _domain(email or "")
    if domain and domain in {_domain(part) for part in re.split(r"[\s/,;]+", contact)}:
        return "The requester writes from their employer's address"
    return ""


def _bare(name: str) -> str:
    return " ".join(_FILLER.sub(" ", name.casefold()).split())


def _domain(address: str) -> str:
    domain = address.rpartition("@")[2].casefold().strip(" .>")
    return "" if domain.split(".")[0] in _PUBLIC_MAIL else domain
