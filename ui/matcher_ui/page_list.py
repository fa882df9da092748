"""Every page there is, which entry of the sidebar it belongs to, and loading it."""

import linecache
from importlib import import_module
from typing import TYPE_CHECKING

from matcher_ui.workspace import PageName, Place

if TYPE_CHECKING:
    from matcher_ui.pages.page import Page

PAGES: dict[PageName, str] = {
    "today": "today.today_page.TodayPage",
    "requests": "requests.requests_page.RequestsPage",
    "request": "request.request_page.RequestPage",
    "log": "requests.log_page.LogPage",
    "requester": "requests.requester_page.RequesterPage",
    "questions": "requests.questions_page.QuestionsPage",
    "members": "members.members_page.MembersPage",
    "member": "member.member_page.MemberPage",
    "import": "importing.import_page.ImportPage",
    "partners": "members.partners_page.PartnersPage",
    "outreach": "outreach.outreach_page.OutreachPage",
    "meetup": "meetups.meetup_page.MeetupPage",
    "insight": "insight.insight_page.InsightPage",
    "promises": "promises.promises_page.PromisesPage",
    "report": "rights.report_page.ReportPage",
    "rights": "rights.rights_page.RightsPage",
    "retention": "rights.retention_page.RetentionPage",
    "guide": "guide.guide_page.GuidePage",
    "keys": "guide.keys_page.KeysPage",
    "settings": "settings.settings_page.SettingsPage",
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
    found: type[Page] = getattr(import_module(page_module(PAGES[name])), PAGES[name].rpartition(".")[2])
    return found


def load_page(where: str) -> None:
    """Import the module of a page ("today.today_page.TodayPage"), so that building it is all that is left to do."""
    import_module(page_module(where))
    _loaded.add(where)
    forget_sources()


def is_loaded(where: str) -> bool:
    """Whether a page's module is there, whole."""
    return where in _loaded


def page_module(where: str) -> str:
    """The module that a page lives in."""
    return f"matcher_ui.pages.{where.rpartition('.')[0]}"


def forget_sources() -> None:
    """Give back the text of what was just imported: Qt reads every module's source, and Python keeps it, 50 MB."""
    linecache.clearcache()
