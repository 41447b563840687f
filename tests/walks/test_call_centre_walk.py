"""Random interleavings of authors, operators, restarts and redeliveries: everything reaches the right person once."""

from __future__ import annotations

import random

import pytest

from tests.call_centre_walk import Day
from tests.engines import Postgres
from tests.person import a_house


async def a_day(seed: int, steps: int, url: str = "sqlite://") -> None:
    async with a_house(url=url) as house:
        day = Day(house, random.Random(seed))
        await day.begins()
        for _ in range(steps):
            await day.step()
        await day.ends()


@pytest.mark.parametrize("seed", range(2))
async def test_a_short_day(seed: int) -> None:
    await a_day(seed, 120)


async def test_a_short_day_on_postgresql(postgres: Postgres) -> None:
    await a_day(2, 40, postgres.url)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
async def test_a_long_day(seed: int, database_url: str) -> None:
    await a_day(seed, 2000, database_url)
