"""Verbs about requests: log, requests, show, stage."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from matcher import clock, triage
from matcher.cli.desk import Desk, plain, request_number, table, verb
from matcher.errors import UserError
from matcher.files.readers.documents import read_document, read_text
from matcher.model import PeopleWanted, RequestKind, Stage, brief_from_json, brief_to_json
from matcher.storage.store import Store


@click.command("log")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--received", help="When it arrived, such as 2026-11-23T09:00.")
@click.option("--as-request", is_flag=True, help="It asks for people, whatever it looks like.")
@click.option("--brief", "brief_file", type=click.Path(path_type=Path), help="A brief as JSON (docs/brief.md).")
@verb
def log(desk: Desk, file: Path | None, received: str | None, as_request: bool, brief_file: Path | None) -> None:
    """Log a request from an e-mail, document or text FILE (- for standard input), or from a brief."""
    if (file is None) == (brief_file is None):
        raise UserError("Name one file to log, or --brief with a JSON file.")
    arrived = clock.instant(received) if received else None
    with desk.store() as store:
        if brief_file:
            logged = triage.log_brief(store, brief_from_json(_json(brief_file)), arrived or clock.now())
        else:
            assert file is not None
            logged = _log_file(store, file, arrived, as_request=as_request)
    shown = {
        "id": logged.id, "kind": logged.kind, "updates": logged.updates, "stage": logged.stage,
        **brief_to_json(logged.brief), "evidence": plain(logged.evidence), "flags": plain(logged.flags),
    }  # fmt: skip

    def say(out: Console) -> None:
        out.print(f"Logged as R{logged.id} ({logged.kind.value}): {logged.brief.title}")
        _say_brief(out, shown)
        if logged.stage is Stage.NOT_A_REQUEST:
            asks = logged.kind is RequestKind.ENQUIRY
            out.print(
                "It is kept as a member's own question: matcher questions."
                if asks
                else "It is set aside as not a request. If it is one: "
                f"matcher undo {logged.batch}, and log it again with --as-request."
            )

    desk.answer({"request": shown}, say)


def _log_file(store: Store, file: Path, arrived: datetime | None, *, as_request: bool) -> triage.LoggedRequest:
    if str(file) == "-":
        original, document = None, read_text(sys.stdin.read())
    else:
        document = read_document(file)
        original = file.read_bytes()
    received = triage.received_at(document, arrived)
    draft = triage.read_request(document, received)
    if as_request:
        draft = replace(draft, kind=RequestKind.REQUEST)
    return triage.log_request(store, draft, document, original, received)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError("This file cannot be read.", where=path.name) from error
    except ValueError as error:
        raise UserError(f"This is not JSON ({error}).", where=path.name, todo="See docs/brief.md.") from error


def _say_brief(out: Console, brief: dict[str, Any]) -> None:
    facts = {
        "Who's asking": ", ".join(
            filter(None, (brief["requester"], brief["requester_role"], brief["organisation"]))
        ),
        "Contact": brief["contact"],
        "Audience": brief["audience"],
        "Format": brief["format"].replace("_", " "),
        "People wanted": PeopleWanted(**brief["people_wanted"]).spoken,
        "Where": ", ".join([*brief["places"], *brief["regions"], *(["online"] if brief["remote"] else [])]),
        "Names wanted by": brief["deadline"],
        "Payment": brief["payment"]["text"] or brief["payment"]["amount"],
        "Ethics": brief["ethics"]["status"].replace("_", " "),
        "Anonymity": brief["anonymity"].replace("_", " "),
    }
    out.print(table(("", ""), ((label, value) for label, value in facts.items() if value)))
    asked = [(one["strength"], one["text"] or one["value"]) for one in brief["criteria"]]
    for strength, words in dict.fromkeys(asked):  # several fields may be of one sentence
        out.print(f"  {'must' if strength == 'must' else 'nice'}: {words}")
    for flag in brief.get("flags", []):
        out.print(f"  check: {flag['reason']}")


@click.command("requests")
@verb
def requests(desk: Desk) -> None:
    """List every request with its stage."""
    with desk.store() as store:
        rows = triage.list_requests(store)
    desk.answer(
        {"requests": rows},
        lambda out: out.print(
            table(
                ("Id", "Stage", "Audience", "Title", "Organisation", "Wanted by"),
                (
                    (f"R{r.id}", r.stage.replace("_", " "), r.audience, r.title, r.organisation, r.deadline)
                    for r in rows
                ),
            )
        ),
    )


@click.command("show")
@click.argument("request")
@verb
def show(desk: Desk, request: str) -> None:
    """Show one request: an id like R12."""
    with desk.store() as store:
        page = triage.show_request(store, request_number(request))
    shown = plain(page) | brief_to_json(page.brief)

    def say(out: Console) -> None:
        out.print(f"R{page.id}  {page.brief.title}  ({page.stage.value.replace('_', ' ')})")
        _say_brief(out, shown)

    desk.answer({"request": shown}, say)


@click.command("stage")
@click.argument("request")
@click.argument("stage", type=click.Choice([stage.value for stage in Stage]))
@click.option("--note", default="", help="Why, for the record.")
@verb
def stage(desk: Desk, request: str, stage: str, note: str) -> None:
    """Move a request to another stage."""
    number = request_number(request)
    with desk.store() as store:
        triage.move_stage(store, number, Stage(stage), note)
    desk.answer(
        {"id": number, "stage": stage}, lambda out: out.print(f"R{number} is now {stage.replace('_', ' ')}.")
    )


COMMANDS = (log, requests, show, stage)
