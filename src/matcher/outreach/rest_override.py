"""Asking somebody anyway who is resting or was asked often, for a reason that is kept."""

from sqlalchemy import func, select

from matcher import clock
from matcher.consent import Verdict, verdicts
from matcher.errors import UserError
from matcher.model import Invitation, InvitationState, Member
from matcher.outreach.answers import ask_of
from matcher.storage import member_of, reading, request_of, work
from matcher.storage.store import Store


def ask_anyway(store: Store, request_id: int, member_id: int, reason: str) -> int:
    """Let a member be asked about a request though they rest or were asked often, for a reason. Returns the step.

    They are recorded as to be asked, and the gate lets them through for this request; consent it never sets aside.
    Raises UserError without a reason, and when something else than rest keeps them out.
    """
    if not reason.strip():
        raise UserError("There is no reason yet.", todo="Say why they are to be asked though they are resting.")
    with work(store, f"let somebody be asked about R{request_id} though resting") as unit:
        request = request_of(unit.session, request_id)
        own = member_of(unit.session, member_id).merged_into or member_id
        verdict = verdicts(unit.session, request, clock.today()).get(own, Verdict(False, reason="Is not a member"))
        if not verdict.overridable:
            why_not = "may be asked already" if verdict.may else f"cannot be asked anyway: {verdict.reason}"
            raise UserError(f"M{own} {why_not}.")
        invitation = ask_of(unit.session, request_id, own)
        if invitation is None:
            invitation = Invitation(request_id=request_id, member_id=own, state=InvitationState.TO_ASK)
            unit.session.add(invitation)
        invitation.override_reason = reason.strip()
        return unit.batch_id


def asked_anyway_because(store: Store, request_id: int) -> dict[int, str]:
    """Member -> why they may be asked about a request though they rest or were asked often."""
    person = func.coalesce(Member.merged_into, Member.id)
    query = (
        select(person, Invitation.override_reason)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.request_id == request_id, Invitation.override_reason != "")
    )
    with reading(store) as session:
        return {member_id: str(reason) for member_id, reason in session.execute(query)}
