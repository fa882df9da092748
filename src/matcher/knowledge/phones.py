"""Phone numbers as spreadsheets hold them: floats, lost zeros, country codes, trailing remarks."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

_REGION = "GB"
_FLOAT = re.compile(r"\s*(\d+)\.0*\s*")
_SCIENTIFIC = re.compile(r"\s*\d\.\d{8,}[eE]\+?\d+\s*")
_JUNK = re.compile(r"[^\d+]+")
_MOBILE = re.compile(r"\s*(\+44|0044|44|0)?[\s-]?(7\d{3})[\s-]?(\d{3})[\s-]?(\d{3})\s*")
_NUMBER = re.compile(r"\+?[\d(][\d\s().\-–]{7,}\d")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number: ``national`` as people write it ("07700 900054"), ``e164`` ("+447700900054").

    ``note`` says what was repaired, "" when nothing was; ``mobile`` is false for landlines.
    """

    national: str
    e164: str
    mobile: bool
    note: str = ""


def phone(value: object) -> Phone | None:
    """Read a cell as one phone number, UK unless it names another country; None when it holds none.

    Numbers that are possible but not in service (such as 07700 900xxx) are accepted.
    """
    text = _as_text(value)
    return _read(text) if text else None


@lru_cache(maxsize=4_096)
def _read(text: str) -> Phone | None:
    if usual := _MOBILE.fullmatch(text):
        start, middle, end = usual[2], usual[3], usual[4]
        note = "" if usual[1] else "leading 0 restored"
        return Phone(f"0{start} {middle}{end}", f"+44{start}{middle}{end}", True, note)
    for candidate in _candidates(text):
        digits = _digits(candidate)
        restored = len(digits) == 10 and digits[0] in "127"
        found = _parsed("0" + digits if restored else digits)
        if found:
            return _made(found, "leading 0 restored" if restored else "")
    return None


def is_mobile(national: str) -> bool:
    """Whether a number as ``Phone.national`` writes it is a UK mobile."""
    return national.startswith("07")


def _as_text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value == value and abs(value) < 1e15 else ""
    if not isinstance(value, str):
        return ""
    if whole := _FLOAT.fullmatch(value):
        return whole.group(1)
    if _SCIENTIFIC.fullmatch(value):
        return str(int(float(value)))
    return value


def _candidates(text: str) -> list[str]:
    """The number-like stretches in the cell, in order, and last the digits of the whole cell."""
    whole = [text] if len(_JUNK.sub("", text)) <= 15 else []
    return [match.group() for match in _NUMBER.finditer(text)] + whole


def _digits(text: str) -> str:
    digits = _JUNK.sub("", text.replace("(0)", ""))
    plus = digits.startswith("+")
    digits = digits.replace("+", "")
    if digits.startswith("00"):
        plus, digits = True, digits[2:]
    if not plus and digits.startswith("44") and len(digits) in (12, 13):
        plus = True
    if plus and digits.startswith("440"):
        digits = "44" + digits[3:]
    return ("+" if plus else "") + digits


def _parsed(digits: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(digits, _REGION)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < 7:
        return None
    if number.country_code == 44 and (len(digits.lstrip("+")) < 9 or str(number.national_number)[0] in "046"):
        return None
    return number


def _made(number: PhoneNumber, note: str) -> Phone:
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.country_code == 44:
        national = "0" + str(number.national_number)
        if national.startswith("07") and len(national) == 11:
            return Phone(f"{national[:5]} {national[5:]}", e164, True, note)
        return Phone(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL), e164, False, note)
    shown = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    kind = phonenumbers.number_type(number)
    mobile = kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return Phone(shown, e164, mobile, note)


def wa_link(e164: str) -> str:
    """The address that opens a WhatsApp conversation with this number."""
    return "https://wa.me/" + e164.lstrip("+")
