"""The words in which a requester is told to delete what was shared of somebody who withdrew."""

from sqlalchemy import select

from matcher.errors import UserError
from matcher.model import FollowUp, Member, Release, fields_of
from matcher.outreach.messages import spoken_day
from matcher.storage import member_of, reading, request_of, setting
from matcher.storage.store import Store


def retraction(store: Store, follow_up_id: int) -> str:
    """The message for one “tell them to delete” of the list after a withdrawal.

    It names her only by what the requester was given already: of a sheet without names it names nobody. Raises
    UserError when there is no such thing to do, or nothing of it was shared.
    """
    with reading(store) as session:
        item = session.get(FollowUp, follow_up_id)
        if item is None or item.request_id is None:
            raise UserError("There is nobody to write to about this.")
        member, request = member_of(session, item.member_id), request_of(session, item.request_id)
        records = select(Member.id).where((Member.id == member.id) | (Member.merged_into == member.id))
        shared = session.scalars(
            select(Release)
            .where(Release.request_id == request.id, Release.member_id.in_(records))
            .order_by(Release.id)
        ).all()
        if not shared:
            raise UserError("There is nobody to write to about this.")
        fields = {name for release in shared for name in release.shared_fields}
        known = [field.label.lower() for name, field in fields_of(Member).items() if name in fields]
        signed = " · ".join(
            filter(None, (setting(session, "organisation.sender", ""), setting(session, "organisation.name", "")))
        )
        who = member.first_name if "first_name" in fields and member.first_name else "One of the people"
        days = " and ".join(dict.fromkeys(spoken_day(release.at.date()) for release in shared))
        return (
            f"Hello{f' {request.brief.requester}' if request.brief.requester else ''},\n\n"
            f"{who}, whose details you had from us on {days} for “{request.title}”, no longer wants to take part. "
            f"Please do not contact them again, and delete what you have of theirs ({', '.join(known)}), copies "
            "and files you passed on among them. Please write back when it is done.\n\n"
            f"Thank you\n{signed}"
        ).strip()
