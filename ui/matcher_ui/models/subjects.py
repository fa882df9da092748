"""What there is to ask a person about, in a few words: “nights”, “years in care”."""

from collections.abc import Mapping

from matcher.matching.criteria import label_of
from matcher.matching.values import texts_of
from matcher.model import Brief, Criterion, CriterionField
from matcher_ui.brief_words import FIELDS, criterion_words

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
    return {label_of(criterion): _question(criterion) for criterion in brief.criteria}


def _question(criterion: Criterion) -> str:
    said = ", ".join(texts_of(criterion.value))
    if criterion.field is CriterionField.WORDS:
        return f"Ask: {_lower(said)}"
    return f"Ask about {said if criterion.field in _BY_VALUE else _lower(FIELDS[criterion.field])}"


def sentences_of(brief: Brief) -> Mapping[str, str]:
    """What matching calls a criterion -> the same as a sentence."""
    return {label_of(criterion): criterion_words(criterion) for criterion in brief.criteria}


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
