"""Attachments of a message, read to text within a budget of size, number and depth."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matcher.errors import UserError
from matcher.files.readers.document import Document, Part
from matcher.files.readers.kinds import Kind, kind_of
from matcher.files.readers.limits import MAX_DEPTH, MAX_PARTS
from matcher.files.readers.parts import part_of

Parse = Callable[[bytes, str, "Budget"], Document]


@dataclass(slots=True)
class Budget:
    """How much more may be read: ``parse`` reads a whole message, ``read`` False only names the attachments."""

    parse: Parse
    read: bool = True
    level: int = 0
    parts: list[int] = field(default_factory=lambda: [0])

    def deeper(self) -> "Budget":
        """The budget inside an attached message; the count of parts is shared."""
        return Budget(self.parse, self.read, self.level + 1, self.parts)

    def spend(self) -> bool:
        """Count one part; False when there have been too many."""
        self.parts[0] += 1
        return self.parts[0] <= MAX_PARTS


@dataclass(frozen=True, slots=True)
class Attached:
    """What reading one attachment gave: the part, and the document in it when it was a message."""

    part: Part
    message: Document | None = None


def read_attachment(name: str, data: bytes, budget: Budget, *, message: bool = False) -> Attached:
    """Read one attachment; ``message`` says that it is an e-mail. Whatever is wrong becomes its ``problem``."""
    if not budget.spend():
        return _unread(name, f"“{name}” was not read: the message has more than {MAX_PARTS} parts.")
    if not budget.read:
        return _unread(name, f"“{name}” could not be read: open it and paste its text.")
    try:
        kind = kind_of(data)
        if message or kind is Kind.MSG or name.lower().endswith(".eml"):
            return _attached_message(name, data, budget)
        return Attached(part_of(data, name, kind))
    except UserError as error:
        return _unread(name, f"“{name}” was not read: {error.what}")
    except MemoryError:
        return _unread(name, f"“{name}” was not read: it needs too much memory.")
    except Exception:  # noqa: BLE001 - a damaged attachment must not hide the message around it
        return _unread(name, f"“{name}” is damaged and was not read.")


def _unread(name: str, problem: str) -> Attached:
    return Attached(Part(name, "other", "", problem))


def _attached_message(name: str, data: bytes, budget: Budget) -> Attached:
    if budget.level + 1 >= MAX_DEPTH:
        return _unread(name, f"“{name}” was not read: it lies too deep inside other messages.")
    found = budget.parse(data, name, budget.deeper())
    head = [f"From: {found.sender.name} <{found.sender.email}>"] if found.sender else []
    head += [f"Subject: {found.subject}"] if found.subject else []
    return Attached(Part(name, "email", "\n".join([*head, "", found.full_text]).strip()), found)
