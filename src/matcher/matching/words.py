"""Word likeness: BM25 over stems, computed for all members at once with sparse matrices.

scikit-learn, SciPy and NumPy are imported inside the functions: bringing them in takes over a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.knowledge.words import stems, terms

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

_K1 = 1.2
_B = 0.6


class Bm25:
    """A scikit-learn style transformer: counts of terms in, BM25 weights out, so that a product is a score.

    ``k1`` saturates repeated terms, ``b`` (0 to 1) discounts long texts.
    """

    def __init__(self, k1: float = _K1, b: float = _B) -> None:
        self.k1 = k1
        self.b = b

    def fit(self, counts: Any) -> "Bm25":
        """Learn how rare each term is and how long texts are, from a sparse texts x terms matrix of counts."""
        import numpy as np

        texts = counts.shape[0]
        holding = np.bincount(counts.indices, minlength=counts.shape[1])
        self.idf_ = np.log1p((texts - holding + 0.5) / (holding + 0.5))
        self.mean_length_ = max(1.0, counts.sum() / max(1, texts))
        return self

    def transform(self, counts: Any) -> Any:
        """The same matrix with each count weighed, in CSC form."""
        import numpy as np

        weighed = counts.astype(np.float64).tocsr()
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        norm = self.k1 * (1 - self.b + self.b * lengths / self.mean_length_)
        per_entry = np.repeat(norm, np.diff(weighed.indptr))
        weighed.data = weighed.data * (self.k1 + 1) / (weighed.data + per_entry) * self.idf_[weighed.indices]
        return weighed.tocsc()


@dataclass(frozen=True, eq=False)
class WordIndex:
    """The weighed words of all members; rows stand in the order of the texts it was made from."""

    vocabulary: dict[str, int]
    weights: Any
    idf: "NDArray[float64]"

    def likeness(self, query: str) -> "NDArray[float64]":
        """How like each text is to a query, 0 to 1: its BM25 score against the best a text could reach."""
        import numpy as np

        columns = sorted({self.vocabulary[term] for term in terms(query) if term in self.vocabulary})
        rows = self.weights.shape[0]
        if not columns:
            return np.zeros(rows)
        scores = np.asarray(self.weights[:, columns].sum(axis=1)).ravel()
        missing = sum(1 for term in set(terms(query)) if term not in self.vocabulary)
        best = float(self.idf[columns].sum() + missing * self.idf.max()) * (_K1 + 1)
        return np.minimum(1.0, scores / best) if best > 0 else np.zeros(rows)


def index_of(texts: Sequence[Sequence[str]]) -> WordIndex:
    """The index of these texts, each given as its terms."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    if not any(texts):
        empty = np.zeros((len(texts), 0))
        return WordIndex({}, empty, np.zeros(0))
    counter = CountVectorizer(analyzer=tuple)
    counts = counter.fit_transform(texts)
    model = Bm25().fit(counts)
    return WordIndex(counter.vocabulary_, model.transform(counts), model.idf_)


def spans(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` words of the query stand, as (start, end), neighbours joined."""
    wanted = set(terms(query))
    found: list[tuple[int, int]] = []
    for stem, start, end in stems(text):
        if stem not in wanted:
            continue
        if found and text[found[-1][1] : start].strip() == "":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
