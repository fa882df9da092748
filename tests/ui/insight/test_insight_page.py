"""The page over a real store: what it shows is what the core counted, for the time chosen, and stays true."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from tests.ui.insight.conftest import Desk

from matcher import insight
from matcher.directory import edit_member, member_names
from matcher.insight import Dimension, Voice, VoiceRow, WorkforceFigure
from matcher.insight.tables import Table
from matcher.model import OutFile
from matcher.storage import reading
from matcher_ui.charts.figure_card import FigureCard
from matcher_ui.charts.lorenz import LorenzCurve
from matcher_ui.charts.month_columns import MonthColumns
from matcher_ui.charts.parted_bars import PartedBars
from matcher_ui.charts.share_bars import NO_FIGURE, ShareBars
from matcher_ui.models.insight_figures import voice_figure
from matcher_ui.pages.insight import insight_page as page_module
from matcher_ui.pages.insight import year as insight_year
from matcher_ui.pages.insight.insight_page import InsightPage
from matcher_ui.pages.insight.year import EXCEL, PDF, years
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.time_picker import BETWEEN, EVERYTHING, TWELVE, first_of_twelve_months
from matcher_ui.workspace import Place

pytestmark = pytest.mark.usefixtures("frozen")


def put_up(desk: Desk, qtbot: QtBot) -> InsightPage:
    page = InsightPage(desk.workspace)
    qtbot.addWidget(page)
    page.resize(1040, 760)
    page.show()
    page.show_place(Place("insight"))
    desk.settle()
    return page


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> InsightPage:
    return put_up(desk, qtbot)


def choose(page: InsightPage, desk: Desk, key: str) -> None:
    page.time.choice._choices[key].click()
    desk.settle()


def table(card: FigureCard) -> Table:
    assert card.figure is not None
    return card.figure.table


def cells(card: FigureCard, heading: str) -> list[object]:
    place = table(card).columns.index(heading)
    return [row[place] for row in table(card).rows]


def test_the_numbers_of_every_figure_are_those_of_the_core(page: InsightPage, desk: Desk) -> None:
    choose(page, desk, EVERYTHING)
    found = insight.look(desk.store)
    region = found.voices[0]
    assert cells(page.voice, "Region") == [row.label for row in region.rows]
    assert cells(page.voice, "Members") == [row.everywhere.members for row in region.rows]
    assert cells(page.voice, "Asked") == [row.everywhere.asked for row in region.rows]
    assert cells(page.voice, "Took part") == [row.everywhere.took_part for row in region.rows]
    assert cells(page.voice, "Times asked") == [row.asks for row in region.rows]
    assert table(page.turns).rows == found.spread.by_asks
    total = found.replies.total
    assert cells(page.replies, "Asked") == [*(one.asked for one in found.replies.by_audience), total.asked]
    assert cells(page.replies, "Yes")[-1] == total.yes
    assert cells(page.replies, "No answer yet")[-1] == total.waiting
    assert cells(page.waits, "Requests")[-1] == found.waits.total.requests
    assert cells(page.waits, "Half within, days")[-1] == found.waits.total.median
    assert cells(page.requesters, "Took part") == [one.took_part for one in found.requesters]
    assert cells(page.requesters, "Still owed") == [one.to_pay for one in found.requesters]
    assert cells(page.growth, "Joined") == list(found.growth.joined)
    assert cells(page.growth, "Members") == list(found.growth.members)


def test_who_was_asked_most_often_is_one_click_away(page: InsightPage, desk: Desk) -> None:
    choose(page, desk, EVERYTHING)
    most = insight.look(desk.store).spread.most_asked[0]
    assert most.asks > 1
    first = page.most_asked.links[0]
    assert first.accessibleName() == f"{most.name}, asked {most.asks} times"
    first.click()
    assert desk.heard.went == [Place("member", most.member_id)]
    assert not any(most.name in str(cell) for row in table(page.turns).rows for cell in row)


def test_what_is_drawn_is_what_stands_in_the_table(page: InsightPage, desk: Desk) -> None:
    choose(page, desk, EVERYTHING)
    shares, turns = page.voice.chart.plot, page.turns.chart.plot
    replies, growth = page.replies.chart.plot, page.growth.chart.plot
    assert isinstance(shares, ShareBars)
    assert [row.shares[1].count for row in shares.rows] == cells(page.voice, "Asked")
    assert isinstance(turns, LorenzCurve)
    assert turns.points[-1] == (1.0, 1.0)
    assert isinstance(replies, PartedBars)
    assert [sum(row.counts) for row in replies.rows] == cells(page.replies, "Asked")[:-1]
    assert isinstance(growth, MonthColumns)
    assert [sum(month.counts) for month in growth.months] == cells(page.growth, "Joined")
    page.growth_by._choices["area"].click()
    assert isinstance(page.growth.chart.plot, MonthColumns)
    assert [sum(month.counts) for month in page.growth.chart.plot.months] == cells(page.growth, "Joined")


def test_the_headlines_say_the_most_important(page: InsightPage, desk: Desk) -> None:
    found = insight.look(desk.store, date(2026, 1, 1))
    lines = {counts: value for value, counts in page.headlines.shown}
    assert lines["members"] == "40"
    assert lines["asked this year"] == str(sum(row.everywhere.asked for row in found.voices[0].rows))
    spread = found.spread
    assert lines["not asked this year"] == f"{spread.never_asked} of {spread.people}"


@pytest.mark.parametrize("dimension", list(Dimension))
def test_each_way_to_look_at_voices(page: InsightPage, desk: Desk, dimension: Dimension) -> None:
    page.by._choices[dimension].click()
    found = next(one for one in page.found.voices if one.dimension is dimension) if page.found else None
    assert found is not None
    assert cells(page.voice, found.title) == [row.label for row in found.rows]
    assert page.voice.title.text().startswith("Who is being heard, by")


def test_another_time_is_read_in_the_background(page: InsightPage, desk: Desk) -> None:
    assert page.found is not None
    assert page.found.period.since == date(2026, 1, 1)
    choose(page, desk, TWELVE)
    assert page.found.period.since == date(2025, 11, 24)
    choose(page, desk, BETWEEN)
    page.time.since.setDate(QDate(2025, 3, 1))
    page.time.until.setDate(QDate(2025, 9, 30))
    desk.settle()
    assert (page.found.period.since, page.found.period.until) == (date(2025, 3, 1), date(2025, 9, 30))
    assert page.found == insight.look(desk.store, date(2025, 3, 1), date(2025, 9, 30))
    assert "From 1 March 2025 to 30 September 2025." in table(page.growth).notes


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 11, 23), date(2025, 11, 24)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
    ],
)
def test_twelve_months_are_a_year_and_no_day_more(last: date, first: date) -> None:
    assert first_of_twelve_months(last) == first


def test_days_the_wrong_way_round_are_said(page: InsightPage, desk: Desk) -> None:
    choose(page, desk, BETWEEN)
    before = page.found
    page.time.until.setDate(QDate(2025, 1, 1))
    desk.settle()
    assert "before it begins" in page.notice.words
    assert page.found is before


def test_it_reads_again_when_something_was_written(page: InsightPage, desk: Desk) -> None:
    before = cells(page.voice, "Members")
    someone = member_names(desk.store)[0]
    other = "London" if someone.region != "London" else "Wales"
    desk.workspace.write(
        lambda store, _p: edit_member(store, someone.id, {"region": other}), lambda _a: None, what="x"
    )
    desk.settle()
    assert cells(page.voice, "Members") != before


def test_numbers_are_exported(
    page: InsightPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(page_module, "choose_where", lambda *_a: str(tmp_path / "by region"))
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page.voice.export.click()
    desk.settle()
    sheet = load_workbook(tmp_path / "by region.xlsx").worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    shown = table(page.voice)
    assert rows[0] == shown.columns
    assert rows[1:] == [tuple(NO_FIGURE if cell is None else cell for cell in row) for row in shown.rows]
    assert "by region.xlsx" in page.notice.words
    page.notice.findChildren(Button)[0].click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_changing_ones_mind_writes_nothing(page: InsightPage, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "choose_where", lambda *_a: "")
    page.voice.export.click()
    desk.settle()
    assert page.notice.words == ""


@pytest.mark.parametrize("kind", [PDF, EXCEL])
def test_the_yearly_report_is_saved(
    page: InsightPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    offered: list[str] = []

    def where(_parent: object, _title: str, name: str, _kinds: str) -> str:
        offered.append(name)
        return str(tmp_path / "our year")

    monkeypatch.setattr(insight_year, "choose_where", where)
    page.report.click()
    assert page.year.isVisible()
    assert page._scroll.isAncestorOf(page.year)
    page.year.year.setCurrentIndex(page.year.year.findData("2025/26"))
    page.year.kind._choices[kind].click()
    page.year.save.click()
    desk.settle()
    assert offered == [f"Yearly report 2025-26.{kind}"]
    path = tmp_path / f"our year.{kind}"
    assert path.name in page.notice.words
    content = path.read_bytes()
    assert content.startswith(b"%PDF" if kind == PDF else b"PK")
    if kind == EXCEL:
        report = insight.yearly_report(desk.store, "2025/26")
        said = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
        assert report.title in said
    with reading(desk.store) as session:
        left = session.scalars(select(OutFile).where(OutFile.state == "written").order_by(OutFile.id)).all()
        assert Path(left[-1].path).name == path.name


def test_a_year_that_cannot_be_saved_is_said(
    page: InsightPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insight_year, "choose_where", lambda *_a: str(tmp_path / "gone" / "report.xlsx"))
    page.report.click()
    page.year.save.click()
    desk.settle()
    assert page.notice.words
    assert not (tmp_path / "gone").exists()
    page.year.close_it.click()
    assert not page.year.isVisible()


@pytest.mark.parametrize(
    ("today", "first", "april"),
    [
        (date(2026, 11, 23), "2026", "2026/27"),
        (date(2026, 3, 31), "2026", "2025/26"),
        (date(2030, 4, 1), "2030", "2030/31"),
    ],
)
def test_years_that_have_begun_are_offered(today: date, first: str, april: str) -> None:
    offered = [name for name, _words in years(today)]
    assert (offered[0], offered[3]) == (first, april)
    assert len(set(offered)) == 6


def test_with_nobody_it_says_what_to_do(empty_desk: Desk, qtbot: QtBot) -> None:
    page = put_up(empty_desk, qtbot)
    assert page.empty.isVisible()
    assert not page._scroll.isVisible()
    assert not page.report.isEnabled()
    page.empty.button.click()
    assert empty_desk.heard.went == [Place("import")]


def test_with_members_but_no_asks_each_figure_says_so(empty_desk: Desk, qtbot: QtBot) -> None:
    from matcher.directory import add_member

    add_member(empty_desk.store, {"first_name": "Ada", "email": "ada@example.org"})
    page = put_up(empty_desk, qtbot)
    assert page._scroll.isVisible()
    assert page.turns.chart.isHidden()
    assert page.turns.sentence.text().startswith("Nobody has been asked")
    assert page.replies.sentence.text().startswith("Nobody has been asked")
    assert page.requesters.sentence.text().startswith("Nobody has taken part")
    assert page.waits.sentence.text().startswith("Nobody was introduced")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_it_fits_and_is_drawn_in_every_look(page: InsightPage, mode: str, scale: float) -> None:
    page.theme.set("dark" if mode == "dark" else "light", scale)
    page.resize(750, 700)  # what the sidebar leaves of 1024
    for card in page.cards:
        card.show_numbers.click()
    assert not page.grab().isNull()
    inner = page._scroll._inner
    assert inner.minimumSizeHint().width() <= page._scroll.viewport().width()
    assert not inner.grab().isNull()
    page.theme.set("light", 1.0)


def test_tab_goes_down_the_page(page: InsightPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(page.isActiveWindow)
    tops: list[tuple[str, int]] = []
    for _ in range(60):
        QTest.keyClick(page, Qt.Key.Key_Tab)
        here = page.focusWidget()
        assert here is not None
        column = "right" if page.replies.isAncestorOf(here) or page.waits.isAncestorOf(here) else "left"
        name = f"{column} {here.accessibleName()}"
        if name in [seen for seen, _top in tops]:
            break
        tops.append((name, here.mapTo(page, QPoint(0, 0)).y() + page._scroll.verticalScrollBar().value()))
    assert len(tops) > 6 * 4
    for column in ("left", "right"):
        down = [top for name, top in tops if name.startswith(column)]
        assert down == sorted(down)


def test_every_table_keeps_qts_rules(page: InsightPage, desk: Desk) -> None:
    testers = [
        QAbstractItemModelTester(card.numbers.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
        for card in page.cards
    ]
    choose(page, desk, EVERYTHING)
    assert len(testers) == 6


@pytest.fixture
def with_workforce(page: InsightPage) -> Voice:
    """Regions as if the workforce had been counted, in England only."""
    assert page.found is not None
    figure = WorkforceFigure(0.1, 58_000, "A report on the workforce", "2025", "https://example.org")
    rows = tuple(
        VoiceRow(r.value, r.label, r.everywhere, r.asks, r.parts, r.in_england,
                 figure if r.in_england is not None and r.value is not None else None)
        for r in page.found.voices[0].rows
    )  # fmt: skip
    return Voice(Dimension.REGION, "Region", rows, ("A report on the workforce, 2025 (England only)",))


def test_beside_the_workforce_only_england_is_compared(page: InsightPage, with_workforce: Voice) -> None:
    assert page.found is not None
    figure = voice_figure(page.found, with_workforce, beside_workforce=True)
    assert figure.source == "Workforce: A report on the workforce, 2025 (England only)."
    assert isinstance(figure.plot, ShareBars)
    by_label = {row.label: row.shares for row in figure.plot.rows}
    london = next(row for row in with_workforce.rows if row.label == "London")
    assert london.in_england is not None
    assert by_label["London"][0].share == london.in_england.members_share
    assert by_label["London"][3].share == 0.1
    wales = by_label["Wales"]
    assert (wales[0].share, wales[3].share, wales[3].count) == (None, None, None)
    place = figure.table.columns.index("Workforce, of 100")
    assert {row[0]: row[place] for row in figure.table.rows}["Wales"] is None
