"""Phones, e-mail addresses, names and years as they stand in sheets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.emails import email
from matcher.knowledge.names import Name, same_first_name, split_name
from matcher.knowledge.phones import phone, wa_link
from matcher.knowledge.senders import audience_of
from matcher.knowledge.years import started, years_since

ANY = st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.none(), st.booleans(), st.binary(max_size=5))


@pytest.mark.parametrize(
    "cell",
    [
        "07700 900054",
        "07700900054",
        7700900054.0,
        7700900054,
        "7700900054.0",
        "+44 7700 900054",
        "0044 7700 900054",
        "+44 (0)7700 900054",
        "07700-900-054",
        "7700 900054 ",
        "07700900054x",
        "call 07700 900054 after 6",
        "07700 900054 / 07700 900999",
    ],
)
def test_every_way_of_writing_a_mobile(cell: object) -> None:
    found = phone(cell)
    assert found is not None
    assert (found.national, found.e164, found.mobile) == ("07700 900054", "+447700900054", True)


def test_a_lost_zero_is_told() -> None:
    restored, whole = phone(7700900054.0), phone("07700900054")
    assert restored is not None
    assert whole is not None
    assert (restored.note, whole.note) == ("leading 0 restored", "")


@pytest.mark.parametrize("cell", ["", None, "none", "12345", True, "n/a", "7.7009E+09", float("nan")])
def test_no_number(cell: object) -> None:
    assert phone(cell) is None


def test_landline() -> None:
    found = phone("0115 496 0123")
    assert found is not None
    assert (found.national, found.mobile) == ("0115 496 0123", False)


@given(st.integers(0, 999))
def test_phone_round_trip(last: int) -> None:
    found = phone(f"07700900{last:03}")
    assert found is not None
    again = phone(found.e164)
    assert again is not None
    assert again.national == found.national
    assert wa_link(found.e164) == f"https://wa.me/447700900{last:03}"


@given(ANY)
def test_reading_cells_never_raises(cell: object) -> None:
    phone(cell)
    email(cell)
    started(cell, date(2024, 6, 1))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Shaz.Pickers@Example.com ", "shaz.pickers@example.com"),
        ("a@b.example", "a@b.example"),
        ("Jo <jo@example.org>", "jo@example.org"),
        ("mailto:jo@example.org", "jo@example.org"),
        ("o'neil@example.co.uk", "o'neil@example.co.uk"),
        ("not an address", None),
        ("a@b", None),
        (12.0, None),
    ],
)
def test_addresses(cell: object, expected: str | None) -> None:
    assert email(cell) == expected


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("HALINA BRZEZINSKA  ", Name("Halina", "Brzezinska")),
        ("daljit rai\n", Name("Daljit", "Rai")),
        ("SMITH, Jane", Name("Jane", "Smith")),
        ("Dr Anna van der Berg", Name("Anna", "van der Berg")),
        ("mary o'brien", Name("Mary", "O'Brien")),
        ("PATIENCE MOYO-ELLIS", Name("Patience", "Moyo-Ellis")),
        ("Siobhán McAteer", Name("Siobhán", "McAteer")),
        ("Jo Bloggs (MWAC)", Name("Jo", "Bloggs")),
        ("Harjinder Kaur Sandhu", Name("Harjinder Kaur", "Sandhu")),
        ("Cher", Name("Cher", "")),
        ("", Name("", "")),
    ],
)
def test_names(full: str, expected: Name) -> None:
    assert split_name(full) == expected


def test_names_in_two_columns() -> None:
    assert split_name("harjinder", "KAUR SANDHU") == Name("Harjinder", "Kaur Sandhu")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Sue", "Susan", True),
        ("Dal", "Daljit", True),
        ("Shaz", "Sharon", True),
        ("Liz", "Beth", True),
        ("S", "Susan", True),
        ("Siân", "Sian", True),
        ("Anna", "Amy", False),
        ("", "Amy", False),
    ],
)
def test_first_names_that_are_one_persons(a: str, b: str, same: bool) -> None:
    assert same_first_name(a, b) is same
    assert same_first_name(b, a) is same


@given(st.text(max_size=40), st.text(max_size=40))
def test_names_never_raise(a: str, b: str) -> None:
    split_name(a)
    split_name(a, b)
    assert same_first_name(a, b) == same_first_name(b, a)


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("7 yrs", 2017),
        ("nearly 20", 2004),
        ("eight", 2016),
        ("since 1994", 1994),
        ("about 18 months", 2022),
        ("5-10", 2017),
        ("2 years and a bit", 2022),
        ("since covid", 2020),
        ("20+ years", 2004),
        ("since '17", 2017),
        ("12 mlynedd (12 years)", 2012),
        ("14 in homecare, longer before", 2010),
        ("four and a half", 2020),
        (8, 2016),
        (2010.0, 2010),
        ("a couple of years", 2022),
        ("over ten years", 2014),
        ("Jan 2019", 2019),
        ("Apr-19", 2019),
        ("20 odd yrs", 2004),
        ("a few years", 2021),
        ("2k15", 2015),
        ("since the 90s", 1994),
        ("late 1980s", 1988),
        ("mid 2010's", 2015),
        ("more_than_10_years", 2014),
    ],
)
def test_how_long_she_has_done_it(said: object, year: int) -> None:
    found = started(said, date(2024, 6, 1))
    assert found is not None
    assert abs(found.year - year) <= 1
    assert found.earliest <= found.year <= found.latest


@pytest.mark.parametrize(
    "said",
    ["since my youngest started school", "many years", "when I was 18", "", None, "99", "my 80s client", "20s"],
)
def test_no_time_said(said: object) -> None:
    assert started(said, date(2024, 6, 1)) is None


def test_years_since() -> None:
    assert years_since(2016, date(2026, 1, 1)) == 10
    assert years_since(2030, date(2026, 1, 1)) == 0


@pytest.mark.parametrize(
    ("address", "audience"),
    [
        ("a.b@dept.kingsmarsh.ac.uk", "academic"),
        ("clerk@parliament.uk", "policy"),
        ("x@anytown.gov.uk", "policy"),
        ("news@bbc.co.uk", "media"),
        ("hello@skillsforcare.org.uk", "sector"),
        ("someone@example.org", None),
    ],
)
def test_audience_of_a_sender(address: str, audience: str | None) -> None:
    assert audience_of(address) == audience
