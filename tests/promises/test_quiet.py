"""Promise 17: no network, nothing that runs what it loads, no SQL outside its room or built from what people write.

The main job, by command line and in the window, runs in a process of its own whose every Python reports what it
does to the network and what it unpickles (an audit hook, which children inherit); where ``strace`` is installed,
the kernel is asked too, so that sockets of libraries count. Known-vulnerable dependencies cannot be told without a
network: what can be said here is that everything installed is pinned, in `requirements.lock`.
"""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import matcher

SOURCE = Path(matcher.__file__).parent
ROOT = Path(__file__).parents[2]
WINDOW = ROOT / "ui" / "matcher_ui"
RESOURCES = ROOT / "resources" / "matcher_resources"
FILES = sorted([*SOURCE.rglob("*.py"), *WINDOW.rglob("*.py"), *RESOURCES.rglob("*.py")])
NEVER = {
    "pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "yaml", "socket",
    "_socket", "ssl", "http", "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "ftplib", "smtplib",
    "imaplib", "poplib", "telnetlib", "socketserver", "xmlrpc", "asyncio", "multiprocessing", "webbrowser",
    "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
}  # fmt: skip
RAW_SQL = {"exec_driver_sql", "executescript", "execute", "text", "scalar", "literal_column", "executemany"}
ALLOWED_SQL = {
    # The store's own key in hexadecimal, pragmas written beside it, and names read from the schema, quoted.
    ("engine.py", "PRAGMA key = x{keys.data.hex()}"),
    ("engine.py", "PRAGMA {pragma}"),
    ("schema.py", "DROP {kind} {_quoted(name)}"),
}


def imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def built_sql(tree: ast.AST) -> Iterator[str]:
    """SQL given to the database that is put together from parts, there or in a variable."""
    variables = {
        target.id: node.value
        for node in ast.walk(tree) if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in RAW_SQL and node.args:
            given = node.args[0]
            yield from _put_together(given)
            if isinstance(given, ast.Name) and given.id in variables:
                yield from _put_together(variables[given.id])


def _put_together(given: ast.AST) -> Iterator[str]:
    return (ast.unparse(part).removeprefix("f").strip("'\"") for part in ast.walk(given) if _is_put_together(part))


def _is_put_together(part: ast.AST) -> bool:
    if isinstance(part, ast.BinOp):
        return _is_text(part.left) or _is_text(part.right)
    if isinstance(part, ast.Call):
        return isinstance(part.func, ast.Attribute) and _is_text(part.func.value)
    return isinstance(part, ast.JoinedStr)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 50
    assert any(WINDOW in file.parents for file in FILES)
    assert "sqlalchemy" in imports(parsed(SOURCE / "storage" / "engine.py"))


@pytest.mark.parametrize(
    "source",
    [
        'connection.execute(f"SELECT {name}")',
        'session.execute(text("SELECT " + name))',
        'cursor.execute("SELECT %s" % name)',
        'connection.exec_driver_sql("SELECT {}".format(name))',
        'connection.execute(", ".join(parts))',
        'wanted = f"SELECT {name}"\nconnection.execute(wanted)',
    ],
)
def test_sql_put_together_would_be_seen(source: str) -> None:
    assert list(built_sql(ast.parse(source)))


def loud(file: Path) -> Iterator[str]:
    """What a file imports or calls that none may; in storage: the SQL it puts together."""
    tree = parsed(file)
    found, calls = imports(tree), [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {called(call) for call in calls}
    yield from (name for name in found if name in NEVER or name.split(".")[0] in NEVER)
    yield from {call.func.id for call in calls if isinstance(call.func, ast.Name)} & {"eval", "exec", "__import__"}
    yield from names & {"read_pickle", "load_pickle", "fromiterable_pickle", "system", "popen"}
    given = [word.value for call in calls for word in call.keywords if word.arg == "allow_pickle"]
    yield from ("allow_pickle" for one in given if not (isinstance(one, ast.Constant) and one.value is False))
    if "storage" in file.parts:
        yield from (sql for sql in built_sql(tree) if (file.name, plain(sql)) not in ALLOWED_SQL)
    else:
        yield from {"sqlalchemy.text", "sqlalchemy.literal_column", "sqlcipher3", "sqlite3"} & found
        yield from names & {"exec_driver_sql", "executescript", "raw_connection", "literal_column"}


def plain(sql: str) -> str:
    return sql.replace("'", "").replace('"', "")


def test_no_room_calls_out_or_loads_what_runs() -> None:
    assert {str(file): told for file in FILES if (told := list(loud(file)))} == {}


@pytest.mark.parametrize(
    "source", ["import socket", "from urllib import request", "eval(text)", "np.load(file, allow_pickle=flag)",
               "os.system(line)", "import sqlite3", "session.exec_driver_sql(sql)"]
)  # fmt: skip
def test_what_is_loud_would_be_seen(source: str, tmp_path: Path) -> None:
    file = tmp_path / "room.py"
    file.write_text(source)
    assert list(loud(file))


HOOK = """
import os, sys
_out = os.open(os.environ["QUIET_REPORT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_loud = ("socket.", "pickle.", "urllib.", "http.", "smtplib.", "ftplib.", "imaplib.", "webbrowser.", "os.system")

def _stays_here(event, arguments):
    "The keyring of the system is asked through a socket of this computer, which has a path and no address."
    if event == "socket.__new__":
        return arguments[1] == 1
    return event == "socket.connect" and isinstance(arguments[1], (str, bytes))

def _listen(event, arguments):
    if (event.startswith(_loud) and not _stays_here(event, arguments)) or event == "marshal.load":
        os.write(_out, (event + " " + repr(arguments)[:200].replace("\\n", " ") + "\\n").encode())

sys.addaudithook(_listen)
os.write(_out, b"listening\\n")
"""
INTERNET = re.compile(r"\b(?:AF_INET6?|AF_NETLINK|AF_PACKET)\b")


def overheard(what: str, folder: Path) -> tuple[list[str], str]:
    """Run the job; return what its processes did to the network or unpickled, and what it printed."""
    hook, report, trace = folder / "hook", folder / "report.txt", folder / "trace.txt"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    surroundings = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(hook), *filter(None, sys.path)]), "QUIET_REPORT": str(report),
        "QT_QPA_PLATFORM": "offscreen", "MATCHER_PASSPHRASE": "otter lantern gravel",
        "MATCHER_NOW": "2026-11-23T09:00",
    }  # fmt: skip
    job = [sys.executable, str(Path(__file__).with_name("quiet_job.py")), what, str(folder)]
    if strace := shutil.which("strace"):
        job = [strace, "-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-o", str(trace), *job]
    done = subprocess.run(job, env=surroundings, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-1500:]
    lines = report.read_text(encoding="utf-8").splitlines()
    assert lines.count("listening") >= 1
    calls = trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
    return [line for line in lines if line != "listening"] + [c for c in calls if INTERNET.search(c)], done.stdout


def test_the_main_job_by_command_line_is_quiet(tmp_path: Path) -> None:
    heard, _ = overheard("verbs", tmp_path)
    assert not heard


def test_the_window_is_quiet_from_its_start(tmp_path: Path) -> None:
    if importlib.util.find_spec("PySide6") is None:
        pytest.skip("there is no window here")
    heard, said = overheard("window", tmp_path)
    assert not heard
    seen = json.loads(said.splitlines()[-1])
    assert seen["pages"] > 4
    assert not seen["open_sockets"]


def test_what_is_loud_would_be_heard(tmp_path: Path) -> None:
    loud = tmp_path / "loud.py"
    loud.write_text("import pickle, socket; pickle.loads(pickle.dumps(OSError())); socket.socket().close()")
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    report = tmp_path / "report.txt"
    surroundings = os.environ | {"PYTHONPATH": str(hook), "QUIET_REPORT": str(report)}
    subprocess.run([sys.executable, str(loud)], env=surroundings, check=True)
    heard = report.read_text(encoding="utf-8")
    assert "socket.__new__" in heard
    assert "pickle.find_class" in heard


def test_every_dependency_is_pinned() -> None:
    """What is installed can be held against a list of known faults by one command, `pip-audit`, with a network."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in lock.splitlines() if line.strip() and not line.startswith(("#", " ", "-"))]
    assert len(lines) > 20
    assert all(re.match(r"[A-Za-z0-9_.\[\]-]+==", line) for line in lines)
