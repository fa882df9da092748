"""Subjects that the vocabulary has no name for still find who speaks of them, by their words and near spellings."""

from datetime import date

import pytest

from matcher.knowledge.topics import topics_in
from matcher.matching import Profile, fits
from matcher.matching.index.spellings import Spellings
from matcher.model import Audience, Brief, Criterion, CriterionField, Op, Strength

TODAY = date(2026, 11, 23)
OTHERS = (
    "Ten years on the same round. I like my ladies and they like me.",
    "Rota comes out on Sunday night, half of it wrong. I was choked up when Mr Lionel went.",
    "I live in the same street as my clients. My own dog sleeps on my feet.",
    "Nights mostly, two of us in the van, and a flask.",
    "Pay is the thing. Twelve calls before dinner.",
    "Wound care, dressings, a bit of everything.",
)
SPEAKS = {
    "lanyards with a panic fob": "They give us a fob on a lanyard to press if there's bother. Flat battery, mine.",
    "tethered bottle caps and dexterity": "He can't do the tetherd caps on bottles, no dexterity in the fingers.",
    "gambling machines": "He gambles it all on the machines the day it comes, I do his shop from what is left.",
    "CareLineLive": "We went from paper to Birdie and now CareLineLive, I have them both open.",
    "beekeepers": "He kept bees on a smallholding, a beekeper all his life, I hold the smoker for him.",
    "tinnitus": "My ears ring all night, tinitus they say, from the alarms.",
    "feng shui": "She has feng shui rules for the bed, I turn it round every Monday.",
    "Ekadashi": "On ekadasi I take only fruit, and I do my calls the same.",
    "tachograph rules": "My husband has a tacograph in his lorry and may stop. Who stops me?",
}  # fmt: skip


@pytest.mark.parametrize("subject", SPEAKS)
def test_who_speaks_of_it_comes_first(subject: str) -> None:
    assert not [hit for hit in topics_in(subject) if not hit.hinted], "choose a subject that has no name"
    people = [Profile(id=n, experience_text=text) for n, text in enumerate((*OTHERS, SPEAKS[subject]), 1)]
    for brief in (
        Brief(title=subject, audience=Audience.ACADEMIC, topics=(subject,), remote=True),
        Brief(
            title="Study", audience=Audience.MEDIA, remote=True,
            criteria=(Criterion(Strength.MUST, CriterionField.EXPERIENCE, Op.HAS, subject, subject),),
        ),
    ):  # fmt: skip
        first, second, *_ = fits(brief, people, TODAY)
        assert first.profile.id == len(people)
        assert first.score > second.score
        assert first.failed is None


def test_near_spellings_count_less_than_the_word_and_short_words_have_none() -> None:
    spellings = Spellings(["dementia", "dimentia", "hoarder", "hoard", "purse", "nurse", "cat", "cart"])
    assert spellings.widened(["dementia"])["dementia"] == 1
    assert 0 < spellings.widened(["dementia"])["dimentia"] < 1 / 2
    assert 0 < spellings.widened(["hoard"])["hoarder"] < 1
    assert set(spellings.widened(["nurse"])) == {"nurse"}
    assert set(spellings.widened(["cat"])) == {"cat"}
