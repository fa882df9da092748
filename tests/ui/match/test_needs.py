"""What a request needs, changed beside the people it finds."""

from collections.abc import Callable
from dataclasses import replace

from tests.ui.conftest import Heard

from matcher.consent import undo
from matcher.matching import rank
from matcher.model import Criterion, CriterionField, Op, Strength, criterion_words
from matcher.storage.store import Store
from matcher.triage import show_request
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.widgets.criteria_editor import CriterionEntry

Settle = Callable[[], None]


def ids(tab: MatchTab) -> list[int]:
    return [candidate.member.id for candidate in tab.model.candidates]


def test_a_need_is_changed_here_and_everybody_is_ranked_again(
    tab: MatchTab, sample: Store, request_id: int, heard: Heard, settle: Settle
) -> None:
    before, brief = ids(tab), show_request(sample, request_id).brief
    tab.needs.open()
    tab.needs.editor.lists[Strength.MUST].append(
        Criterion(Strength.MUST, CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 10, "ten years or more")
    )
    settle()
    assert tab.needs.is_open
    kept = show_request(sample, request_id).brief
    assert kept.criteria[:-1] == brief.criteria
    assert replace(kept, criteria=()) == replace(brief, criteria=())
    tab.show_request(request_id)
    settle()
    assert len(ids(tab)) < len(before)
    assert tab.model.candidates == rank(sample, request_id).candidates
    batch = heard.said[-1].batch
    assert batch is not None
    undo(sample, batch)
    tab.show_request(request_id)
    settle()
    assert ids(tab) == before
    assert len(tab.needs.editor.criteria()) == len(brief.criteria)


def test_pressing_a_need_opens_it_and_removing_it_is_kept(
    tab: MatchTab, sample: Store, request_id: int, settle: Settle
) -> None:
    brief = show_request(sample, request_id).brief
    tab.needs.set_folded(False)
    sentence = next(one for one in tab.needs.sentences if one.text() == criterion_words(brief.musts()[0]))
    sentence.click()
    tab.needs.editor.findChildren(CriterionEntry)[0].removed.emit()
    settle()
    assert show_request(sample, request_id).brief.criteria == tuple(
        criterion for criterion in brief.criteria if criterion != brief.musts()[0]
    )
    tab.needs.done.click()
    assert not tab.needs.is_open
