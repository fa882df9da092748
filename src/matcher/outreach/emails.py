"""Ready e-mails as drafts that her mail program opens: one file, one recipient, one message each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from matcher import clock
from matcher.consent import check_may_ask
from matcher.errors import UserError
from matcher.files.writers.letters import eml_bytes
from matcher.model import Invitation, InvitationState, Member, OutFile
from matcher.outreach.messages import writer_in
from matcher.outreach.ready import ready_messages
from matcher.outreach.texts import MessageKind
from matcher.outreach.ways import EMAIL, way_to
from matcher.storage import Unit, reading, request_of, send_out
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class EmailsWritten:
    """The drafts that were written, and how many of the list are reached another way."""

    paths: tuple[str, ...]
    left_out: int


def write_emails(store: Store, request_id: int, folder: Path) -> EmailsWritten:
    """Write the ask of everybody still to be asked by e-mail into ``folder``, a draft (.eml) each, and log them.

    Raises UserError when the folder cannot be written to or nobody is reached by e-mail.
    """
    waiting = [
        one
        for one in ready_messages(store, request_id)
        if one.state is InvitationState.TO_ASK and not one.trouble and not one.reserve
    ]
    drafts = _drafts(store, [one.member_id for one in waiting if one.channel == EMAIL and one.link], request_id)
    if not drafts:
        raise UserError(f"Nobody who is still to be asked about R{request_id} is reached by e-mail.")
    if not folder.is_dir():
        raise UserError("There is no such folder.", where=folder.name, todo="Choose another folder.")
    paths = [_write(store, request_id, member_id, folder, draft) for member_id, draft in drafts]
    return EmailsWritten(tuple(paths), len(waiting) - len(paths))


def _drafts(store: Store, member_ids: Sequence[int], request_id: int) -> list[tuple[int, bytes]]:
    with reading(store) as session:
        brief, writer = request_of(session, request_id).brief, writer_in(session)
        members = {m.id: m for m in session.scalars(select(Member).where(Member.id.in_(member_ids)))}
        found = []
        for member_id in member_ids:
            way = way_to(members[member_id])
            ready = writer.write(MessageKind.ASK, members[member_id], brief)
            subject = writer.subject(neutral=way.neutral)
            found.append((member_id, eml_bytes(to=way.address, subject=subject, body=ready.message)))
        return found


def _write(store: Store, request_id: int, member_id: int, folder: Path, draft: bytes) -> str:
    path = folder / f"R{request_id}-M{member_id}.eml"

    def check(unit: Unit, out: OutFile) -> None:
        check_may_ask(unit.session, request_of(unit.session, request_id), [member_id], clock.today())
        known = select(Invitation.id).where(Invitation.request_id == request_id, Invitation.member_id == member_id)
        if unit.session.scalar(known) is None:
            unit.session.add(Invitation(request_id=request_id, member_id=member_id))

    send_out(
        store, path, draft, what=f"write an e-mail for R{request_id}", kind="e-mail", request_id=request_id,
        members=[member_id], check=check,
    )  # fmt: skip
    return str(path)
