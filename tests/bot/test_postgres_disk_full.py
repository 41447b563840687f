"""A real PostgreSQL on a disk that is really full: the one of its tables, and the one of its write-ahead log.

Without room for tables it refuses what needs more. Without room for its log it ends altogether, and so does its own
start, until there is room: then whoever watches over it on the machine starts it again, as this test does.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from tests.outlived import AWAY, meanwhile, outlive
from tests.person import a_house
from tests.postgres import Kept
from tests.small_disk import SmallDisk, a_small_disk

pytestmark = pytest.mark.usefixtures("impatient")
OFTEN = pytest.mark.parametrize(("people", "times"), [(3, 1), pytest.param(30, 30, marks=pytest.mark.soak)])


@pytest.fixture
def disk(kept: Kept) -> Iterator[SmallDisk]:
    """A disk that is the server's; the server has ended when it goes."""
    folder = kept.folder / "small"
    folder.mkdir()
    shutil.chown(folder, kept.folder.owner(), kept.folder.group())
    with a_small_disk(folder, 200 << 20) as one:
        try:
            yield one
        finally:
            kept.stop("QUIT")


@OFTEN
async def test_applications_outlive_a_full_disk_of_tables(kept: Kept, disk: SmallDisk, people: int, times: int) -> None:
    async with kept.server.connected() as connection:
        await connection.execute(f"CREATE TABLESPACE small LOCATION '{disk.folder}'")
        await connection.execute("ALTER DATABASE template1 SET TABLESPACE small")
    async with a_house(url=await kept.server.create("zhas")) as house:
        await house.opens_competition()
        await outlive(house, people, [meanwhile(disk.full)] * times, steady=False)


@OFTEN
async def test_applications_outlive_a_full_disk_of_the_log(
    kept: Kept, disk: SmallDisk, people: int, times: int
) -> None:
    async with kept.server.connected() as connection:
        for name, size in (("min_wal_size", "32MB"), ("max_wal_size", "64MB")):  # else it alone would fill the disk
            await connection.execute(f"ALTER SYSTEM SET {name} = '{size}'")
    await asyncio.to_thread(kept.stop, "INT")
    move_log(kept.folder / "data" / "pg_wal", disk.folder / "log")
    await asyncio.to_thread(kept.start)
    async with a_house(url=await kept.server.create("zhas")) as house:
        await house.opens_competition()
        await outlive(house, people, [partial(without_room_for_the_log, kept, disk)] * times, steady=False)


def move_log(usual: Path, there: Path) -> None:
    shutil.copytree(usual, there)
    for one in (there, *there.rglob("*")):
        shutil.chown(one, usual.owner(), usual.group())
    there.chmod(0o700)
    shutil.rmtree(usual)
    usual.symlink_to(there)


@asynccontextmanager
async def without_room_for_the_log(kept: Kept, disk: SmallDisk) -> AsyncIterator[None]:
    """The log goes on in new files, for which there is no room; the server ends."""
    with disk.full():
        with suppress(*AWAY, asyncpg.PostgresError):
            while True:
                async with kept.server.connected() as connection:
                    await connection.execute(
                        "SELECT pg_logical_emit_message(true, '', repeat('x', 1000)), pg_switch_wal()"
                    )
        yield
    await asyncio.to_thread(kept.stop, "QUIT")  # what is left of it
    await asyncio.to_thread(kept.start)
