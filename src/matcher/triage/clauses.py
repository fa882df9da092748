"""What a requirement says on the fields of the brief schema: age, years, place, role, visa and the rest."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.knowledge.mentions import as_said, is_a_month
from matcher.knowledge.places import places_in
from matcher.knowledge.words_for_numbers import NUMBER, as_number
from matcher.model import CriterionField, Op
from matcher.model.brief import Scalar

Value = Scalar | list[Scalar] | dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing said on one field, and where in the phrase."""

    field: CriterionField
    op: Op
    value: Value
    start: int
    end: int

    @property
    def names(self) -> list[Scalar]:
        """The value as a list; empty when it is no list."""
        return self.value if isinstance(self.value, list) else []


_N = NUMBER
_AGE_RANGE = re.compile(
    r"\b(?:aged?|ages|between|from)\s+(?:the ages of )?(\d\d)\s*(?:-|–|to|and)\s*(\d\d)\b(?! (?:min|people|"
    r"hours|%))(?!\s*[-–])",
    re.I,
)
_AGE_FROM = re.compile(
    r"\b(?:aged? )?(?:at least )?(?<!£)(?<![\d.])(1[6-9]|[2-7]\d)\s*(?:\+|(?:years? (?:old )?)?(?:or|"
    r"and) (?:over|older|above)|plus\b)(?! (?:years|min|hours|miles))"
    r"|\b(?:aged?|be|is|are) (?:at least|over) (\d\d)(?!\d| ?(?:years?|yrs?)['’]? (?:in|of|exp)| ?(?:miles|"
    r"hours|minutes|%))|\b(?:wom[ae]n|m[ae]n|people|carers|workers) over (\d\d)\b(?! ?(?:years|hours|miles))",
    re.I,
)
_ONE_OF_THEM = re.compile(r"\b(?:one|some|half|at least \w+|and) (?:is |aged )?$", re.I)
_AGE_TO = re.compile(
    r"(?<!£)(?<![\d.])\b(\d\d)\s*(?:years? (?:old )?)?(?:or|and) (?:under|younger|below)\b|"
    r"\b(?:aged )?(?P<under>under|younger than)(?: the age of)? (\d\d)s?\b(?! ?(?:hours|minutes|miles|staff|"
    r"%))|\baged up to (\d\d)\b",
    re.I,
)
_YEARS = re.compile(
    rf"(?:(?P<most>up to|no more than|less than|fewer than|under)\s+)?"
    rf"(?P<n>{_N}|(?<=over )an?|(?<=than )an?|(?<=least )an?)"
    rf"(?:\s*(?:-|–|to)\s*(?P<high>{_N}))?\+?\s*(?P<unit>years?|yrs?|months?)['’]?"
    r"(?P<tail>(?:\s+(?:or more|or longer|plus|minimum|and over))?[^.;,]{0,40}?(?<!-)\b(?:in (?:home ?care|care|"
    r"the (?:job|sector|role|field)|domiciliary|social care|your|their)"
    r"|experience|of (?:home ?care|care|working|experience)|"
    r"(?:of it )?behind (?:them|you|her|him)\b|(?:of it )?under (?:their|your|her|his) belt|"
    r"as a (?:\w+ )?(?:\w+ )?(?:carer|care worker)|working|service))",
    re.I,
)
_FOR_YEARS = re.compile(
    rf"\b(?:been|done|doing|worked|in (?:it|the job))\b[^.;,]{{0,40}}?\b(?:at least|more than|over|a minimum of) "
    rf"(?P<m>{_N}|an?) (?P<period>years?|yrs?|months?)\b|\b(?:work\w*|been|car(?:er|ing)|"
    rf"employed)\b[^.;,]{{0,60}}\bfor (?:at least |more than |over |"
    rf"a minimum of |(?P<most>less than |under |no more than |fewer than |up to ))?(?P<n>{_N})\+?\s*"
    r"(?P<unit>years?|yrs?|months?)\b",
    re.I,
)
_YEARS_OR_MORE = re.compile(
    rf"(?P<n>{_N})\+?\s*(?P<unit>years?|yrs?|months?)['’]?,? (?:plus|or (?:more|longer|over)|minimum|and over)\b",
    re.I,
)
_IN_THE_WORK = re.compile(r"\b(?:experience|role|job|post|care|working|worked|doing)\b", re.I)
_GENDER = re.compile(
    r"\b(?:you(?:['’]re| are)|be|are|is|were|identify as|for|to|with|from|only)\s+(?:an? )?(?P<g>m[ae]n|"
    r"wom[ae]n|male|female)\b(?!['’])|\b(?P<h>men|women|male|female)\s+(?:who|aged|over|under|working|in|"
    r"carers?|care|only|home)\b|^(?P<i>men|women)\b",
    re.I,
)
_COUNTRIES = ("England", "Scotland", "Wales", "Northern Ireland")
_NOT_THERE = re.compile(
    r"\b(?:outside|not (?:in|from)|except|other than|beyond|(?:came|come|moved|arriv\w+|travel\w*|"
    r"return\w*) (?:to|from|in)|speak\w*|border(?:ing)?|University of|Bank of|NHS|Government|"
    r"government of)(?: of)?(?: the)?(?: [A-Z]\w+(?: [A-Z]\w+)?(?:,| and| or)(?: the)?)?\s*$",
    re.I,
)
_WITHIN = re.compile(
    rf"\b(?:within|(?:no|not) (?:more|further) than|less than|at most) (?:about |around |roughly )?"
    rf"(?P<n>{_N}|half an|an|a)\s*(?P<unit>miles?|minutes?|mins?|hours?)['’]?s?(?: or so)?"
    rf"(?: (?:drive|journey|travel|walk|ride))?(?: by \w+)?(?: away)? (?:of|from) "
    rf"(?P<place>[A-Z][\w'’-]+(?:[ -](?:on|upon|under|le|of|the|[A-Z][\w'’-]+))*)"
)
_PLACE_NAME = (
    r"(?!(?:I|We|The|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][a-z][\w'’-]+"
)
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
    r"|\b(?:permission|consent|approval|agreement|sign-?off|ok|okay|letter) (?:of|from|by) (?:your|their|the|"
    r"an) (?:employer|agency|company|manager|provider|line manager|registered manager)\b",
    re.I,
)
_ON_CAMERA = re.compile(
    r"\b(?:be filmed|on[- ]camera|on[- ]screen|in vision|shown? (?:their|your) face|appear on (?:tv|television|"
    r"screen))\b",
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
_AVAILABLE = re.compile(r"\b(?:free|available) (?:on|for|to|during|in|at|from|between) (?P<a>[^.;,]{3,60})", re.I)

_ROLES: tuple[tuple[str, str], ...] = (
    ("senior care worker", r"senior (?:home )?(?:care workers?|carers?)|seniors\b|(?:or|and|/) senior\b"),
    ("support worker", r"support workers?"),
    ("care assistant", r"care assistants?"),
    ("personal assistant", r"personal assistants?|\bPAs?\b"),
    ("care coordinator", r"(?:care )?co-?ordinators?"),
    ("registered manager", r"registered managers?"),
    ("manager", r"management|managerial|(?<!registered )(?<!line )(?<!their )(?<!your )managers?\b"),
    ("owner", r"owners?\b"),
    ("director", r"(?:company )?directors?\b"),
    ("office staff", r"office[- ](?:based )?(?:staff|workers?)|in (?:the|an) office"),
    ("supervisor", r"supervisors?\b"),
    ("nurse", r"(?<!district )nurses\b|registered nurses?"),
    ("unpaid carer", r"(?:unpaid|family) carers?"),
    ("volunteer", r"volunteers?\b"),
    ("inspector", r"inspectors?\b"),
    ("trainer", r"trainers?\b"),
    ("care worker", r"(?<!senior )(?<!unpaid )(?<!family )(?:domiciliary )?(?:care ?workers?|carers?)\b"),
)  # fmt: skip
_SETTINGS: tuple[tuple[str, str], ...] = (
    ("home care",
        r"home[- ]?care(?! homes?)(?:rs?)?\b|home carers?|domiciliary|(?:clients?['’]s?|people['’]s|"
        r"their)(?: own)? homes?\b|in a client['’]s home|care at home|homecare|"
        r"visit(?:s|ing)? (?:people|clients|customers) (?:at|in) (?:their (?:own )?)?homes?"),
    ("care home", r"care homes?\b|residential care|nursing homes?"),
    ("supported living", r"supported living|extra care"),
    ("hospital", r"(?:in|at|for|or|and) (?:an? |the |your )?(?:\w+ )?hospitals?\b|hospital (?:staff|wards?|"
        r"work\w*)"),
)  # fmt: skip
_SOMEBODY_ELSE = re.compile(
    r"\b(?:supervision of|supervised by|signed off by|by|under|from|your|their|with) (?:a |an |the |your |their )?"
    r"(?:(?:registered|district|line|care) )?$",
    re.I,
)
"""A role that follows is not hers: “under the supervision of a registered nurse”."""
_WORKS = r"(?:do|does|doing|work|works|working|cover|covers|covering) (?:[\w-]+,? (?:and |or )?){0,3}?"
_SHIFTS: tuple[tuple[str, str], ...] = (
    ("sleep-in", r"sleep-?ins?\b|sleeping nights?"),
    ("nights", r"waking nights?|night[- ](?:shifts?|workers?|work|carers?)|"
        r"work(?:s|ing)? (?:\w+ )?at night|\bnights\b|overnight"),
    ("live-in", r"live-?in\b"),
    ("evenings", rf"{_WORKS}(?:evenings?|late (?:calls?|shifts?))\b"),
    ("weekends", rf"{_WORKS}weekends?\b"),
    ("days", r"day shifts?|daytime shifts?"),
)  # fmt: skip
_CONTRACTS: tuple[tuple[str, str], ...] = (
    ("zero hours", r"zero[- ]hours?(?: contracts?)?|\bZHC\b"),
    ("guaranteed hours", r"guaranteed[- ]hours?"),
    ("self-employed", r"self[- ]employed"),
    ("agency worker", r"agency workers?"),
    ("employed", r"\bemployees?\b|(?<!self-)(?<!self )\bemployed (?:by|as|directly)"),
    ("permanent", r"permanent (?:contracts?|staff)"),
    ("bank", r"bank staff"),
)  # fmt: skip
_LANGUAGES = re.compile(
    r"\b(?P<l>English|Welsh|Polish|Romanian|Punjabi|Urdu|Hindi|Gujarati|Bengali|Sylheti|Tamil|Malayalam|"
    r"Tagalog|Filipino|Yoruba|Igbo|Shona|Ndebele|Twi|Akan|Swahili|Somali|Arabic|Portuguese|Spanish|French|"
    r"Italian|Bulgarian|Hungarian|Lithuanian|Ukrainian|Russian|Turkish|Cantonese|Mandarin|Nepali|Amharic|BSL|"
    r"British Sign Language)\b"
)
_OTHER_THAN = re.compile(r"\b(?:other than|besides|except|not|apart from)\s*$", re.I)
_SPEAKS = re.compile(
    r"\b(?:speak\w*|spoken|fluent|language|in English|in Welsh|interpreter|conversation in|"
    r"talking[^.;]{0,25} in|comfortable[^.;]{0,30} in)\b",
    re.I,
)
_ETHNICITY = re.compile(
    r"\b(?:(?:black|asian|south asian|african|caribbean|minority ethnic|ethnic minority|minoriti[sz]ed ethnic|"
    r"global majority|filipino|gypsy|roma|traveller|BAME)\b(?:,? (?:and|or|&) |, )?(?:other )?)+"
    r"(?=\s*(?:backgrounds?|communit|people|heritage|groups?|care|home|workers?|carers?|women|men|staff|m[ae]n|wom[ae]n))",
    re.I,
)
_EMPLOYERS: tuple[tuple[str, str], ...] = (
    ("private agency", r"private (?:agenc\w+|provider\w*|compan\w+)"),
    ("council", r"(?:employed by|work\w* for) (?:a |the |your )?(?:local )?(?:council|authority)"),
    ("charity", r"(?:employed by|work\w* for) (?:a |the )?(?:charity|not-for-profit)"),
)  # fmt: skip


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
            if c.field is not CriterionField.SETTING or not any(i.start <= c.start < i.end + 2 for i in inside)
        ]
    return sorted(found, key=lambda clause: clause.start)


def _number(text: str) -> float | int | None:
    value = as_number(text)
    return None if value is None else int(value) if value == int(value) else value


def _age(phrase: str) -> Iterator[Clause]:
    between = _AGE_RANGE.search(phrase)
    if between and re.search(r"\bage|year[- ]olds?\b", phrase, re.I):
        yield Clause(CriterionField.AGE, Op.BETWEEN, [int(between[1]), int(between[2])], *between.span())
        return
    if lowest := _AGE_FROM.search(phrase):
        yield Clause(CriterionField.AGE, Op.AT_LEAST, int(lowest[1] or lowest[2] or lowest[3]), *lowest.span())
    highest = _AGE_TO.search(phrase)
    if highest and not _ONE_OF_THEM.search(phrase[: highest.start()]):
        value = int(highest[1] or highest[3] or highest[4]) - (1 if highest["under"] else 0)
        yield Clause(CriterionField.AGE, Op.AT_MOST, value, *highest.span())


def _years(phrase: str) -> Iterator[Clause]:
    match = _YEARS.search(phrase) or _FOR_YEARS.search(phrase)
    if match is None and _IN_THE_WORK.search(phrase):
        match = _YEARS_OR_MORE.search(phrase)
    if match is None or re.search(
        r"\b(?:next|last|past|within|left)\b[^.;,]{0,25}$", phrase[: match.start()] + (match["n"] or ""), re.I
    ):
        return
    groups = match.groupdict()
    said = groups["n"] or groups["m"]
    amount = 1 if said.lower() in ("a", "an") else _number(said)
    if amount is None:
        return
    months = (groups["unit"] or groups["period"]).lower().startswith("month")
    if months and re.search(r"\b(?:current|present|this|same) (?:job|role|post|employer)", phrase, re.I):
        yield Clause(CriterionField.MONTHS_IN_ROLE, Op.AT_LEAST, amount, *match.span())
        return
    value = round(amount / 12, 2) if months else amount
    op = Op.AT_MOST if groups.get("most") else Op.AT_LEAST
    high = _number(groups["high"]) if groups.get("high") else None
    if high is not None:
        yield Clause(CriterionField.YEARS_IN_CARE, Op.BETWEEN, [value, high], *match.span())
    else:
        yield Clause(CriterionField.YEARS_IN_CARE, op, value, *match.span())


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
        amount = {"an": 1, "a": 1, "half an": 0.5}.get(within["n"].lower()) or _number(within["n"]) or 0
        amount = int(amount * 60) if within["unit"].lower().startswith("hour") else amount
        yield Clause(CriterionField.PLACE, Op.WITHIN, {"place": within["place"], unit: amount}, *within.span())
        return
    found = [
        p
        for p in places_in(phrase)
        if not (_NOT_THERE.search(phrase[: p.start]) or is_a_month(p, phrase[: p.start]))
    ]
    names: list[str] = []
    narrow = [p for p in found if p.kind in ("town", "county")]
    wide = [p for p in found if p.kind == "region"]
    nations = [p for p in found if p.kind in ("country", "uk")]
    beside = [p for p in nations if p.name not in ("UK", "England")]
    if narrow:
        those = sorted(narrow + wide + beside, key=lambda place: place.start)
        yield _one_of(CriterionField.PLACE, [as_said(p, phrase) for p in those], those[0].start, those[-1].end)
    elif wide:
        those = sorted(wide + beside, key=lambda place: place.start)
        names = [region for p in those for region in p.regions]
        yield _one_of(CriterionField.REGION, names, those[0].start, those[-1].end)
    elif nations:
        names = []
        for place in nations:
            names += list(_COUNTRIES) if place.name == "UK" else [place.name]
        known = [name for name in dict.fromkeys(names) if name in _COUNTRIES]
        if known:
            yield _one_of(CriterionField.COUNTRY, known, nations[0].start, nations[-1].end)
    elif unheard_of := _LIVES_IN.search(phrase):
        names = re.split(r", (?:or |and )?| (?:or|and) ", unheard_of["where"])
        yield _one_of(CriterionField.PLACE, names, *unheard_of.span("where"))


def _one_of(field: CriterionField, names: list[str], start: int, end: int) -> Clause:
    return Clause(field, Op.ANY_OF, list(dict.fromkeys(names)), start, end)


def _listed(
    field: CriterionField, table: tuple[tuple[str, str], ...], least: int = 1
) -> Callable[[str], Iterator[Clause]]:
    compiled = tuple((name, re.compile(rf"(?<!\w)(?:{words})", re.I)) for name, words in table)

    def read(phrase: str) -> Iterator[Clause]:
        hits = [(name, match) for name, pattern in compiled if (match := pattern.search(phrase))]
        hits = [hit for hit in hits if not _SOMEBODY_ELSE.search(phrase[: hit[1].start()])]
        if len(hits) >= least:
            hits.sort(key=lambda hit: hit[1].start())
            yield Clause(field, Op.ANY_OF, [name for name, _ in hits], hits[0][1].start(), hits[-1][1].end())

    return read


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
            yield _one_of(CriterionField.LANGUAGE, names, hits[0].start(), hits[-1].end())


def _care_needs(phrase: str) -> Iterator[Clause]:
    hits = [*_CARE_NEEDS.finditer(phrase), *_END_OF_LIFE.finditer(phrase)]
    if hits:
        names = [_AT_THE_END.sub("end of life", hit["n"].lower()) for hit in hits]
        yield _one_of(CriterionField.CARE_TYPE, names, hits[0].start(), hits[-1].end())


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


roles_in = _listed(CriterionField.ROLE, _ROLES)
settings_in = _listed(CriterionField.SETTING, _SETTINGS)
contracts_in = _listed(CriterionField.CONTRACT, _CONTRACTS)
_READERS: tuple[Callable[[str], Iterator[Clause]], ...] = (
    _age,
    _years,
    _gender,
    _ethnicity,
    _places,
    _listed(CriterionField.ROLE, _ROLES, least=2),
    settings_in,
    _listed(CriterionField.SHIFT, _SHIFTS),
    contracts_in,
    _listed(CriterionField.EMPLOYER_TYPE, _EMPLOYERS),
    _language,
    _care_needs,
    _available,
    _yes(CriterionField.EMPLOYER_INVOLVED, _EMPLOYER, True),
    _recognised,
)
