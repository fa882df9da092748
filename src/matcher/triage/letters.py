"""Answers to a requester: accept, ask for more, decline, signpost; each names exactly what is missing or why."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.errors import UserError
from matcher.files.writers.letters import eml_bytes, filled, one_line
from matcher.knowledge.emails import email
from matcher.model import (
    Anonymity,
    Audience,
    Brief,
    Letter,
    LetterKind,
    Reminder,
    Request,
    RequestKind,
    Stage,
    StageMove,
)
from matcher.storage import Unit, put_setting, reading, request_of, send_out, setting, settings_in, work
from matcher.storage.store import Store
from matcher.triage.checks import CheckState, checks_in, missing
from matcher.triage.reading.flags import Flag, flags_now
from matcher.triage.signposts import places_for_requesters
from matcher_resources import path_to

SUBJECTS = {
    LetterKind.ACCEPT: "Yes, we can help with “{title}”",
    LetterKind.ASK_MORE: "Before I ask our members: “{title}”",
    LetterKind.DECLINE: "About “{title}”",
    LetterKind.SIGNPOST: "Who may be able to help with “{title}”",
}
WORDS = {
    "name": "who wrote", "organisation": "your network", "sender": "who signs", "title": "what it is about",
    "missing": "what is missing, a list", "concerns": "what you want to be open about, a list",
    "reasons": "why not, a list", "places": "who else may help, a list", "deadline": "the day names are wanted by",
    "people": "how many people", "promised": "what was promised",
}  # fmt: skip
"""The words a letter's text may use, and what each stands for."""
_CLOSES = frozenset({LetterKind.DECLINE, LetterKind.SIGNPOST})
_HARD = frozenset(
    {"keep_it_secret", "asks_to_buy", "paid_for_sign_ups", "asks_to_upload", "wants_papers", "false_urgency"}
)
_TO_SETTLE = frozenset({"wants_contact_details", "no_ethics", "clients_involved", "private_address"})
"""Concerns on which nothing is accepted before they are settled, however complete the answers are."""
_WAIT_DAYS, _WAIT_DAYS_MEDIA = 7, 2
_SAMPLE: Mapping[str, object] = {name: name for name in WORDS} | {
    name: ["one", "two"] for name in ("missing", "concerns", "reasons", "places")
}


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter ready to be changed and sent. ``to`` is "" when no address is known."""

    kind: LetterKind
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that went to the requester, as she recorded it."""

    id: int
    kind: LetterKind
    sent_to: str
    subject: str
    body: str
    sent_at: date


@dataclass(frozen=True, slots=True)
class Advice:
    """Which answer fits what is known, and why; ``kind`` None when no answer is needed."""

    kind: LetterKind | None
    why: str


def advise(request_kind: RequestKind, checks: Sequence[CheckState], flags: Sequence[Flag]) -> Advice:
    """Which letter to send. Only a suggestion: every one of them can be."""
    if request_kind in (RequestKind.NEWSLETTER, RequestKind.ENQUIRY):
        return Advice(None, "It asks your members for nothing, so no answer is needed.")
    hard = [flag for flag in flags if flag.rule in _HARD]
    if request_kind is RequestKind.MARKETING or len(hard) > 1:
        return Advice(LetterKind.DECLINE, hard[0].reason if hard else "It sells rather than asks.")
    open_ones = missing(checks, musts_only=True)
    serious = [flag for flag in flags if flag.rule in _HARD | _TO_SETTLE]
    if serious and not open_ones:
        return Advice(LetterKind.ASK_MORE, f"To settle first: {serious[0].reason}")
    if open_ones:
        named = ", ".join(check.item.short.lower() for check in open_ones)
        return Advice(LetterKind.ASK_MORE, f"Still open: {named}.")
    return Advice(LetterKind.ACCEPT, "Every check that must be answered is.")


def draft_letter(store: Store, request_id: int, kind: LetterKind) -> LetterDraft:
    """The letter for a request as it stands now. Raises UserError when its text cannot be filled in."""
    with reading(store) as session:
        request = request_of(session, request_id)
        return draft_in(session, request, kind, checks_in(session, request))


def draft_in(session: Session, request: Request, kind: LetterKind, checks: Sequence[CheckState]) -> LetterDraft:
    """`draft_letter` within a session."""
    brief, settings = request.brief, settings_in(session)
    flags = flags_now(request)
    title = one_line(brief.title).rstrip(".")
    values = {
        "name": one_line(brief.requester) or "Sir or Madam",
        "organisation": settings.organisation,
        "sender": settings.sender,
        "title": title,
        "missing": [_sentence(_asked_for(check)) for check in missing(checks)],
        "concerns": _concerns(flags, "open"),
        "reasons": _concerns(flags, "reason") or _reasons_of(checks),
        "places": [place.line for place in places_for_requesters()],
        "deadline": _day_to_come(brief.deadline),
        "people": brief.people_wanted.spoken,
        "promised": _promised(brief),
    }
    body = filled(letter_text(session, kind), values)
    return LetterDraft(kind, email(brief.contact) or "", SUBJECTS[kind].format(title=title), body)


def record_sent(store: Store, request_id: int, draft: LetterDraft) -> int:
    """Record that a letter was sent: it is kept, the request moves on, and an answer that is awaited is chased.

    An acceptance moves it on to matching, a question to checking, a refusal or a signpost closes it; all in one
    step, which is returned. Raises UserError when the letter is empty.
    """
    if not draft.body.strip():
        raise UserError("The letter is empty.", todo="Write it first, or choose which answer to send.")
    with work(store, f"answer R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        unit.session.add(
            Letter(
                request_id=request_id, kind=draft.kind, sent_to=draft.to, subject=one_line(draft.subject),
                body=draft.body, sent_at=unit.now,
            )
        )  # fmt: skip
        _move_on(unit, request, draft.kind)
        if draft.kind is LetterKind.ASK_MORE:
            unit.session.add(
                Reminder(
                    request_id=request_id, on_day=chase_on(request.audience, request.deadline), made_at=unit.now,
                    about=f"Has {one_line(request.brief.requester) or 'the requester'} answered?",
                )
            )  # fmt: skip
        return unit.batch_id


def sent_letters(session: Session, request_id: int) -> tuple[SentLetter, ...]:
    """The letters that went out, the newest first."""
    found = session.scalars(select(Letter).where(Letter.request_id == request_id).order_by(Letter.id.desc()))
    return tuple(
        SentLetter(one.id, LetterKind(one.kind), one.sent_to, one.subject, one.body, _day(one)) for one in found
    )


def save_brief_paper(store: Store, request_id: int, path: Path, pdf: bytes) -> int:
    """Write a request in short, drawn as a PDF by the caller, and log that it left; the number of the file.

    Raises UserError when the file cannot be written.
    """
    return send_out(
        store, path, pdf, what="save a request on paper", kind="request on paper", request_id=request_id,
        members=[], check=lambda _unit, _out: None,
    )  # fmt: skip


def save_as_mail(store: Store, request_id: int, draft: LetterDraft, path: Path) -> None:
    """Write the letter as a draft for her mail program (.eml). Raises UserError when there is no address."""
    with reading(store) as session:
        thread = request_of(session, request_id).message_id
    content = eml_bytes(to=draft.to, subject=draft.subject, body=draft.body, in_reply_to=thread)
    send_out(
        store, path, content, what=f"save a letter for R{request_id}", kind="letter", request_id=request_id,
        members=[], check=lambda _unit, _out: None,
    )  # fmt: skip


def chase_on(audience: Audience, deadline: date | None) -> date:
    """When to look whether an answer came: after a week, for media after two days, never after the deadline."""
    today = clock.today()
    on = today + timedelta(days=_WAIT_DAYS_MEDIA if audience is Audience.MEDIA else _WAIT_DAYS)
    return min(on, deadline) if deadline and deadline > today else on


def usual_text(kind: LetterKind) -> str:
    """The text that Matcher comes with."""
    return _usual(f"templates/letters/{kind.value}.txt")


def letter_text(session: Session, kind: LetterKind) -> str:
    """The text of this network."""
    return str(setting(session, f"letters.{kind.value}", None) or usual_text(kind))


def letter_texts(store: Store) -> dict[LetterKind, str]:
    """Every letter's text as this network keeps it."""
    with reading(store) as session:
        return {kind: letter_text(session, kind) for kind in LetterKind}


def save_letter_text(store: Store, kind: LetterKind, text: str | None) -> int | None:
    """Keep a changed text, or with None the usual one again; the step made, None when nothing differs.

    Raises UserError when it is empty, no template, or uses a word that letters do not have.
    """
    kept = usual_text(kind) if text is None else text.strip()
    if not filled(kept, _SAMPLE):
        raise UserError("The letter is empty.", todo="Write it, or put the usual text back.")
    with work(store, f"change the {kind.value.replace('_', ' ')} letter") as unit:
        if letter_text(unit.session, kind).strip() == kept.strip():
            return None
        put_setting(unit, f"letters.{kind.value}", None if kept.strip() == usual_text(kind).strip() else kept)
        return unit.batch_id


def _move_on(unit: Unit, request: Request, kind: LetterKind) -> None:
    before = (Stage.NEW, Stage.CHECKING)
    target = {LetterKind.ACCEPT: Stage.MATCHING, LetterKind.ASK_MORE: Stage.CHECKING}.get(kind, Stage.DECLINED)
    moves = target is not request.stage and (kind in _CLOSES or request.stage in before)
    if not moves or (kind in _CLOSES and request.stage is Stage.NOT_A_REQUEST):
        return
    request.check_move(target)
    request.stage = target
    notes = {
        LetterKind.ACCEPT: "Answered: yes.", LetterKind.ASK_MORE: "Asked for more.",
        LetterKind.DECLINE: "Answered: no.", LetterKind.SIGNPOST: "Sent on to others.",
    }  # fmt: skip
    unit.session.add(StageMove(request_id=request.id, stage=target, at=unit.now, note=notes[kind]))


def _asked_for(check: CheckState) -> str:
    return check.item.ask_no or check.item.ask if check.answer == "no" else check.item.ask


def _sentence(words: str) -> str:
    said = one_line(words)
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def _reasons_of(checks: Sequence[CheckState]) -> list[str]:
    """What the checks say against it, when no flag does."""
    return [_sentence(check.note or f"{check.item.short}: no") for check in checks if check.answer == "no"]


def _concerns(flags: Sequence[Flag], what: str) -> list[str]:
    table = _concern_table()
    return [words for flag in flags if (words := table.get(flag.rule, {}).get(what, ""))]


def _day_to_come(day: date | None) -> str:
    """“Friday 4 December”; empty when it is over, since nothing can be promised by then."""
    return f"{day:%A} {day.day} {day:%B}" if day and day >= clock.today() else ""


def _promised(brief: Brief) -> str:
    payment = brief.payment
    paid = f"“{one_line(payment.text).rstrip('.')}”" if payment.amount and payment.text else ""
    appear = {
        Anonymity.ANONYMOUS: "everyone stays anonymous", Anonymity.PSEUDONYM: "people appear under another name",
        Anonymity.FIRST_NAME: "first names only",
    }.get(brief.anonymity, "")  # fmt: skip
    return "; ".join(one_line(part).rstrip(".") for part in (paid, appear, brief.comes_back) if part)


@cache
def _concern_table() -> dict[str, dict[str, str]]:
    return tomllib.loads(_usual("templates/letters/concerns.toml"))


@cache
def _usual(name: str) -> str:
    return path_to(name).read_text(encoding="utf-8")


def _day(letter: Letter) -> date:
    return letter.sent_at.astimezone(clock.LONDON).date()
