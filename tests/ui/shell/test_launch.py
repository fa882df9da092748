"""The entry: without a screen a sentence, with arguments the command line; faults are told calmly."""

import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from matcher_ui import app, launch
from matcher_ui.window_state import WindowState, keep_window_state, read_window_state

AFTER_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from matcher_ui import app
application = QApplication([])
window = app.make_window(application)
seen = []
window.painted.connect(lambda: seen.append("numpy" in sys.modules))
window.show()
window.start()
for _ in range(2000):
    application.processEvents()
    if seen and "matcher.matching.index" in sys.modules:
        break
    __import__("time").sleep(0.01)
window.shut()
print(seen, "numpy" in sys.modules, "scipy" in sys.modules)
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_line_draws_a_pdf_without_a_screen(tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    draw = (
        f"from matcher_ui.launch import _draw_pdf; open({str(page)!r}, 'wb').write(_draw_pdf(b'<p>Our year</p>'))"
    )
    done = run("-c", draw)
    assert (done.returncode, done.stderr) == (0, "")
    assert page.read_bytes().startswith(b"%PDF")
    assert b"Inter" in page.read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen")
def test_without_a_screen_it_says_what_to_do_instead() -> None:
    done = run("-m", "matcher_ui.launch")
    assert done.returncode == 2
    assert done.stderr == f"{launch.NO_SCREEN}\n"
    assert done.stdout == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen")
@pytest.mark.parametrize("wanted", ["", "xcb"])
def test_a_screen_that_does_not_answer_is_told_in_a_sentence(wanted: str) -> None:
    done = run("-m", "matcher_ui.launch", DISPLAY=":9797", QT_QPA_PLATFORM=wanted)
    missing = next((name for name in launch.X11_LIBRARIES if not launch._can_load(name)), None)
    said = launch.NO_LIBRARIES.format(missing=missing) if missing else launch.DEAD_SCREEN.format(display=":9797")
    assert done.stderr == f"{said}\n"
    assert done.returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen")
def test_a_wayland_screen_counts_only_when_it_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert launch.screen_trouble() == launch.NO_SCREEN
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen(1)
        assert launch.screen_trouble() is None
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert launch.screen_trouble() is None


def test_with_arguments_it_is_the_command_line_and_needs_no_qt() -> None:
    code = "import sys; sys.argv = ['matcher', '--version']; from matcher_ui.launch import main; c = main(); "
    done = run("-c", code + "print(any(m.startswith('PySide6') for m in sys.modules)); sys.exit(c)")
    assert done.returncode == 0
    assert done.stdout.startswith("matcher")
    assert done.stdout.strip().endswith("False")
    assert run("-m", "matcher_ui.launch", "nonsense").returncode == 2


def test_the_window_is_painted_before_scikit_learn_is_loaded() -> None:
    done = run("-c", AFTER_PAINT, QT_QPA_PLATFORM="offscreen")
    assert done.stdout.strip() == "[False] True False", done.stderr


def test_nothing_heavy_is_loaded_for_the_first_picture() -> None:
    heavy = "('openpyxl', 'numpy', 'scipy', 'sklearn')"
    done = run("-c", f"import sys, matcher_ui.app_window; print([m for m in {heavy} if m in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


def test_a_missing_library_is_named_with_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert launch._missing_library(error) == "libEGL.so.1"
    assert launch._missing_library(ImportError("No module named 'nothing'")) is None
    monkeypatch.setattr(sys, "argv", ["matcher"])
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(sys.modules, "matcher_ui.app", None)
    with pytest.raises(ImportError):
        launch.main()
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(launch, "X11_LIBRARIES", ("libno-such-thing.so.9",))
    monkeypatch.setattr(sys, "platform", "linux")
    assert launch.main() == 2
    said = capsys.readouterr().err
    assert "libno-such-thing.so.9" in said
    assert "libxcb-cursor0" in said


def test_faults_are_noted_in_a_file_without_their_values(tmp_path: Path) -> None:
    path = tmp_path / "log" / "matcher.log"
    log = logging.getLogger("matcher.window")
    handlers = list(log.handlers)
    app.keep_log(path)
    try:
        log.error("ValueError on Members\nmatcher_ui/pages/members/members_page.py:12 in refresh")
    finally:
        for handler in [one for one in log.handlers if one not in handlers]:
            log.removeHandler(handler)
            handler.close()
        log.propagate = True
    assert "members_page.py:12" in path.read_text("utf-8")


def test_an_odd_state_file_is_the_first_day(own_home: Path) -> None:
    keep_window_state(WindowState("00ff", "dark", 1.3))
    assert read_window_state() == WindowState("00ff", "dark", 1.3)
    file = own_home / "matcher" / "window.json"
    for odd in ("", "[]", '{"geometry": "zz"}', '{"mode": "pink"}', '{"scale": 9}', '{"scale": "large"}', "\x00"):
        file.write_text(odd, "utf-8")
        assert read_window_state() == WindowState()


@pytest.mark.parametrize(
    ("arguments", "store"),
    [
        (["--store", "mine.matcher"], "mine.matcher"),
        (["--store=mine.matcher"], "mine.matcher"),
        (["--store"], None),
        (["--store="], None),
        (["--store", "mine.matcher", "members"], None),
        (["members", "--store", "mine.matcher"], None),
        ([], None),
    ],
)
def test_a_store_without_a_verb_opens_the_window_on_it(arguments: list[str], store: str | None) -> None:
    assert launch.store_alone(arguments) == (None if store is None else Path(store))


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = run("-m", "matcher_ui.launch", "--store", str(tmp_path / "none.matcher"))
    assert (done.returncode, done.stderr) == (2, f"{launch.NO_STORE.format(name='none.matcher')}\n")
