"""Changing a request's list: every change makes a new whole list, which is kept in place of the old one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from matcher.errors import UserError
from matcher.matching import (
    Candidate,
    Case,
    Evidence,
    Listed,
    MemberCard,
    Shortlist,
    Suggestion,
    save_shortlist,
    shortlist,
)
from matcher.matching.fair.fair_list import FairList, Wanted, draw_list
from matcher.outreach import Exported, export_workbook
from matcher.storage.store import Store

Change = Callable[[Suggestion], Suggestion]


def change_list(store: Store, request_id: int, change: Change) -> Shortlist:
    """Change the list as it stands in the store now. Raises UserError when the request is unknown."""
    return save_shortlist(store, request_id, change(as_suggestion(shortlist(store, request_id))))


def as_suggestion(listed: Shortlist) -> Suggestion:
    """A list that was kept, as one to keep again: scores and reasons stay as they were drawn."""
    chosen = tuple(as_candidate(place) for place in listed.chosen)
    return Suggestion(chosen, tuple(as_candidate(place) for place in listed.reserves), 0)


def as_candidate(place: Listed) -> Candidate:
    """A place on a list with the reasons it was drawn with."""
    why = place.why
    return Candidate(
        member=MemberCard(place.member_id, place.name, None, None, None, None),
        score=place.score,
        parts=why.get("parts", {}),
        status=why.get("status", "met"),
        ask_first=why.get("ask_first", False),
        to_ask=tuple(why.get("to_ask", ())),
        to_check=tuple(why.get("to_check", ())),
        evidence=tuple(Evidence(**piece) for piece in why.get("evidence", ())),
        reasons=why.get("reasons", {}),
    )


def adding(candidate: Candidate, wanted: int) -> Change:
    """Put somebody on the list, or in reserve when it is full."""

    def change(now: Suggestion) -> Suggestion:
        now = _without(now, {candidate.member.id})
        if len(now.chosen) < wanted:
            return Suggestion((*now.chosen, candidate), now.reserves, 0)
        return Suggestion(now.chosen, (*now.reserves, candidate), 0)

    return change


def taking_off(member_ids: Collection[int]) -> Change:
    """Take people off the list and the reserves."""
    return lambda now: _without(now, member_ids)


def moving(member_id: int, steps: int) -> Change:
    """Move somebody so many places earlier (negative) or later, within the list or the reserves."""

    def change(now: Suggestion) -> Suggestion:
        return Suggestion(_moved(now.chosen, member_id, steps), _moved(now.reserves, member_id, steps), 0)

    return change


def swapping(member_id: int) -> Change:
    """Move somebody of the list to the first reserve, or a reserve to the end of the list."""

    def change(now: Suggestion) -> Suggestion:
        left = _without(now, {member_id})
        for candidate in now.chosen:
            if candidate.member.id == member_id:
                return Suggestion(left.chosen, (candidate, *left.reserves), 0)
        back = tuple(candidate for candidate in now.reserves if candidate.member.id == member_id)
        return Suggestion((*left.chosen, *back), left.reserves, 0)

    return change


def draw_anew(store: Store, case: Case, keep: Collection[int], wanted: Wanted) -> FairList:
    """Draw a list from everybody who could fit; those of ``keep`` (asked already) stay on it.

    Raises what `draw_list` raises.
    """
    now = as_suggestion(shortlist(store, case.request_id))
    kept = tuple(c for c in (*now.chosen, *now.reserves) if c.member.id in keep)
    pinned = tuple(candidate.member.id for candidate in kept)
    asked = replace(wanted, people=max(wanted.people, len(kept)), pinned=pinned)
    return draw_list(store, case.request_id, asked, case, kept)


def export_list(store: Store, request_id: int, path: str, shown: Mapping[int, str], password: str = "") -> Exported:
    """Write the outreach workbook of the list that she sees, ``shown`` being its names by member.

    Raises UserError when nobody is on it, or when somebody left it since she saw it.
    """
    listed = shortlist(store, request_id)
    there = {place.member_id for place in (*listed.chosen, *listed.reserves)}
    gone = [name for member_id, name in shown.items() if member_id not in there]
    if gone:
        raise UserError(
            f"{_people(gone)} left the list since you saw it, because a permission was taken back.",
            todo="Look at the list again, then export it.",
        )
    if not there:
        raise UserError("Nobody is on the list yet.", todo="Suggest a list, or add people with the round button.")
    return export_workbook(store, request_id, Path(path), password=password)


def _people(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _without(now: Suggestion, member_ids: Collection[int]) -> Suggestion:
    return Suggestion(
        tuple(c for c in now.chosen if c.member.id not in member_ids),
        tuple(c for c in now.reserves if c.member.id not in member_ids),
        0,
    )


def _moved(people: tuple[Candidate, ...], member_id: int, steps: int) -> tuple[Candidate, ...]:
    here = next((place for place, c in enumerate(people) if c.member.id == member_id), None)
    if here is None:
        return people
    order = list(people)
    order.insert(min(max(here + steps, 0), len(people) - 1), order.pop(here))
    return tuple(order)


def listed_as(listed: Shortlist) -> dict[int, str]:
    """Member -> “list” or “reserve”."""
    on_list = {place.member_id: "list" for place in listed.chosen}
    return on_list | {place.member_id: "reserve" for place in listed.reserves}


def suggested_words(listed: Shortlist, wanted: int) -> str:
    """What came of suggesting a list."""
    people = len(listed.chosen)
    reserves = f", {len(listed.reserves)} in reserve" if listed.reserves else ""
    short = f" {wanted - people} fewer than wanted: nobody else fits." if people < wanted else ""
    return f"{people} of {wanted} people on the list{reserves}.{short}"


def drawn_words(made: FairList, wanted: int) -> str:
    """What came of drawing a list."""
    notes = [note for note in made.notes if "fewer than wanted" not in note]
    return " ".join([suggested_words(made.listed, wanted), *notes])


def added_words(member_id: int, name: str, kept: Shortlist) -> str:
    """Where somebody was put."""
    reserve = any(place.member_id == member_id for place in kept.reserves)
    return f"Added {name} {'in reserve: the list is full' if reserve else 'to the list'}."


LONGEST_NAME = 60


def file_name(title: str) -> str:
    """A name for the workbook, from the title of the request."""
    kept = "".join(letter if letter.isalnum() or letter in " -" else " " for letter in title)
    words = " ".join(kept.split())
    if len(words) > LONGEST_NAME:
        words = words[: LONGEST_NAME + 1].rpartition(" ")[0] or words[:LONGEST_NAME]
    return words or "Outreach"
