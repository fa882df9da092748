"""Who writes: the audience a sender's address belongs to."""

from functools import cache

from matcher.knowledge.emails import domain_of
from matcher.knowledge.tables import rows


@cache
def _domains() -> dict[str, str]:
    return {row["domain"]: row["audience"] for row in rows("vocabulary/senders.tsv")}


def audience_of(address: str) -> str | None:
    """ "policy", "academic", "media" or "sector" from an e-mail address or bare domain; None when not known."""
    domain = domain_of(address) if "@" in address else address.strip().casefold()
    labels = domain.rstrip(">. ").split(".")
    table = _domains()
    return next((table[tail] for i in range(len(labels)) if (tail := ".".join(labels[i:])) in table), None)
