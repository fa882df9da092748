"""Invitations as e-mail drafts: one file, one recipient, for everybody near who is reached by e-mail."""

from pathlib import Path

from matcher.consent import check_may_invite
from matcher.errors import UserError
from matcher.files.writers.letters import eml_bytes
from matcher.model import OutFile
from matcher.outreach.channels import EMAIL, way_to
from matcher.outreach.email_drafts import EmailsWritten, LeftOut
from matcher.outreach.meetups.nearest import AN_HOUR, Invitee, invitees
from matcher.outreach.meetups.plan import meetup_of
from matcher.outreach.meetups.words import MeetupWord, word_for
from matcher.outreach.messages import writer_in
from matcher.storage import Unit, member_of, reading, send_out
from matcher.storage.store import Store

_SPOKEN = {"Phone": "phone"}


def write_drafts(store: Store, meetup_id: int, folder: Path, within_minutes: int = AN_HOUR) -> EmailsWritten:
    """Write the invitation into ``folder``, a draft (.eml) for each who is suggested and not invited yet; log them.

    Nobody is recorded as invited by it: that is done once the e-mails were sent. Raises UserError when there is no
    such folder, or nobody of them is reached by e-mail.
    """
    near = [one for one in invitees(store, meetup_id, within_minutes).suggested if one.state is None]
    words = {one.member_id: word_for(store, meetup_id, one.member_id) for one in near}
    bars = {one.member_id: _bar(one, words[one.member_id]) for one in near}
    by_mail = [one for one in near if not bars[one.member_id]]
    if not by_mail:
        raise UserError("Nobody who is near and not invited yet is reached by e-mail.")
    if not folder.is_dir():
        raise UserError("There is no such folder.", where=folder.name, todo="Choose another folder.")
    paths = [_write(store, meetup_id, one.member_id, folder, words[one.member_id].message) for one in by_mail]
    others = (LeftOut(one.member_id, one.name, why) for one in near if (why := bars[one.member_id]))
    return EmailsWritten(tuple(paths), tuple(others))


def _bar(one: Invitee, word: MeetupWord) -> str:
    """Why there is no draft for somebody; "" when there is."""
    if word.trouble or one.ask_first:
        return "may not be invited now" if word.trouble else "wants to be asked personally"
    if not word.channel:
        return "has neither phone nor e-mail"
    return "" if word.channel == EMAIL and word.link else f"is reached by {_SPOKEN.get(word.channel, word.channel)}"


def _write(store: Store, meetup_id: int, member_id: int, folder: Path, message: str) -> str:
    path = folder / f"E{meetup_id}-M{member_id}.eml"
    with reading(store) as session:
        way, writer = way_to(member_of(session, member_id)), writer_in(session)
        draft = eml_bytes(to=way.address, subject=writer.subject(neutral=way.neutral), body=message)

    def check(unit: Unit, _out: OutFile) -> None:
        check_may_invite(unit.session, meetup_of(unit.session, meetup_id), [member_id])

    send_out(
        store, path, draft, what="write an e-mail for a meet-up", kind="e-mail", request_id=None,
        members=[member_id], check=check,
    )  # fmt: skip
    return str(path)
