"""What is hers to mend on the command line: one sentence, exit code 2, nothing changed, nothing asked."""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.cli.conftest import PASSPHRASE, Run, good, one_sentence

from matcher.storage.copies import DATABASE

if TYPE_CHECKING:
    from tests.conftest import Network


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "R99"), "no request R99"),
        (("rank", "R99"), "no request R99"),
        (("shortlist", "R99", "--people", "2"), "no request R99"),
        (("export", "R99", "out.xlsx"), "no request R99"),
        (("ask", "R99"), "no request R99"),
        (("stage", "R99", "checking"), "no request R99"),
        (("show", "twelve"), "is not a request"),
        (("member", "M99"), "M99"),
        (("member", "nobody@example.org"), "No member has this e-mail"),
        (("edit", "M1", "town"), "is not FIELD=VALUE"),
        (("edit", "M1", "twon=Leeds"), "twon"),
        (("edit", "M99", "town=Leeds"), "M99"),
        (("merge", "M1", "M1"), "itself"),
        (("unmerge", "M1", "M2"), "not merged"),
        (("unmerge", "M1", "Julie"), "not the number"),
        (("why", "R99", "M1"), "no request R99"),
        (("reply", "R99", "M1", "yes"), "no request R99"),
        (("reply", "R99", "M1", "perhaps"), "not an answer"),
        (("consent", "M1", "--give"), "--purpose"),
        (("consent", "M1", "--give", "--purpose", "media"), "evidence"),
        (("consent", "M1", "--give", "--purpose", "everything"), "everything"),
        (("withdraw", "M99"), "M99"),
        (("undo", "99"), "no step 99"),
        (("log",), "Name one file"),
        (("log", "missing.eml"), "missing.eml"),
        (("log", "--brief", "missing.json"), "missing.json"),
        (("import", "missing.xlsx"), "missing.xlsx"),
        (("shortlist", "R1"), "--people"),
        (("rank",), "REQUEST"),
        (("no-such-verb",), "no-such-verb"),
    ],
)
def test_her_mistakes_are_one_sentence(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    one_sentence(run("--store", path, *arguments), says)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.xlsx", b"this is no workbook"),
        ("x.xlsx", b""),
        ("x.csv", b""),
        ("x.csv", b"Colour,Size\nred,4\n"),
        (
            "x.eml",
            b"From: Ann <ann@example.org>\nTo: me@example.org\nSubject: Name, E-mail\n\nAnn, a@example.org\n",
        ),
        ("x.pdf", b"%PDF-1.4"),
        ("x", b"\x00\x01"),
    ],
)
def test_a_bad_spreadsheet_changes_nothing(run: Run, path: Path, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    one_sentence(run("import", tmp_path / name, "--store", path), name)
    assert len(good(run("members", "--json"))["members"]) == 3


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"title": "x", "audience": "press"}', "\ud800"])
def test_a_bad_brief_changes_nothing(run: Run, path: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "b.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    one_sentence(run("log", "--brief", tmp_path / "b.json", "--store", path))
    assert good(run("requests", "--json"))["requests"] == []


def test_a_store_that_is_not_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_PASSPHRASE", PASSPHRASE)
    one_sentence(run("members"), "No store was named", "--store PATH")
    one_sentence(run("members", "--store", tmp_path / "no.matcher"), "no Matcher store here")


def test_a_wrong_passphrase(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_PASSPHRASE", "wrong")
    before = (path / DATABASE).read_bytes()
    one_sentence(run("members", "--store", path), "passphrase does not open")
    assert (path / DATABASE).read_bytes() == before


def test_a_store_open_elsewhere(run: Run, network: "Network", path: Path) -> None:
    network.reopen()
    one_sentence(run("members", "--store", path), "already open on this computer")


@pytest.mark.parametrize("verb", [("members",), ("new", "--organisation", "Lantern")])
def test_without_a_terminal_nothing_prompts(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    monkeypatch.delenv("MATCHER_PASSPHRASE")
    monkeypatch.setattr(sys, "stdin", io.StringIO("typed ahead\n"))
    target = path if verb == ("members",) else tmp_path / "fresh.matcher"
    one_sentence(run(*verb, "--store", target), "MATCHER_PASSPHRASE")


def test_a_damaged_database(run: Run, path: Path) -> None:
    data = bytearray((path / DATABASE).read_bytes())
    for place in range(4096 * 2 + 50, len(data), 4096):
        data[place] ^= 1
    (path / DATABASE).write_bytes(bytes(data))
    one_sentence(run("members", "--store", path), "damaged", "backup")


def test_an_export_that_cannot_be_written(run: Run, path: Path, brief: Path, tmp_path: Path) -> None:
    run("log", "--brief", brief, "--store", path)
    run("shortlist", "R1", "--people", 2)
    one_sentence(run("export", "R1", tmp_path / "no" / "out.xlsx"), "folder for this file does not exist")
    one_sentence(run("export", "R1", tmp_path / "out.doc"), "ends in .xlsx")


@pytest.mark.parametrize(
    "arguments",
    [
        ("checks", "R99"), ("answer", "R1", "nonsense", "yes"), ("letter", "R1", "accept", "--eml", "answer.eml"),
        ("merge-update", "R1"), ("calendar", "due.txt"), ("remind", "R1", "soon", "x"), ("requester", "9"),
        ("remind", "R1", "2019-01-01", "x"), ("remind", "R1", "2999-01-01", "x"),
        ("log", "x.eml", "--received", "soon"),
        ("questions", "--answered", "Q9"), ("questions", "--answered", "nine"), ("due", "--done", "7"),
    ],
)  # fmt: skip
def test_triage_says_what_is_wrong_in_one_sentence(
    run: Run, path: Path, brief: Path, arguments: tuple[str, ...]
) -> None:
    good(run("log", "--brief", brief, "--store", path, "--json"))
    ran = run(*arguments, "--store", path)
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("consent", "M1", "--give", "--refuse", "--purpose", "media"), "one of --give, --refuse and --ask-first"),
        (("consent", "M1", "--evidence", "rang"), "one of --give, --refuse and --ask-first"),
        (("call", "R1", "--on", "2026-13-45"), "Write it like 2026-12-04"),
        (("drop-in", "Tea", "--on", "2026-12-09T16:00", "--every", "0"), "matcher drop-in --help"),
        (("meet-up", "Tea", "--on", "2016-12-09T16:00"), "more than a year ago"),
        (("meet-up", "Tea", "--on", "2906-12-09T16:00"), "years away"),
        (("drop-in", "Tea", "--on", "tea time"), "Write it like 2026-12-04T16:00"),
        (("invite-to", "E1", "--within", "-5"), "matcher invite-to --help"),
        (("paste", "missing.txt"), "There is no such file"),
        (("requester", "R1"), "not a whole number"),
    ],
)
def test_words_that_do_not_fit_name_those_that_do(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    one_sentence(run("--store", path, *arguments), says)


def test_a_store_is_found_without_the_end_of_its_name(run: Run, path: Path) -> None:
    assert len(good(run("members", "--json", "--store", path.with_suffix("")))["members"]) == 3


def test_nobody_is_asked_for_the_passphrase_of_a_store_that_is_gone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MATCHER_PASSPHRASE", raising=False)
    one_sentence(
        run("members", "--store", tmp_path / "stick" / "no.matcher"), "Put the stick or disk it is on back"
    )


NOTE = "Minutes of Thursday\n\n- Insurance renewed\n- Tea urn found\n"


@pytest.mark.parametrize(
    ("words", "stage"), [(NOTE, ""), ("We need six home carers. Can you help?", "not_a_request")]
)
def test_no_list_is_made_for_what_is_no_request(
    run: Run, path: Path, tmp_path: Path, words: str, stage: str
) -> None:
    (tmp_path / "note.txt").write_text(words, encoding="utf-8")
    good(run("log", tmp_path / "note.txt", "--store", path, "--json"))
    if stage:
        good(run("stage", "R1", stage, "--store", path, "--json"))
    one_sentence(run("shortlist", "R1", "--people", "2", "--store", path), "nobody is")


def test_nobody_is_asked_about_what_is_closed(run: Run, path: Path, brief: Path) -> None:
    good(run("log", "--brief", brief, "--store", path, "--json"))
    good(run("shortlist", "R1", "--people", "2", "--store", path, "--json"))
    good(run("stage", "R1", "declined", "--store", path, "--json"))
    one_sentence(run("ask", "R1", "--store", path), "R1 is closed")


def test_what_looks_like_no_request_can_be_logged_as_one(run: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    assert "and log it again with --as-request" in run("log", tmp_path / "note.txt", "--store", path).out
    good(run("undo", "--store", path, "--json"))
    logged = good(run("log", tmp_path / "note.txt", "--as-request", "--store", path, "--json"))["request"]
    assert (logged["kind"], logged["stage"]) == ("request", "new")
