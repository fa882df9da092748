"""What there is to ask a person about, in a few words: “nights”, “years in care”."""

from collections.abc import Callable, Mapping

from matcher.matching.criteria import label_of
from matcher.matching.values import texts_of
from matcher.model import Brief, Criterion, CriterionField, criterion_words
from matcher_ui.brief_words import FIELDS

_BY_VALUE = frozenset(
    {
        CriterionField.CARE_TYPE,
        CriterionField.EXPERIENCE,
        CriterionField.SETTING,
        CriterionField.SHIFT,
        CriterionField.TOPIC,
    }
)
"""Fields whose value says more than their name."""


def subjects_of(brief: Brief) -> Mapping[str, str]:
    """What matching calls a must -> what to ask: “Ask about nights”, “Ask: is registered with the CQC”."""
    return _by_name(brief, _question)


def _question(criterion: Criterion) -> str:
    said = ", ".join(texts_of(criterion.value))
    if criterion.field is CriterionField.WORDS:
        return f"Ask: {_lower(said)}"
    return f"Ask about {said if criterion.field in _BY_VALUE else _lower(FIELDS[criterion.field])}"


def sentences_of(brief: Brief) -> Mapping[str, str]:
    """What matching calls a criterion -> the same as a sentence."""
    return _by_name(brief, criterion_words)


def _by_name(brief: Brief, words: Callable[[Criterion], str]) -> Mapping[str, str]:
    """Each criterion under the phrase it came from and under the fact it asks for: phrases can be shared."""
    return {
        name(criterion): words(criterion) for name in (label_of, criterion_words) for criterion in brief.criteria
    }


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
