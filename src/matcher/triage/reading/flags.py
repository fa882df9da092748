"""Red flags: what she should know before asking anybody, each by a rule and with its reason."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.knowledge.emails import is_free_mail
from matcher.knowledge.numbers import spoken_minutes
from matcher.knowledge.tables import any_of, phrases_by
from matcher.model import (
    Anonymity,
    Audience,
    Brief,
    CriterionField,
    EthicsStatus,
    Format,
    Request,
    RequestKind,
)
from matcher.triage.reading.text import TextToRead, matches


@dataclass(frozen=True, slots=True)
class Flag:
    """A concern: the ``rule`` that raised it, the ``reason`` in plain words, the phrase at ``start``-``end``."""

    rule: str
    reason: str
    start: int = 0
    end: int = 0


_WORDED = {
    "wants_contact_details": "It asks for members' contact details before anyone has said yes.",
    "wants_private_facts": "It asks where members work or on what visa: that never leaves, whoever asks.",
    "keep_it_secret": "It asks you to keep this from your members.",
    "asks_to_upload": "It asks care workers to upload or hand over records; notes about clients are confidential.",
    "asks_to_buy": "It asks members to buy, pay for or install something.",
    "wants_papers": "It asks for bank details, identity papers or numbers that can be misused.",
    "paid_for_sign_ups": "It pays for names, sales leads or sign-ups rather than for people's views.",
    "false_urgency": "It presses with a closing offer.",
    "no_ethics": "It does without an ethics review on purpose.",
    "for_good": "What is published or filmed may be used anywhere and for good.",
    "identifying_social_media": "People may be recognisable on social media.",
    "clients_involved": "Clients may be seen or named: ask about their capacity and consent.",
    "public_record": "What people write may be released under freedom of information.",
}
"""Rule -> its reason, of the concerns that words raise: `vocabulary/flag_phrases.tsv`."""
_PHRASES = {rule: any_of(said) for rule, said in phrases_by("rule", "vocabulary/flag_phrases.tsv").items()}
_HER_OWN = re.compile(
    r"\b(?:ask (?:them|anyone|anybody|people|members|carers|those)|(?:they|members|carers|anyone) (?:can|could|"
    r"should|may)|"
    r"your (?:own |first |full )?name|if (?:you|they)(?:['’]d| would)? (?:want|like|wish))\b",
    re.I,
)
"""Words to or about somebody who gives her own details, which is no list of other people."""
_DENIED = re.compile(
    r"(?:\b(?:no|not|never|nobody|no one|none|nothing|without|cannot)|n['’]t)\b"
    r"(?! (?:only|just|hesitate|later|longer|problem|rush|worry|forget)\b)[^.,;:!?]{0,30}$",
    re.I,
)
"""“Nobody has to bring a client”: what is denied raises no concern."""
_LONG_UNPAID = 60
_UK_ADDRESS = re.compile(r"\.(?:uk|org|com|net|example|info|tv|fm|scot|wales|london|co|eu|io|media|news)$", re.I)

BriefRule = Callable[[Brief], Flag | None]


def flags_of(text: TextToRead, brief: Brief) -> tuple[Flag, ...]:
    """Every flag that the words and the facts raise, one a rule."""
    found: dict[str, Flag] = {}
    for flag in (*_worded(text), *facts_flagged(brief)):
        found.setdefault(flag.rule, flag)
    return tuple(found.values())


def flags_now(request: Request) -> tuple[Flag, ...]:
    """The flags of a logged request: those its words raised, and those its facts raise as they stand now."""
    stored = [Flag(**flag) for flag in request.evidence.get("flags", [])]
    asks = request.kind in (RequestKind.REQUEST, RequestKind.UPDATE)
    found: dict[str, Flag] = {}
    for flag in (*(flag for flag in stored if flag.end), *(facts_flagged(request.brief) if asks else ())):
        found.setdefault(flag.rule, flag)
    return tuple(found.values())


def facts_flagged(brief: Brief) -> tuple[Flag, ...]:
    """The flags that the facts alone raise."""
    return tuple(filter(None, (rule(brief) for rule in _RULES)))


def _worded(text: TextToRead) -> Iterator[Flag]:
    for rule, reason in _WORDED.items():
        for passage, match in matches(text.passages, _PHRASES[rule]):
            if rule == "wants_contact_details" and _HER_OWN.search(passage.text):
                continue
            if _DENIED.search(passage.text[: match.start()]):
                continue
            yield Flag(rule, reason, passage.start + match.start(), passage.start + match.end())
            break


def _unpaid_but_long(brief: Brief) -> Flag | None:
    unpaid = brief.payment.amount == 0
    if unpaid and (brief.duration_minutes or 0) >= _LONG_UNPAID:
        return Flag(
            "unpaid_but_long", f"It takes {spoken_minutes(brief.duration_minutes or 0)} or more and pays nothing."
        )
    return None


def _unpaid(brief: Brief) -> Flag | None:
    return Flag("unpaid", "Nobody is paid for taking part.") if brief.payment.amount == 0 else None


def _payment_not_said(brief: Brief) -> Flag | None:
    if brief.payment.amount is None and not brief.payment.kind:
        return Flag("payment_not_said", "It does not say whether people are paid.")
    return None


def _no_ethics(brief: Brief) -> Flag | None:
    if brief.audience is not Audience.ACADEMIC:
        return None
    if brief.ethics.only_claimed:
        return Flag("no_ethics", "They say that no ethics review is needed, and not who decided that.")
    if brief.ethics.status is EthicsStatus.UNKNOWN:
        return Flag("no_ethics", "A study should have an ethics review, and none is mentioned.")
    return None


def _ethics_pending(brief: Brief) -> Flag | None:
    if brief.ethics.status is EthicsStatus.PENDING:
        return Flag("ethics_pending", "The ethics review has not finished: nobody should be asked before it has.")
    return None


def _no_anonymity(brief: Brief) -> Flag | None:
    if brief.anonymity in (Anonymity.NAMED, Anonymity.ON_CAMERA):
        return Flag("identifying", "People will be recognisable: their employer may see it.")
    return None


def _through_employers(brief: Brief) -> Flag | None:
    if any(c.field is CriterionField.EMPLOYER_INVOLVED for c in brief.musts()):
        return Flag(
            "through_employers", "The employer has to know or agree, so taking part cannot be kept private."
        )
    return None


def _live(brief: Brief) -> Flag | None:
    if brief.format is Format.LIVE_BROADCAST:
        return Flag("live", "It goes out live: nothing can be taken back.")
    return None


def _sensitive(brief: Brief) -> Flag | None:
    if any(c.field is CriterionField.MIGRATION_STATUS for c in brief.criteria):
        return Flag(
            "sensitive_status", "It is about immigration status: people may be afraid, so reassure and take care."
        )
    return None


def _private_address(brief: Brief) -> Flag | None:
    if brief.audience in (Audience.ACADEMIC, Audience.POLICY) and is_free_mail(brief.contact):
        return Flag("private_address", "It comes from a private address: make sure that they are who they say.")
    return None


def _outside_uk(brief: Brief) -> Flag | None:
    domain = brief.contact.partition("@")[2]
    if domain and not _UK_ADDRESS.search(domain):
        return Flag("outside_uk", "The address is not a British one: ask where the data goes.")
    return None


_RULES: tuple[BriefRule, ...] = (
    _unpaid_but_long, _unpaid, _payment_not_said, _no_ethics, _ethics_pending, _no_anonymity, _through_employers,
    _live, _sensitive, _private_address, _outside_uk,
)  # fmt: skip
