"""Verbs about what somebody may ask of the network: what is held on them, and to be erased."""

from pathlib import Path

import click

from matcher import directory
from matcher.cli.desk import Desk, verb
from matcher.consent import erase, save_report, subject_report
from matcher.errors import UserError
from matcher.storage import reading


@click.command("erase")
@click.argument("member")
@click.option("--yes", is_flag=True, help="Yes: this cannot be undone.")
@verb
def erase_member(desk: Desk, member: str, yes: bool) -> None:
    """Erase a member: everything personal goes and cannot come back; a re-import is blocked."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        if not yes:
            raise UserError(
                f"M{member_id} was not erased: it cannot be undone.", todo="Add --yes when you are sure."
            )
        erased = erase(store, member_id)
    left = f" {erased.to_do} things are left to act on: matcher to-do" if erased.to_do else ""
    desk.answer(erased, lambda out: out.print(f"M{erased.member_id} was erased.{left}"))


@click.command("subject-report")
@click.argument("member")
@click.argument("file", type=click.Path(path_type=Path))
@verb
def write_subject_report(desk: Desk, member: str, file: Path) -> None:
    """Write everything held on a member to FILE (.xlsx or .html). Look it through before you hand it over."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        report = subject_report(store, member_id)
        file_id = save_report(store, report, file)
    held = sum(len(section.rows) for section in report.sections)
    desk.answer(
        {"path": str(file), "file_id": file_id, "rows": held, "masked": report.masked},
        lambda out: out.print(f"Wrote {held} facts to {file}. Somebody else was left out {report.masked} times."),
    )


COMMANDS = (erase_member, write_subject_report)
