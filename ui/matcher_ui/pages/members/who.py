"""Who the keyboard is on and who is selected, kept by member while rows are filtered and sorted anew."""

from collections.abc import Sequence

from matcher_ui.models.table import ROW_ROLE, SortFilter
from matcher_ui.widgets.members_view import MembersView

MOST_KEPT = 200


class WhoIsChosen:
    """The members behind the rows of the table; ``ids`` are those of all its rows, in the order they were read."""

    def __init__(self, table: MembersView, proxy: SortFilter) -> None:
        self._table = table
        self._proxy = proxy
        self.ids: list[int] = []

    def current(self) -> int | None:
        """The member the keyboard is on."""
        index = self._table.currentIndex()
        return index.data(ROW_ROLE).id if index.isValid() else None

    def go_back_to(self, member_id: int | None) -> None:
        """Put the keyboard on a member, if she is shown."""
        place = None if member_id is None else self._place_of(member_id)
        if place is not None:
            self._table.setCurrentIndex(self._proxy.index(place, self.first_column()))

    def selected(self) -> list[int]:
        """Those selected, from the top; no more than can be kept or worked with."""
        if not self.ids:
            return []
        places = self._table.selected_places(MOST_KEPT + 1)
        return [self.ids[self._proxy.source_row(place)] for place in places]

    def select(self, member_ids: Sequence[int]) -> None:
        """Select these, as far as they are shown."""
        places = (self._place_of(member_id) for member_id in member_ids)
        self._table.select_places([place for place in places if place is not None])

    def first_column(self) -> int:
        """The first column that is shown."""
        return next(c for c in range(self._proxy.columnCount()) if not self._table.isColumnHidden(c))

    def _place_of(self, member_id: int) -> int | None:
        return self._proxy.place_of(self.ids.index(member_id)) if member_id in self.ids else None
