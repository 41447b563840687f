"""Telegram delivers everything several times: a whole application and a request leave the same rows as without that.

Each update comes twice or three times at the same moment, with older ones among them, and once more afterwards, with
an older one behind it. Which ones, chance decides: one seed in the suite, many under `make soak`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from tests.applicant import Applicant
from tests.attacks import asking
from tests.attacks.applying import OWNER, STORY
from tests.attacks.looking import Choice
from tests.attacks.moments import CHANCE, Rows, back_to, moment_of
from tests.attacks.presses import OF_MESSAGES, differing
from tests.conversations.test_whole_application import InHouse, whole
from tests.person import House

OF_FILES = frozenset({"file_id", "file_unique_id"})  # Telegram's, other ones in the second run
NUMBER = re.compile(r"\b(?:T-)?[\d-]+-2026-\d{6}\b")
Way = Callable[[House], Awaitable[None]]


@dataclass
class Stammering(House):
    """A house whose Telegram delivers again and again."""

    dice: Random = field(kw_only=True)
    delivered: list[dict[str, Any]] = field(default_factory=list)

    async def deliver(self, *updates: dict[str, Any] | None) -> None:
        take = self.program.intake.take
        for update in filter(None, updates):
            older = self.dice.choices(self.delivered, k=self.dice.randint(0, 2)) if self.delivered else []
            together = [update] * self.dice.randint(2, 3) + older
            self.dice.shuffle(together)
            await asyncio.gather(*map(take, together))
            await self.settle()
            self.delivered.append(update)
            await take(update)
            await take(self.dice.choice(self.delivered))
        self.check()
        await self.settle()


async def applies(house: House) -> None:
    await house.opens_competition()
    person = house.person(OWNER)
    await person.speaks("kk")
    await whole(Applicant(STORY, InHouse(house, person)))


async def asks(house: House) -> None:
    await asking.asks(await asking.an_office(house, Choice()))


async def rows_after(way: Way, house: House) -> Rows:
    await way(house)
    shown = " ".join(message.text for message in house.telegram.chat(OWNER).messages if message.from_bot)
    kept = await house.rows("SELECT number FROM application UNION SELECT number FROM ticket")
    assert set(NUMBER.findall(shown)) <= {row[0] for row in kept}
    return (await moment_of(house)).read(house.program.vault, CHANCE | OF_MESSAGES | OF_FILES)


@pytest.mark.parametrize("seed", [5, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(100, 115))])
@pytest.mark.parametrize(("way", "counts"), [(applies, (1, 0)), (asks, (1, 2))])
async def test_what_comes_again_and_again_leaves_the_same_rows(
    house: House, way: Way, counts: tuple[int, int], seed: int
) -> None:
    nothing = await moment_of(house)
    plain = await rows_after(way, house)
    await back_to(house, nothing)
    stammered = await rows_after(way, Stammering(**vars(house), dice=Random(seed)))
    assert list(differing(plain, stammered)) == []
    assert (len(plain["application"]), len(plain["ticket"])) == counts
