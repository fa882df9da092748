"""Every page there is, which entry of the sidebar it belongs to, and loading it."""

import linecache
from importlib import import_module
from typing import TYPE_CHECKING

from matcher_ui.workspace import PageName, Place

if TYPE_CHECKING:
    from matcher_ui.pages.page import Page

PAGES: dict[PageName, str] = {
    "today": "today.TodayPage",
    "requests": "requests.RequestsPage",
    "request": "request.RequestPage",
    "log": "log_request.LogPage",
    "requester": "requester.RequesterPage",
    "questions": "questions.QuestionsPage",
    "members": "members.MembersPage",
    "member": "member.MemberPage",
    "import": "import_members.ImportPage",
    "partners": "partners.PartnersPage",
    "outreach": "outreach.OutreachPage",
    "meetup": "meetup.MeetupPage",
    "insight": "insight.InsightPage",
    "promises": "promises.PromisesPage",
    "report": "report.ReportPage",
    "rights": "rights.RightsPage",
    "retention": "retention.RetentionPage",
    "guide": "guide.GuidePage",
    "keys": "keys.KeysPage",
    "settings": "settings.SettingsPage",
}
"""Page -> where it lives. It is loaded before it is first built; the sidebar shows those that it knows."""

_loaded: set[str] = set()

SECTIONS: dict[PageName, str] = {
    "request": "requests", "log": "requests", "requester": "requests", "questions": "requests",
    "member": "members", "import": "members", "partners": "members", "promises": "today", "meetup": "outreach",
    "report": "members", "rights": "today", "retention": "settings", "keys": "guide"
}  # fmt: skip
"""Page -> the entry of the sidebar it belongs to, where that is another."""


def section_of(place: Place) -> str:
    """The entry of the sidebar that a place belongs to. What is held on a requester belongs to the requests."""
    if place.page == "report" and place.tab == "requester":
        return "requests"
    return SECTIONS.get(place.page, place.page)


def page_class(name: PageName) -> "type[Page]":
    """The class of a page, brought in when it is first asked for."""
    found: type[Page] = getattr(import_module(page_module(PAGES[name])), PAGES[name].partition(".")[2])
    return found


def load_page(where: str) -> None:
    """Import the module of a page ("today.TodayPage"), so that building it is all that is left to do."""
    import_module(page_module(where))
    _loaded.add(where)
    forget_sources()


def is_loaded(where: str) -> bool:
    """Whether a page's module is there, whole."""
    return where in _loaded


def page_module(where: str) -> str:
    """The module that a page lives in."""
    return f"matcher_ui.pages.{where.partition('.')[0]}"


def forget_sources() -> None:
    """Give back the text of what was just imported: Qt reads every module's source, and Python keeps it, 50 MB."""
    linecache.clearcache()
