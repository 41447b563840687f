"""Every button on somebody's way through the bot, pressed twice, after a restart, and by people it does not concern."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random

import pytest

from tests.attacks import applying, asking
from tests.attacks.looking import Looking
from tests.attacks.presses import Presses
from tests.person import House, a_house

LEAST = 100  # buttons that a walk in depth must have met


async def an_application(house: House, seed: int, chance: float, *, deep: bool = False) -> None:
    owner, strangers = await applying.a_scene(house, seed)
    presses = Presses(house, strangers, set(applying.SECRETS))
    await applying.applies(house, Looking(presses, owner, chance, Random(seed), deep))
    presses.nothing_to_complain_of(LEAST if deep else 1)


async def a_request(house: House, seed: int, chance: float, *, deep: bool = False) -> None:
    office = await asking.an_office(house, seed, chance, deep=deep)
    await asking.asks(office)
    await asking.watches(office)
    office.presses.nothing_to_complain_of(LEAST if deep else 1)


async def test_some_buttons_of_a_whole_application() -> None:
    async with a_house() as house:
        await an_application(house, 1, 0.06)


async def test_some_buttons_of_a_request() -> None:
    async with a_house() as house:
        await a_request(house, 1, 0.06)


@pytest.mark.soak
@pytest.mark.parametrize("way", [an_application, a_request])
@pytest.mark.parametrize(("chance", "deep"), [(1.0, False), (1.0, True)], ids=["every", "deep"])
async def test_every_button_and_what_they_lead_to(
    way: Callable[..., Awaitable[None]], chance: float, deep: bool, database_url: str
) -> None:
    async with a_house(url=database_url) as house:
        await way(house, 1, chance, deep=deep)
