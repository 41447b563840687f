"""Looks at somebody's screen and has what it offers attacked; after that everything is as it was.

In depth: what a button leads to is looked at, too, and so on until no screen offers a button that none offered before,
or until MOST were attacked. (Not until no screen is new: seven switches on one screen make a hundred and twenty-eight
of it; and a button is known by its kind and its words, not by its numbers: every new request has a new one.)
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from aiogram.filters.callback_data import CallbackData

from bot.conversations import routes
from sandbox.chats import Message
from tests.attacks.moments import back_to, moment_of
from tests.attacks.presses import Pressable, Presses, buttons_of
from tests.person import Person

LONGEST = 2_000  # characters of a complaint
MOST = 600  # buttons of a house that are attacked in depth
NUMBER = re.compile(r"\d+")


@dataclass
class Choice:
    """Which buttons are attacked: the first of every wanted kind wherever it turns up, any other with this chance.

    `wanted`: the beginnings of kinds, whole parts of them, that were not met yet ("an_l", "an_d:#:stop"). What
    attacked buttons lead to is looked at for these; with `deep` for any other, too.
    """

    wanted: set[str] = field(default_factory=set)
    chance: float = 0.0
    dice: Random = field(default_factory=lambda: Random(1))
    deep: bool = False
    seen: set[str] = field(default_factory=set)  # kinds of buttons

    def takes(self, button: Pressable, *, others: bool) -> bool:
        """Whether to attack it; `others`: also if it is none of those wanted."""
        kind = f"{kind_of(button)}:"
        met = {one for one in self.wanted if kind.startswith(f"{one}:")}
        self.wanted -= met
        return bool(met) or (others and self.dice.random() < self.chance)


@dataclass
class Looking:
    """Attacks what a person's screen offers, as chosen."""

    presses: Presses
    person: Person
    choice: Choice
    looked: dict[int, object] = field(default_factory=dict)

    async def look(self) -> None:
        """At what is new on the screen."""
        chosen = self._chosen(self._offered(), others=True)
        if not chosen:
            return
        await self.presses.house.settle()  # what sending has made due is sent, too
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
                others = self.choice.deep and self.presses.buttons < MOST
                if others or self.choice.wanted:
                    await back_to(self.presses.house, once)
                    ahead.append((once, self._chosen(self._unseen(), others=others)))
        await back_to(self.presses.house, here)

    def _chosen(self, offered: Iterable[Pressable], *, others: bool) -> list[Pressable]:
        return [button for button in offered if self.choice.takes(button, others=others)]

    def _offered(self) -> list[Pressable]:
        """The buttons of every message that has changed since the last look."""
        changed = [m for m in self._mine() if self.looked.get(m.id) is not m.data]
        self.looked.update({m.id: m.data for m in changed})
        self.choice.seen |= {kind_of(button) for m in changed for button in buttons_of(m)}
        return [button for m in changed for button in buttons_of(m)]

    def _unseen(self) -> list[Pressable]:
        """The buttons of messages that offer one which none offered before."""
        found = []
        for m in self._mine():
            buttons = list(buttons_of(m))
            found += [button for button in buttons if kind_of(button) not in self.choice.seen]
            self.choice.seen |= {kind_of(button) for button in buttons}
        return found

    def _mine(self) -> list[Message]:
        return [m for m in self.person.chat.messages if m.from_bot and m.keyboard]


def kind_of(button: Pressable) -> str:
    """Its data, whatever the numbers in it; a yes or no is none."""
    prefix, *parts = button.carried.split(":")
    fields = known_buttons()[prefix].model_fields.items()
    said = zip(parts, (field.annotation is bool or name == "sure" for name, field in fields), strict=True)
    return ":".join([prefix, *(part if yes_or_no else NUMBER.sub("#", part) for part, yes_or_no in said)])


@cache
def known_buttons() -> dict[str, type[CallbackData]]:
    """Every button there is, by its prefix."""
    every = routes()
    found = [*every.presses.values(), *every.group_presses.values()]
    return {data.__prefix__: data for data, _press in found}
