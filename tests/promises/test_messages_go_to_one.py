"""Promise 13: what stands in a name adds no header, no line and no recipient; a missing word stops the run.

At full count: ``MATCHER_NAMES=1000 pytest`` this file. Every kind of message, on every channel, for so many members
whose names, numbers and addresses hold line breaks of every kind, commas and headers.
"""

import email.policy
import os
import random
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from matcher.errors import UserError
from matcher.files.writers.letters import eml_bytes
from matcher.model import Brief, Member, OutFile
from matcher.outreach import MessageKind, export_workbook, ready_messages, write_emails
from matcher.outreach.channels import CHANNELS, EMAIL, way_to
from matcher.outreach.messages import Writer
from matcher.outreach.texts import MEETUP_KINDS, OPENINGS, TO_THE_GROUP, Texts
from matcher.storage import put_setting, reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

COUNT = int(os.environ.get("MATCHER_NAMES", "60"))
BREAKS = ("\r", "\n", "\r\n", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1c", "\x1d", "\x1e")
INSIDE = (
    "Bcc: eve@example.org", "To: eve@example.org", "Ada, eve@example.org", "Subject: you won", ".",
    "Content-Type: text/html", "<eve@example.org>", "?bcc=eve@example.org", "&cc=eve@example.org", '"', "\\",
    "%0d%0abcc:eve@example.org", ";eve@example.org", "=?utf-8?q?x?=", "{{ 7*7 }}", "{% raw %}",
)  # fmt: skip
MESSAGES = [kind for kind in MessageKind if kind not in (*OPENINGS, *TO_THE_GROUP, *MEETUP_KINDS)]
LINE_ENDS = {"\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1c"}
HEADERS = {"To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


def bad(luck: random.Random) -> str:
    parts = (luck.choice(("", "Ada", *INSIDE)) + luck.choice(("", *BREAKS)) for _ in range(luck.randint(1, 4)))
    return "".join(parts)


def somebody(luck: random.Random) -> Member:
    address = luck.choice(
        [
            "ada@example.org",
            f"ada@example.org{bad(luck)}",
            f"{bad(luck)}ada@example.org",
            "a,b@example.org",
            bad(luck),
        ]
    )
    number = luck.choice(["07700 900123", "0115 496 0123", f"07700 900123{bad(luck)}", bad(luck), ""])
    return Member(
        first_name=bad(luck), last_name=bad(luck), phone=number, email=address, shared_phone=luck.random() < 0.3,
        preferred_channel=luck.choice(["email", "whatsapp", ""]), employer=luck.choice([None, "Sunny Care"]),
    )  # fmt: skip


def check_link(link: str) -> None:
    """A link opens one conversation: with one number or one address, and nothing else in its query."""
    assert not [c for c in link if not c.isascii() or c in "\r\n <>\"'"]
    parts = urlsplit(link)
    if parts.scheme == "mailto":
        assert unquote(parts.path).count("@") == 1
        assert not set(unquote(parts.path)) & set(",; \r\n")
        assert set(parse_qs(parts.query)) == {"subject", "body"}
        assert len(parse_qs(parts.query)["subject"][0].splitlines()) == 1
    elif parts.scheme == "https":
        assert parts.netloc == "wa.me"
        assert parts.path.lstrip("/").isdigit()
        assert set(parse_qs(parts.query)) == {"text"}
    else:
        assert parts.scheme == "tel"
        assert parts.path.lstrip("+").isdigit()


def check_mail(content: bytes) -> None:
    message: Any = message_from_bytes(content, policy=email.policy.default)
    assert set(message.keys()) == HEADERS
    assert len(message["To"].addresses) == 1
    assert message.defects == []


def test_every_message_goes_to_one_and_adds_nothing() -> None:
    luck = random.Random(13)
    mails = 0
    for _ in range(COUNT):
        member = somebody(luck)
        brief = Brief(
            bad(luck) or "x", requester=bad(luck), organisation=bad(luck), contact=bad(luck), places=(bad(luck),)
        )
        writer = Writer(bad(luck), bad(luck), Texts())
        way = way_to(member)
        for words in (writer.call(brief), writer.share_link(brief, f"https://example.org/{bad(luck)}")):
            assert not set(words) & LINE_ENDS
        for kind in MESSAGES:
            ready = writer.write(kind, member, brief, session="Tue", came_of_it="A report.")
            assert not set(ready.message + ready.full) & LINE_ENDS
            plain = Writer("o", "s", Texts()).write(
                kind, Member(first_name="a", shared_phone=way.neutral, phone=member.phone, email=member.email,
                             preferred_channel=member.preferred_channel, employer=member.employer),
                Brief("x", requester="y" if brief.requester.strip() or brief.organisation.strip() else "",
                      contact="z", places=("w",)), session="Tue", came_of_it="A report.",
            )  # fmt: skip
            assert ready.message.count("\n") <= plain.message.count("\n")
            if ready.link:
                check_link(ready.link)
            if way.channel == EMAIL and way.address:
                mails += 1
                subject = writer.subject(neutral=way.neutral)
                check_mail(eml_bytes(to=way.address, subject=subject, body=ready.message))
    assert mails > COUNT // 10, "the run has to reach e-mail at all"


def test_drafts_are_one_file_and_one_recipient_each(network: "Network", tmp_path: Path) -> None:
    luck = random.Random(14)
    people = [
        network.willing(bad(luck) or "Ada", last_name=bad(luck), email=f"m{place}@example.org")
        for place in range(min(COUNT, 60))
    ]
    people.append(network.willing("Bea", phone="07700 900123"))
    request = network.request(title=bad(luck) or "x", requester=bad(luck))
    network.shortlist(request, *people)
    made = write_emails(network.store, request, tmp_path)
    assert (len(made.paths), len(made.left_out)) == (len(people) - 1, 1)
    for place, path in enumerate(made.paths):
        content = Path(path).read_bytes()
        check_mail(content)
        assert f"m{place}@example.org".encode() in content
    with reading(network.store) as session:
        assert [out.members for out in session.query(OutFile).order_by(OutFile.id)] == [
            [one] for one in people[:-1]
        ]


@pytest.mark.parametrize("channel", [*CHANNELS, ""])
def test_a_missing_word_stops_the_run(network: "Network", tmp_path: Path, channel: str) -> None:
    ada, bea, request = (
        network.willing("Ada", phone="07700 900123"), network.willing("Bea", email="bea@example.org"),
        network.request(),
    )  # fmt: skip
    network.shortlist(request, ada, bea)
    with work(network.store, "a text from elsewhere") as unit:
        put_setting(unit, f"messages.ask..{channel.casefold()}", "Hi {{ nickname }}")
    if channel == "Phone":
        assert len(ready_messages(network.store, request)) == 2, "nobody is called, so that text is not used"
        return
    for run in (
        lambda: ready_messages(network.store, request),
        lambda: export_workbook(network.store, request, tmp_path / "out.xlsx"),
    ):
        with pytest.raises(UserError, match="nickname"):
            run()
    assert not (tmp_path / "out.xlsx").exists()
    with reading(network.store) as session:
        assert session.query(OutFile).count() == 0
