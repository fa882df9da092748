"""Carrying out a plan: members, where they came from, and their permissions, in one unit of work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import select

from matcher import clock
from matcher.consent import (
    FormAnswer,
    Wording,
    follow_corrections,
    record_answers,
    replaced,
    states,
    wordings_of,
)
from matcher.directory.folding import Values
from matcher.directory.importing.garbage import without_collecting
from matcher.directory.importing.last_word import last_word
from matcher.directory.importing.outcomes import ImportPlan, ImportReport, SameRow
from matcher.directory.importing.rows import RowAnswer
from matcher.directory.known import IMPORT, QUESTIONS
from matcher.directory.merge import tell_apart
from matcher.directory.partners import spell_partner
from matcher.errors import UserError
from matcher.model import (
    AUDIENCE_PURPOSES,
    Decision,
    ImportMapping,
    Member,
    MemberSource,
    new_member_keys,
)
from matcher.progress import Progress, silent
from matcher.storage import Store, Unit, back_up_unless_kept, put_setting, revision, setting, work

_T = TypeVar("_T")

_COLUMNS = tuple(
    column.key
    for column in Member.__table__.columns
    if column.key not in ("id", "member_key", "created_at", "merged_into", "erased_at", "shared_phone")
)


def import_members(store: Store, plan: ImportPlan, progress: Progress = silent) -> ImportReport:
    """Do what the plan says, all of it or nothing.

    A backup of what is there comes first. Raises UserError when that fails, or the store changed since the plan
    was made. Rows to decide are left out.
    """
    back_up_unless_kept(store)
    with without_collecting(), work(store, IMPORT) as unit:
        if revision(unit.session, before=unit.batch_id) != plan.revision:
            raise UserError(
                "Members changed since this preview was made.", where=plan.file_name, todo="Look at a new preview."
            )
        last = [last_word(person) for person in plan.people]
        wordings = wordings_of(unit, {answer.wording for answer in last if answer})
        ids, new = _write_members(unit, plan, progress)
        _write_sources(unit, plan, ids)
        progress(len(plan.people), len(plan.people), "Writing permissions")
        waiting, silent_still = _write_permissions(unit, plan, list(zip(ids, last, strict=True)), new, wordings)
        _mark_shared_phones(unit, plan)
        _remember_mapping(unit, plan)
        rows = {answer.row: i for person, i in zip(plan.people, ids, strict=True) for answer in person.answers}
        tell_apart(unit, _two_people(plan, rows))
        for heard in plan.heard:
            if heard.linked and not heard.known:
                spell_partner(unit, heard.words, heard.partner_id)
        batch = unit.batch_id
    return replace(plan.report(), batch=batch, rows=rows, permissions_waiting=waiting, not_said_yet=silent_still)


def _two_people(plan: ImportPlan, rows: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Members who look alike and were decided to be two."""
    for row, other in plan.told_apart:
        one = rows.get(other.row) if isinstance(other, SameRow) else other
        if row in rows and one is not None and rows[row] != one:
            yield one, rows[row]


_AT_ONCE = 5_000
"""So many members are written before progress is told, and a cancel heard."""


def _write_members(unit: Unit, plan: ImportPlan, progress: Progress) -> tuple[list[int], dict[int, str]]:
    """Insert the new, change the known; return the member of every planned person, in order, and the new ones' keys
    in the ledger."""
    new = [person for person in plan.people if person.member_id is None]
    keys: dict[int, str] = {}
    for some in _chunks(new, _AT_ONCE) or [()]:
        progress(len(keys), len(plan.people), "Writing members")
        if some:
            columns = _new_members(unit, [person.write for person in some])
            keys |= zip(unit.insert_columns(Member, columns), columns["member_key"], strict=True)
    made = iter(keys)
    ids = [next(made) if person.member_id is None else person.member_id for person in plan.people]
    changed = {
        i: person.write for i, person in zip(ids, plan.people, strict=True) if person.member_id and person.write
    }
    corrected: dict[int, frozenset[str]] = {}
    for chunk in _chunks(sorted(changed)):
        for member in unit.session.scalars(select(Member).where(Member.id.in_(chunk))):
            news = changed[member.id]
            corrected[member.id] = replaced({name: getattr(member, name) for name in news}, news)
            for name, value in news.items():
                setattr(member, name, value)
        unit.session.flush()
    follow_corrections(unit, corrected)
    return ids, keys


def _new_members(unit: Unit, said: Sequence[Values | Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """The columns of new members, of whom this is said."""
    count = len(said)
    columns: dict[str, Sequence[Any]] = {name: [values.get(name) for values in said] for name in _COLUMNS}
    columns |= {"created_at": [unit.now] * count, "shared_phone": [False] * count}
    return columns | {"member_key": new_member_keys(count)}


def _chunks(those: Sequence[_T], size: int = 500) -> list[Sequence[_T]]:
    return [those[start : start + size] for start in range(0, len(those), size)]


def _write_sources(unit: Unit, plan: ImportPlan, ids: Sequence[int]) -> None:
    sources = [
        (member_id, answer)
        for person, member_id in zip(plan.people, ids, strict=True)
        for answer in person.answers
        if answer.row not in person.seen_before
    ]
    if sources:
        alike = {"file_name": plan.file_name, "sheet": plan.sheet, "imported_at": unit.now}
        columns: dict[str, Sequence[Any]] = {
            "member_id": [member_id for member_id, _ in sources],
            **{name: [getattr(answer, name) for _, answer in sources] for name in ("row", "answered_at", "digest")},
            **{name: [value] * len(sources) for name, value in alike.items()},
        }
        unit.insert_columns(MemberSource, columns)


def _write_permissions(
    unit: Unit,
    plan: ImportPlan,
    last: Sequence[tuple[int, RowAnswer | None]],
    new: Mapping[int, str],
    wordings: Mapping[str, Wording],
) -> tuple[int, int]:
    """Record what each person's last answer says.

    Returns how many yeses wait to be confirmed by hand, and how many people have said nothing of requests yet.
    """
    spoken = [(i, answer) for i, answer in last if answer]
    recorded = record_answers(
        unit, [_form_answer(plan, i, a, known=i not in new) for i, a in spoken], new, wordings
    )
    spoke_now = {i for i, said in spoken if not said.decisions.keys().isdisjoint(AUDIENCE_PURPOSES)}
    silent_now = {i for i, _ in last} - spoke_now
    known = silent_now - new.keys()
    said_before = states(unit.session, known) if known else {}
    spoke = sum(not said.keys().isdisjoint(AUDIENCE_PURPOSES) for said in said_before.values())
    return recorded.queued, len(silent_now) - spoke


def _form_answer(plan: ImportPlan, member_id: int, answer: RowAnswer, *, known: bool) -> FormAnswer:
    said = f", answered {answer.answered_at.astimezone(clock.LONDON):%d %b %Y %H:%M}" if answer.answered_at else ""
    said += f": “{answer.withdrew}”" if answer.withdrew else ""
    # A yes that does not count gives a new member nothing, and makes one that was given before doubtful.
    decisions = {**dict.fromkeys(answer.held if known else (), Decision.ASK_FIRST), **answer.decisions}
    return FormAnswer(
        member_id=member_id,
        at=answer.left_at or answer.answered_at or answer.misdated,
        purposes_asked=answer.asked if answer.left_at or answer.answered_at else frozenset(decisions),
        decisions=decisions,
        evidence=f"{plan.file_name}, sheet “{plan.sheet}”, row {answer.row}{said}",
        wording=answer.wording,
        conditions=str(answer.values.get("conditions_text") or ""),
        ends=answer.ends,
    )


def _mark_shared_phones(unit: Unit, plan: ImportPlan) -> None:
    phones = sorted(plan.shared_phones)
    for start in range(0, len(phones), 500):
        sharing = select(Member).where(
            Member.phone.in_(phones[start : start + 500]), Member.shared_phone.is_(False)
        )
        for member in unit.session.scalars(sharing):
            member.shared_phone = True
    unit.session.flush()


def _remember_mapping(unit: Unit, plan: ImportPlan) -> None:
    columns = {str(c.index): plan.mapping.get(c.index) for c in plan.layout.columns}
    shape = plan.layout.shape
    remembered = unit.session.get(ImportMapping, shape) if shape else None
    if shape and remembered is None:
        unit.session.add(ImportMapping(shape=shape, columns=columns, used_at=unit.now))
    elif remembered is not None and remembered.columns != columns:
        remembered.columns, remembered.used_at = columns, unit.now
    questions: dict[str, list[str]] = setting(unit.session, QUESTIONS, {})
    offered = sorted(plan.offered)
    if offered and questions.get(plan.question) != offered:
        put_setting(unit, QUESTIONS, questions | {plan.question: offered})
