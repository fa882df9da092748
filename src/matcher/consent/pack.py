"""The data-protection pack: documents as editable templates, filled with the organisation's own settings.

What they say of the law is information, not advice; they never claim that anything complies.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent.retention import Kept, RetentionRules, rules_in
from matcher.errors import UserError
from matcher.files.writers.letters import filled, one_line
from matcher.files.writers.plain_documents import docx_document, html_document
from matcher.storage import put_setting, reading, send_out, setting, settings_in, work
from matcher.storage.store import Store
from matcher_resources import path_to

DOCUMENTS: Mapping[str, str] = {
    "sign_up_form": "Sign-up form",
    "privacy_notice": "Privacy notice",
    "impact_assessment": "Impact assessment",
    "record_of_processing": "Record of processing",
    "breach_steps": "Steps after a breach",
}
"""Each document of the pack, by the name of its template."""
PACK_WORDS = {
    "organisation": "your network", "sender": "who signs", "contact": "where people write to",
    "address": "your address", "ico_number": "your registration with the ICO", "basis": "why you may hold records",
    "kept": "how long each kind is kept, a list", "months": "the same, one by one", "today": "today’s date",
    "questions": "the questions of the form, a list",
}  # fmt: skip
"""The words a document's text may use, and what each stands for."""
BASES = (
    "legitimate interests: running a network that its members joined",
    "consent, given when joining",
    "contract: the membership they signed up for",
)
"""Grounds on which a record of a member is usually held; hers to choose."""
SUFFIXES = (".docx", ".html", ".txt")
_FACTS, _TEXTS = "pack.facts", "pack.texts"
_KINDS = {"short": "A line.", "long": "Some lines."}
_KEPT_WORDS = {
    Kept.MEMBER: "Members’ records: {} after we last heard from you",
    Kept.REQUEST_FILE: "Original letters of requests: {} after a request is closed",
    Kept.QUESTION: "Notes on members’ questions: {} after the answer",
    Kept.OWN_FILE: "Lists and reports we wrote: {}",
    Kept.RIGHTS: "Requests about your data and complaints: {} after the answer",
}


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What the documents say of the organisation beside its name and who signs."""

    contact: str = ""
    address: str = ""
    ico_number: str = ""
    basis: str = BASES[0]


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question of the sign-up form. ``permission`` is the purpose that a yes allows; "" where it is none."""

    heading: str
    kind: str
    help: str = ""
    must: bool = False
    options: tuple[str, ...] = ()
    permission: str = ""
    example: str = ""

    @property
    def how(self) -> str:
        """How it is answered, in a few words."""
        listed = " / ".join(self.options)
        return _KINDS.get(self.kind) or (f"One of: {listed}." if self.kind == "choice" else f"Any of: {listed}.")


@cache
def sign_up_questions() -> tuple[FormQuestion, ...]:
    """The questions of the form, in order; its answers import without mapping."""
    table = tomllib.loads(path_to("templates/pack/sign_up_form.toml").read_text(encoding="utf-8"))
    return tuple(FormQuestion(**{**one, "options": tuple(one.get("options", ()))}) for one in table["question"])


def facts_in(session: Session) -> PackFacts:
    """What is set, and nothing for everything that is not."""
    kept = setting(session, _FACTS, {})
    return PackFacts(**{f.name: kept.get(f.name, f.default) for f in fields(PackFacts)})


def pack_facts(store: Store) -> PackFacts:
    """`facts_in` a store."""
    with reading(store) as session:
        return facts_in(session)


def save_pack_facts(store: Store, facts: PackFacts) -> int | None:
    """Keep other facts; the step, None when nothing differs."""
    plain = {name: one_line(words) for name, words in asdict(facts).items()}
    with work(store, "change the data-protection pack") as unit:
        if asdict(facts_in(unit.session)) == plain:
            return None
        put_setting(unit, _FACTS, plain)
        return unit.batch_id


def usual_document(name: str) -> str:
    """The text that Matcher comes with. Raises UserError when there is no such document."""
    if name not in DOCUMENTS:
        raise UserError(f"“{name}” is no document of the pack.", todo=f"Choose one of: {', '.join(DOCUMENTS)}.")
    return path_to(f"templates/pack/{name}.txt").read_text(encoding="utf-8").strip()


def pack_texts(store: Store) -> dict[str, str]:
    """Every document's text as this network keeps it, not filled in."""
    with reading(store) as session:
        kept = setting(session, _TEXTS, {})
    return {name: kept.get(name) or usual_document(name) for name in DOCUMENTS}


def save_pack_text(store: Store, name: str, text: str | None) -> int | None:
    """Keep a changed text, or with None the usual one again; the step, None when nothing differs.

    Raises UserError when it is empty, no template, or uses a word that the pack does not have.
    """
    usual = usual_document(name)
    words = usual if text is None else text.strip()
    with reading(store) as session:
        if not filled(words, _values(session)):
            raise UserError("The document is empty.", todo="Write it, or put the usual text back.")
    with work(store, "change the data-protection pack") as unit:
        kept = dict(setting(unit.session, _TEXTS, {}))
        if (kept.get(name) or usual) == words:
            return None
        if words == usual:
            del kept[name]
        else:
            kept[name] = words
        put_setting(unit, _TEXTS, kept)
        return unit.batch_id


def filled_document(store: Store, name: str) -> str:
    """A document with everything filled in; what is not set yet stands in square brackets."""
    text = pack_texts(store)[name] if name in DOCUMENTS else usual_document(name)
    with reading(store) as session:
        return filled(text, _values(session))


def save_document(store: Store, name: str, path: Path) -> int:
    """Write a filled document as .docx, .html or .txt; the number of the file.

    Raises UserError for another kind of file or a target that cannot be written.
    """
    text, suffix = filled_document(store, name), path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            "A document is written as .docx, .html or .txt.", where=path.name, todo="Choose one of these."
        )
    makers: dict[str, Callable[[str], bytes]] = {
        ".docx": docx_document, ".html": html_document, ".txt": lambda words: words.encode("utf-8")
    }  # fmt: skip
    return send_out(
        store, path, makers[suffix](text), what="save a document of the pack", kind="data-protection pack",
        request_id=None, members=[], check=lambda _unit, _out: None,
    )  # fmt: skip


def _values(session: Session) -> dict[str, Any]:
    settings, facts, rules = settings_in(session), facts_in(session), rules_in(session)
    today = clock.today()
    return {
        "organisation": settings.organisation or "[write the name of your network]",
        "sender": settings.sender or "[write who is responsible]",
        "contact": facts.contact or "[write an e-mail address]",
        "address": facts.address or "[write your address]",
        "ico_number": facts.ico_number or "[write your registration number, or that you need none]",
        "basis": facts.basis or "[write why you may hold it]",
        "kept": [words.format(_so_long(getattr(rules, kind.value))) for kind, words in _KEPT_WORDS.items()],
        "months": _months(rules),
        "today": f"{today.day} {today:%B %Y}",
        "questions": sign_up_questions(),
    }


def _months(rules: RetentionRules) -> dict[str, str]:
    return {kind.name.lower(): _so_long(getattr(rules, kind.value)) for kind in Kept}


def _so_long(months: int) -> str:
    if months == 0:
        return "as long as the network exists"
    years, rest = divmod(months, 12)
    if years and not rest:
        return f"{years} year{'' if years == 1 else 's'}"
    return f"{months} month{'' if months == 1 else 's'}"
