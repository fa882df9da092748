"""Loading what ranking needs before it is needed."""

import gc

from matcher.knowledge.gazetteer import by_name
from matcher.knowledge.topics import topics_in


def make_ready() -> None:
    """Load scikit-learn, the gazetteer and the vocabulary, a good second's work: called in the background.

    What is loaded stays, so the collector of garbage need not walk over it again: each of its rounds would add a
    tenth of a second to a ranking.
    """
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: F401

    by_name()
    topics_in("care")
    gc.freeze()
