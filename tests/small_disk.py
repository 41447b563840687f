"""A real disk that can be filled up: a small file system in memory, mounted over a folder.

Only root may mount, and not in every container: where it is not permitted, what needs it is skipped, and the last
lines of the run say so.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

UNSEEN = "NO SMALL DISK"
BLOCK = b"\0" * 4096


@dataclass(frozen=True)
class SmallDisk:
    """The folder at which it is mounted."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte more fits, until it is over."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(BLOCK):
                pass
        try:
            yield
        finally:
            filler.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Nothing may be written, by whomever, until it is over."""
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)
        try:
            yield
        finally:
            subprocess.run(["mount", "-o", "remount,rw", self.folder], check=True)


@contextmanager
def a_small_disk(folder: Path, size: int) -> Iterator[SmallDisk]:
    """An empty disk of so many bytes at this folder, which belongs to the folder's owner."""
    owner = folder.stat()
    options = f"size={size},uid={owner.st_uid},gid={owner.st_gid},mode={owner.st_mode & 0o777:o}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"{UNSEEN}: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
