"""Who wrote a message: those who were asked, found by number, address or name as a phone shows them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from matcher.knowledge.emails import email
from matcher.knowledge.phones import phone
from matcher.knowledge.tables import fold
from matcher.model import Invitation, Member, Request

_LIKE = 88


@dataclass(frozen=True, slots=True)
class Asked:
    """A member and the request they may be answering; ``ask`` None where they were not asked themselves."""

    member: Member
    ask: Invitation | None
    request: Request


class Writers:
    """The people who may have written, to be found as they are named in a chat."""

    def __init__(self, people: Sequence[Asked]) -> None:
        self._phones: defaultdict[str, list[Asked]] = defaultdict(list)
        self._emails: defaultdict[str, list[Asked]] = defaultdict(list)
        self._names: defaultdict[str, list[Asked]] = defaultdict(list)
        self._firsts: defaultdict[str, list[Asked]] = defaultdict(list)
        for one in people:
            if number := phone(one.member.phone):
                self._phones[number.e164].append(one)
            if address := email(one.member.email):
                self._emails[address].append(one)
            self._names[fold(one.member.name)].append(one)
            self._firsts[fold(one.member.first_name or "")].append(one)

    def named(self, who: str) -> list[Asked]:
        """Those it may be; by the surest sign only: number, address, name, short name, first name, a like name."""
        number, address, name = phone(who), email(who), name_in(who)
        if number and number.e164 in self._phones:
            return self._phones[number.e164]
        if address and address in self._emails:
            return self._emails[address]
        if not name:
            return []
        if name in self._names:
            return self._names[name]
        first = self._firsts.get(name.split()[0], [])
        if short := [one for one in first if is_short_for(name, one.member)]:
            return short
        if first:
            return first
        like = process.extract(name, list(self._names), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3)
        return [one for found, _, _ in like for one in self._names[found]]


def is_known_by_more_than_a_first_name(who: str, member: Member) -> bool:
    """Whether what names the writer can hardly mean anybody else."""
    number, address, name = phone(who), email(who), name_in(who)
    held = phone(member.phone)
    same_number = number is not None and held is not None and number.e164 == held.e164
    same_address = address is not None and address == email(member.email)
    return same_number or same_address or fold(member.name) == name or is_short_for(name, member)


def name_in(who: str) -> str:
    """The name in “Dilys Price <dilys@example.org>”, folded."""
    return fold(who.partition("<")[0])


def is_short_for(name: str, member: Member) -> bool:
    """“Dilys P”: the first name and the first letters of the last."""
    first, _, rest = name.partition(" ")
    return fold(member.first_name or "") == first and bool(rest) and fold(member.last_name or "").startswith(rest)
