"""How long the figures of Insight take: ``python benchmarks/insight_speed.py [--members 65000] [--asks 4000]``.

A store of made-up members, some of whom were asked about made-up requests over two years. Printed is the CPU time
of `insight.look` and of the yearly report, the best of three. Last line: {"members": n, "asks": n, "look_ms": x,
"report_ms": x}.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from directory_latency import PASSPHRASE, make_store

from matcher import clock, insight
from matcher.consent import states
from matcher.model import (
    MAY_BE_ASKED,
    Answer,
    Audience,
    Brief,
    Invitation,
    InvitationState,
    Outcome,
    Purpose,
    Request,
    Stage,
)
from matcher.storage import Store, open_store, reading, work

PUBLISHED_SEED = 11
EACH = 40
_ENDS = (InvitationState.ASKED, InvitationState.YES, InvitationState.NO, InvitationState.DONE)


def add_asks(store: Store, asks: int, seed: int) -> None:
    """Requests of 40 asks each, a part of which ended with taking part."""
    chance = random.Random(seed)
    with reading(store) as session:
        willing = sorted(one for one, said in states(session).items() if said.get(Purpose.MEDIA) in MAY_BE_ASKED)
    with work(store, "benchmark: asks") as unit:
        for _ in range(asks // EACH):
            at = unit.now - timedelta(days=chance.randrange(10, 730))
            request = Request(received_at=at, created_at=at, stage=Stage.DONE)
            request.brief = Brief(title="Nights", audience=Audience.MEDIA)
            unit.session.add(request)
            unit.session.flush()
            people = chance.sample(willing, min(EACH, len(willing)))
            unit.insert(Invitation, [_ask(chance, request.id, one, at) for one in people])


def _ask(chance: random.Random, request_id: int, member_id: int, at: Any) -> dict[str, Any]:
    state = chance.choice(_ENDS)
    yes, done = state in (InvitationState.YES, InvitationState.DONE), state is InvitationState.DONE
    answered = state is not InvitationState.ASKED
    return {
        "request_id": request_id, "member_id": member_id, "state": state, "volunteered": False,
        "channel": "whatsapp", "asked_at": at, "answered_at": at + timedelta(hours=5) if answered else None,
        "answer": Answer.YES if yes else Answer.NO_THIS_TIME if answered else None,
        "outcome": Outcome.TOOK_PART if done else None,
        "outcome_on": (at + timedelta(days=9)).date() if done else None, "override_reason": "",
    }  # fmt: skip


def best_ms(verb: Callable[[], object]) -> float:
    """The least CPU time of three calls, in milliseconds."""
    times = []
    for _ in range(3):
        started = time.process_time()
        verb()
        times.append(time.process_time() - started)
    return round(min(times) * 1000, 1)


def main(say: Callable[[str], object] = lambda line: sys.stdout.write(line + "\n")) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=65_000)
    parser.add_argument("--asks", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=PUBLISHED_SEED)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.matcher"
        make_store(path, asked.members)
        with open_store(path, PASSPHRASE) as store:
            add_asks(store, asked.asks, asked.seed)
            year = str(clock.today().year)
            told = {
                "members": asked.members, "asks": insight.look(store).replies.total.asked,
                "look_ms": best_ms(lambda: insight.look(store)),
                "report_ms": best_ms(lambda: insight.yearly_report(store, year)),
            }  # fmt: skip
    say(f"{told['asks']} asks of {told['members']} members: insight {told['look_ms']} ms, "
        f"yearly report {told['report_ms']} ms of CPU time")  # fmt: skip
    say(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
