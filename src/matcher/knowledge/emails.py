"""E-mail addresses: trimmed, folded, checked in form only (nothing is looked up)."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from matcher.knowledge.tables import words_in

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_AROUND_THE_SIGN = re.compile(r"(?<=[\w.]) +@|@ +(?=\w)")
_USUAL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*")
FREE_MAIL = words_in("vocabulary/free_mail.txt")
"""Names of the services at which anybody can have an address."""
_RESERVED = (".example", ".test", ".invalid", ".localhost")


def email(value: object) -> str | None:
    """The address in a cell, case-folded; None when the cell holds no well-formed one.

    "Name <a@b.org>" and "mailto:a@b.org" are accepted, and the reserved ``.example`` / ``example.org``.
    """
    return _read(value) if isinstance(value, str) and len(value) < 2_000 else None


@lru_cache(maxsize=4_096)
def _read(value: str) -> str | None:
    text = _AROUND_THE_SIGN.sub("@", value).strip().strip("<>\"'“”,;").removeprefix("mailto:").strip()
    if " " in text or "<" in text or "\n" in text:
        found = _ADDRESS.search(text)
        text = found.group() if found else ""
    text = text.rstrip(".,;:")
    return _checked(text.casefold()) if "@" in text else None


def _checked(address: str) -> str | None:
    local, _, domain = address.rpartition("@")
    # The usual kind is checked by its domain alone, of which there are few: that is many times faster.
    probe = f"a@{domain}" if len(local) <= 64 and _USUAL.fullmatch(local) else address
    return address if _is_well_formed(probe) else None


@lru_cache(maxsize=4_096)
def _is_well_formed(address: str) -> bool:
    # Reserved names stand for real ones in samples; the form is checked with a harmless domain in their place.
    probe = f"{address}.com" if address.endswith(_RESERVED) else address
    try:
        validate_email(probe, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def is_free_mail(address: str) -> bool:
    """Whether anybody can have an address there, whoever they work for."""
    return domain_of(address).split(".")[0] in FREE_MAIL


def domain_of(address: str) -> str:
    """What stands after the last @, case-folded; "" when there is none."""
    return address.rpartition("@")[2].strip().casefold() if "@" in address else ""
