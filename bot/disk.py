"""How much free disk there is where the database and the files live on this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.settings import Settings

GB = 1_000_000_000
LEAST = GB  # bytes; below that somebody should make room: a full disk stops everything


def places(settings: Settings) -> dict[str, Path]:
    """What of ours is kept on this machine, and in which folder (it need not be there yet)."""
    found: dict[str, Path] = {}
    database = make_url(settings.database_url)
    if database.get_backend_name() == "sqlite" and database.database not in (None, "", ":memory:"):
        found["database"] = Path(str(database.database)).absolute().parent
    kind, _, folder = settings.files_url.partition(":")
    if kind == "file":
        found["files"] = Path(folder.removeprefix("//")).absolute()
    return found


def free_space(kept: dict[str, Path]) -> dict[str, int]:
    """Free bytes for what is kept, those on one disk under one name: {"database and files": 77_000_000_000}."""
    disks: dict[int, tuple[list[str], int]] = {}
    for what, folder in kept.items():
        there = next(one for one in (folder, *folder.parents) if one.exists())
        names, _free = disks.setdefault(disk_of(there), ([], shutil.disk_usage(there).free))
        names.append(what)
    return {" and ".join(names): free for names, free in disks.values()}


def disk_of(folder: Path) -> int:
    """The number of the disk on which a folder is."""
    return os.stat(folder).st_dev
