"""Conflicts: a requester that is, or writes from, a member's own employer."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from matcher.knowledge.emails import FREE_MAIL
from matcher.knowledge.places import locate

_PUBLIC_MAIL = FREE_MAIL | {"example", "nhs"}

_LEGAL = re.compile(r"\b(ltd|limited|llp|plc|cic|cio|inc|group|holdings|company|co|uk|the|and)\b")
_FILLER = re.compile(r"\b(services?|care|home|homecare|domiciliary|agency|branch|franchise)\b")
_ONE_SLIP, _LONG_ENOUGH = 93.0, 8


@dataclass(frozen=True, slots=True)
class Workplace:
    """Who employs somebody, and the domain she writes from where not anybody can have an address at it."""

    employer: str | None = None
    domain: str = ""


def workplace(employer: str | None, email: str | None) -> Workplace:
    """What of a member may conflict with a requester."""
    return Workplace(employer or None, _domain(email or ""))


def conflict_at(place: Workplace, organisation: str, contact: str) -> str:
    """Why this requester stands in conflict with a member's workplace; "" when it does not.

    Compares the employer's name with the organisation's, and both with the domains that people write from;
    domains that anybody can have an address at do not count. A branch ("Sunny Care Leeds") is its company.
    """
    if place.employer and organisation and _same(place.employer, organisation):
        return "The requester is their employer"
    domains = _domains(contact)
    if place.domain in domains or any(_is_of(domain, place.employer) for domain in domains):
        return "The requester writes from their employer's address"
    return ""


class Workplaces:
    """Many workplaces, made ready to find the few that conflict with a requester among them."""

    def __init__(self, places: Sequence[Workplace]) -> None:
        self._places = tuple(places)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._by_domain: defaultdict[str, list[int]] = defaultdict(list)
        for number, place in enumerate(self._places):
            self._by_name[_bare(place.employer or "")].append(number)
            for domain in {place.domain, _plain(place.employer or "").replace(" ", "")} - {""}:
                self._by_domain[domain].append(number)
        self._names = tuple(self._by_name)

    def conflicts(self, organisation: str, contact: str) -> Mapping[int, str]:
        """The place in line of each workplace in conflict -> why."""
        near = {number for name in self._names_like(_bare(organisation)) for number in self._by_name[name]}
        for domain in _domains(contact):
            for written in (domain, domain.split(".")[0].replace("-", "")):
                near.update(self._by_domain.get(written, ()))
        reasons = {number: conflict_at(self._places[number], organisation, contact) for number in sorted(near)}
        return {number: reason for number, reason in reasons.items() if reason}

    def _names_like(self, wanted: str) -> Iterator[str]:
        """Every name that may be the same as ``wanted``, and some that are not."""
        if not wanted:
            return
        squeezed = wanted.replace(" ", "")
        for name in self._names:
            if name.startswith(wanted) or (name and wanted.startswith(name)) or name.replace(" ", "") == squeezed:
                yield name
        for name, _score, _place in process.extract_iter(
            wanted, self._names, scorer=fuzz.ratio, score_cutoff=_ONE_SLIP
        ):
            yield name


def _domains(contact: str) -> frozenset[str]:
    return frozenset(_domain(part) for part in re.split(r"[\s/,;]+", contact)) - {""}


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
