"""Ranking in a store: the gate first, everyone in exactly one place, explained, and kept as a list."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher.consent import everybody, undo, withdraw
from matcher.errors import UserError
from matcher.matching import Weights, make_shortlist, open_case, people, rank, shortlist, why
from matcher.model import Audience, Brief, Criterion, CriterionField, How, Op, Purpose, RequestKind, Strength
from matcher.storage import Store, member_of, work

Add = Callable[..., int]
BRIEF = Brief(
    "Dementia at home",
    audience=Audience.ACADEMIC,
    topics=("dementia",),
    remote=True,
    criteria=(
        Criterion(Strength.MUST, CriterionField.COUNTRY, Op.ANY_OF, ["England"], "in England"),
        Criterion(Strength.MUST, CriterionField.GENDER, Op.IS, "man", "a man"),
    ),
)
IN_LEEDS: dict[str, Any] = {"town": "Leeds", "region": "Yorkshire and The Humber", "country": "England"}


def test_everyone_is_a_candidate_or_has_the_rule_that_keeps_them_out(
    store: Store, add_member: Add, add_request: Add
) -> None:
    fits_ = add_member(first_name="Ann", gender="M", experience_text="I care for a man with dementia", **IN_LEEDS)
    ask = add_member(first_name="Bea", **IN_LEEDS)
    closed = add_member(first_name="Cy", gender="M", without=(Purpose.USE_GENDER,), **IN_LEEDS)
    wales = add_member(first_name="Di", region="Wales", country="Wales", town="Cardiff")
    no = add_member(first_name="Ed", without=(Purpose.ACADEMIC,), gender="M", **IN_LEEDS)
    ranking = rank(store, add_request(BRIEF))
    assert ranking.candidates[0].member.id == fits_
    assert {c.member.id: c.status for c in ranking.candidates} == {fits_: "met", ask: "ask", closed: "ask"}
    assert {o.member.id: o.rule for o in ranking.others} == {wales: "fails_must", no: "refused"}
    reason = next(o.reason for o in ranking.others if o.member.id == wales)
    assert reason == "Lives in Cardiff, Wales; not in England (must have: “in England”)"
    assert ranking.candidates[1].to_ask == ("a man",)


def test_a_withdrawal_counts_at_once(store: Store, add_member: Add, add_request: Add) -> None:
    member = add_member(first_name="Ann", gender="M", **IN_LEEDS)
    request = add_request(BRIEF)
    assert len(rank(store, request).candidates) == 1
    withdraw(store, member, how=How.PHONE, evidence="said stop")
    assert rank(store, request).candidates == ()
    assert rank(store, request).others[0].rule == "withdrawn"


@pytest.mark.parametrize("kind", [RequestKind.NEWSLETTER, RequestKind.MARKETING, RequestKind.ENQUIRY])
def test_nobody_is_put_forward_for_what_is_no_request(
    store: Store, add_member: Add, add_request: Add, kind: RequestKind
) -> None:
    add_member(first_name="Ann", gender="M", **IN_LEEDS)
    ranking = rank(store, add_request(BRIEF, kind))
    assert ranking.candidates == ()
    assert ranking.others[0].rule == "not_a_request"


def test_why_speaks_in_plain_sentences(store: Store, add_member: Add, add_request: Add) -> None:
    good = add_member(first_name="Ann", gender="M", interests_text="living with dementia", **IN_LEEDS)
    far = add_member(first_name="Di", region="Wales", country="Wales", town="Cardiff")
    request = add_request(BRIEF)
    told = why(store, request, good)
    assert told.position == 1
    assert told.sentences[0].startswith("Ann is number 1 of 1")
    assert "Must have “in England”: yes. Lives in Leeds, Yorkshire and The Humber." in told.sentences
    other = why(store, request, far)
    assert not other.candidate
    assert other.sentences[0].startswith("Di is not put forward: Lives in Cardiff")
    with pytest.raises(UserError, match="no member M99"):
        why(store, request, 99)


def test_a_list_keeps_the_order_and_says_how_many_are_missing(
    store: Store, add_member: Add, add_request: Add
) -> None:
    for name in ("Ann", "Bob", "Cid"):
        add_member(first_name=name, gender="M", **IN_LEEDS)
    request = add_request(BRIEF)
    order = [c.member.id for c in rank(store, request).candidates]
    made = make_shortlist(store, request, people=2)
    assert [e.member_id for e in (*made.chosen, *made.reserves)] == order
    assert made.short_by == 0
    again = make_shortlist(store, request, people=5, seed="a seed")
    assert again.short_by == 2
    assert shortlist(store, request).chosen == again.chosen
    assert again.chosen[0].why["seed"] == "a seed"
    assert round(sum(again.chosen[0].why["parts"].values()), 1) == again.chosen[0].score


def test_a_list_can_be_taken_back_by_its_step(store: Store, add_member: Add, add_request: Add) -> None:
    request = add_request(BRIEF)
    assert make_shortlist(store, request, people=2).batch is None
    add_member(first_name="Ann", gender="M", **IN_LEEDS)
    made = make_shortlist(store, request, people=2)
    undo(store, made.batch)
    assert shortlist(store, request).chosen == ()


def test_a_change_of_a_record_counts_at_once(store: Store, add_member: Add, add_request: Add) -> None:
    member = add_member(first_name="Ann", gender="M", **IN_LEEDS)
    request = add_request(BRIEF)
    assert rank(store, request).candidates[0].quote == ""
    with work(store, "correct") as unit:
        member_of(unit.session, member).experience_text = "I sit with a man who has dementia."
    assert rank(store, request).candidates[0].quote == "I sit with a man who has dementia"


def test_other_weights_order_as_ranking_anew_does(store: Store, add_member: Add, add_request: Add) -> None:
    for number in range(12):
        words = "dementia " * (number % 3) + "hoists " * (number % 4)
        add_member(first_name=f"N{number}", gender="M", experience_text=words, start_year=2026 - number, **IN_LEEDS)
    request = add_request(BRIEF)
    usual, wanted = Weights(20, 60, 20), Weights(10, 10, 80)
    moved = open_case(store, request, weights=usual).weighed(wanted)
    assert moved.ranking() == rank(store, request, weights=wanted)
    assert moved.ranking() != rank(store, request, weights=usual)


def test_those_found_by_name_are_read_all_at_once(
    store: Store, add_member: Add, add_request: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    fits_ = [add_member(first_name="Julie", gender="M", **IN_LEEDS) for _ in range(3)]
    kept_out = [add_member(first_name="Julia", without=(Purpose.ACADEMIC,), **IN_LEEDS) for _ in range(3)]
    add_member(first_name="Ann", gender="M", **IN_LEEDS)
    case = open_case(store, add_request(BRIEF))
    case._people._known.clear()
    read: list[int] = []

    def counted(session: Any, member_ids: list[int]) -> Any:
        read.append(len(member_ids))
        return everybody(session, member_ids)

    monkeypatch.setattr(people, "everybody", counted)
    found = case.called("jul")
    assert read == [6]
    assert {card.id for _place, card in found.fitting} == set(fits_)
    assert {other.member.id for other in found.others} == set(kept_out)


def test_an_unknown_request_and_an_empty_list_are_said_plainly(store: Store, add_request: Add) -> None:
    with pytest.raises(UserError, match="no request R77"):
        rank(store, 77)
    with pytest.raises(UserError, match="at least one person"):
        make_shortlist(store, add_request(BRIEF), people=0)


def test_a_phrase_that_stands_for_several_musts_is_not_said_of_each(
    store: Store, add_member: Callable[..., int], add_request: Callable[..., int]
) -> None:
    phrase = "Care workers in England, no managers"
    criteria = (
        Criterion(Strength.MUST, CriterionField.COUNTRY, Op.IS, "England", phrase),
        Criterion(Strength.MUST, CriterionField.ROLE, Op.NONE_OF, ["manager"], phrase),
    )
    request = add_request(Brief("Night visits", criteria=criteria))
    ada = add_member(first_name="Ada", country="England", region="London", role="care worker")
    cai = add_member(first_name="Cai", country="Wales", region="Wales", town="Cardiff", role="care worker")
    told = why(store, request, ada).sentences
    assert any(sentence.startswith("Must have “Lives in England”: yes") for sentence in told)
    assert any(sentence.startswith("Must have “Not in the role of manager”: yes") for sentence in told)
    (other,) = rank(store, request).others
    assert (other.member.id, other.reason) == (
        cai,
        "Lives in Cardiff, Wales; not in England (must have: “Lives in England”)",
    )


def test_of_needs_that_share_a_phrase_the_unknown_one_is_asked(
    store: Store, add_member: Add, add_request: Add
) -> None:
    phrase = "anyone 25 or under, anywhere in England"
    age = Criterion(Strength.MUST, CriterionField.AGE, Op.AT_MOST, 25, phrase)
    country = Criterion(Strength.MUST, CriterionField.COUNTRY, Op.ANY_OF, ["England"], phrase)
    add_member(first_name="Bea", **IN_LEEDS)
    ranking = rank(store, add_request(Brief("Young people", criteria=(age, country))))
    assert [candidate.to_ask for candidate in ranking.candidates] == [("Aged 25 or under",)]
