"""What the program says is in plain words, also where no test of a page comes.

The words that no screen says stand in tests/words_of_code.txt; tests/ui/tour looks at the pages themselves.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OF_CODE = tuple((ROOT / "tests" / "words_of_code.txt").read_text("utf-8").split())
SAID = re.compile(rf"\b(?:{'|'.join(OF_CODE)})\b", re.IGNORECASE)
MEANT = frozenset({"purpose", "timestamp", "invitation", "thread", "json"})
"""Words that are right in their place: of the law, a column of hers, a meet-up, e-mails, the command line."""


def _errors(tree: ast.AST) -> Iterator[str]:
    """The words of every error for people."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "UserError":
            for argument in (*call.args, *(one.value for one in call.keywords if one.arg != "where")):
                yield "".join(_words(argument))


def _words(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Every text of several words that begins like a sentence, without what explains the code to its reader."""
    told = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    explained = {id(node.value) for node in told if isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield from re.findall(r"^[A-Z][a-z’]*\s[a-z].*", node.value, re.DOTALL)


def _trees(folder: str) -> Iterator[tuple[str, ast.AST]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "cli" not in path.parts:  # there JSON is what she asked for
            yield path.name, ast.parse(path.read_text("utf-8"))


def test_errors_are_told_in_plain_words() -> None:
    told = [(name, words) for folder in ("src", "ui") for name, tree in _trees(folder) for words in _errors(tree)]
    assert len(told) > 150
    assert not [(name, words) for name, words in told if _odd(words)]


def test_errors_say_something_whole() -> None:
    told = [words for folder in ("src", "ui") for _name, tree in _trees(folder) for words in _errors(tree)]
    assert not [
        words for words in told if words and re.search(r"\b[a-z]+_[a-z]+\b|\bNone\b|\b[A-Z]\w+Error\b", words)
    ]


def test_the_windows_sentences_are_plain() -> None:
    told = [(name, words) for name, tree in _trees("ui") for words in _sentences(tree)]
    assert len(told) > 400
    assert not [(name, words) for name, words in told if _odd(words)]


@pytest.mark.parametrize("word", ["ledger", "criterion", "candidate", "seed"])
def test_the_words_of_the_domain_are_among_those_looked_for(word: str) -> None:
    assert _odd(f"The {word} is empty.")


def _odd(words: str) -> bool:
    return any(found.lower() not in MEANT for found in SAID.findall(words))
