"""Open calls: the text names nobody, who answers is recorded, a link that was posted shares nobody's details."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from matcher.consent import releases, withdraw
from matcher.errors import UserError
from matcher.matching import rank
from matcher.model import Answer, Format, InvitationState, Stage
from matcher.model import Session as Day
from matcher.outreach import ask, asks, call_words, close, open_calls, post_call, timeline, volunteer
from matcher.storage import reading, request_of

if TYPE_CHECKING:
    from tests.conftest import Network


def test_the_text_says_what_it_is_and_names_no_member(network: "Network") -> None:
    network.willing("Ada", last_name="Stone")
    request = network.request(requester="Sam", organisation="Seven", deadline=date(2026, 12, 4))
    text = call_words(network.store, request).text
    assert "Sam, Seven" in text
    assert "Night shifts" in text
    assert "privately, not in the group" in text
    assert "Ada" not in text


def test_who_answers_is_recorded_and_counts_apart(network: "Network", frozen: datetime) -> None:
    ada, request = network.willing("Ada"), network.request()
    post_call(network.store, request, " WhatsApp  group ", "Who wants to?")
    with reading(network.store) as session:
        assert request_of(session, request).stage is Stage.ASKING
    volunteer(network.store, request, ada, note="has a lot to say")
    (row,) = asks(network.store, request)
    assert (row.state, row.volunteered, row.answered_at) == (InvitationState.YES, True, frozen)
    assert open_calls(network.store, request)[0].posted_in == "WhatsApp group"
    assert [event.what for event in timeline(network.store, request)][-3:] == [
        "Posted in WhatsApp group", "Answered the call", "Answered “Yes”",
    ]  # fmt: skip


def test_an_ask_that_was_there_stays_an_ask(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    post_call(network.store, request, "Newsletter", "Who wants to?")
    volunteer(network.store, request, ada)
    assert [(row.state, row.volunteered) for row in asks(network.store, request)] == [(InvitationState.YES, False)]


def test_a_stop_to_a_call_is_a_stop(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    post_call(network.store, request, "Newsletter", "Who wants to?")
    volunteer(network.store, request, ada, Answer.STOP_ALL)
    assert network.state(ada) == "withdrawn"


def test_without_a_permission_or_a_call_nobody_is_recorded(network: "Network") -> None:
    ada, request = network.willing("Ada"), network.request()
    with pytest.raises(UserError, match="not posted"):
        volunteer(network.store, request, ada)
    post_call(network.store, request, "Newsletter", "Who wants to?")
    withdraw(network.store, ada)
    with pytest.raises(UserError, match="may not be asked"):
        volunteer(network.store, request, ada)
    assert asks(network.store, request) == ()


@pytest.mark.parametrize(
    ("where", "text", "at", "says"),
    [
        ("", "x", None, "Where"),
        ("group", " ", None, "no text"),
        ("group", "x", "2030-01-01T00:00+00:00", "to come"),
    ],
)
def test_a_call_says_where_what_and_when(
    network: "Network", where: str, text: str, at: str | None, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        post_call(network.store, network.request(), where, text, datetime.fromisoformat(at) if at else None)


def test_a_link_that_was_posted_is_closed_with_where_and_shares_nobody(
    network: "Network", frozen: datetime
) -> None:
    request = network.request(title="Survey on pay")
    post_call(network.store, request, "WhatsApp group", "Here is the link.")
    close(network.store, request)
    told = [event.what for event in timeline(network.store, request)]
    assert "Now done: Posted in WhatsApp group on Mon 23 Nov." in told
    assert releases(network.store) == ()
    assert rank(network.store, request).candidates == ()


@pytest.mark.parametrize(
    ("brief", "by_link", "link"),
    [
        ({"format": Format.SURVEY, "text": "Fill in https://www.example.org/s?a=1."}, True,
         "https://www.example.org/s?a=1"),
        ({"text": "Would you kindly circulate the link? It closes soon."}, True, ""),
        ({"text": "Could you share our survey link (www.example.org/pay) in your group?"}, True,
         "www.example.org/pay"),
        ({"text": "We would like to share a coffee and hear about nights."}, False, ""),
        ({"text": "An interview. See https://example.org/study"}, False, "https://example.org/study"),
        ({"format": Format.SURVEY, "sessions": (Day(date(2026, 12, 3)),)}, False, ""),
    ],
)  # fmt: skip
def test_a_request_that_is_answered_by_a_link_is_known(
    network: "Network", brief: dict[str, Any], by_link: bool, link: str
) -> None:
    words = call_words(network.store, network.request(**brief))
    assert (words.by_link, words.link) == (by_link, link)
    assert words.text == (words.share if by_link else words.call)


def test_the_text_of_a_link_says_it_and_that_nobody_sees_who_follows_it(network: "Network") -> None:
    request = network.request(format=Format.SURVEY, organisation="Seven", title="Survey on pay")
    known = call_words(network.store, request, " https://example.org/pay ").share
    assert "The link: https://example.org/pay" in known
    assert "I do not see who does" in known
    assert "would appear" not in known
    assert "The link" not in call_words(network.store, request).share
