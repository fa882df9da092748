"""Misspelt places: taken where one place is clearly meant, else kept as written and asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.gazetteer import Town, towns
from matcher.knowledge.misspelt import guesses, is_clear
from matcher.knowledge.places import locate
from matcher.knowledge.tables import fold

CLEAR = {
    "Birmigham": "Birmingham", "Bumingham": "Birmingham", "Bumingham (Erdington)": "Erdington",
    "Nottinham": "Nottingham", "Lecester": "Leicester", "Leister": "Leicester", "Manchster": "Manchester",
    "Shefield": "Sheffield", "Edinborough": "Edinburgh", "Middlesborough": "Middlesbrough", "Leds": "Leeds",
    "Liverpul": "Liverpool", "Wolverampton": "Wolverhampton", "Hudersfield": "Huddersfield", "Grimsbey": "Grimsby",
    "Loughbourogh": "Loughborough", "Mansfeild": "Mansfield", "Chesterfeild": "Chesterfield", "Derbey": "Derby",
    "Worksopp": "Worksop", "Ilkston": "Ilkeston", "Kettring": "Kettering", "Abertaw": "Swansea",
    "Bury St Edmonds": "Bury St. Edmunds", "Lemington Spa": "Royal Leamington Spa", "Milton Keens": "Milton Keynes",
    "Sutton in Ashfeild": "Sutton-in-Ashfield", "Kirby in Ashfield": "Kirkby-in-Ashfield",
    "Kings Lynn": "King's Lynn", "B'ham": "Birmingham", "Brum": "Birmingham", "Scarboro": "Scarborough",
    "St Helens": "St Helens", "north notingham": "Nottingham", "Birminghan, mostly": "Birmingham",
}  # fmt: skip
"""What was written -> the one town that is meant."""

ASKED = {
    "Newcasle": ("Newcastle", "Newcastle upon Tyne (Tyne and Wear)"), "Newcastle": ("Newcastle", None),
    "Ashford": ("Ashford", "Ashford (Kent)"), "Ashfrod": ("Ashford", "Ashford (Surrey)"),
    "Richmond": ("Richmond", "Richmond (North Yorkshire)"), "Beeston": ("Beeston", "Beeston (West Yorkshire)"),
    "Herford": ("Herford", "Hereford (Herefordshire)"), "Hinkley": ("Hinkley", "Hinckley (Leicestershire)"),
    "Kirkby": ("Kirkby", "Kirkby (Merseyside)"), "Newprt": ("Newport", "Newport (Isle of Wight)"),
}  # fmt: skip
"""What was written -> the name kept, and one of the places that it is said it could be."""


@pytest.mark.parametrize(("written", "town"), CLEAR.items())
def test_a_slip_in_the_name_of_one_place_is_put_right(written: str, town: str) -> None:
    place = locate(written, None)
    assert place is not None
    assert (place.town, place.sure, place.could_be) == (town, True, ())
    assert place.region


@pytest.mark.parametrize(("written", "meant"), ASKED.items())
def test_what_could_be_several_places_is_kept_as_written(written: str, meant: tuple[str, str | None]) -> None:
    place = locate(written, None)
    assert place is not None
    assert (place.town, place.sure, place.region, place.lat) == (meant[0], False, None, None)
    assert len(place.could_be) > 1
    assert meant[1] is None or meant[1] in place.could_be


@pytest.mark.parametrize(
    ("written", "region"), [("Notts", "East Midlands"), ("W Yorks", "Yorkshire and The Humber")]
)
def test_a_county_in_short_is_its_region(written: str, region: str) -> None:
    place = locate(written, None)
    assert place is not None
    assert (place.town, place.region) == (None, region)


@pytest.mark.parametrize("words", ["all over", "various", "my local area", "mobile", "patch is east side", "Xyzzy"])
def test_words_that_name_no_place_are_not_bent_into_one(words: str) -> None:
    assert locate(words, None) is None


def test_a_county_beside_it_settles_what_is_meant() -> None:
    hereford, hertford = locate("Herford, Herefordshire", None), locate("Herford, Herts", None)
    assert hereford is not None
    assert hertford is not None
    assert (hereford.town, hertford.town) == ("Hereford", "Hertford")


LARGE = tuple(t for t in towns() if t.population > 100_000 and len(fold(t.name)) >= 8)


@given(st.sampled_from(LARGE), st.data())
def test_one_slip_in_a_large_town_never_leads_to_a_small_place_for_sure(town: Town, data: st.DataObject) -> None:
    """One letter dropped, doubled or swapped: the town is found, or asked for; it is never surely another's."""
    name = fold(town.name)
    place = data.draw(st.integers(1, len(name) - 2))
    how = data.draw(st.sampled_from(("drop", "double", "swap")))
    cut = {
        "drop": name[:place] + name[place + 1 :],
        "double": name[: place + 1] + name[place:],
        "swap": name[:place] + name[place + 1] + name[place] + name[place + 2 :],
    }[how]
    found = guesses(fold(cut))
    if fold(cut) != name and found and is_clear(found):
        assert found[0].town.population * 8 >= town.population or fold(found[0].town.name) == fold(cut)


@given(st.text(max_size=30))
def test_guessing_never_fails_and_the_likeliest_comes_first(text: str) -> None:
    found = guesses(fold(text))
    assert [g.weight for g in found] == sorted((g.weight for g in found), reverse=True)
    assert all(g.slips > 0 for g in found)
