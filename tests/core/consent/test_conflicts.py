"""The requester and her employer: the same firm under another spelling, or another firm with the same words."""

import pytest

from matcher.consent.conflicts import conflict_at, is_work_address, workplace


@pytest.mark.parametrize(
    ("employer", "organisation", "same"),
    [
        ("Sunny Care Ltd", "SUNNY CARE", True),
        ("Sunny Care", "Sunny Homecare Services Limited", True),
        ("The Sunny Home-Care Company", "Sunny Care UK", True),
        ("Smith & Sons Care", "Smith and Sons", True),
        ("St Mary's Care", "St Marys Home Care", True),
        ("Bright Side", "Brightside Care", True),
        ("Sunnyside Care", "Sunyside Care Ltd.", True),
        ("Lantern Care Derby", "Lantern Care", True),
        ("Lantern Care", "Lantern Care (Leeds branch)", True),
        ("Sunny Care", "Rainy Care", False),
        ("Northside Care", "Southside Care", False),
        ("Nottingham Homecare", "University of Nottingham", False),
        ("Hope Care", "Hope University", False),
        ("Derby Care", "Leeds Care", False),
        ("Home Care Ltd", "Care Group", False),
        ("", "Sunny Care", False),
        ("Sunny Care", "", False),
    ],
)
def test_names(employer: str, organisation: str, same: bool) -> None:
    assert bool(conflict_at(workplace(employer, None), organisation, "")) == same


@pytest.mark.parametrize(
    ("employer", "email", "contact", "same"),
    [
        (None, "ada@sunny.example.net", "Jo <jo@sunny.example.net>", True),
        (None, "ada@sunny.example.net", "07700 900123; jo@sunny.example.net", True),
        ("Sunny Care Ltd", None, "jo@sunnycare.co.uk", True),
        ("Sunny Care Ltd", "ada@gmail.com", "jo@sunny-care.org", True),
        (None, "ada@gmail.com", "jo@gmail.com", False),
        (None, "ada@nhs.net", "jo@nhs.net", False),
        (None, "ada@hotmail.co.uk", "jo@hotmail.co.uk", False),
        ("Sunny Care", "ada@gmail.com", "jo@rainycare.co.uk", False),
        (None, None, "no address at all", False),
        (None, "", "", False),
    ],
)
def test_addresses(employer: str | None, email: str | None, contact: str, same: bool) -> None:
    assert bool(conflict_at(workplace(employer, email), "Channel Seven", contact)) == same


def test_an_address_at_work() -> None:
    assert is_work_address("Sunny Care Ltd", "ada@sunnycare.co.uk")
    assert not is_work_address("Sunny Care Ltd", "ada@gmail.com")
    assert not is_work_address(None, "ada@sunnycare.co.uk")
    assert not is_work_address("Sunny Care Ltd", None)
