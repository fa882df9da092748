"""Row ids: the store that made one knows it again; nobody else's and nothing altered passes."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from matcher.outreach.row_ids import RowId, seal, unseal
from matcher.storage import Cost, Store, create_store
from matcher.storage.keys import Keys


class Holder:
    """As much of a store as row ids need."""

    def __init__(self, key: bytes) -> None:
        self.keys = Keys(key)


HERS: Store = Holder(b"a" * 32)  # type: ignore[assignment]
OTHER: Store = Holder(b"b" * 32)  # type: ignore[assignment]


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_an_id_comes_back(request: int, member: int) -> None:
    text = seal(HERS, RowId(request, member))
    assert unseal(HERS, f"  {text}\n") == RowId(request, member)
    assert unseal(OTHER, text) is None


@given(st.integers(1, 999), st.integers(1, 999), st.data())
def test_an_altered_id_is_nobodys(request: int, member: int, data: st.DataObject) -> None:
    text = seal(HERS, RowId(request, member))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdefRM-").filter(lambda c: c != text[place]))
    assert unseal(HERS, text[:place] + letter + text[place + 1 :]) is None


@given(st.text())
def test_no_other_text_is_an_id(text: str) -> None:
    assert unseal(HERS, text) is None


def test_ids_outlive_the_opening_and_tell_stores_apart(store: Store, tmp_path: Path) -> None:
    text = seal(store, RowId(1, 2))
    with create_store(tmp_path / "o.matcher", "Other", "x", cost=Cost(n=2**4)).store as other:
        assert unseal(other, text) is None
    assert unseal(store, text) == RowId(1, 2)
