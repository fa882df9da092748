"""The checks of one request: what the text answers, what she answered herself, and what is still missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.model import Check, CheckAnswer, Request
from matcher.storage import reading, request_of, work
from matcher.storage.store import Store
from matcher.triage.checklists import CheckItem, Checklist, checklist_in
from matcher.triage.log import evidence_from_json
from matcher.triage.prefill import Prefill, prefilled, said_from_json
from matcher.triage.reading.flags import flags_now
from matcher.triage.reading.request import Evidence

_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"0-9])|\n\s*(?:\n|[-•*] )")
_LONGEST_CONTEXT = 320
_GOOD = frozenset({CheckAnswer.YES, CheckAnswer.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class CheckState:
    """An item as it stands. ``by_her``: she answered it, whatever the text says at ``place``."""

    item: CheckItem
    answer: CheckAnswer
    note: str
    place: Evidence | None
    by_her: bool

    @property
    def is_good(self) -> bool:
        """Nothing more needs to be asked."""
        return self.answer in _GOOD


def checks_of(store: Store, request_id: int) -> tuple[CheckState, ...]:
    """The checks of a request in the order of its audience's list. Raises UserError when there is no such one."""
    with reading(store) as session:
        return checks_in(session, request_of(session, request_id))


def checks_in(session: Session, request: Request) -> tuple[CheckState, ...]:
    """`checks_of` within a session."""
    hers = {
        check.item: check
        for check in session.scalars(select(Check).where(Check.request_id == request.id).order_by(Check.id))
    }
    evidence, flags = evidence_from_json(request.evidence), flags_now(request)
    said = said_from_json(request.evidence.get("said", ()))
    items = _with_earlier(checklist_in(session, request.audience), hers)
    brief = request.brief
    return tuple(
        _state(item, hers.get(item.key), prefilled(item.key, brief, evidence, said, flags), brief.text)
        for item in items
    )


def missing(checks: Sequence[CheckState], *, musts_only: bool = False) -> tuple[CheckState, ...]:
    """What still has to be asked for, the musts first."""
    open_ones = [check for check in checks if not check.is_good and (check.item.must or not musts_only)]
    return tuple(sorted(open_ones, key=lambda check: not check.item.must))


def answer_check(
    store: Store, request_id: int, key: str, answer: CheckAnswer | None, note: str | None = None
) -> int | None:
    """Answer an item, or with None go back to what the text says; a ``note`` of None leaves the note as it is.

    Returns the step that an undo takes back, None when nothing differs. Raises UserError for an item that is not
    on the request's list.
    """
    with work(store, f"note a check of R{request_id}") as unit:
        request = request_of(unit.session, request_id)
        state = next((one for one in checks_in(unit.session, request) if one.item.key == key), None)
        if state is None:
            raise UserError(f"“{key}” is not on the checklist of R{request_id}.")
        held = unit.session.scalar(select(Check).where(Check.request_id == request_id, Check.item == key))
        if answer is None:
            if held is not None:
                unit.session.delete(held)
        elif held is None:
            unit.session.add(
                Check(
                    request_id=request_id,
                    item=key,
                    answer=answer,
                    note=state.note if note is None else note.strip(),
                )
            )
        else:
            held.answer = answer
            held.note = held.note if note is None else note.strip()
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


def _state(item: CheckItem, hers: Check | None, found: Prefill, text: str) -> CheckState:
    place = _in_context(found.place, text) if found.place else None
    if hers is None:
        return CheckState(item, found.answer, found.note, place, by_her=False)
    return CheckState(item, CheckAnswer(hers.answer), hers.note, place, by_her=True)


def _in_context(place: Evidence, text: str) -> Evidence:
    """The whole sentence or line around a phrase of the letter; what an attachment says stays as it was found."""
    if text[place.start : place.end] != place.text:
        return place
    before = [match.end() for match in _BREAK.finditer(text, 0, place.start + 1) if match.end() <= place.start]
    after = _BREAK.search(text, max(place.end - 1, place.start))
    start, end = before[-1] if before else 0, after.start() + 1 if after else len(text)
    words = " ".join(text[start:end].split())
    return Evidence(words, start, end, place.sure) if len(words) <= _LONGEST_CONTEXT else place


def _with_earlier(items: Checklist, hers: dict[str, Check]) -> Checklist:
    """What she answered under an earlier checklist stays to be seen, at the end."""
    known = {item.key for item in items}
    earlier = tuple(
        CheckItem(key, key.replace("_", " ").capitalize(), "From an earlier checklist.", key, must=False)
        for key in hers
        if key not in known
    )
    return items + earlier
