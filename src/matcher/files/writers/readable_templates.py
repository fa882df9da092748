"""Templates as she reads and writes them: ``{first name}``, ``{if where: Where: {where}}``, and back again.

A template is Jinja. What is shown instead has words in single curly brackets, parts that are only there where
something is known, parts said otherwise, and parts repeated for each of a list:

    {if sender: {sender} from}{otherwise: me}
    {for each line of missing: - {line}}

A part that fills its whole line takes the line with it when it is not there.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from matcher.errors import UserError

_JINJA = re.compile(r"\{\{|\{%|\{#")
_WORD = re.compile(r"\{([^\W\d][\w .]*)\}")
_IF = re.compile(r"\{if (only one of )?([^\W\d][\w .]*): ?")
_EACH = re.compile(r"\{for each ([^\W\d][\w ]*?) of ([^\W\d][\w .]*): ?")
_ELSE = re.compile(r"\{otherwise: ?")
_NUMBER = "loop.index"


@dataclass(frozen=True, slots=True)
class _Word:
    name: str


@dataclass(frozen=True, slots=True)
class _If:
    name: str
    single: bool
    then: "_Parts"
    otherwise: "_Parts" = ()


@dataclass(frozen=True, slots=True)
class _Each:
    name: str
    each: str
    body: "_Parts"


_Part = str | _Word | _If | _Each
_Parts = tuple[_Part, ...]


class _OwnKindError(Exception):
    """The template does something that cannot be said in these words."""


@lru_cache(maxsize=128)
def readable(template: str) -> str:
    """The template in words, without blanks around it; as it is where it cannot be said exactly in them."""
    template = template.strip()
    try:
        parts = _of_nodes(Environment(autoescape=True).parse(template).body)
    except (_OwnKindError, TemplateSyntaxError):
        return template
    said = _in_words(parts)
    try:
        return said if not _JINJA.search(said) and _Reader(said).parts() == parts else template
    except UserError:
        return template


def template_of(words: str) -> str:
    """The template that ``words`` mean; what is Jinja already stays as it is.

    Raises UserError, naming the line, where a curly bracket says nothing or is not closed.
    """
    return words if _JINJA.search(words) else _as_jinja(_Reader(words).parts())


def _of_nodes(body: list[nodes.Node]) -> _Parts:
    found: list[_Part] = []
    for node in body:
        if isinstance(node, nodes.Output):
            found += [_of_output(one) for one in node.nodes]
        elif isinstance(node, nodes.If) and not node.elif_:
            name, single = _condition(node.test)
            found.append(_If(name, single, _of_nodes(node.body), _of_nodes(node.else_)))
        elif isinstance(node, nodes.For) and not node.else_ and node.test is None and not node.recursive:
            found.append(_Each(_name(node.iter), _name(node.target), _of_nodes(node.body)))
        else:
            raise _OwnKindError
    return _joined(found)


def _of_output(node: nodes.Expr) -> str | _Word:
    return node.data if isinstance(node, nodes.TemplateData) else _Word(_name(node))


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    raise _OwnKindError


def _condition(test: nodes.Node) -> tuple[str, bool]:
    """What has to be known, and whether of a list just one."""
    if isinstance(test, nodes.Compare) and isinstance(test.expr, nodes.Filter) and test.expr.name == "length":
        counted, (how,) = test.expr.node, test.ops
        if counted is not None and how.op == "eq" and isinstance(how.expr, nodes.Const) and how.expr.value == 1:
            return _name(counted), True
    return _name(test), False


def _joined(parts: list[_Part]) -> _Parts:
    whole: list[_Part] = []
    for part in parts:
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        elif part != "":
            whole.append(part)
    return tuple(whole)


def _in_words(parts: _Parts, closing: str = "") -> str:
    """The parts in words; ``closing``: what comes after them."""
    said = ""
    for part in reversed(parts):
        said = _part_in_words(part, said + closing) + said
    return said


def _part_in_words(part: _Part, after: str) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, _Word):
        return "{number}" if part.name == _NUMBER else f"{{{_spaced(part.name)}}}"
    if isinstance(part, _Each):
        return _braced(f"for each {_spaced(part.each)} of {_spaced(part.name)}", part.body)
    head = ("if only one of " if part.single else "if ") + _spaced(part.name)
    if part.otherwise:
        return _braced(head, part.then) + _braced("otherwise", part.otherwise)
    first, *rest = part.then or ("",)
    if isinstance(first, str) and first.startswith("\n") and (not after or after.startswith("\n")):
        line = _braced(head, _joined([first[1:], *rest]))
        if "\n" not in line:
            return f"\n{line}"
    return _braced(head, part.then)


def _braced(head: str, body: _Parts) -> str:
    said = _in_words(body, "}")
    return f"{{{head}:{said}}}" if said.startswith("\n") else f"{{{head}: {said}}}"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _unspaced(words: str) -> str:
    return words.replace(" ", "_")


def _as_jinja(parts: _Parts) -> str:
    return "".join(map(_part_as_jinja, parts))


def _part_as_jinja(part: _Part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, _Word):
        return f"{{{{ {part.name} }}}}"
    if isinstance(part, _Each):
        return f"{{% for {part.each} in {part.name} %}}{_as_jinja(part.body)}{{% endfor %}}"
    test = f"{part.name}|length == 1" if part.single else part.name
    otherwise = f"{{% else %}}{_as_jinja(part.otherwise)}" if part.otherwise else ""
    return f"{{% if {test} %}}{_as_jinja(part.then)}{otherwise}{{% endif %}}"


class _Reader:
    """Reads the words from their beginning to their end."""

    def __init__(self, words: str) -> None:
        self._words, self._at = words.strip(), 0

    def parts(self) -> _Parts:
        found = self._until_closed()
        if self._at < len(self._words):
            raise self._wrong("There is a closing curly bracket too many")
        return found

    def _until_closed(self) -> _Parts:
        found: list[_Part] = []
        while self._at < len(self._words) and self._words[self._at] != "}":
            if self._words[self._at] != "{":
                end = min((p for p in map(self._find, "{}") if p >= 0), default=len(self._words))
                found.append(self._words[self._at : end])
                self._at = end
            elif known := self._take(_IF):
                found.append(self._if(known, found))
            elif known := self._take(_EACH):
                found.append(_Each(_unspaced(known[2]), _unspaced(known[1]), self._body()))
            elif known := self._take(_WORD):
                found.append(_Word(_NUMBER if known[1] == "number" else _unspaced(known[1])))
            else:
                raise self._wrong("A curly bracket opens here and says nothing that can be filled in")
        return _joined(found)

    def _if(self, known: re.Match[str], before: list[_Part]) -> _If:
        """The part that begins with ``known``; alone on its line it takes the break before it along."""
        then = self._body()
        otherwise = self._body() if self._take(_ELSE) else ()
        ends = self._at == len(self._words) or self._words[self._at] == "\n"
        text, line = before[-1] if before else "", self._words[known.start() : self._at]
        if ends and not otherwise and "\n" not in line and isinstance(text, str) and text.endswith("\n"):
            before[-1] = text[:-1]
            then = _joined(["\n", *then])
        return _If(_unspaced(known[2]), bool(known[1]), then, otherwise)

    def _body(self) -> _Parts:
        opened = self._at
        body = self._until_closed()
        if self._at >= len(self._words):
            self._at = opened
            raise self._wrong("The curly bracket that opens here is not closed")
        self._at += 1
        return body

    def _take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        known = form.match(self._words, self._at)
        if known is not None:
            self._at = known.end()
        return known

    def _find(self, mark: str) -> int:
        return self._words.find(mark, self._at)

    def _wrong(self, what: str) -> UserError:
        line = self._words.count("\n", 0, self._at) + 1
        return UserError(
            f"{what}.", where=f"line {line}", todo="Write it as in the usual text, such as {first name}."
        )
