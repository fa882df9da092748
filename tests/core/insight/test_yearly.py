"""The yearly report: true to a plain recount, free of names, and nothing held back in it can be worked out."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.conftest import Network, NewNetwork, examples
from tests.core.insight import recount
from tests.core.insight.histories import (
    FIRST,
    Asks,
    Date,
    People,
    Posts,
    asks,
    dates,
    members,
    posts,
    questions,
    write,
    write_life,
)
from tests.core.insight.published import bounds_of, tables_of

from matcher.errors import UserError
from matcher.insight import (
    Dimension,
    ReportTable,
    YearlyReport,
    save_yearly_report,
    year_named,
    yearly_html,
    yearly_report,
)
from matcher.model import (
    Attendance,
    Enquiry,
    Invitation,
    InvitationState,
    Meetup,
    MeetupKind,
    Member,
    Outcome,
    OutFile,
    Payment,
)
from matcher.sample import make_sample
from matcher.storage import Store, put_setting, reading, work
from matcher.triage import about_words

YEAR = (date(2026, 1, 1), date(2026, 11, 23))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_NOW", "2026-11-23T09:00:00+00:00")
        store = make_sample(tmp_path_factory.mktemp("sample") / "lantern.matcher")
    yield store
    store.close()


@pytest.fixture
def report(sample: Store, frozen: datetime) -> YearlyReport:
    return yearly_report(sample, "2026")


@pytest.fixture
def every(sample: Store, frozen: datetime) -> recount.Everything:
    return recount.read(sample)


def table_of(report: YearlyReport, title: str) -> ReportTable:
    (found,) = (table for section in report.sections for table in section.tables if table.title == title)
    return found


def column_of(table: ReportTable, header: str) -> dict[str, object]:
    at = table.headers.index(header)
    return {str(row[0]): row[at] for row in table.rows}


def test_years_of_service_are_told_as_they_are(report: YearlyReport, every: recount.Everything) -> None:
    table = table_of(report, "By years in home care")
    told = recount.heard(every, Dimension.EXPERIENCE, *YEAR, english=False)
    for place, header in ((0, "Members"), (1, "Asked"), (3, "Took part")):
        shown = column_of(table, header)
        assert shown.pop("All") == sum(counts[place] for counts in told.values())
        for label, count in shown.items():
            true = told.get(label[0].lower() + label[1:], [0] * 6)[place]
            assert count in (None, true)
            assert count is None or not 0 < true < report.smallest


def test_areas_add_up_to_regions(report: YearlyReport, every: recount.Everything) -> None:
    told = recount.heard(every, Dimension.REGION, *YEAR, english=False)
    shown = column_of(table_of(report, "By region"), "Asked")
    assert shown["London"] == told["London"][1]
    assert shown["South of England"] == told["South East"][1] + told["South West"][1]


def test_asks_and_payment(report: YearlyReport, every: recount.Everything) -> None:
    asked = [ask for ask in every.asks if recount.asked(ask, *YEAR) and not ask["volunteered"]]
    answers = column_of(table_of(report, "Answers"), "Asks")
    assert answers["All"] == len(asked)
    assert answers["Yes"] == sum(ask["state"] in ("yes", "done") for ask in asked)
    channels = Counter(ask["channel"] for ask in asked)
    assert column_of(table_of(report, "How they were asked"), "Asks")["WhatsApp"] == channels["whatsapp"]
    parts = [ask for ask in every.asks if recount.took_part(ask, *YEAR)]
    paid = column_of(table_of(report, "Each time somebody took part"), "Times")
    assert (paid["All"], paid["Paid"]) == (len(parts), sum(ask["paid_on"] is not None for ask in parts))


def test_turns_and_growth(report: YearlyReport, every: recount.Everything) -> None:
    counts = recount.times_asked(every, *YEAR, volunteered=False)
    turns = column_of(table_of(report, "Members who may be asked"), "Members")
    assert (turns["All"], turns["Not asked"], turns["Asked once"]) == (
        len(counts),
        counts.count(0),
        counts.count(1),
    )
    joined = sum(recount.joined(every, *YEAR)["areas"].values())
    grown = column_of(table_of(report, "Members at the end of this time"), "Members")
    assert grown == {
        "Joined in this time": joined, "Joined before": len(every.live(YEAR[1])) - joined,
        "All": len(every.live(YEAR[1])),
    }  # fmt: skip


def test_partners_they_joined_through(report: YearlyReport, every: recount.Everything) -> None:
    joined = [one for one in every.live() if recount.within(recount.joined_on(one), *YEAR)]
    names = [every.partners[one["partner_id"]]["name"] for one in joined if one["partner_id"]]
    words = [one["heard_via"] for one in joined if not one["partner_id"] and one["heard_via"]]
    shown = column_of(table_of(report, "Through whom they joined"), "Members")
    assert shown["Other ways"] in (len(words), None)
    assert all(count in (names.count(name), None) for name, count in shown.items() if name in set(names))
    assert set(shown) == {*names, "Other ways", "Not said", "All"}


def test_requests_are_counted(report: YearlyReport, every: recount.Everything) -> None:
    arrived = [
        one for one in every.requests.values()
        if one["kind"] == "request" and not one["updates"] and one["stage"] not in ("not_a_request", "merged")
        and recount.within(recount.day(one["received_at"]), *YEAR)
    ]  # fmt: skip
    table = table_of(report, "Requests that arrived")
    assert column_of(table, "Received")["All"] == len(arrived)
    assert column_of(table, "Put to members")["All"] == sum(
        one["stage"] in ("asking", "introduced", "done") for one in arrived
    )


def test_nothing_of_the_sample_can_be_worked_out(report: YearlyReport) -> None:
    bounds = bounds_of(report)
    assert bounds, "the sample has small groups"
    for which, least, most in bounds:
        assert most >= report.smallest, which
        assert most > least, which


def test_nobody_is_named(report: YearlyReport, every: recount.Everything) -> None:
    page = yearly_html(report).decode("utf-8")
    for member in every.members.values():
        assert f"{member['first_name']} {member['last_name']}" not in page
        assert not member["phone"] or member["phone"] not in page


KINDS = {
    "meet_up": "Members at meet-ups",
    "drop_in": "Members at drop-ins",
    "walk-ins": "Walk-ins who are no members",
}


def assert_own_life_is_told_as_it_was(
    report: YearlyReport, every: recount.Everything, span: tuple[date, date]
) -> None:
    """Compare the section with a plain recount: what is shown is true, and what few stand behind is not shown."""
    held = recount.held(every, *span)
    said = _sentences(report, "Meet-ups and members' own questions")
    for kind, words in (("meet_up", "meet-up"), ("drop_in", "drop-in")):
        assert (f"{held[kind]} {words}" in said) == (held[kind] > 0)
    for title, header, told, named in (
        ("Who came to meet-ups", "Visits", recount.visits(every, *span), lambda kind: KINDS[kind]),
        ("What members asked about", "Questions", recount.questions(every, *span), about_words),
    ):
        told = {named(name): counts for name, counts in told.items() if counts[0]}
        titles = [table.title for section in report.sections for table in section.tables]
        assert (title in titles) == bool(told)
        if not told:
            continue
        shown = column_of(table_of(report, title), header)
        assert shown.pop("All") in (None, sum(number for number, _people in told.values()))
        assert {label for label, number in shown.items() if number is not None} <= set(told)
        for label, (number, people) in told.items():
            assert shown[label] is None or (shown[label] == number and people >= report.smallest)


def test_own_life_of_the_sample(report: YearlyReport, every: recount.Everything) -> None:
    assert recount.questions(every, *YEAR), "the sample has questions"
    assert_own_life_is_told_as_it_was(report, every, YEAR)


def test_visits_and_questions_of_many_are_told(network: Network, frozen: datetime) -> None:
    people = [network.willing(f"Member {n}") for n in range(6)]
    with work(network.store, "their own life") as unit:
        for kind, back in ((MeetupKind.MEET_UP, 20), (MeetupKind.DROP_IN, 10), (MeetupKind.DROP_IN, -10)):
            meetup = Meetup(title="Tea", kind=kind, starts_at=unit.now - timedelta(days=back))
            unit.session.add(meetup)
            unit.session.flush()
            unit.session.add_all(Attendance(meetup_id=meetup.id, member_id=one) for one in people)
            unit.session.add_all(Attendance(meetup_id=meetup.id) for _ in range(3))
        for about, askers in (("pay", people), ("other", [*people[:5], None]), ("training", [None] * 9)):
            unit.session.add_all(Enquiry(about=about, member_id=one, received_at=unit.now) for one in askers)
    report = yearly_report(network.store, "2026")
    assert "1 meet-up and 1 drop-in were held." in _sentences(report, "Meet-ups and members' own questions")
    came = column_of(table_of(report, "Who came to meet-ups"), "Visits")
    assert came == {
        "Members at meet-ups": None, "Members at drop-ins": 6, "Walk-ins who are no members": None, "All": 18,
    }  # fmt: skip
    asked = column_of(table_of(report, "What members asked about"), "Questions")
    assert asked == {"Pay": None, "Something else": 6, "Training": None, "All": 21} or asked == {
        "Training": None, "Pay": 6, "Something else": None, "All": 21,
    }  # fmt: skip


@settings(examples(10), phases=(Phase.generate,))
@given(
    people=st.lists(members, min_size=4, max_size=14),
    posted=st.lists(posts, min_size=1, max_size=5),
    asked=st.lists(asks, min_size=10, max_size=60),
    held=st.lists(dates, max_size=6),
    questioned=st.lists(questions, max_size=20),
    k=st.sampled_from([2, 3]),
)
def test_nothing_of_any_history_can_be_worked_out(
    new_network: NewNetwork, people: People, posted: Posts, asked: Asks, held: list[Date],
    questioned: list[tuple[str, int, int | None]], k: int,
) -> None:  # fmt: skip
    with new_network() as network, pytest.MonkeyPatch.context() as patch:
        write(network.store, people, posted, [ask._replace(member=n) for n, ask in enumerate(asked)])
        write_life(network.store, len(people), held, questioned)
        with work(network.store, "set the smallest group") as unit:
            put_setting(unit, "privacy.smallest_group", k)
        patch.setenv("MATCHER_NOW", (FIRST + timedelta(days=300)).isoformat())
        report = yearly_report(network.store, "2025/26")
        assert_own_life_is_told_as_it_was(
            report, recount.read(network.store), (date(2025, 4, 1), date(2026, 3, 31))
        )
        totals = [pair for table in tables_of(report) for pair in zip(table.headers, table.rows[-1], strict=True)]
        hidden_totals = {f"total / {name} / " for name, value in totals if value is None}
        for which, least, most in bounds_of(report):
            if which not in hidden_totals:
                assert most >= k - 1e-6, which
                assert most - least > 1e-6, which


def _took_part(network: Network, request: int, many: int, *, paid: bool) -> None:
    ids = [network.willing(f"Member {n}") for n in range(many)]
    with work(network.store, "took part") as unit:
        for member in ids:
            unit.session.add(
                Invitation(
                    member_id=member, request_id=request, state=InvitationState.DONE, asked_at=unit.now,
                    outcome=Outcome.TOOK_PART, outcome_on=date(2026, 11, 20),
                    paid_on=date(2026, 11, 21) if paid else None,
                )
            )  # fmt: skip


def _sentences(report: YearlyReport, title: str) -> str:
    return " ".join(next(section for section in report.sections if section.title == title).sentences)


def test_money_is_told_only_where_it_tells_no_small_group(network: Network, frozen: datetime) -> None:
    big = network.request(payment=Payment(amount=40.0))
    _took_part(network, big, 6, paid=True)
    assert "£240" in _sentences(yearly_report(network.store, "2026"), "What was paid")
    small = network.request(payment=Payment(amount=25.0))
    _took_part(network, small, 2, paid=True)
    assert "£" not in _sentences(yearly_report(network.store, "2026"), "What was paid")


def test_two_tables_of_the_same_times_do_not_betray_a_small_group(network: Network, frozen: datetime) -> None:
    _took_part(network, network.request(payment=Payment(amount=40.0)), 6, paid=True)
    _took_part(network, network.request(payment=Payment(amount=0.0)), 2, paid=False)
    titles = [table.title for section in yearly_report(network.store, "2026").sections for table in section.tables]
    assert "Each time somebody took part" in titles
    assert "How often members took part" not in titles


def test_a_member_named_in_a_title_is_masked(network: Network, frozen: datetime) -> None:
    with work(network.store, "add a member") as unit:
        unit.session.add(Member(first_name="Ada", last_name="Okafor", created_at=unit.now))
    request = network.request(title="A day with Ada Okafor")
    _took_part(network, request, 5, paid=False)
    page = yearly_html(yearly_report(network.store, "2026")).decode("utf-8")
    assert "Okafor" not in page
    assert "A day with [another person]" in page


def test_an_empty_network_has_a_report(network: Network, frozen: datetime) -> None:
    report = yearly_report(network.store, "2026")
    assert report.opening[1:] == (
        "No members belong to the network. No requests arrived.",
        "No members were asked, and no members took part.",
    )
    assert b"Nobody was asked" in yearly_html(report)


def test_names_of_years(at: Callable[[str], datetime]) -> None:
    at("2026-03-05T10:00:00+00:00")
    year, ours = year_named("2025"), year_named(" 2025/26 ")
    assert (year.since, year.until, year.is_over) == (date(2025, 1, 1), date(2025, 12, 31), True)
    assert (ours.since, ours.until, ours.is_over) == (date(2025, 4, 1), date(2026, 3, 5), False)
    for wrong in ("last year", "2025/27", "1925", "2025/", ""):
        with pytest.raises(UserError, match="is not a year"):
            year_named(wrong)
    with pytest.raises(UserError, match="has not begun"):
        year_named("2026/27")


def test_the_report_as_a_workbook_is_logged(sample: Store, report: YearlyReport, tmp_path: Path) -> None:
    file_id = save_yearly_report(sample, report, tmp_path / "year.xlsx")
    book = openpyxl.load_workbook(BytesIO((tmp_path / "year.xlsx").read_bytes()))
    rows = list(book["By region"].iter_rows(values_only=True))
    assert rows[0][:3] == ("Region", "Members", "share, %")
    assert ("not shown" in {cell for row in rows for cell in row}) == table_of(report, "By region").held_back
    with reading(sample) as session:
        out = session.scalars(select(OutFile).where(OutFile.id == file_id)).one()
        assert (out.kind, out.state, out.members) == ("yearly report", "written", [])


def test_kinds_of_file(sample: Store, report: YearlyReport, tmp_path: Path) -> None:
    save_yearly_report(sample, report, tmp_path / "year.pdf", pdf=b"%PDF-drawn")
    assert (tmp_path / "year.pdf").read_bytes() == b"%PDF-drawn"
    save_yearly_report(sample, report, tmp_path / "year.html")
    assert b"Our year 2026" in (tmp_path / "year.html").read_bytes()
    for wrong in ("year.docx", "year.pdf", "year"):
        with pytest.raises(UserError, match="written as"):
            save_yearly_report(sample, report, tmp_path / wrong)
