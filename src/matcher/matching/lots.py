"""Lots: who goes first of those who are equal, so that nobody chooses."""

import hmac


def ticket(request_id: int, member_id: int, seed: str = "") -> str:
    """The lot of a member for a request: a keyed digest that nobody chooses; the lowest goes first."""
    return hmac.digest(seed.encode(), f"{request_id}|{member_id}".encode(), "sha256").hex()
