"""Promise 17: no network, nothing that runs what it loads, no SQL outside its room."""

import ast
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.outreach import ask, export_workbook

if TYPE_CHECKING:
    from tests.conftest import Network

SOURCE = Path(matcher.__file__).parent
WINDOW = Path(__file__).parents[2] / "ui" / "matcher_ui"
FILES = sorted([*SOURCE.rglob("*.py"), *WINDOW.rglob("*.py")])
NEVER = {
    "pickle",
    "joblib",
    "shelve",
    "marshal",
    "socket",
    "ssl",
    "http",
    "requests",
    "urllib.request",
    "ftplib",
    "smtplib",
}


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 50
    assert any(WINDOW in file.parents for file in FILES)
    assert "sqlalchemy" in imports(SOURCE / "storage" / "store.py") | imports(SOURCE / "storage" / "engine.py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_no_room_calls_out_or_loads_what_runs(file: Path) -> None:
    found = imports(file)
    assert not {name for name in found if name in NEVER or name.split(".")[0] in NEVER}
    if "storage" not in file.parts:
        assert not {"sqlalchemy.text", "sqlalchemy.literal_column", "sqlcipher3", "sqlite3"} & found
        written = {node.attr for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                   if isinstance(node, ast.Attribute)}  # fmt: skip
        assert not written & {"exec_driver_sql", "executescript", "raw_connection", "literal_column"}
    calls = {n.func.id for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)
             and isinstance(n.func, ast.Name)}  # fmt: skip
    assert not calls & {"eval", "exec", "__import__"}


def test_the_main_job_opens_no_socket(network: "Network", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    ada, request = network.willing("Ada", email="ada@example.org"), network.request()
    network.shortlist(request, ada)
    export_workbook(network.store, request, tmp_path / "out.xlsx")
    assert len(ask(network.store, request)) == 1
