"""The store's data key, and the two ways to unwrap it: the passphrase and the recovery words.

The data key is random and never changes. ``keys.json`` holds it sealed (libsodium's XSalsa20-Poly1305)
under a key derived by scrypt from the passphrase, and again from the recovery words.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnemonic import Mnemonic
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from matcher.errors import UserError
from matcher.storage.durable import write_durably

KEYS_FILE = "keys.json"
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


def create_keys(folder: Path, passphrase: str, cost: Cost) -> tuple[Keys, str]:
    """Write a new ``keys.json``; return the keys and the twelve recovery words."""
    keys, words = Keys(secrets.token_bytes(32)), str(Mnemonic("english").generate(strength=128))
    slots = {"passphrase": _seal(keys, passphrase, cost), "recovery": _seal(keys, words, cost)}
    _write(folder, slots)
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
    raise WrongPassphraseError(
        "That passphrase does not open this store.", todo="Try again, or use the twelve recovery words."
    )


def change_passphrase(folder: Path, keys: Keys, passphrase: str, cost: Cost) -> None:
    """Seal the data key under a new passphrase; the recovery words stay valid."""
    _write(folder, _read(folder) | {"passphrase": _seal(keys, passphrase, cost)})


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


def _digest(slots: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(slots, sort_keys=True).encode()).hexdigest()


def _write(folder: Path, slots: dict[str, Any]) -> None:
    content = {"format": _FORMAT, "slots": slots, "digest": _digest(slots)}
    write_durably(folder / KEYS_FILE, json.dumps(content, indent=1).encode())


def _read(folder: Path) -> dict[str, Any]:
    damaged = UserError("The key file of this store is damaged.", where=KEYS_FILE, todo="Restore it from a backup.")
    try:
        content = json.loads((folder / KEYS_FILE).read_bytes())
        slots: dict[str, Any] = content["slots"]
        if content["format"] > _FORMAT:
            raise UserError("This store was made by a newer Matcher.", todo="Install the newer version.")
        if content["digest"] != _digest(slots):
            raise damaged
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged from error
    return slots
