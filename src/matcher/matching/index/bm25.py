"""Word likeness: BM25 over stems, for everybody at once, from the postings of the words they use."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matcher.matching.index.arrays import Postings
from matcher.matching.index.spellings import Spellings

K1 = 1.2
"""Saturates repeated stems."""
B = 0.6
"""Discounts long texts, 0 to 1."""
_AT_ONCE = 1 << 20


class Bm25:
    """The weight of each posting of a word: so much it adds to the score of its row, when it is asked for.

    Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), with the idf that is never negative.
    """

    def __init__(self, words: Postings, lengths: NDArray[np.uint16]) -> None:
        self.words = words
        self.rows = len(lengths)
        self._spellings = Spellings(words.names)
        mean = max(1.0, float(lengths.sum(dtype=np.int64)) / max(1, self.rows))
        self._norm = K1 * (1 - B + B * lengths / mean)
        self._idf = np.log1p((self.rows - words.counts + 0.5) / (words.counts + 0.5))
        self.weights = np.empty(len(words.rows), dtype=np.float32)
        per_entry = np.repeat(self._idf, words.counts)
        for start in range(0, len(self.weights), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            times = words.marks[part].astype(np.float64)
            norm = self._norm[words.rows[part]]
            self.weights[part] = times * (K1 + 1) / (times + norm) * per_entry[part]

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """The score of every row for these stems and their near spellings. The same in whatever order they come."""
        scores = np.zeros(self.rows, dtype=np.float32)
        for term, counts in sorted(self._spellings.widened(terms).items()):
            rows, _ = self.words.of(term)
            np.add.at(scores, rows, np.float32(counts) * self.weights[self.words.part(term)])
        return scores
