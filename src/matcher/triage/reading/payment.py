"""What a person gets for taking part."""

import re
from dataclasses import replace

from matcher.knowledge.numbers import MoneyFound, money_in
from matcher.model import Payment
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import Found, TextToRead

_OVER = re.compile(
    r"\b(?:pay\w*|paid|remuneration|honorarium|thank[- ]?you|what (?:do|will|would) (?:i|you|they) get|"
    r"what['’]?s in it|what you get|"
    r"in return|reimburse\w*|incentive|fee|money|compensation|reward|expenses)\b",
    re.I,
)
_UNPAID = re.compile(
    r"\b(?:unpaid(?! (?:travel|carers?|hours|overtime|time|breaks|work|leave|training|wages|care|family))|"
    r"no (?:(?!carer)\w+ )?(?:fee|payment|budget|money|compensation|pay\b|reward|remuneration|financial|wage)|"
    r"(?:not|un|"
    r"\w+n['’]t)\s?(?:\w+ ){0,2}(?:able to )?(?:pay(?!ing the|ing them|ing for travel)|(?:offer|got) (?:a |"
    r"any |much )?(?:fee|payment|money|budget)|get (?:a fee|paid)|afford to pay)"
    r"|unable to (?:pay|offer)|cannot (?:pay|offer (?:a fee|any payment|payment))|don['’]t pay|do not pay|"
    r"sorry no\b|(?:can|could) only offer (?![^.]{0,30}£)|voluntary basis|for free\b|without payment)",
    re.I,
)
_TAKES_PART = re.compile(
    r"\b(?:voucher|gift ?card|thank|honorari\w*|remunerat\w*|"
    r"for (?:your|their|each|taking|every|the) (?:time|interview|"
    r"questionnaire|part|session|diar\w*|workshop)|pay\w*|paid|receives?|gets?|offer\w*|fee|contributor|"
    r"bank transfer|prize|draw|each|cover\w*|reimburse)\b",
    re.I,
)
_NOT_HERS = re.compile(
    r"\b(?:wages?|earn\w*|living wage|minimum wage|deduct\w*|(?<!are )(?<!be )(?<!is )(?<!get )(?<!been )paid "
    r"(?:agents?|£)|fined|cost\w*|tables?|\+ ?vat|"
    r"turnover|fund(?:ed|ing)|grant|agency is given|agency (?:gets|receives)|backfill|bonus on|charge\w*|NLW|"
    r"refundable|"
    r"(?<!£)\ban hour for (?!(?:your|their|the) time)|out of my|allowance|can be claimed|loss of earnings|"
    r"towards (?:your|their)|per (?:name|contact|lead|record)|for your (?:admin\w*|trouble)|for (?:data|"
    r"childcare))\b",
    re.I,
)
_ALONE = re.compile(
    r"\W*(?:about |around |up to )?£\s?[\d.,]+(?: each| per person)?\W*$|^.{0,40}\b(?:and|plus) £\s?[\d.,]+\W*$",
    re.I,
)
"""A sum that is a sentence of its own."""
_COMPARED = re.compile(r"\b(?:less|more|fewer|under|over|below|above|earn\w*)(?: than)?\s*$", re.I)
"""“less than £13” is what they earn."""
_DRAW = re.compile(
    r"\b(?:prize draw|raffle|(?:chance|opportunity) to win|enter(?:ed)? (?:in)?(?:to )?a (?:\w+ )?draw|"
    r"draw for|drawn at random|in the (?:prize )?draw|win one of)\b",
    re.I,
)
_TOTAL = re.compile(r"\b(?:in (?:all|total)|altogether|that['’]s|so £|total of|if you do both|both parts)\b", re.I)
_MAKES = re.compile(r"\b(?:so|that['’]s|that is|makes?|total(?: of)?)\s*$", re.I)
_IN_ALL = re.compile(
    r"\s*(?:\w+ )?(?:in (?:all|total)|altogether|for (?:both|all)|if (?:you|they) (?:do|come to|attend|complete|"
    r"finish|take part in|make) (?:both|all|every|each))\b",
    re.I,
)
_FOR_A_PART = re.compile(
    r"\s*(?:\w+ ){0,3}?(?:for|when|once|after|at|on|to (?:keep|do|complete)) (?:\w+ ){0,5}?(?:part|diary|diaries|"
    r"interview|"
    r"session|group|workshop|survey|questionnaire|meeting|call|visit|log|week|stage|wave|end|half|first|second|"
    r"last)\b",
    re.I,
)
_ADDED = re.compile(r"\b(?:and|plus|then|another|a further|followed by)\b|[+&]", re.I)
_INSTEAD = re.compile(r"\b(?:or|either|instead|if you prefer)\b", re.I)
_EXPENSES = re.compile(
    r"\b(?P<e>(?:(?:standard[- ]class |reasonable |your |all |plus )*(?:travel(?: costs?| expenses|"
    r" to \w+)?|expenses|bus fare|fares?|childcare|mileage|taxi|parking|lunch|shifts? (?:you|"
    r"they) miss))\b[^.;,+]*)",
    re.I,
)
_COVERS = re.compile(
    r"\b(?:cover\w*|refund\w*|reimburse\w*|pay (?:for|your|their)|plus|and your|provided|included|make up|"
    r"we pay|expenses)\b",
    re.I,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:mug|certificate|copy of|gets a copy|lunch|tea and|goody|thank[- ]you gift)\b", re.I
)
_KIND_WORDS = re.compile(
    r"(?<![\w-])(?P<k>(?:(?!(?:an?|the|of|our|in|no|small|by|or|and|for|worth|pounds?|as|your|their|each|per|"
    r"modest|one|three|"
    r"any|that|with|this|offer|pay|receive|get|is|there|you|will|have|from|to|on)\b)[a-z][\w-]+ "
    r"){0,2}(?:e-?)?(?:vouchers?|gift ?cards?|fee|(?:travel )?pass|paypal|(?<!-)(?<=\w )payment)|thank[- "
    r"]you(?: payment| voucher)?|honorarium|bank transfer|cash|per diem|donation|"
    r"prize draw|payment|payments)\b",
    re.I,
)


def payment_of(text: TextToRead) -> Found[Payment] | None:
    """What is offered: a sum, a prize draw, or plainly nothing; None when the request does not say."""
    expenses = _expenses(text)
    offered = _offered(text)
    unpaid = next(
        ((p, m) for p in text.passages for m in [_UNPAID.search(p.text)] if m and _about_taking_part(p)), None
    )
    draw = next(((p, m) for p in text.passages for m in [_DRAW.search(p.text)] if m), None)
    if draw:
        passage, match = draw
        amount = max((money.amount for money in money_in(passage.text)), default=None)
        return _found(
            passage,
            match.start(),
            match.end(),
            Payment(amount, kind="prize draw", per="draw", expenses=expenses, text=passage.text),
        )
    if offered and not (unpaid and offered[0] < 2.5):
        return _paid(text, offered[1], offered[2], expenses)
    if unpaid:
        passage, match = unpaid
        return _found(
            passage, match.start(), match.end(), Payment(0, kind="unpaid", expenses=expenses, text=passage.text)
        )
    if expenses:
        place = next(p for p in text.passages if expenses in p.text)
        return _found(
            place,
            0,
            len(place.text),
            Payment(None, kind="expenses", expenses=expenses, text=place.text),
            sure=False,
        )
    return None


def _found(passage: Passage, start: int, end: int, payment: Payment, *, sure: bool = True) -> Found[Payment]:
    return Found(payment, passage.start + start, passage.start + end, sure)


def _about_taking_part(passage: Passage) -> bool:
    return (
        re.search(
            r"\b(?:she|he|manager|employer|my) (?:says )?(?:she |he |they )?(?:won['’]t|doesn['’]t|don['’]t|"
            r"didn['’]t) pay",
            passage.text,
            re.I,
        )
        is None
        and "people are paid" not in passage.text
    )


def _offered(text: TextToRead) -> tuple[float, Passage, MoneyFound] | None:
    options: list[tuple[float, int, Passage, MoneyFound]] = []
    for index, passage in enumerate(text.passages):
        for money in money_in(passage.text):
            around = _around(passage, money)
            points = (
                0.5
                + 1.5 * bool(_TAKES_PART.search(around))
                + 2.0 * bool(_OVER.search(f"{passage.label} {passage.heading}"))
            )
            points += 3.5 * _is_total(passage, money)
            points += 0.5 * (money.kind in ("voucher", "gift card", "honorarium", "fee", "bank transfer", "cash"))
            points += 1.5 * bool(_ALONE.match(passage.text))
            points -= 3.0 * bool(_COMPARED.search(passage.text[: money.start]))
            points -= 3.0 * bool(_NOT_HERS.search(around)) * (not _is_total(passage, money)) + 1.0 * (
                money.amount >= 2_000
            )
            options.append((points, -index, passage, money))
    good = [option for option in options if option[0] >= 1.5]
    if not good:
        return None
    points, _, passage, money = max(good, key=lambda option: (option[0], option[1]))
    return points, passage, money


def _paid(text: TextToRead, passage: Passage, money: MoneyFound, expenses: str) -> Found[Payment]:
    kind = _kind(text, passage, money)
    payment = Payment(money.amount, money.currency, kind, money.per or "person", expenses, passage.text)
    other = _other_part(passage, money)
    if other is None:
        return _found(passage, money.start, money.end, payment)
    both = f"{passage.text} ({_pounds(money)} and {_pounds(other)}: {_pounds(money, other)} in all)"
    payment = replace(payment, amount=money.amount + other.amount, per="person", text=both)
    return _found(passage, min(money.start, other.start), max(money.end, other.end), payment, sure=False)


def _other_part(passage: Passage, money: MoneyFound) -> MoneyFound | None:
    """The second of two sums that one person gets (“£20 for the diary and £30 for the call”); None otherwise."""
    offered = [one for one in money_in(passage.text) if not _NOT_HERS.search(_around(passage, one))]
    if len(offered) != 2 or _TOTAL.search(passage.text) or money not in offered:
        return None
    first, second = offered
    between, after = passage.text[first.end : second.start], passage.text[second.end :]
    parts = _FOR_A_PART.match(between) and _FOR_A_PART.match(after)
    joined = _ADDED.search(between) and not _INSTEAD.search(between)
    return (second if money == first else first) if parts and joined else None


def _is_total(passage: Passage, money: MoneyFound) -> bool:
    return bool(_MAKES.search(passage.text[: money.start]) or _IN_ALL.match(passage.text, money.end))


def _around(passage: Passage, money: MoneyFound) -> str:
    return passage.text[max(0, money.start - 50) : money.end + 50]


def _pounds(*sums: MoneyFound) -> str:
    sign = {"GBP": "£", "EUR": "€", "USD": "$"}.get(sums[0].currency, "")
    return f"{sign}{sum(one.amount for one in sums):.2f}".removesuffix(".00")


def _kind(text: TextToRead, passage: Passage, money: MoneyFound) -> str:
    after = re.search(_KIND_WORDS, passage.text[money.end : money.end + 40])
    if after:
        return after["k"].lower()
    before = list(_KIND_WORDS.finditer(passage.text[: money.start]))
    if before and money.start - before[-1].end() < 40:
        return before[-1]["k"].lower()
    labelled = _KIND_WORDS.search(passage.label)
    if labelled:
        return labelled["k"].lower() if "thank" not in labelled["k"].lower() else "thank-you payment"
    if any(re.match(r"thank", p.label, re.I) and money_in(p.text) for p in text.passages):
        return "thank-you payment"
    if money.kind == "expenses" and not re.match(
        r" (?:for |towards |in |of )?(?:your )?(?:travel )?expenses", passage.text[money.end :]
    ):
        return "payment"
    return money.kind or "payment"


def _expenses(text: TextToRead) -> str:
    for passage in text.passages:
        for match in _EXPENSES.finditer(passage.text):
            if _COVERS.search(passage.text) and not re.search(
                r"unpaid travel|paid travel time|partly|whose", passage.text, re.I
            ):
                return match["e"].strip()
    return ""
