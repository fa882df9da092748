"""What replies mean: two lists of everyday answers, one of which the rules were not made from."""

from pathlib import Path

import pytest

from matcher.model import Answer, Audience
from matcher.outreach import meaning_of

_LISTS = Path(__file__).parent / "replies"
_SAID = {
    "yes": Answer.YES, "no": Answer.NO_THIS_TIME, "date": Answer.CANNOT_MAKE_DATE, "kind": Answer.STOP_KIND,
    "stop": Answer.STOP_ALL, "unclear": None,
}  # fmt: skip


def replies(name: str) -> list[tuple[str, str]]:
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return [(said, text) for said, _, text in (line.partition("\t") for line in lines)]


@pytest.mark.parametrize(("said", "text"), replies("seen.tsv"))
def test_a_reply(said: str, text: str) -> None:
    assert meaning_of(text, Audience.MEDIA).answer is _SAID[said]


@pytest.mark.parametrize(
    "name",
    [
        "seen.tsv",
        "unseen.tsv",
        "hard.tsv",
        "fresh.tsv",
        "further.tsv",
        "blind.tsv",
        "blind_again.tsv",
        "blind_third.tsv",
    ],
)
def test_no_wrong_yes_and_no_missed_stop(name: str) -> None:
    for said, text in replies(name):
        found = meaning_of(text, Audience.MEDIA)
        assert found.answer is not Answer.YES or said == "yes", text
        if said in ("kind", "stop"):
            assert found.may_stop or found.answer in (Answer.STOP_KIND, Answer.STOP_ALL), text


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("unseen.tsv", 0.95),
        ("hard.tsv", 0.95),
        ("fresh.tsv", 0.75),
        ("further.tsv", 0.9),
        ("blind.tsv", 0.8),
        ("blind_again.tsv", 0.9),
        ("blind_third.tsv", 0.85),
    ],
)
def test_most_are_understood(name: str, share: float) -> None:
    found = [meaning_of(text, Audience.MEDIA).answer is _SAID[said] for said, text in replies(name)]
    assert sum(found) >= share * len(found)


def test_a_stop_of_another_kind_is_for_her_to_decide() -> None:
    found = meaning_of("please stop sending me surveys", Audience.MEDIA)
    assert (found.answer, found.may_stop) == (None, True)
    assert meaning_of("please stop sending me surveys", Audience.ACADEMIC).answer is Answer.STOP_KIND


@pytest.mark.parametrize("text", ["", " ", "\u2028", "🙃" * 40, "." * 5_000, "stop " * 2_000, "no yes " * 2_000])
def test_any_text_has_some_meaning(text: str) -> None:
    assert meaning_of(text, Audience.OWN).answer is not Answer.YES
