"""“Said yes again”: later grants over a no that was recorded by hand, settled by the founder one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from matcher.consent.permissions import Permission, insist_on_evidence, record
from matcher.consent.states import lasting_noes
from matcher.errors import UserError
from matcher.model import ConsentProposal, Decision, How, Member, Purpose
from matcher.storage import reading, work
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class Proposal:
    """A grant that waits: whose, about what, when she said so and where that stands."""

    id: int
    member_id: int
    name: str
    purpose: Purpose
    decision: Decision
    at: datetime
    evidence: str


def waiting(store: Store) -> tuple[Proposal, ...]:
    """Every grant that waits to be confirmed, oldest first; none that a later decision has overtaken."""
    with reading(store) as session:
        rows = session.execute(
            select(ConsentProposal, Member)
            .join(Member, Member.id == ConsentProposal.member_id)
            .where(ConsentProposal.settled.is_(None))
            .order_by(ConsentProposal.at, ConsentProposal.id)
        ).all()
        still = lasting_noes(session, {proposal.member_id for proposal, _ in rows})
        return tuple(
            Proposal(p.id, m.id, m.name, p.purpose, p.decision, p.at, p.evidence)
            for p, m in rows
            if _stands(p, still)
        )


def _stands(proposal: ConsentProposal, noes: Mapping[tuple[int, Purpose], datetime]) -> bool:
    """Whether the no that it would lift still stands, and is no later than it."""
    since = noes.get((proposal.member_id, proposal.purpose))
    return since is not None and since <= proposal.at


def settle(store: Store, proposal_id: int, *, confirm: bool, how: How = How.PHONE, evidence: str = "") -> int:
    """Confirm a waiting grant, on evidence of the founder's own, or set it aside. Returns the step.

    Raises UserError when it was settled already, confirmed without evidence, or overtaken by a later decision.
    """
    if confirm:
        insist_on_evidence(evidence)
    with work(store, "settle a yes that came back") as unit:
        proposal = unit.session.get(ConsentProposal, proposal_id)
        if proposal is None or proposal.settled:
            raise UserError("This was settled already.")
        if confirm and not _stands(proposal, lasting_noes(unit.session, {proposal.member_id})):
            raise UserError(
                "Something was decided after this yes, and that counts.",
                todo="To change it, record what they say now.",
            )
        proposal.settled = "confirmed" if confirm else "set aside"
        if confirm:
            words = f"{proposal.evidence}; confirmed: {evidence}"
            record(
                unit,
                Permission(proposal.member_id, proposal.purpose, proposal.decision, unit.now, how, words),
            )
        return unit.batch_id
