"""The index as bytes and back: plain arrays and JSON, never objects, so that nothing in it can run."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import astuple
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher import __version__
from matcher.consent import Ask, Workplace
from matcher.matching import kinds
from matcher.matching.index.arrays import Coded, Postings
from matcher.matching.index.build import Index
from matcher.model import Answer, InvitationState, Outcome, State
from matcher_resources import path_to

_FORM = 5
"""Changes with what stands in the index or how it is written."""
_VOCABULARY = ("stop_words.txt", "topics.tsv")
"""By these the words of members are understood; what else the vocabulary holds is for other rooms."""


class OtherIndex(Exception):  # noqa: N818 - no fault: an index that another program or vocabulary made
    """These bytes are no index that this program can take."""


@cache
def fingerprint() -> str:
    """What an index depends on besides the members: this form of it, the program and its vocabulary."""
    digest = sha256(f"{_FORM} {__version__}".encode())
    tables = (value for _name, value in sorted(vars(kinds).items()) if isinstance(value, kinds.Table))
    for table in tables:
        digest.update(repr(sorted(table.phrases.items())).encode())
    for name in _VOCABULARY:
        digest.update(path_to(f"vocabulary/{name}").read_bytes())
    return digest.hexdigest()


def to_bytes(index: Index, told: Mapping[str, Any]) -> bytes:
    """An index with something told about it (plain values)."""
    out = io.BytesIO()
    head = {
        "fingerprint": fingerprint(),
        "told": dict(told),
        "columns": {
            name: [_plain(name, value) for value in column.values] for name, column in index.columns.items()
        },
        "kinds": {name: postings.names for name, postings in index.kinds.items()},
        "words": index.words.names,
    }
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    out.write(len(written).to_bytes(8, "big"))
    out.write(written)
    for array in _arrays(index):
        np.lib.format.write_array(out, array, allow_pickle=False)
    return out.getvalue()


def _arrays(index: Index) -> list[NDArray[Any]]:
    found: list[NDArray[Any]] = [index.ids, index.lengths]
    found += [column.codes for column in index.columns.values()]
    for postings in (*index.kinds.values(), index.words):
        found += [postings.starts, postings.rows, postings.marks]
    return found


def from_bytes(content: bytes) -> tuple[Index, dict[str, Any]]:
    """An index and what was told about it. Raises OtherIndex when it is not of this program and vocabulary."""
    size = int.from_bytes(content[:8], "big")
    try:
        head = json.loads(content[8 : 8 + size])
    except ValueError as error:
        raise OtherIndex from error
    if not isinstance(head, dict) or head.get("fingerprint") != fingerprint():
        raise OtherIndex
    rest = io.BytesIO(content)
    rest.seek(8 + size)

    def array() -> NDArray[Any]:
        return np.lib.format.read_array(rest, allow_pickle=False)

    def postings(names: list[str]) -> Postings:
        return Postings(tuple(names), array(), array(), array())

    ids, lengths = array(), array()
    columns = {
        name: Coded(array(), tuple(_valued(name, value) for value in values))
        for name, values in head["columns"].items()
    }
    listed = {name: postings(names) for name, names in head["kinds"].items()}
    return Index(ids, columns, listed, postings(head["words"]), lengths), head["told"]


def _plain(name: str, value: Any) -> Any:
    if name == "asks":
        return [[str(part) if isinstance(part, date) else part for part in astuple(ask)] for ask in value]
    return astuple(value) if name == "workplace" else value


def _valued(name: str, value: Any) -> Any:
    if name == "asks":
        return tuple(_ask(*parts) for parts in value)
    if name == "states":
        return tuple(map(State, value))
    return Workplace(*value) if name == "workplace" else _tuples(value)


def _ask(
    request_id: int, state: str, asked_at: str | None, answer: str | None, outcome: str | None,
    outcome_on: str | None, volunteered: bool, anyway: bool,
) -> Ask:  # fmt: skip
    return Ask(
        request_id,
        InvitationState(state),
        _if(datetime.fromisoformat, asked_at),
        _if(Answer, answer),
        _if(Outcome, outcome),
        _if(date.fromisoformat, outcome_on),
        volunteered,
        anyway,
    )


def _if(make: Callable[[str], Any], written: str | None) -> Any:
    return None if written is None else make(written)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
