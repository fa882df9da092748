"""Her own word on a request's list: who is kept on it in any case, and who is not put on it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.model import ListWish, Member
from matcher.storage import Store, member_of, reading, request_of, work


def wishes(store: Store, request_id: int) -> dict[int, bool]:
    """`wishes_in` a store."""
    with reading(store) as session:
        return wishes_in(session, request_id)


def wishes_in(session: Session, request_id: int) -> dict[int, bool]:
    """Member -> whether she is kept on the list (True) or not put on it (False); most are in neither."""
    person = Member.person()
    query = select(person, ListWish.keep).join(Member).where(ListWish.request_id == request_id)
    return {number: bool(keep) for number, keep in session.execute(query.order_by(ListWish.id))}


def wish(store: Store, request_id: int, member_id: int, keep: bool | None) -> int | None:
    """Keep a member on the list of a request, or off it; None leaves it to the draw again.

    Returns the step that an undo takes back, None when nothing differs. Raises UserError when either is unknown.
    """
    with work(store, f"note {_WHAT[keep]} R{request_id}") as unit:
        request_of(unit.session, request_id)
        own = member_of(unit.session, member_id).merged_into or member_id
        records = select(Member.id).where((Member.id == own) | (Member.merged_into == own))
        held = unit.session.scalars(
            select(ListWish).where(ListWish.request_id == request_id, ListWish.member_id.in_(records))
        ).all()
        for one in held:
            if keep is None or one.keep is not keep:
                unit.session.delete(one)
        unit.session.flush()
        if keep is not None and not any(one.keep is keep for one in held):
            unit.session.add(ListWish(request_id=request_id, member_id=own, keep=keep))
        unit.session.flush()
        return unit.batch_id if unit.has_written() else None


_WHAT: Mapping[bool | None, str] = {
    True: "who stays on the list of", False: "who is left off the list of", None: "who is left to the draw of",
}  # fmt: skip
