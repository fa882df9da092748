"""Places: what people type as their area and postcode, and places named in running text."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from matcher.knowledge.places import locate, miles_between, places_in
from matcher.knowledge.postcodes import outward, postcode
from matcher.knowledge.regions import REGIONS, country_of, neighbours, region_named


def each(region: str, codes: str) -> list[tuple[str, str]]:
    return [(code, region) for code in codes.split()]


GOLD = Path(__file__).parents[4] / "shared" / "gold"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nw16aw", "NW1"),
        ("HU5 1DE", "HU5"),
        ("OL 14", "OL14"),
        (" CF11  6XF", "CF11"),
        ("W1A 1AA", "W1A"),
        ("SE1 OAA", "SE1"),
        ("PE1 1", "PE1"),
        ("so145qe", "SO14"),
        ("lives at 4 High St, NG18 1AB now", "NG18"),
        ("asdf", None),
        ("", None),
        ("XX12", None),
        (None, None),
        (7.0, None),
    ],
)
def test_outward_code_is_read_however_it_was_typed(typed: object, expected: str | None) -> None:
    assert outward(typed) == expected


@pytest.mark.parametrize(
    ("code", "region"),
    [
        *(
            (code, "East Midlands")
            for code in [
                "S18",
                "S21",
                "S32",
                "S33",
                "S40",
                "S41",
                "S42",
                "S43",
                "S44",
                "S45",
                "S80",
                "S81",
                "DN21",
                "DN22",
            ]
        ),
        *(
            (code, "East Midlands")
            for code in ["SK13", "SK17", "SK22", "SK23", "PE9", "PE10", "PE11", "PE12", "LE10", "NN13", "DE6"]
        ),
        *(
            (code, "Yorkshire and The Humber")
            for code in ["OL14", "DN32", "DN15", "S20", "S12", "TS9", "BD24", "HU5", "DN11"]
        ),
        *each("North East", "TS1 TS10 TS18 TD15 DL1 NE46"),
        *each("London", "RM7 CR5 EN3 KT4 TW3 HA9 BR6 UB8 DA7"),
        *each("South East", "KT8 SM7 TW15 DA1 BR8 GU11 MK1 BH24"),
        *each("East of England", "EN6 IG7 WD6 RM17 MK40 HP1 PE1"),
        *each("Wales", "CH5 LL13 NP16 SY23 CF10 LD7"),
        *each("West Midlands", "B77 SY8 DE14 HR3"),
        ("CH2", "North West"),
        ("GL1", "South West"),
        ("IV51", "Scotland"),
        ("BT48", "Northern Ireland"),
    ],
)
def test_a_postcode_area_is_not_a_region(code: str, region: str) -> None:
    known = postcode(code)
    assert known is not None
    assert known.region == region


def test_border_districts_say_so() -> None:
    straddling = [postcode(code) for code in ("DN21", "CH4", "OL14", "SK17", "TN16", "NP16")]
    assert all(known and known.straddles and len(known.regions) > 1 for known in straddling)
    inside = postcode("NG18")
    assert inside is not None
    assert not inside.straddles


@pytest.mark.parametrize(
    ("area", "code", "town", "region"),
    [
        ("mansfeild", None, "Mansfield", "East Midlands"),
        ("P'boro", "PE1", "Peterborough", "East of England"),
        ("Skem ", None, "Skelmersdale", "North West"),
        ("hull east yorks", "HU5 1DE", "Hull", "Yorkshire and The Humber"),
        ("camden, N London", "nw16aw", "Camden Town", "London"),
        ("Grimsby, NE Lincs", "DN32 7AA", "Grimsby", "Yorkshire and The Humber"),
        ("dronfield", "s18 1xx", "Dronfield", "East Midlands"),
        ("Newport S Wales", None, "Newport", "Wales"),
        ("Newport, Isle of Wight", None, "Newport", "South East"),
        ("Bangor Co Down", "BT20", "Bangor", "Northern Ireland"),
        ("Bangor, N Wales", None, "Bangor", "Wales"),
        ("Scarboro", None, "Scarborough", "Yorkshire and The Humber"),
        ("Glasgow, Easterhouse", "G34", "Easterhouse", "Scotland"),
        ("Kings Heath Brum", "B14", "King's Heath", "West Midlands"),
        ("Peckham, SE London", None, "Peckham", "London"),
        ("Richmond N Yorks", None, "Richmond", "Yorkshire and The Humber"),
        ("retford notts", "dn22", "Retford", "East Midlands"),
        ("Brighton & Hove", None, "Brighton", "South East"),
        ("I live in Coalville", "LE67", "Coalville", "East Midlands"),
        ("stoke", "ST4", "Stoke-on-Trent", "West Midlands"),
        ("Oadby near Leicester", "le2", "Oadby", "East Midlands"),
        ("Caerdydd", None, "Cardiff", "Wales"),
        ("Hucknal", "NG15", "Hucknall", "East Midlands"),
        ("Lancs", None, None, "North West"),
        ("DERBY CITY", None, "Derby", "East Midlands"),
        (None, "NG18", None, "East Midlands"),
    ],
)
def test_where_a_member_lives(area: str | None, code: str | None, town: str | None, region: str) -> None:
    place = locate(area, code)
    assert place is not None
    assert place.town == town
    assert place.region == region
    assert place.country == country_of(region)


@pytest.mark.parametrize("name", ["Newport", "Beeston", "Newcastle"])
def test_a_name_of_several_towns_is_not_guessed(name: str) -> None:
    place = locate(name, None)
    assert place is not None
    assert not place.sure
    assert place.region is None


def test_postcode_wins_over_a_distant_town() -> None:
    place = locate("Leeds", "NG18")
    assert place is not None
    assert (place.town, place.region, place.sure) == ("Leeds", "East Midlands", False)


def test_nothing_said_is_nothing_known() -> None:
    assert locate(None, None) is None
    assert locate("asdf", "") is None


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("Yorks & Humber", "Yorkshire and The Humber"),
        ("East Anglia", "East of England"),
        ("the Humber", "Yorkshire and The Humber"),
        ("East Midlnds", "East Midlands"),
        ("Merseyside", "North West"),
        ("north-east Wales", "Wales"),
        ("Black Country", "West Midlands"),
        ("Teesside", "North East"),
        ("N.I.", "Northern Ireland"),
        ("UK", None),
        ("Atlantis", None),
    ],
)
def test_region_names(said: str, region: str | None) -> None:
    assert region_named(said) == region


def test_neighbours_are_mutual() -> None:
    for region in REGIONS:
        assert all(region in neighbours(other) for other in neighbours(region)), region


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("within an hour of Leeds", ["Leeds"]),
        ("Hull, Bradford and Bromley", ["Hull", "Bradford", "Bromley"]),
        (
            "Merseyside, Cheshire or just over the border in north-east Wales",
            ["Merseyside", "Cheshire", "North East Wales"],
        ),
        ("rural Wales", ["Wales"]),
        ("I was reading about care workers in Reading", ["Reading"]),
        ("Hope you are well. A sandwich lunch on 4 March, then a Battle royal.", []),
        ("Dr Sarah Bolton, University of Leeds", []),
        ("Hull City Council officers", []),
        ("care workers in Birmingham's suburbs", ["Birmingham"]),
        ("Scotland & Northern Ireland", ["Scotland", "Northern Ireland"]),
    ],
)
def test_places_named_in_a_request(text: str, names: list[str]) -> None:
    assert [place.name for place in places_in(text)] == names


@given(st.text(max_size=300))
def test_positions_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for place in places_in("In Leeds, " + text + " near Derby"):
        assert end <= place.start < place.end
        end = place.end


@given(st.text(max_size=60), st.text(max_size=12))
def test_locate_never_raises_and_knows_only_real_regions(area: str, code: str) -> None:
    place = locate(area, code)
    assert place is None or place.region is None or place.region in REGIONS


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_symmetric(a: float, b: float, c: float, d: float) -> None:
    assert miles_between(a, b, c, d) == pytest.approx(miles_between(c, d, a, b), abs=1e-6)


def test_distance_leeds_to_bradford() -> None:
    assert miles_between(53.797, -1.544, 53.796, -1.759) == pytest.approx(8.8, abs=0.3)


def test_repeated_look_ups_are_fast() -> None:
    locate("Mansfield", "NG18 1AB")
    began = time.perf_counter()
    for _ in range(20_000):
        locate("Mansfield", "NG18 1AB")
    assert time.perf_counter() - began < 1.0


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.is_dir(), reason="the graded examples are not here")
def test_towns_and_regions_of_the_graded_members() -> None:
    members = json.loads((GOLD / "members" / "members.json").read_text(encoding="utf-8"))
    places = [(m, locate(f"{m['town']}, {m['county']}", m["postcode_district"])) for m in members]
    assert all(place and place.region == m["region"] for m, place in places)
    right = sum(bool(p and p.town and fuzz.ratio(p.town.lower(), m["town"].lower()) >= 90) for m, p in places)
    assert right >= 0.97 * len(places)
