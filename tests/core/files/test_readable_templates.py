"""Templates said in words mean the same, whatever is known and whatever is not."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, meta

from matcher.errors import UserError
from matcher.files.writers.letters import filled
from matcher.files.writers.readable_templates import readable, template_of
from matcher_resources import path_to

FOLDERS = ("messages", "letters", "pack")
TEXTS = [path for folder in FOLDERS for path in sorted(Path(path_to(f"templates/{folder}")).glob("*.txt"))]
LISTS = {"missing", "concerns", "reasons", "places", "kept"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_text_that_matcher_comes_with_reads_as_words_and_means_the_same(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    words = readable(template)
    assert "{%" not in words
    assert "{{" not in words
    for values in _known_or_not(template):
        assert filled(template_of(words), values) == filled(template, values)


def _known_or_not(template: str) -> Iterator[dict[str, object]]:
    """What a text needs: all of it, none of it, and each alone known or missing; lists of one and of two."""
    names = sorted(meta.find_undeclared_variables(Environment(autoescape=True).parse(template)))
    ways = [*product((True, False), repeat=len(names))] if len(names) < 6 else _alone(len(names))
    for way in ways:
        for many in (["one"], ["one", "two"]):
            known = dict(zip(names, way, strict=True))
            yield {name: _value(name, many) if known[name] or name == "months" else "" for name in names}


def _alone(count: int) -> list[tuple[bool, ...]]:
    singles = [tuple(place == one for place in range(count)) for one in range(count)]
    return [(True,) * count, (False,) * count, *singles, *(tuple(not is_on for is_on in way) for way in singles)]


def _value(name: str, many: list[str]) -> object:
    if name == "months":
        return {"member": 24, "rights": 36, "request_file": 12, "question": 6}
    if name == "questions":
        return [{"heading": "Your name", "how": "short", "help": "", "must": True}]
    return many if name in LISTS else name


def test_how_it_reads() -> None:
    template = (
        "Hi {{ first_name }}, it's {% if sender %}{{ sender }}{% else %}me{% endif %}.\nWhat: {{ what }}"
        "{%- if how_long %}\nHow long: {{ how_long }}{% endif %}\nThat is all."
    )
    words = (
        "Hi {first name}, it's {if sender: {sender}}{otherwise: me}.\nWhat: {what}\n"
        "{if how long: How long: {how long}}\nThat is all."
    )
    assert readable(template) == words
    values = {"first_name": "Bev", "sender": "", "what": "A talk", "how_long": ""}
    assert filled(template_of(words), values) == "Hi Bev, it's me.\nWhat: A talk\nThat is all."


@pytest.mark.parametrize(
    "template",
    ["{% if a %}1{% elif b %}2{% endif %}", "{{ a|upper }}", "{% set a = 1 %}{{ a }}", "A {brace} {{ a }}"],
)
def test_what_cannot_be_said_in_words_stays_as_it_is(template: str) -> None:
    assert readable(template) == template
    assert template_of(template) == template


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Hi {", 1),
        ("Hi\n{}", 2),
        ("{if where: Where: {where}\nand more", 1),
        ("One\ntwo }", 2),
        ("{first-name}", 1),
    ],
)
def test_a_bracket_that_says_nothing_is_told_with_its_line(words: str, line: int) -> None:
    with pytest.raises(UserError) as told:
        template_of(words)
    assert told.value.where == f"line {line}"


PIECES = st.sampled_from(
    ["{a}", "{if a: ", "{if only one of b: ", "{otherwise: ", "{for each c of b: ", "}", "\n", " ", "word"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_she_writes_comes_back_as_she_wrote_it_or_means_the_same(words: str) -> None:
    try:
        template = template_of(words)
    except UserError:
        return
    said = readable(template)
    assert template_of(said) == template
