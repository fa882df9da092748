"""E-mails, letters and leaflets as people send them: who, when, the new words, and what was attached."""

import base64
import io
import os
import random
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from matcher.errors import UserError
from matcher.files.readers.attachments import Budget
from matcher.files.readers.document import Address, Document, from_plain, to_plain
from matcher.files.readers.documents import read_document, read_text
from matcher.files.readers.html_text import html_to_text
from matcher.files.readers.parsing import parse
from matcher.files.readers.quoting import address_in, moment_in, split_body
from matcher.files.readers.tidy import tidy

GOLD = Path(__file__).parents[4] / "shared" / "gold" / "requests"
TOP = "From: Dr Ada Byron <ada@uni.example.org>\nTo: hello@network.example.org\nSubject: Focus group\n"
DATED = TOP + "Date: Tue, 8 Apr 2025 08:57:00 +0100\nMessage-ID: <1@uni.example.org>\nMIME-Version: 1.0\n"


def mail(data: bytes | str, name: str = "request.eml") -> Document:
    return parse(data if isinstance(data, bytes) else data.encode(), name, Budget(parse))


def message(subject: str = "Focus group") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ada <ada@uni.example.org>", "hello@network.example.org", subject
    return made


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Who we need", 2)
    document.add_paragraph("eight home care workers", style="List Bullet")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("When", "Friday 4 July"), ("Thank you", "£30")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Shown ").add_run("hidden").font.hidden = True
    document.sections[0].footer.paragraphs[0].text = "Ethics: 25/AB/1"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_file(text: str = "", password: str = "") -> bytes:
    """A one-page PDF with ``text`` written by hand in Helvetica."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n")) if text else ""
    stream = f"BT /F1 12 Tf 72 700 Td {shown}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    data = out + end % (table, len(out))
    if not password:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_envelope_is_read() -> None:
    found = mail(DATED + "In-Reply-To: <0@x.example>\nReferences: <a@x.example> <0@x.example>\n\nHello £5\n")
    assert (found.sender, found.subject) == (Address("Dr Ada Byron", "ada@uni.example.org"), "Focus group")
    assert found.to == (Address("", "hello@network.example.org"),)
    assert found.sent_at == datetime(2025, 4, 8, 7, 57, tzinfo=UTC)
    assert found.references == ("<0@x.example>", "<a@x.example>")
    assert (found.text, found.kind, found.bulk) == ("Hello £5", "email", False)


@pytest.mark.parametrize("header", ["List-Unsubscribe: <x>", "Precedence: bulk", "List-Id: <x>"])
def test_a_mass_mailing_says_so(header: str) -> None:
    assert mail(f"{DATED}{header}\n\nNews\n").bulk


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('"Bright-Adeyemi, Oluwaseun (MWAC)" <o@x.example>', "Bright-Adeyemi, Oluwaseun (MWAC)"),
        ("Bright-Adeyemi, Oluwaseun (MWAC) <o@x.example>", "Bright-Adeyemi, Oluwaseun (MWAC)"),
        ('"=?utf-8?b?Wm/Dqw==?= (MWAC)" <o@x.example>', "Zoë (MWAC)"),
        ("=?utf-8?q?Wi=C5=9Bniewski?= <o@x.example>", "Wiśniewski"),
        ("o@x.example", ""),
        ("<o@x.example>", ""),
    ],
)
def test_senders_names_as_they_come(header: str, name: str) -> None:
    found = mail(f"From: {header}\nSubject: Hi\n\nHello\n")
    assert found.sender == Address(name, "o@x.example")


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "iso-8859-1", "x-unknown", "windows-1252"])
def test_a_lying_charset_is_seen_through(charset: str) -> None:
    head = f"{DATED}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    assert mail(head + base64.b64encode("£30 – José".encode()).decode()).text == "£30 – José"
    assert mail(head + base64.b64encode("£30 – José".encode("cp1252")).decode()).text == "£30 – José"


def test_plain_words_are_preferred_unless_they_are_a_stub() -> None:
    made = message()
    made.set_content(
        "Please see the table.\nAll the best, Ada and everyone at the unit who is working on this one."
    )
    made.add_alternative("<p>Please see <b>the table</b>.</p>", subtype="html")
    assert mail(made.as_bytes()).text.startswith("Please see the table.\nAll the best")
    stub = message()
    stub.set_content("Your mail program does not support HTML.")
    stub.add_alternative("<p>" + "We need eight people. " * 20 + "</p>", subtype="html")
    assert mail(stub.as_bytes()).text.startswith("We need eight people.")


def test_html_reads_as_a_person_would_see_it() -> None:
    html = """<html><head><style>p {color: red}</style><title>No</title></head><body>
      <p>Dear&nbsp;Maggie,<br>hello</p><div style="display:none">preheader</div><img src="x" width=1 height=1>
      <table><tr><th>How many</th><td>Up to <b>30</b></td></tr><tr><td>A</td><td>B</td><td>C</td></tr></table>
      <ul><li>one<li><p>two</p></ul><script>alert(1)</script><p>See <a href="https://x.example">our page</a>"""
    assert html_to_text(html) == (
        "Dear Maggie,\nhello\n\nHow many: Up to 30\nA: B | C\n\n- one\n- two\n\nSee our page"
    )


@given(html=st.text(st.sampled_from('<>/"= abtdr!-&;#x1\n'), max_size=80) | st.text(max_size=40))
def test_no_html_is_too_bad_to_read(html: str) -> None:
    assert isinstance(html_to_text(html), str)


def test_history_is_cut_off_and_kept_apart() -> None:
    split = split_body(
        "Yes, 11 places.\n\nOn Tue, 2 Sept 2025 at 09:14, Ada <ada@x.example>\nwrote:\n\n> How many\n> places?"
    )
    assert split.text == "Yes, 11 places."
    assert split.quoted.endswith("How many\nplaces?")
    outlook = (
        "Thanks all.\n\nFrom: Bo <bo@x.example>\nSent: 4 May 2026 10:00\nTo: Ada\nSubject: RE: Visit\n\nOld words"
    )
    split = split_body(outlook, "RE: Visit")
    assert (split.text, split.forwarded) == ("Thanks all.", None)
    assert "Old words" in split.quoted


def test_answers_between_the_lines_stay_beside_their_question() -> None:
    body = "Hi\n\n> Thanks for asking.\n>\n> When?\n\nBy 4 May.\n\n> How many?\n\nEight.\n\n> Bye\n> Maggie"
    split = split_body(body)
    assert split.text == "Hi\n\n> When?\n\nBy 4 May.\n\n> How many?\n\nEight."
    assert "Thanks for asking." in split.quoted


@pytest.mark.parametrize(
    "mark", ["---------- Forwarded message ---------", "Begin forwarded message:", "-----Original Message-----", ""]
)
@pytest.mark.parametrize("quote", ["", "> "])
def test_a_forwarded_original_is_found(mark: str, quote: str) -> None:
    lines = [
        "From: Ada Byron <ada@x.example>",
        "Date: Tue, 8 Apr 2025 at 08:57",
        "Subject: Visit",
        "To: Bo <b@x.example>",
    ]
    inner = [*lines, "", "We need eight people.", "", "Ada"]
    body = "\n".join(["Any use to you?", "", *([mark] if mark else []), *(quote + line for line in inner)])
    split = split_body(body, "Fwd: Visit")
    assert split.forwarded is not None
    assert split.forwarded.sender == Address("Ada Byron", "ada@x.example")
    assert (split.forwarded.subject, split.quoted) == ("Visit", "")
    assert split.forwarded.sent_at == datetime(2025, 4, 8, 7, 57, tzinfo=UTC)
    assert split.text.startswith("Any use to you?")
    assert split.text[split.forwarded.start :].startswith("We need eight people.")


def test_a_chain_of_forwards_names_the_first_writer() -> None:
    one = "From: Ada <ada@x.example>\nSent: 8 April 2025 08:57\nSubject: Visit\n\nWe need eight people."
    two = f"FYI\n\nFrom: Bo <bo@x.example>\nSent: 9 April 2025 08:57\nSubject: FW: Visit\n\nOne for you?\n\n{one}"
    split = split_body(two, "FW: Visit")
    assert split.forwarded is not None
    assert split.forwarded.sender == Address("Ada", "ada@x.example")
    assert split.text[split.forwarded.start :] == "We need eight people."


def test_a_pasted_mail_is_taken_apart() -> None:
    found = read_text(
        "From: Ada <ada@x.example>\nSent: 08 April 2025 08:57\nTo: me\nSubject: Visit\n\nWe need eight."
    )
    assert (found.sender, found.subject, found.kind) == (Address("Ada", "ada@x.example"), "Visit", "text")
    assert read_text("Hello, can you help?").text == "Hello, can you help?"
    with pytest.raises(UserError, match="no text"):
        read_text(" \n")


def test_attachments_are_read_and_the_unreadable_explained() -> None:
    made = message()
    made.set_content("See attached.")
    made.add_attachment(word_file(), maintype="application", subtype="octet-stream", filename="sheet – v1.docx")
    made.add_attachment(
        pdf_file("Closing date Friday 30 May 2025"), maintype="application", subtype="pdf", filename="a.pdf"
    )
    made.add_attachment(b"\x89PNG" + bytes(90), maintype="image", subtype="png", filename="flyer.png")
    made.add_attachment(b"PK\x03\x04 broken", maintype="application", subtype="zip", filename="b.docx")
    made.add_attachment("Notiz £5".encode("cp1252"), maintype="text", subtype="plain", filename="n.txt")
    event_lines = ["BEGIN:VEVENT", "SUMMARY:Group", "DTSTART:20250604T180000Z", "LOCATION:Hull", "END:VEVENT"]
    ics = "\n".join(["BEGIN:VCALENDAR", *event_lines, "END:VCALENDAR", ""])
    made.add_attachment(ics.encode(), maintype="text", subtype="calendar", filename="i.ics")
    found = mail(made.as_bytes())
    word, pdf, picture, broken, note, event = found.attachments
    assert word.text == (
        "Who we need\n- eight home care workers\nWhen: Friday 4 July\nThank you: £30\n\nShown\n\nEthics: 25/AB/1"
    )
    assert pdf.text == "Closing date Friday 30 May 2025"
    assert picture.problem is not None
    assert "picture" in picture.problem
    assert broken.problem is not None
    assert note.text == "Notiz £5"
    assert event.text == "Event: Group\nWhen: Wednesday 4 June 2025, 19:00\nWhere: Hull"
    assert found.full_text.startswith("See attached.\n\n----- sheet – v1.docx -----\nWho we need")
    assert from_plain(to_plain(found)) == found


def test_an_attached_message_is_read_as_the_forwarded_original() -> None:
    inner, outer = message("Visit"), message("Fwd: Visit")
    inner.replace_header("From", "Bo <bo@x.example>")
    inner.set_content("We need eight people.")
    outer.set_content("For you?")
    outer.add_attachment(inner)
    found = mail(outer.as_bytes())
    assert found.forwarded is not None
    assert found.forwarded.sender == Address("Bo", "bo@x.example")
    assert found.full_text[found.forwarded.start :] == "We need eight people."


def test_messages_in_messages_and_many_parts_have_an_end() -> None:
    nested = message("0")
    nested.set_content("the innermost")
    for level in range(1, 8):
        outer = message(str(level))
        outer.set_content("outer")
        outer.add_attachment(nested)
        nested = outer
    assert "the innermost" not in mail(nested.as_bytes()).full_text
    crowded = message()
    crowded.set_content("body")
    for number in range(40):
        crowded.add_attachment(b"x", maintype="text", subtype="plain", filename=f"{number}.txt")
    found = mail(crowded.as_bytes())
    assert found.attachments[29].text == "x"
    assert found.attachments[30].problem is not None


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("scan.pdf", pdf_file(), "This PDF holds pictures, no text: paste the text instead."),
        ("locked.pdf", pdf_file("Hello there", "secret"), "protected by a password"),
        ("cut.pdf", pdf_file("Hello there")[:60], "PDF is damaged"),
        ("old.doc", b"{\\rtf1 hello}", "a rich text file"),
        ("photo.pdf", b"\xff\xd8\xff" + bytes(100), "a picture"),
        ("blank.txt", b"\n\n ", "no text"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_document(path)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{name}: ")


def test_a_zip_bomb_in_a_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<x>" + b" " * 20_000_000)
    with pytest.raises(UserError, match="times its size"):
        read_document(path)


def refused(data: bytes) -> str | None:
    """The sentence with which a mail was refused; any other exception fails the test."""
    try:
        mail(data)
    except UserError as error:
        return str(error)
    return None


def test_mangled_mails_are_read_or_refused() -> None:
    luck = random.Random(5)
    made = message("=?utf-8?q?=C5=9B?=")
    made.set_content("Hello £30")
    made.add_alternative("<p>Hello <table><td>£30</table>", subtype="html")
    made.add_attachment(word_file()[:2000], maintype="application", subtype="pdf", filename="a.docx")
    good = made.as_bytes()
    for _ in range(int(os.environ.get("MATCHER_MUTATIONS", "60"))):
        data = bytearray(good)
        for _ in range(luck.choice((1, 5, 60))):
            place = luck.randrange(len(data))
            data[place : place + luck.randrange(3)] = luck.randbytes(luck.randrange(3))
        refusal = refused(bytes(data[: luck.randrange(10, len(data))]) + b"\n\nx")
        assert refusal is None or refusal.startswith("request.eml: ")


@given(text=st.text(max_size=200))
@example(text="\x1f·")
@settings(max_examples=60)
def test_tidy_is_stable_and_splitting_never_fails(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    split_body(tidy(text), "Fwd: x")


@given(text=st.text(max_size=60))
def test_headers_of_any_kind_are_survived(text: str) -> None:
    address_in(text)
    moment_in(text)


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="the graded examples are not here")
def test_every_gold_request_gives_text_without_marks_of_its_format() -> None:
    for path in sorted(GOLD.glob("R*")):
        found = read_document(path)
        assert len(found.full_text) > 300
        assert not any(mark in found.full_text for mark in ("=C2", "&nbsp;", "</", "\r", "\xa0"))
        assert all(part.problem is None for part in found.attachments)
        if path.suffix == ".eml":
            assert found.sender is not None
            assert found.sent_at is not None


def test_a_pdf_with_drawn_bullets_tabs_for_spaces_and_joined_letters_is_read_as_typed() -> None:
    letter = Path(__file__).parents[1] / "triage" / "requests" / "fifth" / "requests" / "E09.pdf"
    text = read_document(letter).text
    assert "A one-hour film for a public service broadcaster." in text
    assert "\n- regularly work evenings (after 7pm)\n" in text
    assert "We will talk to the employer, after we have talked to you\n- be content" in text
    assert "\t" not in text
