"""What keeps personal data unreadable at rest: one key from the settings, used for three things.

`seal`/`open` encrypt text and files (Fernet: AES-128-CBC with HMAC-SHA256); `keyed_hash` finds an identity
number without keeping it. DATA_KEY may hold several keys separated by commas: the first seals, all open, and
the hash stays with the last (oldest), so that keys can be changed without losing anything.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(Exception):
    """The bytes were not sealed with any of our keys, or were changed since."""


class Vault:
    """Seals and opens what the database and the files folder keep."""

    def __init__(self, data_key: str) -> None:
        """`data_key`: one or more Fernet keys, separated by commas. ValueError when one is malformed."""
        keys = [key.strip() for key in data_key.split(",") if key.strip()]
        if not keys:
            raise ValueError("no key")
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._hash_key = hmac.digest(urlsafe_b64decode(keys[-1]), b"keyed hash", "sha256")

    @staticmethod
    def new_key() -> str:
        return Fernet.generate_key().decode()

    def seal(self, plain: bytes) -> bytes:
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes; SealBroken when they are not ours."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise SealBroken from error

    def seal_data(self, data: Mapping[str, Any]) -> bytes:
        return self.seal(json.dumps(data, ensure_ascii=False).encode()) if data else b""

    def open_data(self, sealed: bytes) -> dict[str, Any]:
        if not sealed:
            return {}
        opened: dict[str, Any] = json.loads(self.open(sealed))
        return opened

    def keyed_hash(self, text: str) -> str:
        """A hash that only the holder of the key can make: 64 hexadecimal digits."""
        return hmac.new(self._hash_key, text.encode(), sha256).hexdigest()
