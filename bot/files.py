"""Where the bytes of documents are kept: a local folder or S3, sealed before they leave this process.

FILES_URL: `file:folder`, `s3://bucket/folder` (keys and region from the usual AWS_… variables of the
environment), `memory:` for trials and tests.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from secrets import token_hex

from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from db.vault import Vault

StorageFault = (BaseError, OSError)  # what put, get and delete raise when the storage is not there


class Files:
    """Sealed bytes by key. A key is one or more names of letters and digits with "/" between them."""

    def __init__(self, url: str, vault: Vault) -> None:
        """ValueError for an address that is none of the three kinds; the place itself is asked at first use."""
        kind, _, place = url.partition(":")
        if kind not in KINDS or (kind != "memory" and not place.strip("/")):
            raise ValueError("must be file:folder, s3://bucket/folder or memory:")
        self._url = url
        self._vault = vault

    @cached_property
    def _store(self) -> ObjectStore:
        return KINDS[self._url.partition(":")[0]](self._url)

    async def put(self, key: str, plain: bytes) -> None:
        """Keep the bytes: wholly or not at all, over what was there; on a local disk when this returns."""
        sealed = await asyncio.to_thread(self._vault.seal, plain)
        await self._store.put_async(key, sealed, use_multipart=False)  # in parts it would not be all or nothing
        if isinstance(self._store, LocalStore):
            await asyncio.to_thread(_to_disk, self._store, key)

    async def get(self, key: str) -> bytes:
        """The bytes; FileNotFoundError when there are none, SealBroken (db.vault) when they were changed."""
        found = await self._store.get_async(key)
        sealed = bytes(await found.bytes_async())
        return await asyncio.to_thread(self._vault.open, sealed)

    async def prove(self) -> bool:
        """Whether a few bytes that are put come back; StorageFault when they cannot be put."""
        key, plain = f"check/{token_hex(8)}", b"check"
        await self.put(key, plain)
        found = await self.get(key)
        await self.delete([key])
        return found == plain

    async def delete(self, keys: Sequence[str]) -> None:
        """Delete what is there; what is not there is no fault."""
        for key in keys:
            try:
                await self._store.delete_async(key)
            except FileNotFoundError:
                continue


def _folder(url: str) -> ObjectStore:
    folder = Path(url.removeprefix("file:").removeprefix("//")).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(folder)


def _bucket(url: str) -> ObjectStore:
    return S3Store.from_url(url, disable_bulk_delete=True)  # which not every S3 has


KINDS: dict[str, Callable[[str], ObjectStore]] = {
    "file": _folder,
    "s3": _bucket,
    "memory": lambda _url: MemoryStore(),
}


def _to_disk(store: LocalStore, key: str) -> None:
    """obstore renames a whole file into place but leaves it to the system when it reaches the disk."""
    assert store.prefix
    path = store.prefix / key
    for one in (path, path.parent, store.prefix):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
