"""The store's data key, and the two ways to unwrap it: the passphrase and the recovery words.

The data key is random and never changes. ``keys.json`` holds it sealed (libsodium's XSalsa20-Poly1305)
under a key derived by scrypt from the passphrase, and again from the recovery words. Of the words themselves
nothing is kept but a keyed digest of three of them, so that they can be asked back later.
"""

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mnemonic import Mnemonic
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from matcher import clock
from matcher.errors import DamagedError, UserError
from matcher.storage.durable import write_durably
from matcher.storage.missing import gone

KEYS_FILE = "keys.json"
WORDS, ASKED_BACK = 12, 3
"""How many recovery words there are, and how many of them are asked back."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What deriving a key costs: scrypt's ``n`` (memory is 1024 * n bytes), ``r`` and ``p``."""

    n: int = 2**16
    r: int = 8
    p: int = 1


class WrongPassphraseError(UserError):
    """Neither the passphrase nor the recovery words; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The opened data key (32 bytes) and the keys derived from it for its different uses."""

    data: bytes

    def derived(self, use: str) -> bytes:
        """A 32-byte key for one use, such as ``files``, ``journal`` or ``rows``."""
        return hashlib.blake2b(b"matcher", key=self.data, person=use.encode()[:16], digest_size=32).digest()

    def box(self, use: str) -> SecretBox:
        """A sealed box for one use."""
        return SecretBox(self.derived(use))


@dataclass(frozen=True, slots=True)
class RecoveryWords:
    """What is known of the recovery words: when they were made and asked back, and which are asked (from 1)."""

    made_on: date | None
    confirmed_on: date | None
    asked: tuple[int, ...]


def create_keys(folder: Path, passphrase: str, cost: Cost) -> tuple[Keys, str]:
    """Write a new ``keys.json``; return the keys and the twelve recovery words."""
    keys, words = Keys(secrets.token_bytes(32)), _new_words()
    slots = {"passphrase": _seal(keys, passphrase, cost), "recovery": _seal_words(keys, words, cost)}
    _write(folder, keys, slots)
    return keys, words


def open_keys(folder: Path, secret: str) -> Keys:
    """Unwrap the data key with the passphrase or the recovery words.

    Raises WrongPassphraseError, or UserError when ``keys.json`` is missing, damaged or newer.
    """
    slots = _read(folder)
    for name, slot in slots.items():
        for candidate in (secret, _as_words(secret)) if name == "recovery" else (secret,):
            try:
                return Keys(SecretBox(_derive(candidate, slot)).decrypt(base64.b64decode(slot["sealed"])))
            except CryptoError:
                continue
    raise WrongPassphraseError("That passphrase does not open this store.", todo=_what_to_try(secret))


def is_recovery(folder: Path, secret: str) -> bool:
    """Whether a secret has the form of recovery words; so many plain words of the list are no passphrase."""
    words = _as_words(secret).split()
    return len(words) == WORDS and "recovery" in _read(folder) and not _unknown_places(words)


def change_passphrase(folder: Path, keys: Keys, passphrase: str, cost: Cost) -> None:
    """Seal the data key under a new passphrase; the recovery words stay valid."""
    _write(folder, keys, _read(folder) | {"passphrase": _seal(keys, passphrase, cost)})


def new_recovery_words(folder: Path, keys: Keys, cost: Cost) -> str:
    """Make new recovery words and return them; the old ones open the store no more, the passphrase does."""
    words = _new_words()
    _write(folder, keys, _read(folder) | {"recovery": _seal_words(keys, words, cost)})
    return words


def recovery_words(folder: Path) -> RecoveryWords:
    """What is known of the recovery words. Raises UserError when ``keys.json`` is damaged."""
    slot = _read(folder)["recovery"]
    asked = slot.get("asked", {}).get("places") or range(1, WORDS + 1)
    return RecoveryWords(_day(slot.get("made_on")), _day(slot.get("confirmed_on")), tuple(asked))


def confirm_recovery_words(folder: Path, keys: Keys, typed: str) -> bool:
    """Note that she still has the words when ``typed`` are those asked for; else nothing is changed."""
    slots = _read(folder)
    slot = slots["recovery"]
    if not _are_asked_for(keys, slot, _as_words(typed)):
        return False
    _write(folder, keys, slots | {"recovery": slot | {"confirmed_on": clock.today().isoformat()}})
    return True


def key_mark(folder: Path) -> str | None:
    """Which data key the key file in a folder holds, without telling the key; None when it cannot be read."""
    try:
        return _content(folder).get("store")
    except UserError:
        return None


def mark_of(keys: Keys) -> str:
    """What `key_mark` reads in a key file that holds these keys."""
    return keys.derived("key mark").hex()[:16]


def _new_words() -> str:
    return str(Mnemonic("english").generate(strength=128))


def _what_to_try(secret: str) -> str:
    words = _as_words(secret).split()
    unknown = _unknown_places(words) if len(words) == WORDS else []
    if unknown:
        return f"Word {unknown[0]} is none of the words Matcher uses: check its spelling."
    return "Try again, or use the twelve recovery words."


def _unknown_places(words: list[str]) -> list[int]:
    known = frozenset(Mnemonic("english").wordlist)
    return [place for place, word in enumerate(words, start=1) if word not in known]


def _seal_words(keys: Keys, words: str, cost: Cost) -> dict[str, Any]:
    places = sorted(secrets.SystemRandom().sample(range(1, WORDS + 1), ASKED_BACK))
    chosen = " ".join(words.split()[place - 1] for place in places)
    asked = {"places": places, "digest": _words_digest(keys, chosen)}
    return _seal(keys, words, cost) | {"made_on": clock.today().isoformat(), "asked": asked}


def _are_asked_for(keys: Keys, slot: dict[str, Any], words: str) -> bool:
    if "asked" in slot:
        return hmac.compare_digest(slot["asked"]["digest"], _words_digest(keys, words))
    try:
        return SecretBox(_derive(words, slot)).decrypt(base64.b64decode(slot["sealed"])) == keys.data
    except CryptoError:
        return False


def _words_digest(keys: Keys, words: str) -> str:
    return hashlib.blake2b(words.encode(), key=keys.derived("recovery words"), digest_size=32).hexdigest()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _as_words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKD", text).casefold().split())


def _derive(secret: str, slot: dict[str, Any]) -> bytes:
    return hashlib.scrypt(
        unicodedata.normalize("NFC", secret).encode(),
        salt=base64.b64decode(slot["salt"]),
        n=slot["n"], r=slot["r"], p=slot["p"],
        maxmem=256 * slot["n"] * slot["r"], dklen=32,
    )  # fmt: skip


def _seal(keys: Keys, secret: str, cost: Cost) -> dict[str, Any]:
    slot: dict[str, Any] = {
        "salt": base64.b64encode(secrets.token_bytes(16)).decode(), "n": cost.n, "r": cost.r, "p": cost.p
    }  # fmt: skip
    sealed = SecretBox(_derive(secret, slot)).encrypt(keys.data)
    return slot | {"sealed": base64.b64encode(sealed).decode()}


def _digest(slots: dict[str, Any], mark: str | None) -> str:
    signed = slots if mark is None else slots | {"store": mark}
    return hashlib.sha256(json.dumps(signed, sort_keys=True).encode()).hexdigest()


def _write(folder: Path, keys: Keys, slots: dict[str, Any]) -> None:
    mark = mark_of(keys)
    content = {"format": _FORMAT, "store": mark, "slots": slots, "digest": _digest(slots, mark)}
    write_durably(folder / KEYS_FILE, json.dumps(content, indent=1).encode())


def _read(folder: Path) -> dict[str, Any]:
    slots: dict[str, Any] = _content(folder)["slots"]
    return slots


def _content(folder: Path) -> dict[str, Any]:
    damaged = DamagedError(
        "The key file of this store is damaged.", where=KEYS_FILE, todo="Restore it from a backup."
    )
    if not folder.exists():
        raise gone(folder)
    try:
        content: dict[str, Any] = json.loads((folder / KEYS_FILE).read_bytes())
        if content["format"] > _FORMAT:
            raise UserError("This store was made by a newer Matcher.", todo="Install the newer version.")
        if content["digest"] != _digest(content["slots"], content.get("store")):
            raise damaged
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged from error
    return content
