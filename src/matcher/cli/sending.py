"""Verbs about what is sent and what comes back in words: texts, to-send, emails, paste, call, volunteer."""

import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from matcher import clock, outreach
from matcher.cli.desk import Desk, request_number, table, verb
from matcher.cli.outreach import answer_of, find
from matcher.cli.values import DAY, DAY_OR_MOMENT, text_of
from matcher.errors import UserError
from matcher.model import Audience
from matcher.outreach.channels import CHANNELS
from matcher.outreach.email_drafts import KINDS
from matcher.outreach.facts import AskFact

_DUE = {"nudge": AskFact.NUDGED, "remind": AskFact.REMINDED, "thank": AskFact.THANKED, "tell": AskFact.HEARD_BACK}


@click.command("texts")
@click.argument("kind", required=False, type=click.Choice([kind.value for kind in outreach.MessageKind]))
@click.option("--audience", type=click.Choice([audience.value for audience in Audience]), help="Only for these.")
@click.option("--channel", type=click.Choice(CHANNELS), help="Only by this way.")
@click.option("--set", "file", type=click.Path(path_type=Path), help="Use the text in this file from now on.")
@click.option("--usual", is_flag=True, help="Put the usual text back.")
@verb
def texts(
    desk: Desk, kind: str | None, audience: str | None, channel: str | None, file: Path | None, usual: bool
) -> None:  # fmt: skip
    """The texts of messages to members; change one for everybody, an audience or a channel."""
    if (file or usual) and not kind:
        raise UserError("Which text?", todo="Name its kind, such as: matcher texts ask --set ask.txt")
    with desk.store() as store:
        if kind and (file or usual):
            words = text_of(file) if file else None
            chosen = Audience(audience) if audience else None
            outreach.save_message_text(store, outreach.MessageKind(kind), words, chosen, channel)
        found = [one for one in outreach.message_texts(store) if kind in (None, one.kind.value)]

    def say(out: Console) -> None:
        for one in found:
            whose = " ".join(filter(None, (one.kind.value, one.audience, one.channel)))
            out.print(f"--- {whose}{' (changed)' if one.own else ''}\n{one.text.strip()}\n", markup=False)

    desk.answer({"texts": found}, say)


@click.command("to-send")
@click.argument("what", type=click.Choice([*_DUE]))
@click.option("--request", help="Only of this request.")
@click.option("--on", type=DAY, help="For “remind”: the day they take part, tomorrow by default.")
@click.option(
    "--sent", multiple=True, metavar="MEMBER", help="Record that it was sent to this member; needs --request."
)
@verb
def to_send(desk: Desk, what: str, request: str | None, on: datetime | None, sent: tuple[str, ...]) -> None:
    """Who is due a word, with the message ready: a second ask, the day before, thanks, what came of it."""
    number = request_number(request) if request else None
    with desk.store() as store:
        if sent:
            if number is None:
                raise UserError("Of which request?", todo="Add --request R12.")
            outreach.note_fact(store, number, [find(store, one) for one in sent], _DUE[what])
        found = {
            "nudge": lambda: outreach.to_nudge(store, number),
            "remind": lambda: outreach.to_remind(store, number, on.date() if on else None),
            "thank": lambda: outreach.to_thank(store, number),
            "tell": lambda: outreach.to_tell(store, number),
        }[what]()
    rows = ((f"R{w.request_id}", f"M{w.member_id}", w.name, w.channel, w.why) for w in found)
    desk.answer(
        {"to_send": found}, lambda out: out.print(table(("For", "Id", "Name", "By", "Why"), rows), markup=False)
    )


@click.command("emails")
@click.argument("request")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in KINDS]),
    default="ask",
    show_default=True,
    help="Which message.",
)
@verb
def emails(desk: Desk, request: str, folder: Path, kind: str) -> None:
    """Write the message of everybody reached by e-mail into FOLDER as drafts (.eml), one recipient each."""
    with desk.store() as store:
        made = outreach.write_emails(store, request_number(request), folder, outreach.MessageKind(kind))

    def say(out: Console) -> None:
        out.print(f"Wrote {len(made.paths)} e-mails.")
        out.print("\n".join(f"M{one.member_id} {one.name} {one.why}." for one in made.left_out), markup=False)

    desk.answer(made, say)


@click.command("paste")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--request", help="The request they answer; else every ask that is open.")
@click.option("--record", is_flag=True, help="Record those of which nothing is in doubt.")
@verb
def paste(desk: Desk, file: Path, request: str | None, record: bool) -> None:
    """Read copied WhatsApp messages or e-mails (- for standard input): who says what, for you to confirm."""
    words = sys.stdin.read() if str(file) == "-" else text_of(file)
    with desk.store() as store:
        read = outreach.read_replies(store, words, request_number(request) if request else None)
        sure = [one.heard() for one in read.proposals if one.sure]
        batch = outreach.record_pasted(store, sure) if record and sure else None

    def say(out: Console) -> None:
        rows = ((_who(one), one.answer or _doubt(one), one.evidence[:60], one.problem) for one in read.proposals)
        out.print(table(("Who", "Seems to say", "Their words", ""), rows), markup=False)
        out.print(f"Recorded {len(sure)}." if batch else "Nothing was recorded.")

    desk.answer(
        {"proposals": read.proposals, "older": read.older, "recorded": len(sure) if batch else 0, "batch": batch},
        say,
    )


def _who(one: outreach.ReplyProposal) -> str:
    return one.choice.name if one.choice else f"{one.who or 'not named'}?"


def _doubt(one: outreach.ReplyProposal) -> str:
    return "not clear, may ask to stop" if one.may_stop else "not clear"


@click.command("call")
@click.argument("request")
@click.option("--posted-in", help="Where it was posted, such as “WhatsApp group”: records it.")
@click.option("--text", "file", type=click.Path(path_type=Path), help="The text as posted; else the ready one.")
@click.option("--link", help="People answer at this link by themselves, such as a survey.")
@click.option("--on", type=DAY_OR_MOMENT, help="When it was posted.")
@verb
def call(
    desk: Desk, request: str, posted_in: str | None, file: Path | None, link: str | None, on: datetime | None
) -> None:  # fmt: skip
    """The text of an open call to the group, or for a link to share; with --posted-in it is recorded as posted."""
    number = request_number(request)
    with desk.store() as store:
        ready = outreach.call_words(store, number, link or "")
        words = text_of(file) if file else ready.share if link else ready.text
        if posted_in:
            at = clock.instant(on.isoformat()) if on else None
            outreach.post_call(store, number, posted_in, words, at)
        posted = outreach.open_calls(store, number)
    desk.answer(
        {"text": words, "by_link": ready.by_link, "link": ready.link, "posted": posted},
        lambda out: out.print("\n".join([words, *(f"Posted in {one.posted_in}." for one in posted)]), markup=False),
    )


@click.command("volunteer")
@click.argument("request")
@click.argument("member")
@click.argument("answer", default="yes")
@click.option("--note", default="", help="What they said besides.")
@click.option("--session", default="", help="The date they picked, as “matcher sessions” names it.")
@verb
def volunteer(desk: Desk, request: str, member: str, answer: str, note: str, session: str) -> None:
    """Record that a member answered an open call; they count apart from those who were asked."""
    number, said = request_number(request), answer_of(answer)
    with desk.store() as store:
        member_id = find(store, member)
        batch = outreach.volunteer(store, number, member_id, said, note, session)
    desk.answer(
        {"request": number, "member": member_id, "answer": said, "batch": batch},
        lambda out: out.print(f"Recorded “{said.value}” from M{member_id}, who answered the call."),
    )


COMMANDS = (texts, to_send, emails, paste, call, volunteer)
