"""Reading the rows of one sheet batch by batch, of a long one together with a second process."""

from collections import deque
from dataclasses import dataclass

from matcher.directory.importing.packing import Unpacker
from matcher.directory.importing.row_helper import Terms, read_all
from matcher.directory.importing.rows import RowAnswer, RowReader
from matcher.directory.importing.survey import Survey, Surveyor
from matcher.files.readers.workbooks import Batch, Rows, unpacked
from matcher.helper_process import HelperProcess
from matcher.progress import Progress, silent

_AHEAD = 3
"""So many batches lie with the helper, that it never waits for the next."""
_PATIENCE_SECONDS = 0.1


@dataclass(slots=True)
class _Read:
    """A batch that was read, and the survey by which."""

    answers: list[RowAnswer]
    by: Survey


class Understanding:
    """The rows of a sheet as they are understood, whoever of the two processes reads them.

    How a row is read may depend on what stands in all others. Rows are read by what is known so far; those that
    would be read otherwise by what is known in the end are then read again, so that the outcome is the same as
    if all had been there from the start. To be closed when its rows are no longer wanted.
    """

    def __init__(self, terms: Terms, helper: HelperProcess | None = None) -> None:
        self.terms = terms
        self._surveyor = Surveyor(terms.layout, terms.mapping)
        self._survey = Survey()
        self._reader = terms.reader(self._survey)
        self._batches: list[Batch] = []
        self._waiting: deque[int] = deque()
        self._read: dict[int, _Read] = {}
        self._helper = helper
        self._told: Survey | None = None
        self._with_helper: deque[tuple[int, Survey]] = deque()
        self._unpacker = Unpacker()

    @classmethod
    def of(cls, terms: Terms, rows: Rows) -> list[RowAnswer]:
        """The rows of a short sheet, understood here and at once."""
        reading = cls(terms)
        for batch in rows.batches:
            reading.take(batch)
        return reading.finish(silent)

    @property
    def reader(self) -> RowReader:
        """By what is known so far."""
        return self._reader

    def close(self) -> None:
        """Let the helper go."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def take(self, batch: Batch) -> None:
        """More rows have arrived."""
        self._waiting.append(len(self._batches))
        self._batches.append(batch)

    def piece(self) -> bool:
        """Read a batch, here or there; False when all were given out."""
        self._hear(0.0)
        if not self._waiting:
            return False
        if self._helper is not None and self._read:
            self._hand_over(self._helper)
        if self._waiting:
            number = self._waiting.popleft()
            rows = unpacked(self._batches[number][1])
            self._learn(self._surveyor.look(rows))
            self._read[number] = _Read(read_all(self._reader, rows), self._survey)
        return True

    def finish(self, progress: Progress) -> list[RowAnswer]:
        """Everything that was taken, understood, in the order of the sheet."""
        total = sum(count for count, _ in self._batches)
        while True:
            while self.piece():
                progress(self._done(), total, "Reading the rows")
            while self._with_helper:
                self._hear(_PATIENCE_SECONDS)
                progress(self._done(), total, "Reading the rows")
            again = [number for number, read in self._read.items() if read.by != self._survey]
            if not (again or self._waiting):
                break
            self._waiting.extend(again)
        return [answer for number in range(len(self._batches)) for answer in self._read[number].answers]

    def _done(self) -> int:
        return sum(self._batches[number][0] for number in self._read)

    def _hand_over(self, helper: HelperProcess) -> None:
        while self._waiting and len(self._with_helper) < _AHEAD:
            if self._told != self._survey:
                helper.say(self.terms.order(self._survey))
                self._told = self._survey
            number = self._waiting.popleft()
            helper.say(self._batches[number][1])
            self._with_helper.append((number, self._survey))

    def _hear(self, seconds: float) -> None:
        """Take what the helper has read. When it is gone, what lay with it is read here."""
        while self._helper is not None and (line := self._helper.heard(seconds)) is not None:
            if not line.endswith(b"\n"):
                self._waiting.extendleft(number for number, _ in reversed(self._with_helper))
                self._with_helper.clear()
                self.close()
                return
            number, by = self._with_helper.popleft()
            answers, told = self._unpacker.rows(line)
            self._read[number] = _Read(answers, by)
            self._learn(told)
            seconds = 0.0

    def _learn(self, told: Survey) -> None:
        known = self._survey | told
        if known != self._survey:
            self._survey = known
            self._reader = self.terms.reader(known)
