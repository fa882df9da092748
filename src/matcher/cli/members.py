"""Verbs about members: import, members, member, edit, merge."""

from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console

from matcher import directory
from matcher.cli.desk import Desk, table, verb
from matcher.consent import to_do
from matcher.errors import UserError
from matcher.model import AUDIENCE_PURPOSES, Purpose, State
from matcher.storage import reading

_MOST_KEPT = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sheet", help="Which sheet; without it the best recognised one.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--left-out", type=click.Path(path_type=Path), help="Save the rows that cannot be read, and why, here (.xlsx)."
)
@verb
def import_file(desk: Desk, file: Path, sheet: str | None, dry_run: bool, left_out: Path | None) -> None:
    """Bring members in from a spreadsheet (.xlsx, .xls, .ods, .csv): all of it, or nothing."""
    with desk.store() as store, desk.progress() as progress:
        plan = directory.plan_import(store, file, sheet=sheet, progress=progress)
        if left_out is not None and plan.report().unreadable:
            directory.save_left_out(plan, left_out)
        report = plan.report() if dry_run else directory.import_members(store, plan)

    def say(out: Console) -> None:
        out.print(
            f"{'Would be' if dry_run else 'Now'}: {report.new} new, {report.updated} updated, "
            f"{report.duplicate} repeated, {len(report.to_decide)} to decide, {len(report.unreadable)} unreadable."
        )
        for item in report.to_decide:
            out.print(f"  to decide, row {item.row}: {item.reason}")
        for problem in report.unreadable:
            out.print(f"  unreadable, row {problem.row}: {problem.reason}")
        for kept in report.kept[:_MOST_KEPT]:
            out.print(f"  newer here, row {kept.row}: {kept.label} stays {kept.here} (the row says {kept.said})")
        if len(report.kept) > _MOST_KEPT:
            out.print(f"  newer here: {len(report.kept) - _MOST_KEPT} more; --json tells all of them")
        for remark in report.notes:
            out.print(f"  {remark}")
        if report.permissions_waiting:
            out.print(f"  {report.permissions_waiting} said yes again after a no: see matcher said-yes-again")
        if report.not_said_yet:
            out.print(f"  {report.not_said_yet} have not said what they may be asked about: see matcher check-ins")
        if not dry_run:
            out.print(f"Step {report.batch}; take it back with: matcher undo {report.batch}")

    desk.answer(report, say)


@click.command("members")
@verb
def members(desk: Desk) -> None:
    """List every member with every field and where they stand on each purpose."""
    with desk.store() as store:
        rows = directory.list_members(store)
    shown = (
        (
            f"M{row.id}",
            row.name,
            row.town,
            row.region,
            row.start_year,
            *(_spoken(row.consent, p) for p in AUDIENCE_PURPOSES),
        )
        for row in rows
    )
    headers = ("Id", "Name", "Town", "Region", "Since", *(purpose.capitalize() for purpose in AUDIENCE_PURPOSES))
    desk.answer({"members": rows}, lambda out: out.print(table(headers, shown)))


def _spoken(consent: Mapping[Purpose, State], purpose: Purpose) -> str:
    return consent.get(purpose, State.NOT_GIVEN).replace("_", " ")


@click.command("member")
@click.argument("member")
@verb
def member(desk: Desk, member: str) -> None:
    """Show everything about one member: an id like M12, or an e-mail that only one has."""
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        page = directory.member_page(store, member_id)

    def say(out: Console) -> None:
        out.print(f"M{page.id}  {page.name}")
        out.print(table(("", ""), ((field.label, field.shown) for field in page.fields if field.shown)))
        out.print(
            table(
                ("When", "About", "Decision", "How", "Evidence"),
                ((f"{e.at:%d %b %Y}", e.purpose, e.decision, e.how, e.evidence) for e in page.permissions),
            )
        )

    desk.answer(page, say)


@click.command("edit")
@click.argument("member")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@verb
def edit(desk: Desk, member: str, changes: tuple[str, ...]) -> None:
    """Change fields of a member, such as: town=Leeds phone="07700 900123". An empty value means unknown."""
    wanted = {}
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise UserError(f"“{change}” is not FIELD=VALUE.", todo="Write it like town=Leeds.")
        wanted[field] = value
    with desk.store() as store:
        with reading(store) as session:
            member_id = directory.find_member(session, member)
        before = {item.id for item in to_do(store, member_id)}
        directory.edit_member(store, member_id, wanted)
        left = [item for item in to_do(store, member_id) if item.id not in before]
    said = [f"Changed M{member_id}.", *(f"To do: {item.about}" for item in left)]
    desk.answer({"id": member_id, "changed": sorted(wanted), "to_do": left}, lambda out: out.print("\n".join(said)))


@click.command("merge")
@click.argument("keep")
@click.argument("away")
@verb
def merge(desk: Desk, keep: str, away: str) -> None:
    """Merge two records of one person: KEEP stays, AWAY becomes another name for it."""
    with desk.store() as store:
        with reading(store) as session:
            kept, gone = directory.find_member(session, keep), directory.find_member(session, away)
        directory.merge_members(store, kept, gone)
    desk.answer({"kept": kept, "merged": gone}, lambda out: out.print(f"M{gone} is now M{kept}."))


@click.command("unmerge")
@click.argument("member")
@click.argument("away")
@verb
def unmerge(desk: Desk, member: str, away: str) -> None:
    """Part AWAY (such as M12) from MEMBER again, whom it was merged into."""
    bare = away.strip().lstrip("Mm")
    if not bare.isdigit():
        raise UserError(f"“{away}” is not the number of a record.", todo="Give it as M12.")
    with desk.store() as store:
        kept = directory.find_member(store, member)
        undone = directory.unmerge_members(store, kept, int(bare))

    def told(out: Console) -> None:
        out.print(f"M{int(bare)} is a record of its own again.")
        for reason in undone.kept:
            out.print(f"Kept: {reason}")

    desk.answer({"member": kept, "parted": int(bare), "kept": list(undone.kept)}, told)


COMMANDS = (import_file, members, member, edit, merge, unmerge)
