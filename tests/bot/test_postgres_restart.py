"""A real PostgreSQL is stopped and started again while people are at their last questions: in order, and as in a crash.

Whoever acts meanwhile is told; all goes on by itself; nothing that was confirmed is lost, nothing is there twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from tests.outlived import outlive
from tests.person import House, a_house
from tests.postgres import Kept

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
async def house(kept: Kept) -> AsyncIterator[House]:
    async with a_house(url=await kept.server.create("zhas")) as one:
        await one.opens_competition()
        yield one


@asynccontextmanager
async def stopped(kept: Kept, way: str) -> AsyncIterator[None]:
    await asyncio.to_thread(kept.stop, way)
    yield
    await asyncio.to_thread(kept.start)


async def test_two_restarts_are_told_of_counted_and_outlived(house: House, kept: Kept) -> None:
    await outlive(house, 3, [partial(stopped, kept, way) for way in ("INT", "QUIT")])


@pytest.mark.soak
async def test_thirty_restarts(house: House, kept: Kept) -> None:
    await outlive(house, 30, [partial(stopped, kept, way) for way in ("INT", "QUIT", "QUIT") * 10])
