"""Closed kinds of role, employer, contract, shift, setting and background, and the phrases that name them.

The tables cover the field of adult social care in the UK. A phrase is a regular expression over lower-case
text; a longer phrase wins over a shorter one inside it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that names a kind, at ``text[start:end]``; ``denied`` when a "not" or "never" governs it."""

    kind: str
    start: int
    end: int
    denied: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Kind -> the phrases that name it. Identity is equality, so that readings can be cached."""

    phrases: Mapping[str, tuple[str, ...]]

    def pattern(self) -> re.Pattern[str]:
        """All phrases as one expression with a group a kind, the longest phrase first."""
        return _compiled(self)


@cache
def _compiled(table: Table) -> re.Pattern[str]:
    pairs = _longest_first(table)
    names = {kind: f"k{number}" for number, kind in enumerate(table.phrases)}
    alternatives = [f"(?P<{names[kind]}_{i}>{phrase})" for i, (phrase, kind) in enumerate(pairs)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w])", re.IGNORECASE)


def _longest_first(table: Table) -> list[tuple[str, str]]:
    pairs = [(phrase, kind) for kind, phrases in table.phrases.items() for phrase in phrases]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _scan(table: Table) -> re.Pattern[str]:
    """Where a phrase may begin in a text of small letters.

    An expression that tells neither kinds nor capitals apart goes by first letters, and is five times as fast.
    """
    phrases = (_CAPITAL.sub(lambda found: found[0].lower(), phrase) for phrase, _ in _longest_first(table))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w])")


_CAPITAL = re.compile(r"(?<!\\)[A-Z]")
_ODD = re.compile("[ſı]")
"""Letters that are equal to others as capitals, but not as small letters."""


def _matches(text: str, table: Table) -> Iterator[re.Match[str]]:
    """The same as ``table.pattern().finditer(text)``."""
    small, scan, pattern, at = text.lower(), _scan(table), table.pattern(), 0
    if len(small) != len(text) or _ODD.search(small):
        yield from pattern.finditer(text)
        return
    while begins := scan.search(small, at):
        match = pattern.match(text, begins.start())
        if match:
            yield match
        at = match.end() if match else begins.start() + 1


@cache
def _kinds(table: Table) -> tuple[str, ...]:
    return tuple(table.phrases)


def hits(text: str, table: Table) -> tuple[Hit, ...]:
    """Every phrase of ``table`` in ``text``, in order, denied ones marked."""
    if not text:
        return ()
    kinds = _kinds(table)
    found = []
    for match in _matches(text, table):
        group = match.lastgroup or ""
        kind = kinds[int(group[1 : group.index("_")])]
        found.append(Hit(kind, match.start(), match.end(), denied(text, match.start())))
    return tuple(found)


@cache
def named(text: str, table: Table) -> frozenset[str]:
    """The kinds that a short phrase names and does not deny."""
    return frozenset(hit.kind for hit in hits(text, table) if not hit.denied)


def any_named(texts: Collection[str], table: Table) -> frozenset[str]:
    """The kinds that any of several phrases names."""
    return frozenset().union(*(named(text, table) for text in texts))


_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nor|without|don'?t|do not|doesn'?t|didn'?t|won'?t|wouldn'?t|can'?t|cannot"
    r"|couldn'?t|haven'?t|isn'?t|aren'?t|ain'?t|refuse[ds]?|avoid|gave up|given up|stopped|rather not"
    r"|apart from|except|anything but|outside|excluding|other than)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"[.;!?\n]|\b(?:but|though|however|only|just|so|because|cos|when|if|and i)\b", re.IGNORECASE)
_REACH = 45


def denied(text: str, start: int) -> bool:
    """Whether a denial governs what stands at ``start``: in the same clause, a few words before."""
    before = text[max(0, start - _REACH) : start].replace("’", "'")
    turns = list(_TURN.finditer(before))
    clause = before[turns[-1].end() :] if turns else before
    return _DENIAL.search(clause) is not None


ROLES = Table(
    {
        "care_worker": (
            r"(?:home ?|domiciliary |community |paid |frontline |front[- ]line |social )?care(?:[- ]?)workers?",
            r"(?:home|domiciliary|paid|professional)[- ]?carers?", r"carers?", r"care assistants?",
            r"health ?care assistants?", r"hca", r"dom care workers?", r"homecare workers?", r"care staff",
            r"careworkers?", r"care professionals?", r"home helps?", r"frontline (?:staff|workers?)",
            r"hands[- ]on(?: staff| workers?| carers?)?", r"other hands[- ]on", r"well-?being support workers?",
            r"community carers?", r"home support workers?", r"homemakers?",
        ),
        "support_worker": (r"support(?: ?-?)workers?", r"enablement workers?", r"support assistants?"),
        "senior": (r"senior(?:s)?(?: home)?(?: care| support)?(?: ?-?)(?:workers?|carers?|assistants?)?",
                   r"lead carers?"),
        "team_leader": (r"team leaders?", r"supervisors?", r"field care supervisors?", r"shift leaders?"),
        "coordinator": (r"(?:care )?co-?ordinators?", r"schedulers?", r"rota (?:staff|clerks?)",
                        r"care planners?"),
        "office": (r"office(?:[- ]based)?(?: staff| workers?| roles?)?", r"hr(?: staff)?", r"payroll(?: staff)?",
                   r"administrators?", r"back office"),
        "manager": (r"(?:registered |care |service |area |branch )?managers?", r"deputy managers?",
                    r"management", r"nominated individuals?"),
        "owner": (r"owners?", r"directors?", r"proprietors?", r"chief executives?", r"franchisees?"),
        "nurse": (r"(?:registered |district |community |qualified )?nurses?",),
        "trainer": (r"(?:\w+ )?trainers?", r"assessors?"),
        "personal_assistant": (r"personal assistants?", r"pas?"),
        "live_in": (r"live-?in (?:care ?workers?|carers?|care)",),
        "night": (r"night (?:care )?(?:workers?|carers?|staff)", r"night sitters?"),
        "reablement": (r"re-?ablement (?:care )?(?:workers?|assistants?|carers?|staff)",),
        "complex": (r"complex care (?:workers?|assistants?|carers?)",),
        "self_employed_carer": (r"self-?employed (?:carers?|care workers?)", r"micro-?providers?"),
        "volunteer": (r"volunteers?",),
        "unpaid_carer": (r"unpaid (?:young )?carers?", r"family carers?", r"young unpaid carers?"),
        "apprentice": (r"apprentices?",),
    }
)  # fmt: skip

HANDS_ON = frozenset(
    {"care_worker", "support_worker", "senior", "personal_assistant", "live_in", "night", "reablement",
     "complex", "self_employed_carer", "apprentice"}
)  # fmt: skip
AWAY_FROM_CARE = frozenset({"coordinator", "office", "manager", "owner", "trainer"})
"""Roles whose main work is not hands-on care."""

EMPLOYERS = Table(
    {
        "agency": (r"(?:independent |private |local |home ?care |domiciliary |care )*(?:care )?agenc(?:y|ies)",
                   r"(?:independent|private) (?:care )?(?:sector )?(?:providers?|compan(?:y|ies))",
                   r"(?:care|homecare|home care) compan(?:y|ies)"),
        "small_provider": (r"small(?:er)?(?: family-?run| family| local| independent)?(?: home ?care)?"
                           r" (?:provider|agenc|compan|firm|business|employer)\w*",
                           r"family-?run(?: \w+)?", r"fewer than \d+ (?:staff|employees|workers)"),
        "large_provider": (r"(?:large|big)(?:er)?(?: national)?(?: home ?care)?"
                           r" (?:provider|agenc|compan|firm|employer|group|chain)\w*",
                           r"national (?:providers?|compan(?:y|ies)|chains?)"),
        "franchise": (r"franchises?",),
        "council": (r"council(?:s)?(?:[- ]?(?:in-?house|run|employed))?(?: service| staff)?", r"in-?house",
                    r"local authorit(?:y|ies)", r"council-?owned(?: compan(?:y|ies))?"),
        "charity": (r"charit(?:y|ies)(?: ?/ ?not-?for-?profit)?", r"not-?for-?profits?", r"voluntary sector",
                    r"third sector", r"housing associations?", r"social enterprises?"),
        "coop": (r"co-?op(?:erative)?s?", r"employee-?owned(?: ?/ ?co-?op)?", r"worker-?owned"),
        "live_in_agency": (r"live-?in (?:care )?agenc(?:y|ies)",),
        "introductory": (r"introductory (?:care )?agenc(?:y|ies)(?: \(self-employed\))?", r"introduction agenc\w+"),
        "personal_employer": (r"direct(?: private)? employers?(?: \(pa\))?", r"direct payments?",
                              r"individual employers?", r"employed by (?:the |a )?(?:client|family|person)s?",
                              r"personal budgets?"),
        "self_employed": (r"self-?employed", r"micro-?(?:provider|enterprise)s?", r"sole traders?", r"freelance"),
        "specialist": (r"(?:specialist )?complex-?care (?:provider|agenc|compan)\w*",),
        "nhs": (r"nhs", r"hsc trusts?(?: in-house)?", r"health (?:and|&) social care (?:partnership|trust)s?",
                r"hospital trusts?", r"health boards?"),
        "care_home": (r"(?:care|nursing|residential) homes?(?: staff)?", r"residential care"),
        "unpaid": (r"unpaid",),
    }
)  # fmt: skip

PROVIDERS = frozenset(
    {"agency", "small_provider", "large_provider", "franchise", "council", "charity", "coop",
     "live_in_agency", "specialist", "nhs", "care_home"}
)  # fmt: skip
"""Employers that are an organisation: whoever works for one is employed by a provider."""
AGENCIES = frozenset({"agency", "small_provider", "large_provider", "franchise", "specialist", "live_in_agency"})

CONTRACTS = Table(
    {
        "employed": (r"employ(?:ee|ees|ed)(?: by a provider| by an agency)?", r"payroll", r"paye"),
        "self_employed": (r"self-?employed(?: pas?)?", r"sole traders?", r"freelance"),
        "agency_worker": (r"agency workers?", r"bank (?:staff|workers?)", r"temps?"),
        "zero_hours": (r"zero[- ]?(?:hours?|hrs)(?: contracts?)?", r"zhcs?", r"casual(?: contracts?)?",
                       r"no guaranteed hours"),
        "guaranteed": (r"guaranteed hours", r"(?:hrs|hours),? guaranteed", r"fixed hours", r"contracted hours"),
        "permanent": (r"permanent(?: contracts?)?",),
        "sponsored": (r"sponsored", r"sponsorship"),
        "volunteer": (r"volunteers?", r"unpaid"),
        "part_time": (r"part[- ]?time",),
        "full_time": (r"full[- ]?time",),
    }
)  # fmt: skip

_AND_ON = r"(?=\s*(?:$|[.,;:!?)&/-])| (?:with|for|since|and|or|but|job|jobs|work\w*|role|now|at|all|full|\d))"
"""What follows who lives in with somebody; “I live in the same street” says where, not how she works."""

SHIFTS = Table(
    {
        "sleep_in": (r"sleep(?:ing)?-ins?(?: shifts?)?", r"sleep ins", r"sleep ?in (?:shifts?|nights?|dut\w+)",
                     r"(?:do|does|doing|a|cover|my) sleep ?in(?! (?:the|my|a|his|her))", r"sleep-?over shifts?"),
        "waking_night": (r"(?:waking|wake)[- ]nights?(?: shifts?)?",),
        "nights": (r"nights(?! out| off)(?: only| work)?", r"overnights?(?: care| work| shifts?| calls?)?",
                   r"night[- ](?:shifts?|work|calls?|(?:care )?workers?|carers?|staff|sits?|sitters?|duty|rounds?)",
                   r"(?:do|does|doing|work(?:s|ing)?|on|cover(?:s|ing)?) (?:a )?night(?! out| off)",
                   r"night-?time (?:care|calls?)"),
        "live_in": (r"live(?:s|d)?-in(?: care(?:rs?)?| placements?)?",
                    r"live(?:s|d)? ?in (?:care(?:rs?)?|placements?)", rf"live(?:s|d)? ?in{_AND_ON}",
                    r"living[- ]in care", r"living-in", rf"living in{_AND_ON}"),
        "weekends": (r"weekends?", r"saturdays?", r"sundays?"),
        "evenings": (r"evenings?", r"tea ?time (?:calls?|rounds?)", r"tuck-?ins?", r"bed calls?", r"lates",
                     r"late (?:calls?|shifts?|rounds?|visits?)", r"twilight (?:calls?|shifts?|rounds?|runs?)"),
        "early": (r"(?:early )?mornings?", r"earlies"),
        "days": (r"days? only", r"day shifts?", r"day ?time"),
        "double_up": (r"double[- ]?(?:up|handed|hander)s?(?: care| run| calls?| rounds?| pairs?)?", r"doubles"),
    }
)  # fmt: skip

SETTINGS = Table(
    {
        "home_care": (r"home ?-?care", r"domiciliary(?: care)?", r"care at home",
                      r"(?:in )?(?:clients?'?s?'?|people'?s'?|their) own homes?", r"dom care",
                      r"(?:in|to) clients'? homes?", r"live-?in(?: care)?"),
        "care_home": (r"(?:care|nursing|residential) homes?(?: staff| workers?| care)?", r"residential care"),
        "extra_care": (r"extra[- ]care(?: housing| schemes?)?", r"sheltered (?:housing|schemes?)"),
        "supported_living": (r"supported living",),
        "hospital": (r"hospitals?", r"wards?"),
    }
)  # fmt: skip

GENDERS = Table(
    {
        "man": (r"m", r"(?:trans )?m[ae]n", r"males?", r"blokes?", r"lads?", r"gentlem[ae]n", r"guys?", r"fellas?"),
        "woman": (r"f", r"(?:trans )?wom[ae]n", r"females?", r"lad(?:y|ies)", r"lasses", r"girls?", r"mothers"),
        "other": (r"non-?binary", r"gender ?fluid", r"agender", r"nb", r"enby"),
    }
)

ETHNICITIES = Table(
    {
        "white_british": (r"white(?: -)? (?:british|english|scottish|welsh|northern irish|irish)",
                          r"english", r"scottish", r"welsh", r"white"),
        "white_minority": (r"white(?: -)? (?:other|jewish|european|eastern european|polish)", r"gypsy", r"roma",
                           r"travellers?", r"jewish", r"eastern european"),
        "black": (r"black(?: \w+)?", r"african", r"caribbean", r"african[- ]caribbean"),
        "asian": (r"(?:south |east )?asian(?: \w+)?", r"indian", r"pakistani", r"bangladeshi", r"chinese",
                  r"filipino", r"nepali", r"nepalese", r"sri lankan"),
        "mixed": (r"mixed(?: .*)?", r"dual heritage"),
        "arab": (r"arab", r"yemeni", r"middle eastern"),
        "minority": (r"(?:minorit(?:y|ies) ethnic|ethnic minorit(?:y|ies)|minority[- ]ethnic|bame|bme"
                     r"|global majority|racially minoritised|people of colou?r)(?: backgrounds?| communit\w+)?",),
    }
)  # fmt: skip

STATUSES = Table(
    {
        "sponsored": (r"health (?:and|&) (?:social )?care(?: worker)? visas?(?: holders?)?",
                      r"(?:skilled worker|care worker|tier 2) visas?(?: holders?)?",
                      r"hcw visas?", r"sponsor(?:ed|s|ship)?(?: hours?| duty| workers?| licen[cs]es?| carers?)?",
                      r"certificates? of sponsorship", r"(?-i:C[oO]S)", r"work visas?", r"visa holders?",
                      r"licen[cs]e (?:was )?revoked"),
        "dependant": (r"(?:adult )?depend[ae]nt(?:s)?(?: partners?| visas?)?",),
        "student": (r"student visas?", r"on a student visa"),
        "graduate": (r"graduate visas?", r"post-?study(?: work)?"),
        "family": (r"(?:family|spouse|partner) visas?",),
        "settled": (r"(?:pre-?)?settled status", r"eu settlement(?: scheme)?", r"ilr",
                    r"indefinite leave(?: to remain)?", r"settled"),
        "british": (r"british(?: citizens?| nationals?)?", r"uk citizens?", r"irish citizens?"),
        "refugee": (r"refugees?", r"asylum(?: seekers?)?", r"humanitarian protection", r"ukraine scheme"),
        "from_abroad": (r"migrants?(?: workers?| carers?)?",
                        r"(?:from|came from|born) (?:another country|abroad|overseas)",
                        r"international(?:ly)?(?: recruit(?:ed|s|ment)?| workers?| staff)?",
                        r"overseas(?: workers?| carers?| staff| recruits?)?", r"immigrants?",
                        r"came (?:here |over )?(?:from|to (?:the )?uk|to england|to this country)",
                        r"back (?:home )?in [A-Z]\w+ i (?:was|am|worked)", r"in my country", r"back home i was"),
    }
)  # fmt: skip

TRANSPORT = Table(
    {
        "electric": (r"electric (?:cars?|vehicles?)", r"evs?"),
        "car": (
            r"(?:(?:my|our|own|petrol|diesel|second[- ]hand) )+cars?",
            r"(?:run(?:ning)?|us(?:e|ing)|need) (?:a|the) car", r"drove",
            r"(?<!on the )(?<!in the )(?<!up the )(?<!down the )driv(?:e|es|ing)",
            r"petrol", r"diesel", r"mileage", r"fuel", r"tyres?", r"clutch", r"mot",
            r"(?:\d+ )?miles (?:a|per|each|every) (?:day|week|shift|visit|call)",
            r"\d+ miles (?:return|round trip|each way|one way|there and back|apart|between)",
            r"\d+ miles (?:on )?(?:mon|tue|wed|thu|fri|sat|sun)\w*",
            r"p(?:ence)? (?:a|per) mile",
        ),
        "a_car": (r"cars?", r"drivers?"),
        "walk": (r"walking (?:rounds?|runs?)", r"i walk", r"walk (?:to|between)", r"on foot",
                 r"walkers'? (?:round|run)", r"shanks'?s? (?:pony|mare)"),
        "cycle": (r"(?:e-?)?bikes?", r"cycl(?:e|es|ing|ist)", r"bicycles?", r"moped", r"scooter"),
        "bus": (r"bus(?:es)?", r"public transport", r"trams?", r"the tube"),
    }
)  # fmt: skip
