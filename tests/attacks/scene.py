"""Several people at once, each with somebody who looks over their shoulder after whatever any of them did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.attacks.looking import Choice, Looking
from tests.attacks.presses import Presses
from tests.person import House, Person


@dataclass
class Scene:
    """Whom the attacked buttons belong to, by their Telegram number; strangers watch from `presses`."""

    house: House
    presses: Presses
    looks: dict[int, Looking]

    def person(self, who: int) -> Person:
        return self.looks[who].person

    async def says(self, who: int, *texts: str) -> None:
        for text in texts:
            await self.person(who).says(text)
            await self.look()

    async def does(self, who: int, *labels: str) -> None:
        for label in labels:
            await self.person(who).presses(label)
            await self.look()

    async def passes(self, **time: float) -> None:
        """Time goes by, and what is due then is done."""
        self.house.clock.goes(**time)
        await self.house.settle()
        await self.look()

    async def look(self) -> None:
        for one in self.looks.values():
            await one.look()


def a_scene(
    house: House, choice: Choice, people: Iterable[Person], strangers: Sequence[Person], secrets: Iterable[str]
) -> Scene:
    """With whatever is on everybody's screen already still to be looked at."""
    presses = Presses(house, strangers, set(secrets))
    return Scene(house, presses, {one.account.id: Looking(presses, one, choice) for one in people})
