"""A sheet without names warns whom it gives away, looking at all that this requester has received."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.model import Answer, Requester
from matcher.outreach import ask, reply, small_groups, write_requester_sheet
from matcher.storage import request_of, work

if TYPE_CHECKING:
    from tests.conftest import Network

FIELDS = ("region", "role")


@pytest.fixture
def asked_by(network: "Network") -> "Asked":
    return Asked(network)


class Asked:
    """Requests of one requester to which people say yes."""

    def __init__(self, network: "Network") -> None:
        self.network = network
        with work(network.store, "who asks") as unit:
            who = Requester(name="Sam", contact="sam@example.org", organisation="Seven", created_at=unit.now)
            unit.session.add(who)
            unit.session.flush()
            self.requester = who.id

    def people(self, *regions: str) -> list[int]:
        return [self.network.willing(f"P{n}", region=one, role="carer") for n, one in enumerate(regions)]

    def request(self, people: list[int], *, of_them: bool = True) -> int:
        request = self.network.request()
        if of_them:
            with work(self.network.store, "who asks") as unit:
                request_of(unit.session, request).requester_id = self.requester
        for one in people:
            ask(self.network.store, request, [one])
            reply(self.network.store, request, one, Answer.YES)
        return request


def test_five_alike_are_no_small_group_and_one_apart_is(asked_by: Asked) -> None:
    people = asked_by.people(*["Wales"] * 5, "London")
    request = asked_by.request(people)
    (warning,) = small_groups(asked_by.network.store, request, FIELDS, pseudonymous=True)
    assert warning.member_ids == (people[5],)
    assert warning.leave_out == "region"
    assert "1 of 6 could be told apart by" in warning.sentence
    assert small_groups(asked_by.network.store, request, ("role",), pseudonymous=True) == ()


def test_what_they_received_before_counts(asked_by: Asked, tmp_path: Path) -> None:
    people = asked_by.people(*["Wales"] * 6)
    first = asked_by.request(people)
    write_requester_sheet(asked_by.network.store, first, tmp_path / "a.xlsx", ("region",), pseudonymous=True)
    second = asked_by.request(people[:2])
    assert small_groups(asked_by.network.store, second, ("region",), pseudonymous=True) == (), "six are alike"
    elsewhere = asked_by.request(people[:2], of_them=False)
    (warning,) = small_groups(asked_by.network.store, elsewhere, ("region",), pseudonymous=True)
    assert warning.member_ids == tuple(people[:2]), "another requester knows of two only"


def test_two_sheets_of_one_requester_add_up(asked_by: Asked, tmp_path: Path) -> None:
    network = asked_by.network
    people = [network.willing(f"P{n}", region="Wales", role="senior" if n == 0 else "carer") for n in range(6)]
    first = asked_by.request(people)
    write_requester_sheet(network.store, first, tmp_path / "a.xlsx", ("region",), pseudonymous=True)
    second = asked_by.request(people)
    (warning,) = small_groups(network.store, second, ("role",), pseudonymous=True)
    assert warning.member_ids == (people[0],)


def test_who_is_known_by_name_is_warned_of_both_ways(asked_by: Asked, tmp_path: Path) -> None:
    network, people = asked_by.network, asked_by.people(*["Wales"] * 6)
    first = asked_by.request(people)
    write_requester_sheet(network.store, first, tmp_path / "a.xlsx", ("region",), pseudonymous=True)
    named = write_requester_sheet(network.store, first, tmp_path / "b.xlsx", ("first_name", "region"))
    assert "stand without a name" in named.warnings[0].sentence
    again = write_requester_sheet(network.store, first, tmp_path / "c.xlsx", ("region",), pseudonymous=True)
    assert ["shared with this requester by name before" in one.sentence for one in again.warnings] == [True]
