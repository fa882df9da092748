"""Verbs about keeping it safe: backup, backups, second-place, restore, passphrase, recovery-words."""

import os
from pathlib import Path

import click
from rich.console import Console

from matcher.cli.desk import Desk, ask_passphrase, passphrase_for, table, verb
from matcher.clock import LONDON
from matcher.consent import restore
from matcher.errors import UserError
from matcher.storage import (
    Elsewhere,
    back_up,
    backup_problems,
    backups,
    bring_elsewhere,
    change_passphrase,
    choose_second_place,
    confirm_recovery_words,
    elsewhere,
    recovery_words,
    remember_store,
    renew_recovery_words,
    save_backup,
)


@click.command("backup")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Save it as one file, too.")
@verb
def backup(desk: Desk, target: Path | None) -> None:
    """Make a verified, encrypted backup: inside the store, in the second place, and as one file with --to."""
    with desk.store() as store:
        if target is not None:
            save_backup(store, target)
        else:
            back_up(store)
        path, known = backups(store)[0].path, bring_elsewhere(store)

    def say(out: Console) -> None:
        out.print(f"Backed up and checked: {target or path}")
        if known.folder:
            out.print(f"Second place: {known.missing or known.folder}")

    desk.answer({"backup": str(path), "file": str(target) if target else None, **_plain(known)}, say)


@click.command("backups")
@click.option("--verify", is_flag=True, help="Read every one of them through.")
@verb
def list_backups(desk: Desk, verify: bool) -> None:
    """List the backups inside the store, the newest first. Each was verified when it was made."""
    with desk.store() as store:
        kept = backups(store)
        problems = {one.path: backup_problems(store, one.path) if verify else () for one in kept}
        known = elsewhere(store)

    def say(out: Console) -> None:
        rows = (
            (f"{one.made_at.astimezone(LONDON):%d %b %Y %H:%M}", f"{one.size / 1e6:,.1f} MB",
             "; ".join(problems[one.path]) or ("can be put back" if verify else "verified when made"), one.path)
            for one in kept
        )  # fmt: skip
        out.print(table(("When", "Size", "State", "Where"), rows))
        out.print(f"Second place: {known.missing or known.folder or 'none chosen'}")

    listed = [
        {"path": str(one.path), "made_at": one.made_at, "size": one.size, "problems": problems[one.path]}
        for one in kept
    ]
    desk.answer({"backups": listed, **_plain(known)}, say)
    if any(problems.values()):
        raise UserError("A backup is damaged.", todo="Make a new one with: matcher backup")


@click.command("second-place")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--off", is_flag=True, help="Keep backups nowhere else.")
@verb
def second_place(desk: Desk, folder: Path | None, off: bool) -> None:
    """Show or choose the folder that every backup is copied to: a stick, or one that is synced."""
    with desk.store() as store:
        if folder is not None or off:
            choose_second_place(store, None if off or folder is None else folder.resolve())
        known = elsewhere(store)
    desk.answer(_plain(known), lambda out: out.print(str(known.folder or "No second place is chosen.")))


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path))
@verb
def restore_backup(desk: Desk, backup: Path) -> None:
    """Put a backup back. Every no and every erasure made since is repeated; what stands there now is kept."""
    path = desk.path()
    with desk.progress() as progress:
        restored = restore(path, backup, passphrase_for(path), progress)
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


@click.command("passphrase")
@verb
def passphrase(desk: Desk) -> None:
    """Change the passphrase; the recovery words stay valid. MATCHER_NEW_PASSPHRASE, else asked."""
    with desk.store() as store:
        fresh = os.environ.get("MATCHER_NEW_PASSPHRASE") or ask_passphrase("New passphrase", twice=True)
        change_passphrase(store, fresh)
    desk.answer({"changed": True}, lambda out: out.print("The passphrase was changed."))


@click.command("recovery-words")
@click.option("--new", is_flag=True, help="Make new ones; the old ones open the store no more.")
@click.option("--confirm", metavar="WORDS", help="The words asked for, to note that you still have them.")
@verb
def words(desk: Desk, new: bool, confirm: str | None) -> None:
    """Ask back the recovery words, or make new ones. The words themselves are kept nowhere."""
    with desk.store() as store:
        made = renew_recovery_words(store) if new else None
        if confirm is not None and not confirm_recovery_words(store, confirm):
            raise UserError("Those are not the words asked for.", todo="Look at your sheet again, or add --new.")
        known = recovery_words(store.path)

    def say(out: Console) -> None:
        if made:
            out.print(f"Write these twelve words down and keep them away from this computer:\n\n  {made}")
        asked = ", ".join(str(number) for number in known.asked)
        out.print(f"Asked back on {known.confirmed_on}." if known.confirmed_on else f"Asked for: words {asked}.")

    desk.answer({"recovery_words": made, "confirmed_on": known.confirmed_on, "asked": known.asked}, say)


def _plain(known: Elsewhere) -> dict[str, object]:
    """What is known of the second place, as a program reads it."""
    return {
        "second_place": str(known.folder) if known.folder else None,
        "last_elsewhere": known.last_at,
        "missing": known.missing,
    }


COMMANDS = (backup, list_backups, second_place, restore_backup, passphrase, words)
