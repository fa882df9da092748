"""Knowing again who must not come back unasked: keyed digests that hold nobody's name."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.model import Member, Suppression
from matcher.storage import Unit
from matcher.storage.store import Store

_PHONE_DIGITS = 10


def digests_of(store: Store, member: Member) -> list[str]:
    """The keyed digests by which this person is known again: e-mail and phone, or the name of who has neither."""
    return list(_digests(store, member.email, member.phone, member.name))


def suppress(unit: Unit, digests: Iterable[str], at: datetime) -> None:
    """Remember the digests of somebody who must not be imported again."""
    for digest in digests:
        if unit.session.get(Suppression, digest) is None:
            unit.session.add(Suppression(digest=digest, erased_at=at))


class Suppressed:
    """Everybody who must not come back unasked, ready to be known again."""

    def __init__(self, session: Session, store: Store) -> None:
        self._store = store
        self._since = {row.digest: row.erased_at for row in session.scalars(select(Suppression))}

    def since(self, email: str | None, phone: str | None, name: str) -> datetime | None:
        """Since when somebody with this e-mail, phone or (having neither) name is kept out; None when nobody is."""
        if not self._since:
            return None
        found = (self._since.get(digest) for digest in _digests(self._store, email, phone, name))
        return max((moment for moment in found if moment), default=None)


def _digests(store: Store, email: str | None, phone: str | None, name: str) -> Iterator[str]:
    if email:
        yield _digest(store, "email", email.casefold())
    if phone:
        yield _digest(store, "phone", "".join(c for c in phone if c.isdigit())[-_PHONE_DIGITS:])
    if not email and not phone:
        yield _digest(store, "name", " ".join(name.casefold().split()))


def _digest(store: Store, kind: str, value: str) -> str:
    return hmac.digest(store.keys.derived("erased"), f"{kind}|{value}".encode(), hashlib.sha256).hex()
