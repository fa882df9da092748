"""Pasted replies: who wrote, what they mean, and their words as evidence. Matcher proposes, she confirms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.knowledge.tables import fold
from matcher.model import Answer, Audience, How, Invitation, InvitationState, Member, OpenCall, Request, Stage
from matcher.outreach.answers import Heard, record_heard, why_not
from matcher.outreach.chat_text import Said, messages_in
from matcher.outreach.reply_meaning import Meaning, meaning_of
from matcher.outreach.who_wrote import Asked, Writers, is_known_by_more_than_a_first_name
from matcher.storage import reading, request_of, setting
from matcher.storage.store import Store

_OPEN = (Stage.ASKING, Stage.INTRODUCED)
_YOU = ("you", "me", "chi")
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody it may be, and the ask that they would answer."""

    member_id: int
    name: str
    request_id: int
    title: str


@dataclass(frozen=True, slots=True)
class ReplyProposal:
    """What somebody's pasted words seem to say.

    ``choice`` is who and about what, None when it could be several (``choices``) or nobody known. ``answer``: None
    when it is not clear; ``may_stop``: it may ask to be left alone. ``problem``: why it cannot be recorded so.
    ``sure``: nothing of it is in doubt. ``evidence`` holds their words.
    """

    who: str
    at: datetime | None
    evidence: str
    choice: Choice | None
    choices: tuple[Choice, ...]
    answer: Answer | None
    may_stop: bool
    problem: str
    sure: bool
    by_email: bool = False
    volunteered: bool = False

    def heard(self, answer: Answer | None = None, choice: Choice | None = None) -> Heard:
        """What is to be recorded, with her own answer or choice where she made one.

        Raises UserError when it is still open who it was or what they mean.
        """
        who, said = choice or self.choice, answer or self.answer
        if who is None:
            raise UserError(f"Who is “{self.who or 'this'}”?", todo="Choose the person first.")
        if said is None:
            raise UserError(f"What does {who.name} mean?", todo="Choose the answer first.")
        return Heard(
            who.request_id, who.member_id, said, note=self.evidence if said is Answer.YES else "",
            evidence=self.evidence, how=How.EMAIL if self.by_email else How.WHATSAPP, volunteered=self.volunteered,
            at=self.at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RepliesRead:
    """The proposals, one a person, in the order of their last words; ``older``: messages from before the ask."""

    proposals: tuple[ReplyProposal, ...]
    older: int


def _choice(one: Asked) -> Choice:
    return Choice(one.member.id, one.member.name, one.request.id, one.request.title)


def read_replies(store: Store, text: str, request_id: int | None = None) -> RepliesRead:
    """Read pasted WhatsApp or e-mail text; nothing is recorded.

    It is about one request, or about every ask that is open. Raises UserError when there are no words in it.
    """
    if not text.strip():
        raise UserError("There are no words in it.", todo="Copy the messages and paste them here.")
    if len(text) > _LONGEST:
        raise UserError("This is too long to be replies.", todo="Paste the messages since you asked.")
    with reading(store) as session:
        people = _people(session, request_id)
        writers = Writers(people)
        signer = fold(setting(session, "organisation.sender", ""))
        messages = messages_in(text, lambda who: bool(writers.named(who)))
        heard = [said for said in messages if not _is_hers(said.who, signer, writers)]
        groups, older = _by_person(heard, writers)
        proposals = tuple(_proposal(session, said, found) for said, found in groups)
    return RepliesRead(proposals, older)


def record_pasted(store: Store, heard: Sequence[Heard]) -> int:
    """Record what she confirmed, in one step, which is returned. Raises UserError for the first that cannot be."""
    if not heard:
        raise UserError("There is nothing to record.")
    return record_heard(store, heard, "record pasted replies")


def _is_hers(who: str, signer: str, writers: Writers) -> bool:
    """Whether the founder wrote it: her phone says so, or she signs so and nobody who was asked has that name."""
    name = fold(who)
    if name in _YOU:
        return True
    return bool(signer and name) and name.split()[0] == signer.split()[0] and not writers.named(who)


def _people(session: Session, request_id: int | None) -> list[Asked]:
    """Who may have written: whoever was asked about it; where it was posted to the group, every member."""
    if request_id is not None:
        requests = [request_of(session, request_id)]
    else:
        requests = list(session.scalars(select(Request).where(Request.stage.in_(_OPEN)).order_by(Request.id)))
    ids = [request.id for request in requests]
    known = {request.id: request for request in requests}
    asks = session.execute(
        select(Invitation, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id.in_(ids), Member.erased_at.is_(None))
        .order_by(Invitation.asked_at.desc())
    )
    people = [Asked(member, ask, known[ask.request_id]) for ask, member in asks]
    asked = {(person.member.id, person.request.id) for person in people}
    posted = session.scalars(select(OpenCall.request_id).where(OpenCall.request_id.in_(ids)).distinct()).all()
    if posted:
        members = session.scalars(select(Member).where(Member.is_live())).all()
        people += [
            Asked(member, None, known[one]) for one in posted for member in members
            if (member.id, one) not in asked
        ]  # fmt: skip
    return people


def _by_person(heard: Iterable[Said], writers: Writers) -> tuple[list[tuple[list[Said], list[Asked]]], int]:
    """The messages of each writer with those it may be; without what was said before they were asked."""
    found: dict[str, list[Asked]] = {}
    said: dict[str, list[Said]] = {}
    for one in heard:
        key = fold(one.who) or f"?{len(said)}"
        if key not in found:
            found[key] = writers.named(one.who)
        said.setdefault(key, []).append(one)
    groups, older = [], 0
    for key, messages in said.items():
        asked = _asked_at(found[key])
        fresh = [one for one in messages if one.at is None or asked is None or one.at >= asked]
        fresh += [one for one in messages if one not in fresh and _may_be_a_stop(one.text)]
        older += len(messages) - len(fresh)
        if fresh:
            groups.append((fresh, found[key]))
    return groups, older


def _asked_at(people: Sequence[Asked]) -> datetime | None:
    """When the earliest of these asks went out; the clocks of phones differ a little."""
    asked = [one.ask.asked_at for one in people if one.ask and one.ask.asked_at]
    return min(asked) - timedelta(hours=1) if asked and len(asked) == len(people) else None


def _may_be_a_stop(text: str) -> bool:
    meaning = meaning_of(text, Audience.OWN)
    return meaning.may_stop or meaning.answer in (Answer.STOP_ALL, Answer.STOP_KIND)


def _proposal(session: Session, said: Sequence[Said], found: Sequence[Asked]) -> ReplyProposal:
    waiting = [one for one in found if one.ask and one.ask.state is InvitationState.ASKED] or list(found)
    one = waiting[0] if len({person.member.id for person in waiting}) == 1 else None
    single = one is not None and len(waiting) == 1
    words = "\n".join(part.text for part in said)
    meaning = _meaning(said, one.request.audience if one else _audience(found))
    by_email, volunteered = "@" in said[-1].who, bool(one and one.ask is None)
    proposal = ReplyProposal(
        said[-1].who, said[-1].at, words, _choice(one) if one else None, tuple(map(_choice, found)),
        meaning.answer, meaning.may_stop, "", False, by_email, volunteered,
    )  # fmt: skip
    problem = why_not(session, proposal.heard()) if one and meaning.answer else ""
    sure = (
        single
        and meaning.answer is not None
        and not problem
        and is_known_by_more_than_a_first_name(said[-1].who, found[0].member)
    )
    return ReplyProposal(
        proposal.who, proposal.at, words, proposal.choice, proposal.choices, meaning.answer, meaning.may_stop,
        problem, sure, by_email, volunteered,
    )  # fmt: skip


def _audience(found: Sequence[Asked]) -> Audience:
    return found[0].request.audience if found else Audience.OWN


def _meaning(said: Sequence[Said], audience: Audience) -> Meaning:
    """What all their messages together mean; a stop in one of them is never outvoted."""
    each = [meaning_of(one.text, audience) for one in said]
    together = meaning_of(". ".join(one.text for one in said), audience)
    stops = {one.answer for one in each if one.answer in (Answer.STOP_ALL, Answer.STOP_KIND)}
    if any(one.may_stop for one in each) or (stops and together.answer not in stops):
        return Meaning(None, may_stop=True)
    answers = {one.answer for one in each if one.answer}
    if len(answers) > 1 and together.answer not in stops:
        return Meaning(None, may_stop=together.may_stop)
    return together
