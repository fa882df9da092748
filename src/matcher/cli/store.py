"""Verbs about the store itself: new, undo, check."""

import os

import click

from matcher.cli.desk import Desk, ask_passphrase, verb
from matcher.consent import chain_problems, undo
from matcher.errors import UserError
from matcher.storage import (
    SUFFIX,
    create_store,
    guard_problems,
    integrity_problems,
    notes_on_files,
    path_for,
    remember_store,
)


@click.command("new")
@click.option("--organisation", required=True, help="The name of your network.")
@verb
def new(desk: Desk, organisation: str) -> None:
    """Create a store: one encrypted folder."""
    path = desk.store_path or path_for(organisation)
    if path.suffix != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
    if path.exists():
        raise UserError("There is something at this path already.", where=path.name, todo="Choose another.")
    made = create_store(path, organisation, _new_passphrase())
    made.store.close()
    remember_store(path)
    desk.answer(
        {"store": str(path), "organisation": organisation, "recovery_words": made.recovery_words},
        lambda out: out.print(
            f"Made {path}\n\nWrite these twelve recovery words down and keep them away from this computer. They\n"
            f"open the store if the passphrase is lost:\n\n  {made.recovery_words}"
        ),
    )


def _new_passphrase() -> str:
    given = os.environ.get("MATCHER_PASSPHRASE")
    return given or ask_passphrase("Choose a passphrase", twice=True)


@click.command("undo")
@click.argument("batch", type=int, required=False)
@verb
def undo_step(desk: Desk, batch: int | None) -> None:
    """Undo a step, the last one when BATCH is not given. Permissions given in it are voided; every no stays."""
    with desk.store() as store:
        undone = undo(store, batch)
    desk.answer(
        undone,
        lambda out: out.print(
            f"Undid “{undone.what}” (step {undone.batch_id}): {undone.reverted} changes taken back."
            + "".join(f"\nKept {kept}." for kept in undone.kept)
        ),
    )


@click.command("check")
@verb
def check(desk: Desk) -> None:
    """Check the store: the database, its guards, and the ledger of permissions; and look for files that left."""
    with desk.store() as store:
        problems = [*integrity_problems(store), *guard_problems(store), *chain_problems(store)]
        notes = notes_on_files(store)
    desk.answer(
        {"ok": not problems, "problems": problems, "notes": notes},
        lambda out: out.print("\n".join([*_told(problems), *(f"Note: {n}." for n in notes)])),
    )
    if problems:
        raise UserError(
            "Something is wrong with this store.", todo="Put the newest good backup back: matcher backups --verify"
        )


def _told(problems: list[str]) -> list[str]:
    return [f"{said[:1].upper()}{said[1:]}." for said in problems] or ["All is well."]


COMMANDS = (new, undo_step, check)
