"""The whole main job, for `test_quiet.py` to listen to: ``python quiet_job.py verbs|window FOLDER``."""

import json
import sys
import time
from pathlib import Path

SHEET = """Timestamp,First name,Email address,Mobile number,Where do you live?,Happy to talk to journalists?
03/02/2026 10:00:00,Dilys,dilys@example.org,07700 900301,Leeds,Yes
04/02/2026 10:00:00,Enid,enid@example.org,07700 900302,York,Yes
05/02/2026 10:00:00,Joan,joan@example.org,07700 900303,Bradford,Yes but ask me first
"""
LETTER = """From: Sam Okoro <sam@channel.example>
To: hello@lantern.example
Subject: Care workers for a news piece
Date: Wed, 18 Nov 2026 16:20:00 +0000
Content-Type: text/plain; charset=utf-8

Hello, I am a journalist at Channel Seven. Could we interview two home care workers in Yorkshire by phone about
night visits? It takes 20 minutes, everyone stays anonymous. Please answer by Friday 4 December. Sam Okoro
"""


def verbs(folder: Path) -> None:
    """Every verb that the main job takes, from a new store to the check of the ledger."""
    from matcher import cli
    from matcher.storage import Cost, create_store

    (folder / "sign-ups.csv").write_text(SHEET, encoding="utf-8")
    (folder / "letter.eml").write_text(LETTER, encoding="utf-8")
    store = str(folder / "quiet.matcher")
    create_store(Path(store), "Lantern", "otter lantern gravel", cost=Cost(n=2**10)).store.close()
    for words in (
        f"import {folder}/sign-ups.csv", "members", f"log {folder}/letter.eml",
        "rank R1", "shortlist R1 --people 3", f"export R1 {folder}/asks.xlsx", "ask R1", "reply R1 M1 yes",
        f"sheet R1 {folder}/agreed.xlsx", "releases", "withdraw M1", "to-do", "check-ins", "consent M1", "backup",
        "undo", "check",
    ):  # fmt: skip
        code = cli.main(["--store", store, "--json", *words.split()])
        if code:
            raise SystemExit(f"{words}: exit {code}")


def window(folder: Path) -> None:
    """The window from its start: the store opened, and every page looked at."""
    from PySide6.QtWidgets import QApplication

    from matcher.sample import make_sample
    from matcher.storage import read_settings
    from matcher_ui.app import make_window
    from matcher_ui.page_list import PAGES
    from matcher_ui.store_door import OpenedStore
    from matcher_ui.workspace import Place

    app = QApplication(sys.argv[:1])
    opened = make_window(app)
    opened.show()
    opened.start()
    store = make_sample(folder / "sample.matcher", members=30)
    opened.enter(OpenedStore(store, read_settings(store)))
    places = [Place(page) for page in PAGES if page not in ("request", "member")]
    for place in (
        *places,
        Place("member", 1),
        *(Place("request", 1, tab) for tab in ("match", "ask", "introduce")),
    ):
        if opened.main is not None:
            opened.main.go(place)
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            app.processEvents()
            time.sleep(0.01)
    sockets = [str(file) for file in Path("/proc/self/fd").glob("*") if "socket:" in str(file.resolve())]
    opened.shut()
    store.close()
    print(json.dumps({"pages": len(places), "open_sockets": sockets}))  # noqa: T201


if __name__ == "__main__":
    {"verbs": verbs, "window": window}[sys.argv[1]](Path(sys.argv[2]))
