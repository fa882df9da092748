"""Sentences that several readers need."""

from matcher.errors import UserError


def protected(name: str) -> UserError:
    """For a file that needs a password to open."""
    return UserError(
        "This file is protected by a password.",
        where=name,
        todo="Open it, remove the password, save and try again.",
    )


def damaged(name: str, what: str = "file") -> UserError:
    """For a file its own format's reader cannot follow."""
    return UserError(
        f"The {what} is damaged and cannot be read.",
        where=name,
        todo="Open it in its own program, save it again under a new name and use that.",
    )
