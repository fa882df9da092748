"""Rules of balance as she writes them: “at least 3 regions”, “no more than 2 from one employer”."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from matcher.errors import UserError
from matcher.knowledge.number_words import NUMBER, as_number
from matcher.knowledge.regions import REGIONS, area_named
from matcher.matching.fair.rules import NEVER, SPOKEN, Contender, Rule, RuleKind

EXAMPLES = (
    "at least 3 regions", "no more than 2 from one employer", "at least 2 never asked", "at least 3 from Wales",
    "at least 2 with 10 or more years",
)  # fmt: skip
_NAMES: Mapping[str, tuple[str, ...]] = {
    "region": ("region", "area", "part of the country"),
    "country": ("nation", "country"),
    "authority": ("local authority", "authority", "council", "council area"),
    "town": ("town", "city", "place"),
    "employer_type": ("kind of employer", "type of employer", "employer type", "sort of employer", "employer kind"),
    "employer": ("employer", "company", "agency", "firm", "provider", "organisation"),
    "role": ("role", "job", "job title"),
    "contract_type": ("contract", "contract type", "kind of contract", "type of contract"),
    "care_types": ("kind of care", "type of care", "care type"),
    "languages": ("language",),
    "experience": ("level of experience", "experience level", "experience band"),
    "gender": ("gender", "sex"),
    "age_band": ("age band", "age group", "age"),
    "ethnicity": ("ethnicity", "ethnic group", "background"),
    "migration_status": ("migration status", "visa status"),
}
"""Field -> what one of its values may be called."""

_PEOPLE = r"(?:people|persons?|members?|care workers?|carers?|workers?|of them)"
_NUMBER = rf"(?P<number>\d+|{NUMBER}|half|a third|nobody|none|no one|no|any|all|everyone|everybody)"
_LOW = r"at least|a minimum of|minimum|min\.?|no fewer than|not fewer than|not less than|>=|≥"
_HIGH = r"at most|no more than|not more than|a maximum of|maximum|max\.?|up to|never more than|<=|≤|only"
_RULE = re.compile(rf"^(?P<bound>{_LOW}|{_HIGH})?\s*{_NUMBER}\b\s*(?P<rest>.+)$", re.IGNORECASE)
_OF_EACH = re.compile(
    rf"^(?:{_PEOPLE}\s+)?(?:from|of|per|in|with|at|for|a|speaking)?\s*(?:any\s+|the\s+)?"
    r"(?:(?:one|each|same|single|every|a|per)\s+)(?P<field>.+)$",
    re.IGNORECASE,
)
_DIFFERENT = re.compile(r"^(?:different\s+|distinct\s+|separate\s+|of the\s+)?(?P<field>.+)$", re.IGNORECASE)
_NEVER_ASKED = re.compile(
    rf"^(?:{_PEOPLE}\s+)?(?:(?:who )?(?:were|was|have been|has been|have|has)\s+)?(?:never|not yet|not)"
    r" (?:been )?asked(?: before| yet)?$|^(?:new(?:comers?| people| faces| members)?|first[- ]timers?)$",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"^(?:{_PEOPLE}\s+)?(?:with|who have|having|of)?\s*(?P<less>less than|under|fewer than)?\s*"
    rf"(?:at least\s+|over\s+)?(?P<years>\d+|{NUMBER})\+?(?: or more| plus)?\s+years?\b.*$",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"^(?:{_PEOPLE}\s+)?(?:(?:who (?:are|is|lives? in|works? in|speaks?|works? for|do|does)|from|in|with|of"
    r"|speaking|doing|working for|living in|based in)\b)?\s*(?:(?:an?|the)\s)?(?P<value>.+)$",
    re.IGNORECASE,
)
_ALIASES = {
    "women": ("gender", "woman"), "men": ("gender", "man"), "female": ("gender", "woman"),
    "male": ("gender", "man"), "females": ("gender", "woman"), "males": ("gender", "man"),
}  # fmt: skip


def read_rules(sentences: Iterable[str], people: Collection[Contender], seats: int) -> tuple[Rule, ...]:
    """Each sentence as a rule. Raises what `read_rule` raises."""
    return tuple(read_rule(sentence, people, seats) for sentence in sentences if sentence.strip())


def read_rule(sentence: str, people: Collection[Contender], seats: int) -> Rule:
    """What a sentence asks of a list of ``seats`` people; values are those known of ``people``, and every region.

    Raises UserError when it cannot be understood, or its words could mean several things.
    """
    words = " ".join(sentence.split()).strip(" .")
    found = _RULE.match(words)
    if found is None:
        raise _puzzled(sentence)
    number, upper = _amount(found["number"], seats), _is_upper(found["bound"], found["number"])
    rest = found["rest"].strip()
    rule = _of_each(rest, number, words) or _different(rest, number, words, upper=upper)
    if rule is None:
        field, value = _value(rest, people, sentence)
        kind = RuleKind.MOST if upper else RuleKind.LEAST
        rule = Rule(kind, field, number, value, words)
    return rule


def _puzzled(sentence: str) -> UserError:
    return UserError(f"“{sentence}” is no rule that Matcher understands.", todo=f"Write it like {_examples()}.")


def _examples() -> str:
    return "; ".join(f"“{example}”" for example in EXAMPLES)


def _amount(text: str, seats: int) -> int:
    said = text.casefold()
    if said in ("nobody", "none", "no one", "no"):
        return 0
    if said in ("all", "everyone", "everybody"):
        return seats
    if said in ("half", "a third"):
        return -(-seats // (2 if said == "half" else 3))
    if said == "any":
        return 1
    return int(said) if said.isdigit() else int(as_number(said) or 0)


def _is_upper(bound: str | None, number: str) -> bool:
    if number.casefold() in ("nobody", "none", "no one", "no"):
        return True
    return bool(bound and re.fullmatch(_HIGH, bound, re.IGNORECASE))


def _of_each(rest: str, number: int, words: str) -> Rule | None:
    found = _OF_EACH.match(rest)
    field = _field(found["field"]) if found else None
    return Rule(RuleKind.EACH, field, number, words=words) if field else None


def _different(rest: str, number: int, words: str, *, upper: bool) -> Rule | None:
    found = _DIFFERENT.match(rest)
    field = _field(found["field"]) if found and not upper else None
    return Rule(RuleKind.KINDS, field, number, words=words) if field else None


def _field(text: str) -> str | None:
    said = _singular(text)
    return next((field for field, names in _NAMES.items() if said in names), None)


def _singular(text: str) -> str:
    """“Kinds of employer” -> “kind of employer”, “local authorities” -> “local authority”."""
    said = re.sub(r"[^a-z ]", "", text.casefold()).strip()
    first, of, last = said.partition(" of ")
    return f"{_one(first)}{of}{_one(last)}"


def _one(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def _value(rest: str, people: Collection[Contender], sentence: str) -> tuple[str, str]:
    if _NEVER_ASKED.match(rest):
        return "asked", NEVER
    if years := _YEARS.match(rest):
        number = _amount(years["years"], 0)
        return "years", f"<{number}" if years["less"] else f"{number}+"
    found = _WITH.match(rest)
    said = (found["value"] if found else rest).strip()
    if said.casefold() in _ALIASES:
        return _ALIASES[said.casefold()]
    area = area_named(said)
    if area is not None and area.name in REGIONS:
        return "region", area.name
    meant = _known(said, people)
    if len(meant) > 1:
        raise UserError(
            f"“{sentence}” could mean several things: {', '.join(value for _, value in meant)}.",
            todo="Write out the one you mean.",
        )
    if not meant and re.search(r"\bspeak", rest, re.IGNORECASE):
        return "languages", said[:1].upper() + said[1:]
    if not meant:
        raise UserError(
            f"“{sentence}”: nothing known of those who could fit is called “{said}”.",
            todo=f"Write it like {_examples()}.",
        )
    return meant[0]


def _known(said: str, people: Collection[Contender]) -> Sequence[tuple[str, str]]:
    """The values among these people that the words name: exactly so, else with all of the words in them."""
    values = sorted(
        {
            (field, value)
            for person in people
            for field, held in person.facts.items()
            if field in SPOKEN
            for value in held
        }
    )
    wanted = _tokens(said)
    same = [(field, value) for field, value in values if _tokens(value) == wanted]
    return same[:1] or [(field, value) for field, value in values if wanted and wanted <= _tokens(value)]


def _tokens(text: str) -> frozenset[str]:
    plain = re.sub(r"[^a-z0-9+ -]", " ", text.casefold().replace("_", " "))
    return frozenset(_one(word) for word in plain.split()) - {"and", "the", "of"}
