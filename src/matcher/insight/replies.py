"""What people answer when they are asked, by audience and by channel."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.insight.asks import was_asked
from matcher.insight.period import Period
from matcher.model import Answer, Audience, Invitation, InvitationState, Request

AUDIENCES = {
    Audience.POLICY: "Policy", Audience.ACADEMIC: "Academic", Audience.MEDIA: "Media", Audience.SECTOR: "Sector",
    Audience.OWN: "Our own",
}  # fmt: skip
CHANNELS = {"whatsapp": "WhatsApp", "phone": "Phone", "email": "E-mail", "sms": "Text message"}
NO_CHANNEL = "Not noted"


@dataclass(frozen=True, slots=True)
class Replies:
    """Where asks made in the period stand now; the five counts after ``asked`` add up to it.

    ``audience`` and ``channel`` say which asks, None for every one or where no channel was noted; ``label`` says it
    as to be shown. ``yes``: said yes, whatever came of it. ``cannot``: can't make the date. ``no``: any other no
    to this request alone. ``stop``: no, and please stop. ``waiting``: no answer so far. ``median_days``: days from
    ask to answer of those who answered, None when nobody has. Volunteers are not in it: answering was their asking.
    """

    audience: Audience | None
    channel: str | None
    label: str
    asked: int
    yes: int
    no: int
    cannot: int
    stop: int
    waiting: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class ReplyTables:
    """The same replies three ways: by audience, by channel, and for each audience and channel that occur."""

    total: Replies
    by_audience: tuple[Replies, ...]
    by_channel: tuple[Replies, ...]
    by_both: tuple[Replies, ...]


def replies(session: Session, within: Period) -> ReplyTables:
    """What was answered to the asks of a period."""
    query = (
        select(
            Request.audience, func.nullif(Invitation.channel, ""), Invitation.state, Invitation.answer,
            Invitation.asked_at, Invitation.answered_at,
        )
        .join(Request, Request.id == Invitation.request_id)
        .where(was_asked(within))
    )  # fmt: skip
    asks = [_Ask(*row) for row in session.execute(query)]
    return ReplyTables(
        _told(None, None, "All", asks),
        tuple(_told(a, None, AUDIENCES[a], some) for a, some in _grouped(asks, lambda ask: ask.audience)),
        tuple(_told(None, c, channel_words(c), some) for c, some in _grouped(asks, lambda ask: ask.channel)),
        tuple(
            _told(a, c, f"{AUDIENCES[a]}, {channel_words(c)}", some)
            for (a, c), some in _grouped(asks, lambda ask: (ask.audience, ask.channel))
        ),
    )


def channel_words(channel: str | None) -> str:
    """A channel as screens say it."""
    return CHANNELS.get(channel, channel) if channel else NO_CHANNEL


class _Ask(NamedTuple):
    audience: Audience
    channel: str | None
    state: InvitationState
    answer: Answer | None
    asked_at: datetime
    answered_at: datetime | None


K = TypeVar("K", bound=Hashable)


def _grouped(asks: Iterable[_Ask], key: Callable[[_Ask], K]) -> list[tuple[K, list[_Ask]]]:
    """The asks by key, the largest group first."""
    groups: defaultdict[K, list[_Ask]] = defaultdict(list)
    for ask in asks:
        groups[key(ask)].append(ask)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0])))


def _told(audience: Audience | None, channel: str | None, label: str, asks: Sequence[_Ask]) -> Replies:
    counts = dict.fromkeys(("yes", "no", "cannot", "stop", "waiting"), 0)
    days = [(ask.answered_at - ask.asked_at).total_seconds() / 86_400 for ask in asks if ask.answered_at]
    for ask in asks:
        counts[kind_of(ask.state, ask.answer)] += 1
    return Replies(
        audience, channel, label, len(asks), **counts,
        median_days=statistics.median(days) if days else None,
    )  # fmt: skip


def kind_of(state: InvitationState, answer: Answer | None) -> str:
    """Which of the counts of `Replies` an ask belongs to."""
    if state in (InvitationState.YES, InvitationState.DONE):
        return "yes"
    if state is InvitationState.ASKED:
        return "waiting"
    if answer in (Answer.STOP_KIND, Answer.STOP_ALL):
        return "stop"
    return "cannot" if answer is Answer.CANNOT_MAKE_DATE else "no"
