"""Random histories of a network: what may happen in it, in any order, and the ground on which it happens."""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.promises.account import PEOPLE, PURPOSES, REQUESTS
from tests.promises.world import Step, World

from matcher.model import (
    Answer,
    Audience,
    Decision,
    How,
)
from matcher.storage import Cost, Store, create_store

AUDIENCES = (Audience.MEDIA, Audience.POLICY)


LEDGER_TRICKS = (
    "UPDATE consent_event SET decision = 'given'",
    "UPDATE OR REPLACE consent_event SET decision = 'ask_first' WHERE decision IN ('refused', 'withdrawn')",
    "DELETE FROM consent_event WHERE decision IN ('refused', 'withdrawn')",
)
RELEASE_TRICKS = (
    "DELETE FROM release",
    "UPDATE release SET recipient = 'nobody'",
    "INSERT OR REPLACE INTO release (id, request_id, member_id, invitation_id, recipient, shared_fields, at)"
    " SELECT id, request_id, member_id, invitation_id, 'nobody', shared_fields, at FROM release",
)


def random_history(chance: random.Random, length: int) -> Iterator[Step]:
    """Steps of a random history: and stories in which somebody says yes and something comes between."""
    pick, below = chance.choice, chance.randrange
    decisions = [Decision.GIVEN, Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED, Decision.WITHDRAWN]
    answers = [Answer.YES, Answer.YES, Answer.NO_THIS_TIME, Answer.STOP_KIND, Answer.STOP_ALL, Answer.NO_REPLY]

    def who() -> int:
        return below(PEOPLE)

    def which() -> int:
        return below(len(REQUESTS))

    def about() -> int:
        return below(len(PURPOSES))

    def day() -> int:
        return below(-5, 60)

    makers: list[tuple[int, Callable[[], Step]]] = [
        (10, lambda: ("say", who(), about(), pick(decisions), day(), pick([None, None, None, 0, 20]))),
        (8, lambda: ("form", who(), about(), pick([*decisions, None]), day())),
        (1, lambda: ("file", tuple({who(): pick(decisions[:4]) for _ in range(2)}.items()), day())),
        (4, lambda: ("withdraw", who())),
        (3, lambda: ("confirm",)),
        (4, lambda: ("merge", who(), who())),
        (8, lambda: ("undo", below(0, 5))),
        (4, lambda: ("clock", below(-30, 60))),
        (8, lambda: ("ask", who(), which())),
        (3, lambda: ("ask_list", which())),
        (5, lambda: ("list", which(), tuple(who() for _ in range(2)))),
        (8, lambda: ("reply", who(), which(), pick(answers))),
        (3, lambda: ("export", which())),
        (4, lambda: ("sheet", which(), pick([False, True]))),
        (5, lambda: ("invite", who())),
        (5, lambda: ("come", who(), pick([True, True, False]))),
        (2, lambda: ("raw_invite", who(), pick(["", "OR REPLACE", "OR IGNORE"]))),
        (2, lambda: ("raw_come", who(), pick(["invited", "coming", "waiting"]))),
        (1, lambda: ("raw_move_invitation", who(), who())),
        (3, lambda: ("raw_ask", who(), which(), pick(["", "OR REPLACE", "OR IGNORE"]))),
        (2, lambda: ("raw_reopen", who(), which(), pick(["to_ask", "asked", "yes"]))),
        (1, lambda: ("raw_move_ask", who(), who(), which())),
        (3, lambda: ("raw_release", who(), which(), pick(["", "OR REPLACE"]))),
        (1, lambda: ("raw_hide_release", pick(RELEASE_TRICKS))),
        (1, lambda: ("raw_ledger", pick(LEDGER_TRICKS))),
        (1, lambda: ("raw_yes", who(), about(), How.PHONE, pick(["stale", "replace"]))),
        (1, lambda: ("raw_yes", who(), about(), How.FORM, "stale")),
        (1, lambda: ("raw_void", who(), about())),
        (1, lambda: ("raw_key", who(), who())),
    ]
    weights = [weight for weight, _ in makers]

    def anything() -> Step:
        return chance.choices(makers, weights)[0][1]()

    def story() -> Iterator[Step]:
        person, request = who(), which()
        topic = AUDIENCES.index(REQUESTS[request])
        between: list[Step] = [
            ("withdraw", person),
            ("reply", person, request, pick(answers)),
            ("undo", below(0, 3)),
        ]
        between += [("say", person, topic, pick(decisions), day(), None), ("merge", who(), person)]
        between += [("form", person, topic, pick([*decisions, None]), day()), ("clock", below(-30, 60)), anything()]
        yield ("say", person, topic, pick(decisions[:3]), day(), pick([None, None, 5]))
        if chance.random() < 0.5:
            yield pick(between)
        yield ("ask", person, request)
        if chance.random() < 0.5:
            yield ("list", request, (person,))
            if chance.random() < 0.4:
                yield pick(between)
            yield ("export", request)
        else:
            yield ("reply", person, request, Answer.YES)
            for _ in range(below(3)):
                yield pick(between)
            yield ("sheet", request, pick([False, True]))

    left = length
    while left > 0:
        steps = list(story()) if chance.random() < 0.25 else [anything()]
        left -= len(steps)
        yield from steps


def probe(world: World) -> None:
    """In the end, ask everybody about everything: by the program, and past it."""
    for which in (0, 2):
        for who in range(PEOPLE):
            world.take(("raw_ask", who, which, ""))
    for who in range(PEOPLE):
        world.take(("raw_invite", who, ""))
    world.take(("sheet", 0, False))


class Ground:
    """One open store that is put back to empty for every history: opening a new one takes longer than living it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = create_store(folder / "ground.matcher", "Lantern Network", "otter", cost=Cost(n=2**10)).store
        self.store.reader.dispose()
        self.store.writer.dispose()
        self.empty = {name: (self.store.path / name).read_bytes() for name in ("data.db", "ledger.end")}

    def close(self) -> None:
        self.store.close()

    def clear(self) -> Path:
        """Put the store back to empty; return an empty folder for files that leave."""
        self.store.reader.dispose()
        self.store.writer.dispose()
        for left in ("data.db-wal", "data.db-shm", "journal", "leaving.json"):
            (self.store.path / left).unlink(missing_ok=True)
        for name, content in self.empty.items():
            (self.store.path / name).write_bytes(content)
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return out

    def live(self, steps: Sequence[Step], prepare: Callable[[Store], None] | None = None) -> World:
        """Live through a history from the beginning; return the world, with its tally."""
        before = os.environ.get("MATCHER_NOW")
        out = self.clear()
        try:
            world = World(self.store, out)
            if prepare:
                prepare(self.store)
            try:
                for step in steps:
                    world.take(step)
                probe(world)
            finally:
                world.connection.close()
            world.tally.histories += 1
            return world
        finally:
            os.environ.pop("MATCHER_NOW", None)
            if before is not None:
                os.environ["MATCHER_NOW"] = before
