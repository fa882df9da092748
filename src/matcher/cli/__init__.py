"""The verbs of Matcher without a window."""

import importlib
import re
from collections.abc import Sequence
from pathlib import Path

import click

from matcher import __version__
from matcher.cli.desk import Desk, DrawPdf
from matcher.errors import Cancelled, UserError

_HOMES: dict[str, tuple[str, ...]] = {
    "backups": ("backup", "backups", "second-place", "restore", "passphrase", "recovery-words"),
    "consent": ("consent", "withdraw", "to-do", "check-ins", "said-yes-again"),
    "matching": ("rank", "why", "shortlist", "wish", "draws", "replay"),
    "members": ("import", "members", "member", "edit", "merge", "unmerge"),
    "insight": ("insight", "yearly-report"),
    "meetups": (
        "meet-up",
        "drop-in",
        "meet-ups",
        "change-meet-up",
        "invite-to",
        "coming",
        "attendance",
        "meet-up-words",
        "meet-up-sheet",
    ),
    "network": ("sample",),
    "closing": ("sessions", "outcome", "note", "close", "owed", "asked", "timeline", "participation"),
    "introduce": ("counts", "introduce", "sheet", "releases"),
    "sending": ("texts", "to-send", "emails", "paste", "call", "volunteer"),
    "outreach": ("export", "ask", "ask-anyway", "reply", "replies", "old-workbooks"),
    "partners": ("partners", "add-partner", "edit-partner", "merge-partners", "link-partner"),
    "requests": ("log", "requests", "show", "stage"),
    "rights": (
        "erase",
        "subject-report",
        "requester-report",
        "rights",
        "rights-log",
        "rights-set",
        "retention",
        "pack",
    ),
    "store": ("new", "undo", "check"),
    "triage": (
        "checks",
        "answer",
        "letter",
        "merge-update",
        "due",
        "remind",
        "calendar",
        "requesters",
        "requester",
        "questions",
    ),
}
"""File of this folder -> its verbs. Only the file of the verb that is called is imported: ranking needs NumPy and
the outreach workbook its writer, logging a request neither."""


class _Verbs(click.Group):
    """Every verb, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(verb for verbs in _HOMES.values() for verb in verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        home = next((home for home, verbs in _HOMES.items() if cmd_name in verbs), None)
        if home is None:
            return None
        found: Sequence[click.Command] = importlib.import_module(f"matcher.cli.{home}").COMMANDS
        return next(command for command in found if command.name == cmd_name)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", "store_path", type=click.Path(path_type=Path), help="The store's folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.version_option(__version__, prog_name="matcher")
@click.pass_context
def commands(context: click.Context, store_path: Path | None, as_json: bool) -> None:
    """Drop in a request, get the facts, the flags, the people who fit and the messages to send.

    Without a verb, matcher opens its window.
    """
    context.obj = Desk(store_path, as_json, context.obj.draw_pdf if context.obj else None)


def main(arguments: Sequence[str] | None = None, draw_pdf: DrawPdf | None = None) -> int:
    """Run one verb; return the exit code: 0 done, 2 her mistake (one sentence on stderr), 1 a fault of ours.

    ``draw_pdf`` makes a PDF of a page of HTML, where the caller has something that can.
    """
    try:
        commands.main(
            args=list(arguments) if arguments is not None else None, prog_name="matcher", standalone_mode=False,
            obj=Desk(draw_pdf=draw_pdf),
        )  # fmt: skip
    except (UserError, Cancelled) as error:
        return _complain(str(error) or "Cancelled; nothing was changed.")
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return _complain("Stopped; nothing was changed.")
    except click.ClickException as error:
        return _complain(_usage(error))
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the last chance: no traceback ever reaches a user
        return _fault(error)
    return 0


_OF_A_CHOICE = re.compile(r"^Invalid value for '\{[^}]*\}': ")
"""“Invalid value for '{yes|no}':” names the words that the sentence behind it names again."""


def _usage(error: click.ClickException) -> str:
    """What was wrong with the words of a call, and the help that tells the right ones."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    context = error.ctx if isinstance(error, click.UsageError) else None
    said = error.format_message().replace("valid integer", "whole number")
    said = _OF_A_CHOICE.sub("", said)
    return f"{said} See: {context.command_path if context else 'matcher'} --help"


def _complain(sentence: str) -> int:
    click.echo(sentence, err=True)
    return 2


def _fault(error: Exception) -> int:
    """Name the fault by its type and place in the code only: messages of errors may carry personal data."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    click.echo(
        f"Something went wrong inside Matcher ({type(error).__name__} at {place}). Nothing was half-done; "
        "please report these words.",
        err=True,
    )
    return 1
