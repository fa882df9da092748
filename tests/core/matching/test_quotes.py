"""The sentence of theirs that is quoted."""

from matcher.matching import Evidence, Profile
from matcher.matching.quotes import quote_of

TEXT = "I like my job. The nights are long, but my lady settles when she hears me. Pay is bad."
SPEAKER = Profile(1, experience_text=TEXT, role="care worker")


def piece(words: str, criterion: str = "nights", source: str = "experience_text") -> Evidence:
    start = SPEAKER.words(source).index(words)
    return Evidence(criterion, source, words, start, start + len(words))


def test_the_sentence_that_answers_most_is_quoted() -> None:
    found = (piece("Pay", "pay"), piece("nights"), piece("my lady", "dementia"))
    assert quote_of(found, SPEAKER) == "The nights are long, but my lady settles when she hears me"


def test_a_short_sentence_goes_on_into_the_next() -> None:
    assert quote_of((piece("job"),), SPEAKER).startswith("I like my job. The nights are long")


def test_only_own_words_that_still_stand_there_are_quoted() -> None:
    gone = Evidence("nights", "experience_text", "nights", 3, 9)
    assert quote_of((gone, piece("care worker", source="role")), SPEAKER) == ""
