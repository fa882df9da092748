"""Verbs of triage: checks and answers, updates, what is due, requesters, members' questions."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from matcher import clock, triage
from matcher.cli.desk import Desk, plain, request_number, table, verb
from matcher.cli.values import DAY, text_of
from matcher.errors import UserError
from matcher.files.writers.letters import mailto
from matcher.model import CheckAnswer, FactKind, LetterKind, brief_to_json
from matcher.storage import numbered

_DASHED = {"not-needed": CheckAnswer.NOT_NEEDED}


@click.command("checks")
@click.argument("request")
@verb
def checks(desk: Desk, request: str) -> None:
    """Show the checks of a request, its red flags, and which answer fits."""
    with desk.store() as store:
        found = triage.show_checks(store, request_number(request))
    shown = {
        "id": found.page.id, "checks": [_check_json(check) for check in found.checks], "flags": plain(found.flags),
        "advice": plain(found.advice), "sent": plain(found.sent), "due": plain(found.due),
        "requester": plain(found.requester.record) if found.requester else None,
        "changes": _changes_json(found.changes),
    }  # fmt: skip

    def say(out: Console) -> None:
        out.print(f"R{found.page.id}  {found.page.brief.title}")
        rows = (
            (check.item.key, check.answer.replace("_", " "), check.item.question, check.note)
            for check in found.checks
        )
        out.print(table(("Item", "Answer", "Question", "Note"), rows))
        for flag in found.flags:
            out.print(f"  flag: {flag.reason}")
        out.print(f"{(found.advice.kind or 'no answer').replace('_', ' ').capitalize()}. {found.advice.why}")

    desk.answer(shown, say)


def _check_json(check: triage.CheckState) -> dict[str, object]:
    return {
        "item": check.item.key, "question": check.item.question, "must": check.item.must, "answer": check.answer,
        "note": check.note, "place": plain(check.place), "by_her": check.by_her,
    }  # fmt: skip


def _changes_json(changes: tuple[triage.FieldChange, ...]) -> list[dict[str, object]]:
    return [{"field": one.field, "before": plain(one.before), "after": plain(one.after)} for one in changes]


@click.command("answer")
@click.argument("request")
@click.argument("item")
@click.argument("answer", type=click.Choice(["yes", "no", "unknown", "not-needed", "as-read"]))
@click.option("--note", help="What you found out.")
@verb
def answer(desk: Desk, request: str, item: str, answer: str, note: str | None) -> None:
    """Answer an item of a request's checks; as-read goes back to what the text says."""
    number = request_number(request)
    given = None if answer == "as-read" else _DASHED.get(answer) or CheckAnswer(answer)
    with desk.store() as store:
        triage.answer_check(store, number, item, given, note)
        check = next(one for one in triage.checks_of(store, number) if one.item.key == item)
    desk.answer({"id": number, **_check_json(check)}, lambda out: out.print(f"{item}: {answer}"))


@click.command("letter")
@click.argument("request")
@click.argument("kind", type=click.Choice([kind.value.replace("_", "-") for kind in LetterKind]))
@click.option("--sent", is_flag=True, help="Record that it was sent; the request moves on.")
@click.option(
    "--text", "text_file", type=click.Path(path_type=Path, exists=True), help="Your own words, from a file."
)
@click.option("--eml", type=click.Path(path_type=Path), help="Also write it as a draft for your mail program.")
@verb
def letter(desk: Desk, request: str, kind: str, sent: bool, text_file: Path | None, eml: Path | None) -> None:
    """Write the answer to a request: accept, ask-more, decline or signpost."""
    number = request_number(request)
    with desk.store() as store:
        draft = triage.draft_letter(store, number, LetterKind(kind.replace("-", "_")))
        if text_file is not None:
            draft = replace(draft, body=text_of(text_file))
        if eml is not None:
            triage.save_as_mail(store, number, draft, eml)
        if sent:
            triage.record_sent(store, number, draft)
    link = mailto(to=draft.to, subject=draft.subject, body=draft.body) if draft.to else ""
    shown = {"id": number, **plain(draft), "mailto": link, "sent": sent, "eml": str(eml) if eml else ""}
    desk.answer(shown, lambda out: out.print(f"To: {draft.to}\nSubject: {draft.subject}\n\n{draft.body}"))


@click.command("merge-update")
@click.argument("request")
@click.option("--fields", help="Which facts to take over, such as deadline,people_wanted; all without it.")
@verb
def merge_update(desk: Desk, request: str, fields: str | None) -> None:
    """Take an update into the request it carries on, and close it as merged."""
    number = request_number(request)
    with desk.store() as store:
        into = triage.show_request(store, number).updates
        chosen = None if fields is None else [name.strip() for name in fields.split(",")]
        changes = [c for c in triage.changes_of_update(store, number) if chosen is None or c.field in chosen]
        triage.merge_update(store, number, chosen)
        brief = triage.show_request(store, into or number).brief
    shown = {"id": number, "into": into, "changed": [c.field for c in changes], **brief_to_json(brief)}
    desk.answer(
        shown,
        lambda out: out.print(
            f"Merged into R{into}: {', '.join(c.field.replace('_', ' ') for c in changes) or 'nothing changed'}."
        ),
    )


@click.command("due")
@click.option("--days", type=click.IntRange(0, 3650), help="Only what is due within so many days.")
@click.option("--done", type=int, help="Mark this reminder as done.")
@verb
def due(desk: Desk, days: int | None, done: int | None) -> None:
    """List deadlines, sessions, reminders and follow-ups, the earliest first."""
    until = None if days is None else date.fromordinal(clock.today().toordinal() + days)
    with desk.store() as store:
        if done is not None:
            triage.finish_reminder(store, done)
        found = triage.what_is_due(store, until=until)
    rows = (
        (one.on, one.kind, f"R{one.request_id}" if one.request_id else "", one.what, one.title) for one in found
    )
    desk.answer({"due": found}, lambda out: out.print(table(("On", "Kind", "Request", "What", "Title"), rows)))


@click.command("remind")
@click.argument("request")
@click.argument("day", type=DAY)
@click.argument("about")
@verb
def remind(desk: Desk, request: str, day: datetime, about: str) -> None:
    """Set a reminder about a request for a DAY such as 2026-12-04."""
    number, on = request_number(request), day.date()
    with desk.store() as store:
        triage.add_reminder(store, number, on, about)
    desk.answer({"id": number, "on": on, "about": about}, lambda out: out.print(f"{on}: {about}"))


@click.command("calendar")
@click.argument("file", type=click.Path(path_type=Path))
@verb
def calendar(desk: Desk, file: Path) -> None:
    """Write everything that is due to a calendar FILE (.ics)."""
    if file.suffix.lower() != ".ics":
        raise UserError("A calendar file ends in .ics.", where=file.name, todo="Name it like requests.ics.")
    with desk.store() as store:
        entries = triage.write_calendar(store, file)
    desk.answer({"path": str(file), "entries": entries}, lambda out: out.print(f"{entries} entries in {file.name}"))


@click.command("requesters")
@verb
def requesters(desk: Desk) -> None:
    """List everybody who ever asked, with what is on file."""
    with desk.store() as store:
        found = triage.list_requesters(store)
    rows = (
        (one.id, one.name, one.organisation, one.record.requests, one.record.took_part, one.record.to_pay, one.last)
        for one in found
    )
    headers = ("Id", "Name", "Organisation", "Requests", "Took part", "Still to pay", "Last")
    desk.answer({"requesters": found}, lambda out: out.print(table(headers, rows)))


@click.command("requester")
@click.argument("number", type=int)
@click.option("--note-fact", nargs=2, metavar="KIND WORDS", help="promised, paid, findings or feedback, and what.")
@click.option("--on", "day", type=DAY, help="The day of the fact; today without it.")
@verb
def requester(desk: Desk, number: int, note_fact: tuple[str, str] | None, day: datetime | None) -> None:
    """Show who is asking: their requests, and the facts on file."""
    with desk.store() as store:
        if note_fact:
            on = day.date() if day else clock.today()
            triage.add_fact(store, number, _fact_kind(note_fact[0]), on, note_fact[1])
        page = triage.show_requester(store, number)

    def say(out: Console) -> None:
        out.print(", ".join(part for part in (page.name, page.role, page.organisation, page.contact) if part))
        out.print(table(("Request", "Stage", "Title"), ((f"R{r.id}", r.stage, r.title) for r in page.requests)))
        for fact in page.facts:
            out.print(f"  {fact.on} {fact.kind}: {fact.words}")

    desk.answer({"requester": page}, say)


def _fact_kind(text: str) -> FactKind:
    try:
        return FactKind(text)
    except ValueError:
        raise UserError(f"“{text}” is no kind of fact.", todo=f"Use {', '.join(FactKind)}.") from None


@click.command("questions")
@click.option("--answered", help="Record where a question was sent: its number.")
@click.option("--to", "signposted", default="", help="Where it was sent.")
@verb
def questions(desk: Desk, answered: str | None, signposted: str) -> None:
    """List members' own questions, the urgent first, each with where to turn."""
    with desk.store() as store:
        if answered is not None:
            number = numbered(answered, "Q")
            if number is None:
                raise UserError(f"“{answered}” is not a question.", todo="Write it like Q3.")
            triage.answer_question(store, number, signposted)
        found = triage.list_questions(store)

    def say(out: Console) -> None:
        for one in found:
            state = "answered" if one.answered else "URGENT" if one.urgent else "waiting"
            out.print(f"Q{one.id}  {state}  {one.about}  {one.nation or 'nation not known'}")
            for place in () if one.answered else one.places:
                out.print(f"    {place.line}")

    desk.answer({"questions": found}, say)


COMMANDS = (
    checks, answer, letter, merge_update, due, remind, calendar, requesters, requester, questions,
)  # fmt: skip
