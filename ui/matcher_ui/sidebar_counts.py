"""How many things wait under Today, Requests and Outreach, beside their entries in the sidebar."""

from collections.abc import Collection

from matcher.clock import today
from matcher.outreach import unsettled
from matcher.triage import RequestRow, count_urgent, list_requests
from matcher_ui.pages.today.today_page import needs_her_today
from matcher_ui.widgets.sidebar import Sidebar
from matcher_ui.workspace import Workspace


class SidebarCounts:
    """Reads the counts in the background and shows them beside ``entries``."""

    def __init__(self, workspace: Workspace, sidebar: Sidebar, entries: Collection[str]) -> None:
        self._workspace, self._sidebar, self._entries = workspace, sidebar, entries

    def refresh(self) -> None:
        """Count again."""
        self._workspace.read(
            "main.counts",
            lambda store: (list_requests(store), count_urgent(store), len(unsettled(store))),
            self._show,
        )

    def _show(self, found: tuple[tuple[RequestRow, ...], int, int]) -> None:
        rows, urgent, waiting = found
        counts = needs_her_today(rows, today())
        needing = urgent + len(counts.new) + len(counts.due)
        for key, count in (("today", needing), ("requests", len(counts.open)), ("outreach", waiting)):
            if key in self._entries:
                self._sidebar.set_count(key, count)
