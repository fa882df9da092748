"""What a requirement says on the fields of the brief schema: age, years, place, role, visa and the rest."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from matcher.knowledge.number_words import NUMBER
from matcher.knowledge.places import FoundPlace, places_in
from matcher.knowledge.places_in_text import as_said, is_a_month
from matcher.model import CriterionField, Op
from matcher.model.brief import Scalar
from matcher.triage.reading.criteria.ages import age, number, years
from matcher.triage.reading.criteria.clause import Clause, one_of
from matcher.triage.reading.criteria.kinds import contracts_in, employers_in, roles_asked_in, settings_in, shifts_in

_GENDER = re.compile(
    r"\b(?:you(?:['’]re| are)|be|are|is|were|identify as|for|to|with|from|only)\s+(?:an? )?(?P<g>m[ae]n|"
    r"wom[ae]n|male|female)\b(?!['’])|\b(?P<h>men|women|male|female)\s+(?:who|aged|over|under|working|in|"
    r"carers?|care|only|home)\b|^(?:all )?(?P<i>men|women|male|female)\b",
    re.I,
)
_COUNTRIES = ("England", "Scotland", "Wales", "Northern Ireland")
_NOT_THERE = re.compile(
    r"\b(?:outside|not (?:in|from)|except|other than|beyond|(?:came|come|moved|arriv\w+|travel\w*|"
    r"return\w*) (?:to|from|in)|(?:studio|office|centre|venue|hotel|library|campus|hall)s? in|speak\w*|"
    r"right to work in|represents|border(?:ing)?|University of|Bank of|NHS|Government|"
    r"government of)(?: of)?(?: the)?(?: [A-Z]\w+(?: [A-Z]\w+)?(?:,| and| or)(?: the)?)?\s*$",
    re.I,
)
_VENUE = re.compile(
    r" (?:\w+ )?(?:studios?|offices?|library|hall|campus|hotel|museum|theatre|civic centre|"
    r"conference centre|hq|newsroom)\b",
    re.I,
)
"""“in the Salford studio”: where it happens, not where they live."""
_WITHIN = re.compile(
    rf"\b(?:within|(?:no|not) (?:more|further) than|less than|at most) (?:about |around |roughly )?"
    rf"(?P<n>{NUMBER}|half an|an|a)\s*(?P<unit>miles?|minutes?|mins?|hours?)['’]?s?(?: or so)?"
    rf"(?: (?:drive|journey|travel|walk|ride))?(?: by \w+)?(?: away)? (?:of|from) "
    rf"(?P<place>[A-Z][\w'’-]+(?:[ -](?:on|upon|under|le|of|the|[A-Z][\w'’-]+))*)"
)
_PLACE_NAME = (
    r"(?!(?:I|We|The|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][a-z][\w'’-]+"
)
_SHARED = re.compile(
    r"\b(?P<one>North|South|East|West|Mid)(?:ern)?,? (?:or|and|&) (?:the )?(?:North|South|East|West)(?:ern)? "
    r"(?P<whole>[A-Z]\w+)"
)
"""“the East or West Midlands”: the first of two that share a name."""
_LIVES_IN = re.compile(
    rf"\b(?i:lives?|living|works?|working|based|carers?|workers?|PA|anywhere)(?i: or works?| as \w+)? in "
    rf"(?P<where>{_PLACE_NAME}(?:(?:, (?:or |and )?| (?:or|and) ){_PLACE_NAME})*)"
)
"""Villages and made-up boroughs that no gazetteer holds."""
_EMPLOYER = re.compile(
    r"\b(?:employer|agency|company|manager|provider|boss|press office)\b[^.;]{0,30}?\b(?:agrees?(?: to "
    r"(?:take part|join|it|this)(?: too)?)?|(?:wh)?o['’]?ll say yes|say yes|consents?|approv\w+|permission|"
    r"(?:must|has to|needs? to|will|would) (?:also )?(?:know|agree|ok|join|sign|be aware|take part)|to ok|"
    r"happy for|signs? (?:it )?off|take part too|(?:is|be) taking part)\b"
    r"|\b(?:permission|consent|approval|agreement|backing|blessing|support|go-ahead|sign-?off|ok|okay|letter) "
    r"(?:of|"
    r"from|by) (?:your|their|the|"
    r"an) (?:employer|agency|company|manager|provider|line manager|registered manager)\b",
    re.I,
)
_ON_CAMERA = re.compile(
    r"\b(?:be filmed|on[- ]camera|on[- ]screen|in vision|shown? (?:their|your) face|(?:appear|seen|shown|named) "
    r"(?:\w+ ){0,3}on (?:tv|television|screen|film))\b",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:full (?:real )?names?|real names?|by name|to be named|being (?:named|identified)|be (?:quoted|"
    r"photographed)|group photo|be identified|no "
    r"anonymous|on the record|"
    r"not anonymous|named and photographed)\b",
    re.I,
)
_VISA = re.compile(
    r"\b(?P<v>(?:[A-Z][\w-]+ (?:(?:and|&) )?){0,5}visas?|sponsored (?:worker|visa|workers)?|sponsorship|"
    r"certificate of sponsorship|refugee\w*|asylum|indefinite leave|dependants?|migrant (?:care )?workers?|"
    r"international(?:ly)? recruit\w+|recruited (?:from )?(?:overseas|abroad))"
)
_CARE_NEEDS = re.compile(
    r"\b(?:(?:clients?|people|someone|somebody|person|adults?|customers?|"
    r"service users?)\b[^.;,]{0,20}\b(?:with|living with|who have|who has)\s+|with |for |supporting |"
    r"cared? for )"
    r"(?:(?:an? )?(?:advanced |severe |early |young[- ]onset )?)(?P<n>dementia|alzheimer['’]?s|"
    r"parkinson['’]?s|older (?:people|adults)|elderly people|learning disabilit\w+|autis\w+|"
    r"mental health (?:needs|problems|conditions?)|physical disabilit\w+|brain injur\w+|"
    r"complex (?:care )?needs|stroke|ms\b|children|end[- ]of[- ]life|palliative|terminal\w*|diabetes)",
    re.I,
)
_END_OF_LIFE = re.compile(
    r"\b(?P<n>end[- ]of[- ]life care|(?:at|near|towards|nearing) "
    r"(?:the )?end of (?:their )?li(?:fe|ves)|palliative care|reablement|respite care|"
    r"personal care)\b",
    re.I,
)

_AT_THE_END = re.compile(r"^(?:(?:at|near|towards|nearing) .*|end[- ]of[- ]life care)$")
_AVAILABLE = re.compile(
    r"\b(?:(?:free|available) (?:on|for|to|during|in|at|from|between)|(?:can|could|able to) (?:come (?:to|on)|"
    r"attend|"
    r"make|commit to|be (?:there|here) (?:on|for|at))) (?P<a>(?!the decision|(?:their|your) own)[^.;,]{3,60})",
    re.I,
)

_LANGUAGES = re.compile(
    r"\b(?P<l>English|Welsh|Gaelic|Irish|Polish|Romanian|Punjabi|Urdu|Hindi|Gujarati|Bengali|Sylheti|Tamil|"
    r"Malayalam|"
    r"Tagalog|Filipino|Yoruba|Igbo|Shona|Ndebele|Twi|Akan|Swahili|Somali|Arabic|Portuguese|Spanish|French|"
    r"Italian|Bulgarian|Hungarian|Lithuanian|Ukrainian|Russian|Turkish|Cantonese|Mandarin|Nepali|Amharic|BSL|"
    r"British Sign Language)\b"
)
_OTHER_THAN = re.compile(r"\b(?:other than|besides|except|not|apart from|\w+n['’]t)\s*$", re.I)
_SPEAKS = re.compile(
    r"\b(?:speak\w*|spoken|fluent|language|in English|in Welsh|interpreter|conversation in|"
    r"talking[^.;]{0,25} in|comfortable[^.;]{0,30} in)\b",
    re.I,
)
_ETHNICITY = re.compile(
    r"\b(?:(?:black|asian|south asian|african|caribbean|minority ethnic|ethnic minority|minoriti[sz]ed ethnic|"
    r"global majority|filipino|gypsy|roma|traveller|BAME)\b(?:,? (?:and|or|&) |, )?(?:other )?)+"
    r"(?=\s*(?:backgrounds?|communit|people|heritage|groups?|care|home|workers?|carers?|women|men|staff|m[ae]n|"
    r"wom[ae]n))",
    re.I,
)


def clauses_in(phrase: str, *, visa: str = "") -> list[Clause]:
    """Everything a requirement says on known fields; ``visa`` names what “the visa” means in this request."""
    found = [clause for reader in _READERS for clause in reader(phrase)]
    found += list(_visa(phrase, visa))
    settled = any(c.field in (CriterionField.YEARS_IN_CARE, CriterionField.MONTHS_IN_ROLE) for c in found)
    if settled:
        inside = [c for c in found if c.field is CriterionField.YEARS_IN_CARE]
        found = [
            c
            for c in found
            if c.field is not CriterionField.SETTING
            or "care" not in phrase[c.start : c.end].lower()
            or not any(i.start <= c.start < i.end + 2 for i in inside)
        ]
    return sorted(found, key=lambda clause: clause.start)


def _gender(phrase: str) -> Iterator[Clause]:
    match = _GENDER.search(phrase)
    if match:
        word = (match["g"] or match["h"] or match["i"]).lower()
        yield Clause(
            CriterionField.GENDER, Op.IS, "woman" if word.startswith(("wom", "fem")) else "man", *match.span()
        )


def _places(phrase: str) -> Iterator[Clause]:
    if within := _WITHIN.search(phrase):
        unit = "miles" if within["unit"].lower().startswith("mile") else "minutes"
        amount = {"an": 1, "a": 1, "half an": 0.5}.get(within["n"].lower()) or number(within["n"]) or 0
        amount = int(amount * 60) if within["unit"].lower().startswith("hour") else amount
        yield Clause(CriterionField.PLACE, Op.WITHIN, {"place": within["place"], unit: amount}, *within.span())
        return
    found = [
        p
        for p in places_in(phrase)
        if not (
            _NOT_THERE.search(phrase[: p.start]) or is_a_month(p, phrase[: p.start]) or _VENUE.match(phrase, p.end)
        )
    ]
    found += [p for p in _sharing_a_name(phrase) if all(p.start != other.start for other in found)]
    names: list[str] = []
    narrow = [p for p in found if p.kind in ("town", "county")]
    wide = [p for p in found if p.kind == "region"]
    nations = [p for p in found if p.kind in ("country", "uk")]
    beside = [p for p in nations if p.name not in ("UK", "England")]
    if narrow:
        those = sorted(narrow + wide + beside, key=lambda place: place.start)
        yield one_of(CriterionField.PLACE, [as_said(p, phrase) for p in those], those[0].start, those[-1].end)
    elif wide:
        those = sorted(wide + beside, key=lambda place: place.start)
        names = [region for p in those for region in p.regions]
        yield one_of(CriterionField.REGION, names, those[0].start, those[-1].end)
    elif nations:
        names = []
        for place in nations:
            names += list(_COUNTRIES) if place.name == "UK" else [place.name]
        known = [name for name in dict.fromkeys(names) if name in _COUNTRIES]
        if known:
            yield one_of(CriterionField.COUNTRY, known, nations[0].start, nations[-1].end)
    elif unheard_of := _LIVES_IN.search(phrase):
        names = re.split(r", (?:or |and )?| (?:or|and) ", unheard_of["where"])
        yield one_of(CriterionField.PLACE, names, *unheard_of.span("where"))


def _sharing_a_name(phrase: str) -> Iterator[FoundPlace]:
    for match in _SHARED.finditer(phrase):
        for place in places_in(f"{match['one']} {match['whole']}"):
            yield replace(place, start=match.start("one"), end=match.end("one"))


def _visa(phrase: str, named: str) -> Iterator[Clause]:
    hits = list(_VISA.finditer(phrase))
    if not hits:
        return
    best = max(hits, key=lambda hit: len(hit["v"]))
    value = best["v"].strip()
    if value.lower() in ("visa", "visas") and named:
        value = named
    values: list[Scalar] = [value]
    if re.search(r"\bdependants?\b", phrase) and "dependant" not in value:
        values.append("dependant")
    op = Op.IS if len(values) == 1 else Op.ANY_OF
    yield Clause(
        CriterionField.MIGRATION_STATUS, op, values[0] if op is Op.IS else values, hits[0].start(), hits[-1].end()
    )


def named_visa(text: str) -> str:
    """The visa a request is about, by its longest name in the text; empty when it names none."""
    names = [
        match["v"].strip() for match in _VISA.finditer(text) if "visa" in match["v"].lower() and " " in match["v"]
    ]
    return max(names, key=len, default="").removesuffix("s")


def _language(phrase: str) -> Iterator[Clause]:
    if _SPEAKS.search(phrase):
        hits = [hit for hit in _LANGUAGES.finditer(phrase) if not _OTHER_THAN.search(phrase[: hit.start()])]
        if hits:
            names = [hit["l"] for hit in hits]
            yield one_of(CriterionField.LANGUAGE, names, hits[0].start(), hits[-1].end())


def _care_needs(phrase: str) -> Iterator[Clause]:
    hits = [*_CARE_NEEDS.finditer(phrase), *_END_OF_LIFE.finditer(phrase)]
    if hits:
        names = [_AT_THE_END.sub("end of life", hit["n"].lower()) for hit in hits]
        yield one_of(CriterionField.CARE_TYPE, names, hits[0].start(), hits[-1].end())


def _ethnicity(phrase: str) -> Iterator[Clause]:
    if match := _ETHNICITY.search(phrase):
        names: list[Scalar] = [
            part for part in re.split(r",? (?:and|or|&) |, | other ", match.group().strip(" ,")) if part
        ]
        yield Clause(CriterionField.ETHNICITY, Op.ANY_OF, names, match.start(), match.end())


def _yes(field: CriterionField, pattern: re.Pattern[str], value: Scalar) -> Callable[[str], Iterator[Clause]]:
    def read(phrase: str) -> Iterator[Clause]:
        if match := pattern.search(phrase):
            yield Clause(field, Op.IS, value, *match.span())

    return read


def _available(phrase: str) -> Iterator[Clause]:
    if match := _AVAILABLE.search(phrase):
        yield Clause(CriterionField.AVAILABILITY, Op.HAS, match["a"].strip(), *match.span())


def _recognised(phrase: str) -> Iterator[Clause]:
    if camera := _ON_CAMERA.search(phrase):
        yield Clause(CriterionField.ANONYMITY, Op.IS, "on_camera", *camera.span())
    elif named := _NAMED.search(phrase):
        yield Clause(CriterionField.ANONYMITY, Op.IS, "named", *named.span())


_READERS: tuple[Callable[[str], Iterator[Clause]], ...] = (
    age,
    years,
    _gender,
    _ethnicity,
    _places,
    roles_asked_in,
    settings_in,
    shifts_in,
    contracts_in,
    employers_in,
    _language,
    _care_needs,
    _available,
    _yes(CriterionField.EMPLOYER_INVOLVED, _EMPLOYER, True),
    _recognised,
)
