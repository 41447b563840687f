"""What keeps personal data unreadable at rest: one key from the settings, used for three things.

`seal`/`open` encrypt text and files (AES-256-GCM, a random nonce before each); `keyed_hash` finds an identity
number without keeping it. DATA_KEY may hold several keys separated by commas: the first seals, all open, and
the hash stays with the last (oldest), so that keys can be changed without losing anything.
"""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.stored_json import dumps, loads

KEY_BYTES, NONCE_BYTES = 32, 12  # the nonce is random: fine for some billions of seals (NIST SP 800-38D, 8.3)


class SealBroken(Exception):
    """The bytes were not sealed with any of our keys, or were changed since."""


class Vault:
    """Seals and opens what the database and the files folder keep."""

    def __init__(self, data_key: str) -> None:
        """`data_key`: one or more keys of `new_key`, separated by commas. ValueError when one is malformed."""
        keys = [_bytes(key.strip()) for key in data_key.split(",") if key.strip()]
        if not keys:
            raise ValueError("no key")
        self._ciphers = [AESGCM(hmac.digest(key, b"seal", "sha256")) for key in keys]
        self._hash_key = hmac.digest(keys[-1], b"keyed hash", "sha256")

    @staticmethod
    def new_key() -> str:
        return urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    def seal(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes; SealBroken when they are not ours."""
        for cipher in self._ciphers:
            with suppress(InvalidTag, ValueError):
                return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        raise SealBroken

    def seal_data(self, data: Mapping[str, Any]) -> bytes:
        return self.seal(dumps(data).encode()) if data else b""

    def open_data(self, sealed: bytes) -> dict[str, Any]:
        if not sealed:
            return {}
        opened: dict[str, Any] = loads(self.open(sealed))
        return opened

    def keyed_hash(self, text: str) -> str:
        """A hash that only the holder of the key can make: 64 hexadecimal digits."""
        return hmac.digest(self._hash_key, text.encode(), "sha256").hex()


def _bytes(key: str) -> bytes:
    raw = urlsafe_b64decode(key)
    if len(raw) != KEY_BYTES:
        raise ValueError("not a key")
    return raw
