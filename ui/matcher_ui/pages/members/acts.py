"""What can be done with several members at once: put on a request's list, checked in with. The gate has its say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from matcher.consent import CheckedIn
from matcher.matching import Suggestion, rank
from matcher.model import Stage
from matcher.storage.store import Store
from matcher.triage import list_requests, show_request

MOST_AT_ONCE = 50
"""A list is chosen one by one, not swept together: more than so many at once is surely a slip."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request whose list can still grow."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class PutOn:
    """Who came onto a list, and who did not, each with the reason; ``batch`` when anybody did."""

    title: str
    listed: tuple[str, ...]
    kept_off: tuple[tuple[str, str], ...]
    batch: int | None


def open_requests(store: Store) -> tuple[OpenRequest, ...]:
    """The requests that people are still looked for, the newest first."""
    looking = (Stage.CHECKING, Stage.MATCHING, Stage.ASKING)
    return tuple(OpenRequest(row.id, row.title) for row in list_requests(store) if row.stage in looking)


def put_on_list(store: Store, request_id: int, member_ids: Collection[int]) -> PutOn:
    """Put members on the list of a request (in reserve once it is full), as far as each may be asked about it."""
    from matcher_ui.pages.request.match.facts import (
        wanted_by,  # with NumPy behind it, which the first page need not load
    )
    from matcher_ui.pages.request.match.the_list import adding, change_list

    brief, ranking = show_request(store, request_id).brief, rank(store, request_id)
    may = {candidate.member.id: candidate for candidate in ranking.candidates}
    chosen = [may[one] for one in member_ids if one in may]
    kept_off = tuple((o.member.name, o.reason) for o in ranking.others if o.member.id in member_ids)
    batch = None
    if chosen:
        wanted = wanted_by(brief)

        def change(now: Suggestion) -> Suggestion:
            for candidate in chosen:
                now = adding(candidate, wanted)(now)
            return now

        batch = change_list(store, request_id, change).batch
    return PutOn(brief.title or f"R{request_id}", tuple(c.member.name for c in chosen), kept_off, batch)


def put_words(done: PutOn) -> str:
    """“2 on the list of “Rota apps”. Not Bev Hartley: said no to media requests.”"""
    on = f"{len(done.listed)} on the list of “{done.title}”." if done.listed else "Nobody was put on the list."
    if not done.kept_off:
        return on
    return f"{on} Not {_reasons(done.kept_off)}."


def checked_words(done: CheckedIn) -> str:
    """“Recorded a check-in with 3. 2 are not due: …”"""
    many, left = len(done.recorded), len(done.not_due)
    on = f"Recorded a check-in with {many}." if many else "No check-in was recorded."
    if not left:
        return on
    who = "1 member is" if left == 1 else f"{left} members are"
    return f"{on} {who} not due one, or said no to something."


def _reasons(kept_off: Sequence[tuple[str, str]]) -> str:
    said = [f"{name} ({reason[:1].lower()}{reason[1:]})" for name, reason in kept_off[:_NAMED]]
    more = len(kept_off) - _NAMED
    return ", ".join(said) + (f" and {more} more" if more > 0 else "")
