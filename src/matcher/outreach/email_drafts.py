"""Ready e-mails as drafts that her mail program opens: one file, one recipient, one message each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher import clock
from matcher.consent import check_may_ask
from matcher.errors import UserError
from matcher.files.writers.letters import eml_bytes
from matcher.model import Invitation, InvitationState, OutFile
from matcher.outreach.answers import ask_of
from matcher.outreach.channels import EMAIL, way_to
from matcher.outreach.follow_ups import ReadyWord, to_nudge, to_remind, to_tell, to_thank
from matcher.outreach.messages import writer_in
from matcher.outreach.ready_messages import ReadyMessage, ready_messages
from matcher.outreach.texts import MessageKind
from matcher.storage import Unit, member_of, reading, request_of, send_out
from matcher.storage.store import Store

_DUE: dict[MessageKind, Callable[[Store, int | None], Sequence[ReadyWord]]] = {
    MessageKind.NUDGE: to_nudge, MessageKind.REMINDER: to_remind, MessageKind.THANKS: to_thank,
    MessageKind.OUTCOME: to_tell,
}  # fmt: skip
_SPOKEN = {"Phone": "phone"}
KINDS = (MessageKind.ASK, *_DUE)
"""The messages that can be written as drafts."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is due the message and got no draft; ``why`` goes on after their name."""

    member_id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class EmailsWritten:
    """The drafts that were written, and who else is due the message."""

    paths: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def write_emails(store: Store, request_id: int, folder: Path, kind: MessageKind = MessageKind.ASK) -> EmailsWritten:
    """Write this message about a request into ``folder``, a draft (.eml) for each who is due it, and log them.

    The ask is for everybody of the list still to be asked, but who wants to be asked personally; the others as
    `due` has them. Raises UserError when there is no such folder or nobody is reached by e-mail.
    """
    due = _waiting(store, request_id) if kind is MessageKind.ASK else _DUE[kind](store, request_id)
    bars = {one.member_id: _bar(one) for one in due}
    by_mail = [one for one in due if not bars[one.member_id]]
    if not by_mail:
        raise UserError(f"Nobody who is due this message about R{request_id} is reached by e-mail.")
    if not folder.is_dir():
        raise UserError("There is no such folder.", where=folder.name, todo="Choose another folder.")
    drafts = [(one.member_id, _draft(store, one.member_id, one.message)) for one in by_mail]
    paths = [_write(store, request_id, member_id, folder, kind, draft) for member_id, draft in drafts]
    others = (LeftOut(one.member_id, one.name, why) for one in due if (why := bars[one.member_id]))
    return EmailsWritten(tuple(paths), tuple(others))


def write_due_emails(
    store: Store, folder: Path, kinds: Iterable[MessageKind], request_id: int | None = None
) -> EmailsWritten:
    """Write every message of these kinds that is due, of one request or all. Raises UserError as `write_emails`."""
    due: dict[tuple[int, MessageKind], list[ReadyWord]] = {}
    for kind in kinds:
        for word in _DUE[kind](store, request_id):
            due.setdefault((word.request_id, kind), []).append(word)
    if not any(not _bar(word) for words in due.values() for word in words):
        raise UserError("Nobody who is due a message is reached by e-mail.")
    paths, left_out = list[str](), list[LeftOut]()
    for (request, kind), words in due.items():
        if all(map(_bar, words)):
            left_out += [LeftOut(word.member_id, word.name, _bar(word)) for word in words]
        else:
            written = write_emails(store, request, folder, kind)
            paths += written.paths
            left_out += written.left_out
    return EmailsWritten(tuple(paths), tuple(left_out))


def _waiting(store: Store, request_id: int) -> list[ReadyMessage]:
    everyone = ready_messages(store, request_id)
    return [one for one in everyone if one.state is InvitationState.TO_ASK and not one.reserve]


def _bar(one: ReadyMessage | ReadyWord) -> str:
    """Why there is no draft for somebody; "" when there is."""
    if isinstance(one, ReadyMessage) and (one.trouble or one.ask_first):
        return "may not be asked now" if one.trouble else "wants to be asked personally"
    if not one.channel:
        return "has neither phone nor e-mail"
    return "" if one.channel == EMAIL and one.link else f"is reached by {_SPOKEN.get(one.channel, one.channel)}"


def _draft(store: Store, member_id: int, message: str) -> bytes:
    with reading(store) as session:
        way, writer = way_to(member_of(session, member_id)), writer_in(session)
        return eml_bytes(to=way.address, subject=writer.subject(neutral=way.neutral), body=message)


def _write(store: Store, request_id: int, member_id: int, folder: Path, kind: MessageKind, draft: bytes) -> str:
    named = "" if kind is MessageKind.ASK else f"-{kind.value}"
    path = folder / f"R{request_id}-M{member_id}{named}.eml"

    def check(unit: Unit, out: OutFile) -> None:
        check_may_ask(unit.session, request_of(unit.session, request_id), [member_id], clock.today())
        if ask_of(unit.session, request_id, member_id) is None:
            unit.session.add(Invitation(request_id=request_id, member_id=member_id))

    send_out(
        store, path, draft, what=f"write an e-mail for R{request_id}", kind="e-mail", request_id=request_id,
        members=[member_id], check=check,
    )  # fmt: skip
    return str(path)
