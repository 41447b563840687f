"""Looks at somebody's screen and has what it offers attacked; after that everything is as it was.

In depth: what a button leads to is looked at, too, and so on until nothing new is offered.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from sandbox.chats import Message
from tests.attacks.moments import back_to, moment_of
from tests.attacks.presses import Pressable, Presses, buttons_of
from tests.person import Person

LONGEST = 2_000  # characters of a complaint


@dataclass
class Looking:
    """Attacks what a person's screen offers: each button with this chance, and with `deep` all that it leads to."""

    presses: Presses
    person: Person
    chance: float
    dice: Random
    deep: bool = False
    seen: set[object] = field(default_factory=set)
    looked: dict[int, object] = field(default_factory=dict)

    async def look(self) -> None:
        """At what is new on the screen."""
        chosen = self._chosen(self._offered())
        if not chosen:
            return
        here = await moment_of(self.presses.house)
        ahead = deque([(here, chosen)])
        while ahead:
            moment, chosen = ahead.popleft()
            for button in chosen:
                await back_to(self.presses.house, moment)
                try:
                    once = await self.presses.attack(self.person, button)
                except AssertionError as complaint:
                    self.presses.complaints.append(str(complaint)[:LONGEST])
                    continue
                if self.deep:
                    await back_to(self.presses.house, once)
                    ahead.append((once, self._chosen(self._unseen())))
        await back_to(self.presses.house, here)

    def _chosen(self, offered: Iterable[Pressable]) -> list[Pressable]:
        return [button for button in offered if self.dice.random() < self.chance]

    def _offered(self) -> list[Pressable]:
        """The buttons of every message that has changed since the last look."""
        changed = [m for m in self._mine() if self.looked.get(m.id) is not m.data]
        self.looked.update({m.id: m.data for m in changed})
        self.seen |= {_what(m) for m in changed}
        return [button for m in changed for button in buttons_of(m)]

    def _unseen(self) -> list[Pressable]:
        """The buttons of messages that offer what none offered before."""
        new = {_what(m): m for m in self._mine() if _what(m) not in self.seen}
        self.seen |= new.keys()
        return [button for m in new.values() for button in buttons_of(m)]

    def _mine(self) -> list[Message]:
        return [m for m in self.person.chat.messages if m.from_bot and m.keyboard]


def _what(message: Message) -> object:
    return frozenset(button.data for button in buttons_of(message))
