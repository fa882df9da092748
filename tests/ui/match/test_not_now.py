"""Who is not put forward: by reason, by name, and why not."""

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from matcher.matching import rank
from matcher.model import Criterion, CriterionField, Op, Strength
from matcher.storage.store import Store
from matcher.triage import edit_brief, show_request
from matcher_ui.models.not_now import Group
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.widgets.labels import Label

Show = Callable[..., RequestPage]
Settle = Callable[[], None]


def panel_words(tab: MatchTab) -> str:
    return "\n".join(label.text() for label in tab.panel.findChildren(Label) if not label.isHidden())


def test_not_now_is_grouped_and_answers_why_not(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    tab._tab_chosen("not_now")
    rows = tab.not_now.model.rows
    groups = [row for row in rows if isinstance(row, Group)]
    assert sum(group.count for group in groups) == len(tab.not_now.model.others)
    other = rank(sample, request_id).others[-1]
    tab.not_now.search.setText(other.member.name.split()[0][:4])
    found = [row.member.id for row in tab.not_now.model.rows if not isinstance(row, Group)]
    assert other.member.id in found
    tab.not_now.choose(other.member.id)
    settle()
    words = panel_words(tab)
    assert other.member.name in words
    assert f"{other.reason}." in words


def test_a_search_that_finds_nobody_explains_nobody(tab: MatchTab, settle: Settle) -> None:
    tab._tab_chosen("not_now")
    settle()
    assert tab.panel.isVisibleTo(tab)
    tab.not_now.search.setText("Zzyzx")
    settle()
    assert tab.not_now.nobody.text() == "Nobody here is called “Zzyzx”."
    assert not tab.panel.isVisibleTo(tab)
    tab.not_now.search.clear()
    settle()
    assert tab.not_now.current is not None
    assert tab.panel.isVisibleTo(tab)
    assert tab.not_now.current.member.name in panel_words(tab)
    tab.not_now.search.setText("Zzyzx")
    tab._tab_chosen("could")
    settle()
    assert tab.panel.isVisibleTo(tab)
    assert tab.model.candidates[tab.could.list.currentIndex().row()].member.name in panel_words(tab)


def test_a_name_that_could_fit_is_offered_from_not_now(tab: MatchTab, qtbot: QtBot, settle: Settle) -> None:
    tab._tab_chosen("not_now")
    candidate = tab.model.candidates[2]
    tab.not_now.search.setText(candidate.member.name)
    assert tab.not_now.also.text() == f"{candidate.member.name} could fit: number 3"
    tab.not_now.also.click()
    settle()
    assert tab.tabs.current == "could"
    assert tab.could.list.currentIndex().row() == 2


def test_nobody_fits_says_how_many_not_now_and_leads_there(
    show: Show, sample: Store, request_id: int, settle: Settle
) -> None:
    brief = show_request(sample, request_id).brief
    nations = ("Wales", "Scotland")
    musts = [Criterion(Strength.MUST, CriterionField.COUNTRY, Op.IS, nation, nation) for nation in nations]
    edit_brief(sample, request_id, replace(brief, criteria=(*brief.criteria, *musts)))
    tab = show(request_id).match
    assert tab.model.rowCount() == 0
    assert tab.could.empty is not None
    assert tab.could.empty.accessibleName() == "Nobody who may be asked fits"
    assert tab.could.empty.accessibleDescription() == "40 not now: see why."
    assert not tab.tray.suggest.isEnabled()
    tab.could.empty.button.click()
    settle()
    assert tab.tabs.current == "not_now"
