"""Random walks over the whole bot: whatever people do, no exception, no silence, no lost answer, no text too long."""

from __future__ import annotations

import random

import pytest

from tests.engines import Postgres
from tests.person import a_house
from tests.walk import Walker

SEEDS = range(10)
STEPS = 520  # each; more than 5 000 in all


async def walk(seed: int, steps: int, url: str = "sqlite://") -> None:
    """Two people on one bot, one Kazakh, one Russian, taking turns at random."""
    dice = random.Random(seed)
    async with a_house(url=url) as house:
        await house.opens_competition()
        walkers = []
        for number, language in ((1001, "kk"), (1002, "ru")):
            person = house.person(number, language)
            await person.speaks(language)
            walkers.append(Walker(house, person, dice))
        for _ in range(steps):
            try:
                await dice.choice(walkers).step()
            except Exception as error:
                raise AssertionError(f"seed {seed}") from error


@pytest.mark.parametrize("seed", SEEDS)
async def test_random_walk(seed: int) -> None:
    await walk(seed, STEPS)


async def test_random_walk_on_postgresql(postgres: Postgres) -> None:
    await walk(99, 100, postgres.url)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1010))
async def test_long_random_walk(seed: int, database_url: str) -> None:
    await walk(seed, 2000, database_url)
