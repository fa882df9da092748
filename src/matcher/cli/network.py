"""The verb that makes a network to look around in: sample."""

import click

from matcher.cli.desk import Desk, verb
from matcher.sample import PASSPHRASE, make_sample
from matcher.storage import SUFFIX, path_for, remember_store


@click.command("sample")
@click.option("--members", type=click.IntRange(min=1), default=300, show_default=True, help="How many people.")
@verb
def sample(desk: Desk, members: int) -> None:
    """Make a network of made-up people, with requests in every stage, and open it from then on."""
    path = desk.store_path or path_for("Lantern Network (sample)")
    if path.suffix != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
    with desk.progress() as progress:
        make_sample(path, members=members, progress=progress).close()
    remember_store(path)
    desk.answer(
        {"store": str(path), "passphrase": PASSPHRASE},
        lambda out: out.print(f"Made {path}\nIts passphrase is no secret: {PASSPHRASE}"),
    )


COMMANDS = (sample,)
