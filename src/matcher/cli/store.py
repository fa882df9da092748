"""Verbs about the store itself: new, undo, backup, restore, check, passphrase."""

import os
from pathlib import Path

import click
from rich.console import Console

from matcher.cli.desk import Desk, ask_passphrase, passphrase_for, verb
from matcher.clock import LONDON
from matcher.consent import chain_problems, restore, undo
from matcher.errors import UserError
from matcher.storage import (
    SUFFIX,
    back_up,
    change_passphrase,
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


@click.command("backup")
@verb
def backup(desk: Desk) -> None:
    """Make a verified, encrypted backup inside the store."""
    with desk.store() as store:
        path = back_up(store)
    desk.answer({"backup": str(path)}, lambda out: out.print(f"Backed up and checked: {path}"))


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path))
@verb
def restore_backup(desk: Desk, backup: Path) -> None:
    """Put a backup back. Every no and every erasure made since is repeated; what stands there now is kept."""
    path = desk.path()
    restored = restore(path, backup, passphrase_for(path))
    remember_store(path)

    def say(out: Console) -> None:
        out.print(f"{path.name} is as it was on {restored.made_at.astimezone(LONDON):%d %b %Y at %H:%M}.")
        out.print(f"Repeated since: {restored.noes} times no, {restored.erasures} erasures.")
        if restored.not_here:
            out.print(f"{restored.not_here} times no came from people not in it: importing them is blocked.")
        if restored.unreadable:
            out.print(f"{restored.unreadable} lines of the journal could not be read.")
        if restored.before:
            out.print(f"What stood there before is kept in {restored.before}")

    desk.answer(restored, say)


@click.command("check")
@verb
def check(desk: Desk) -> None:
    """Check the store: the database, its guards, and the ledger of permissions; and look for files that left."""
    with desk.store() as store:
        problems = [*integrity_problems(store), *guard_problems(store), *chain_problems(store)]
        notes = notes_on_files(store)
    desk.answer(
        {"ok": not problems, "problems": problems, "notes": notes},
        lambda out: out.print("\n".join([*(problems or ["All is well."]), *(f"Note: {n}." for n in notes)])),
    )


@click.command("passphrase")
@verb
def passphrase(desk: Desk) -> None:
    """Change the passphrase; the recovery words stay valid. MATCHER_NEW_PASSPHRASE, else asked."""
    with desk.store() as store:
        fresh = os.environ.get("MATCHER_NEW_PASSPHRASE") or ask_passphrase("New passphrase", twice=True)
        change_passphrase(store, fresh)
    desk.answer({"changed": True}, lambda out: out.print("The passphrase was changed."))


COMMANDS = (new, undo_step, backup, restore_backup, check, passphrase)
