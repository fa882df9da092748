"""Every item model that any page shows is put to Qt's own test of models, over a sample network."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from matcher.directory import member_names
from matcher.model import Stage
from matcher.sample import PASSPHRASE, make_sample
from matcher.triage import list_requests
from matcher_ui.app_window import AppWindow
from matcher_ui.workspace import Place

REPORTS = QAbstractItemModelTester.FailureReportingMode.Warning
OWN_MODELS = {
    "AskModel", "CandidateModel", "CheckInModel", "FoundModel", "MatrixModel", "NotNowModel", "TableModel",
}  # fmt: skip
"""At least these are met on the way; a warning of the tester fails the test, as every Qt warning does."""


def kinds_of(model: object) -> set[str]:
    return {kind.__name__ for kind in type(model).__mro__}


@pytest.mark.usefixtures("frozen")
def test_every_model_shown_keeps_qts_rules(
    make_window: Callable[[], AppWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "sample.matcher"
    make_sample(path, members=25).close()
    window = make_window()
    window.start(path)
    window.unlock.passphrase.setText(PASSPHRASE)
    window.unlock.submit()

    def settle() -> None:
        qtbot.waitUntil(lambda: window.jobs.count == 0)

    qtbot.waitUntil(lambda: window.main is not None)
    main = window.main
    assert main is not None
    settle()
    store = main.workspace.store
    request = next(row.id for row in list_requests(store) if row.stage is Stage.ASKING)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("First name,Last name,Email\nAma,Mensah,ama@example.org\n", "utf-8")
    places = [
        Place("today"), Place("requests"), Place("members"), Place("member", member_names(store)[0].id),
        *(Place("request", request, tab) for tab in ("brief", "match", "ask", "introduce")), Place("promises"),
        Place("import", payload=(str(sheet),)), Place("settings"),
    ]  # fmt: skip
    testers: dict[object, QAbstractItemModelTester] = {}
    for place in places:
        main.go(place)
        settle()
        main.workspace.changed.emit()  # everything is read, and every model filled, once more under the tester
        for view in main.findChildren(QAbstractItemView):
            model = view.model()
            if model is not None and model not in testers:
                testers[model] = QAbstractItemModelTester(model, REPORTS)
        settle()
    main.sidebar.search.setFocus()
    QTest.keyClicks(main.sidebar.search, "page")
    qtbot.waitUntil(lambda: len(main.finder.found) > 1)
    sources = [model.sourceModel() for model in testers if hasattr(model, "sourceModel")]
    met = set().union(*(kinds_of(model) for model in (*testers, *sources)))
    assert met >= OWN_MODELS
    testers.clear()
