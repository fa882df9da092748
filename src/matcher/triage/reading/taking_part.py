"""What taking part looks like: the format, adviser or subject, in person or not, and what comes back."""

import re
from dataclasses import dataclass

from matcher.model import Audience, Format
from matcher.triage.reading.text import Found, TextToRead, found_in, matches

_FORMATS: tuple[tuple[Format, float, str], ...] = (
    (Format.ORAL_EVIDENCE, 6,
        r"oral evidence|evidence session|give evidence (?:to|in person|at)|appear before|\bwitness(?:es)?\b"),
    (Format.WRITTEN_EVIDENCE, 3,
        r"written (?:evidence|submissions?)|call for evidence|(?<!for a )(?<!for our )(?<!for the "
        r")consultation response|submit evidence"),
    (Format.LIVE_BROADCAST, 5,
        r"\ba live\b(?! ?-?in)|\blive (?:down the line|on (?:air|tv|radio|the (?:show|programme|radio)|"
        r"our (?:show|programme))|"
    r"in (?:the |our )?(?:\w+ )?studio|"
        r"from the studio|at "
        r"(?:about |around )?\d|tv|television|radio|interview|studio|show|segment|broadcast|programme|"
        r"phone-in)\b|live by (?:video|phone|zoom)|live (?:\w+ ){0,2}(?:chat|call|link)|(?:come|comes|"
        r"coming|be|goes|going|go) on live|on (?:the )?sofa|phone-in|live broadcast|going out live|goes out "
        r"live|go live"),
    (Format.RECORDED_BROADCAST, 4,
        r"documentar(?:y|ies)(?! photograph)|pre-?record(?:ed)?|to be filmed|television|\btv\b|\bradio\b|"
        r"on (?:the )?air|"
        r"our listeners|\bbroadcast(?:er)?\b|camera crew|news (?:package|bulletin)|"
        r"on camera|filming|(?:short |campaign )?films?\b(?! festival)|to film|series"),
    (Format.PODCAST, 6, r"\bpodcasts?\b|\bepisode\b|\bep\b"),
    (Format.PRINT, 3,
        r"\bnewspaper\b|magazine|\barticle\b|feature (?:for|on|about)|case stud(?:y|ies)|testimon(?:y|ies|"
        r"ials?)|reporter|four-page|"
        r"(?:\w+-page )?spread\b|by-?line|print edition|column|first-person piece|photo (?:project|story|essay|"
        r"shoot)|portraits?\b|quotes? for"),
    (Format.TRIAL, 4,
        r"\b(?:feasibility|pilot|randomi[sz]ed|clinical|controlled|small|training)? ?trial\b|randomi[sz]ed|"
        r"intervention group|control group"),
    (Format.DIARY, 4,
        r"\bdiar(?:y|ies)\b|diarists?|voice notes? every|daily log|\blogs? after|journal entries|keep a log"),
    (Format.FOCUS_GROUP, 4, r"focus groups?|group discussions?|discussion groups?|group interviews?|"
        r"(?:conversations?|discussions?|sessions?)[^.;]{0,40}(?:each (?:for|of|with)|of|for) (?:up to )?"
        r"(?:\w+ (?:to|or) )?\w+ "
        r"(?:people|carers|care workers|workers|participants)"),
    (Format.ADVISORY_GROUP, 5,
        r"advisory (?:group|board|panel|committee)|involvement (?:group|panel|opportunity)|"
        r"board (?:meets|members?)|co-?production (?:board|group|panel)|"
        r"board members?|(?:join|sit on) (?:our|the|a) (?!judging)[\w' -]{0,40}(?:board|panel|committee)\b|"
        r"\bPPIE?\b|steering (?:group|committee)|lived(?: and \w+)?[- ]experience (?:panel|"
        r"group|advis\w+)|(?:panel|group|board) members advise|"
        r"reference group|co-?researchers?|expert (?:by experience )?panel|\bPPIE? (?:group|"
        r"panel)|(?:public|worker) (?:advisers?|advisory)"),
    (Format.CO_DESIGN, 5,
        r"co-?design|co-?production|co-?creat\w+|(?:design )?(?:workshops?)|design (?:sprint|sessions?)|prototype|"
        r"user (?:testing|research)|usability|hands-on sessions?|(?:try|trying|test|testing) (?:out )?(?:\w+ "
        r"){0,3}?(?:systems?|"
        r"prototypes?|apps?|products?|designs?|samples?)\b"),
    (Format.ROUNDTABLE, 4,
        r"round-?\s?tables?|(?:listening|engagement) (?:sessions?|days?|events?|visits?|exercise)|"
        r"informal(?:,? \w+)? (?:conversation|"
        r"discussion|meeting)|"
        r"meet (?:with )?(?:the )?(?:minister|commissioners?|officials|mps|peers)|minister(?:ial)? (?:meeting|"
        r"visit)|"
        r"(?:minutes|meeting|hour) with (?:the )?(?:\w+ )?(?:minister|mps?)\b|(?:commissioners?|minister|mp)s? "
        r"(?:\w+ ){0,2}visit"),
    (Format.SURVEY, 3, r"(?<!no )\bsurveys?\b|(?<!no )questionnaires?|\bpoll\b|online form|responses from"),
    (Format.EVENT, 2.5,
        r"\bconference\b|\bsummit\b|\bwebinar\b|panel (?:discussion|event|debate)|speak(?:ers?)? (?:at|for)\b|"
        r"\bfringe\b|"
        r"judging panel|panel of judges|launch event|reception|\bevent\b|keynote|awards"),
    (Format.INTERVIEW, 2.5,
        r"\binterviews?\b|interviewing|1[- ]?(?:to|2|:)[- ]?1|one[- ]to[- ]one|conversation with|(?:quick |"
        r"short |confidential |phone )(?:chat|call|conversation)|speak (?:to|with) (?:you|us|a researcher)|"
        r"chat (?:with|to|about)|for an? (?:\w+ )?(?:chat|natter)\b|answer (?:\w+ ){1,3}questions|"
        r"\d+[- ]min(?:ute)?s? (?:phone |video |zoom )?(?:call|chat|conversation)|talk to (?:us|you)|"
        r"confidential conversation|depth interview|(?:individual|video|phone|telephone) (?:calls?|conversations?)|"
        r"conversations with"),
)  # fmt: skip
_COMPILED = tuple((value, weight, re.compile(rf"(?<!\w)(?:{words})", re.I)) for value, weight, words in _FORMATS)
_SPEAKS_WITH = re.compile(r"\b(?:speak|talk|chat|listen)(?:ing)? (?:to|with)\b", re.I)
_ASIDE = re.compile(
    r"\b(?:(?:have|has) (?:come|been) (?:in|received|made)|alternatively|optional|also sign up|separately paid|"
    r"if you enjoy|afterwards|later stage|following|"
    r"previous(?:ly)?|last year"
    r"|based on|consult(?:ing|ation)|will be published|report launch|already|we['’]ve done|findings)\b",
    re.I,
)
_NOT_IT = re.compile(
    r"\b(?:no|not|never|without|rather than|instead of|isn['’]t|aren['’]t|won['’]t|not be|n['’]t be)\s+"
    r"(?:an? |any |be |being |to be |for |the |going to )*$",
    re.I,
)
_NOT_NEEDED = re.compile(
    r"(?: crews?)?(?: at all)? (?:is|are|will|would|does|do)(?: not|n['’]t)(?: be)? (?:needed|necessary|"
    r"required|involved|"
    r"planned|happen\w*|wanted|take place|part of)",
    re.I,
)
_ACADEMIC_ONLY = frozenset({Format.TRIAL})
_MEDIA_ONLY = frozenset({Format.LIVE_BROADCAST, Format.RECORDED_BROADCAST})
_IN_MEDIA = _MEDIA_ONLY | {Format.PODCAST, Format.PRINT}
_INVOLVEMENT = re.compile(
    r"\b(?:advisory (?:group|board|panel)|co-?researchers?|steering group|\bPPIE?\b|(?:public|"
    r"patient) involvement|public advis\w+"
    r"|co-?applicants?|lived(?: and \w+)?[- ]experience (?:advis\w+|panel|group)|"
    r"(?:panel|group|board) members advise|shape (?:the|our) (?:study|research|project)|(?:join|"
    r"sit on) (?:the|our) (?:panel|board|group)|peer researchers?|co-?design|co-?produc\w+)\b",
    re.I,
)
_REMOTE = re.compile(
    r"\b(?:online|zoom|(?:microsoft |ms )?teams\b|google meet|whats\s?app (?:call|video)|skype|riverside|"
    r"video[- ]?(?:call|link|conference)\w*|(?:by|via|over|on) (?:the )?(?:phone|telephone|e-?mail|video|zoom)"
    r"|remote(?:ly)?|virtual(?:ly)?|phone (?:or|call|chat|interview)|telephone|anywhere in the (?:uk|country)|"
    r"dial in|(?:ring|phone|call) (?:you|them|people|each)\b|e-?mail (?:me|us) (?:an?|their|your)\b|webinar|"
    r"call or video|app or a sheet)\b",
    re.I,
)
_IN_PERSON = re.compile(
    r"\b(?:in[- ]person|face[- ]to[- ]face|on location|venue|at (?:the|our) \w+ (?:library|hall|centre|"
    r"offices?|hotel|campus|studio)|committee room|meeting house"
    r"|travel (?:costs?|expenses)|filming between|in the studio|come (?:to|along)|visit(?:ing)? \w+ on|lunch|"
    r"in the car|(?<!stay )(?<!stayed )(?<!stopped )(?<!care )at home|your home|workshops?:|sessions? in)\b",
    re.I,
)
_IN_PERSON_ONLY = re.compile(
    r"\b(?:in[- ]person only|cannot be done (?:remotely|online)|not (?:possible )?(?:online|remote)|(?:(?:can)?not|"
    r"\w+n['’]t) (?:\w+ ){0,3}(?:remotely|online|virtually))\b",
    re.I,
)
_COMES_BACK = re.compile(
    r"\b(?:send|share|give|get|receive|copy|feed(?:\s|-)?back|see)\b[^.]{0,60}\b(?:findings|results|"
    r"summary|report|transcript|viewing copy|copy of"
    r"|preview|before (?:it|publication|broadcast)|certificate|magazine|recommendations)\b",
    re.I,
)
_WHO_SEES = re.compile(
    r"\b(?:(?:will|may|might) be (?:shared|published|broadcast|seen|shown|listening)|shared with|"
    r"passed to|seen by|listen with|listening in|goes? to|reads (?:your|the)|tiktok|instagram"
    r"|broadcast live|published in|on (?:the )?parliament website|don['’]t tell|do not go to|not passed|"
    r"show the series|freedom of information)\b",
    re.I,
)


_LONGEST_SENTENCE = 220


@dataclass(frozen=True, slots=True)
class What:
    """What the request asks people to do."""

    format: Found[Format] | None
    involvement: Found[bool] | None
    remote: Found[bool] | None
    comes_back: Found[str] | None
    who_sees: Found[str] | None


def what_is_asked(text: TextToRead, audience: Audience) -> What:
    """Read all of it; what is not said stays None."""
    return What(
        _format(text, audience),
        _flag(text, _INVOLVEMENT),
        _remote(text),
        _phrase(text, _COMES_BACK),
        _phrase(text, _WHO_SEES),
    )


def _format(text: TextToRead, audience: Audience) -> Found[Format] | None:
    """The format that title, sentences, headings and labels speak of most."""
    points: dict[Format, float] = {}
    where: dict[Format, Found[Format]] = {}
    title = text.subject or " ".join(heading.text for heading in text.headings[:2])
    for value, weight, pattern in _COMPILED:
        if not _suits(value, audience):
            continue
        if titled := pattern.search(title):
            points[value] = points.get(value, 0) + 1.5 * weight
            at = text.text.find(titled.group())
            where[value] = Found(value, max(at, 0), max(at, 0) + 10)
        for count, (passage, match) in enumerate(matches(text.passages, pattern)):
            share = 0.25 if _ASIDE.search(passage.text) else 1.0 / (1 + count)
            if is_off(passage.text, *match.span()):
                continue
            points[value] = points.get(value, 0) + weight * share
            where.setdefault(value, found_in(passage, match, value))
        if value not in where and (over := _over(text, pattern, value)):
            points[value], where[value] = 0.5 * weight, over
    if not points:
        return _spoken_with(text) if audience is not Audience.MEDIA else None
    ranked = sorted(points, key=lambda value: -points[value])
    best = where[ranked[0]]
    clear = len(ranked) == 1 or points[ranked[0]] > 1.3 * points[ranked[1]]
    return Found(best.value, best.start, best.end, sure=clear)


def _over(text: TextToRead, pattern: re.Pattern[str], value: Format) -> Found[Format] | None:
    """A format that only a heading or a label names."""
    for line in (*text.headings, *text.labels):
        if match := pattern.search(line.text):
            return Found(value, line.start + match.start(), line.start + match.end(), sure=False)
    return None


def _spoken_with(text: TextToRead) -> Found[Format] | None:
    """A letter that names no format but wants to speak to people is for interviews."""
    for passage, match in matches(text.passages, _SPEAKS_WITH):
        return found_in(passage, match, Format.INTERVIEW, sure=False)
    return None


def is_off(words: str, start: int, end: int) -> bool:
    """Whether a sentence says that ``words[start:end]`` is not part of it ("filming isn't needed", "no camera")."""
    return bool(_NOT_IT.search(words[:start]) or _NOT_NEEDED.match(words, end))


def _suits(value: Format, audience: Audience) -> bool:
    if audience is Audience.MEDIA:
        return value in _IN_MEDIA
    return value not in _MEDIA_ONLY and (value not in _ACADEMIC_ONLY or audience is Audience.ACADEMIC)


def _flag(text: TextToRead, pattern: re.Pattern[str]) -> Found[bool] | None:
    for passage, match in matches(text.passages, pattern):
        if not _ASIDE.search(passage.text):
            return found_in(passage, match, True)
    return None


def _remote(text: TextToRead) -> Found[bool] | None:
    remote = _flag(text, _REMOTE)
    only = _flag(text, _IN_PERSON_ONLY)
    if remote and not only:
        return remote
    here = only or _flag(text, _IN_PERSON)
    return Found(False, here.start, here.end, sure=only is not None) if here else None


def _phrase(text: TextToRead, pattern: re.Pattern[str]) -> Found[str] | None:
    """The sentence around a match, between full stops."""
    for passage, match in matches(text.passages, pattern):
        start = passage.text.rfind(".", 0, match.start()) + 1
        stop = passage.text.find(".", match.end()) + 1 or len(passage.text)
        words = passage.text[start:stop].strip()
        if len(words) < _LONGEST_SENTENCE:
            first = passage.start + passage.text.index(words, start)
            return Found(words, first, first + len(words))
    return None
