"""People who apply while the program dies again and again under their hands.

They see only their screen. After every act they wait for its answer; the answer of an update that had been handled
before the program died may come once more, and they take no notice of it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

from domain.identity import check_digit
from sandbox.chats import Message
from sandbox.telegram import Telegram
from tests.applicant import AIGERIM, DANILA, Applicant, Story
from tests.glance import Glance
from tests.person import House, Person

PATIENCE = 60.0  # seconds without an answer after which somebody gives up: the bot was silent
SWALLOWED = 20.0  # seconds after which they press anything once more: an answer may have died in a crowd
PROGRESS = re.compile(r" · (\d+)/\d+\n")
LANGUAGES = {"kk": "Қазақша", "ru": "Русский"}


class Silence(AssertionError):
    """An act that was never answered."""


@dataclass
class Phone(Person):
    """A person's chat, with a bot that lives in another process."""

    glance: Glance = field(kw_only=True)
    above: int = field(default=0, kw_only=True)  # answers that changed a message above the newest
    swallowed: int = field(default=0, kw_only=True)  # answers that only came when they pressed once more
    asked: list[str] = field(default_factory=list, kw_only=True)  # what the form asked, in order

    async def presses(self, *labels: str) -> None:
        for label in labels:
            await self._shows(partial(self._shown, label), f"waited for the button {label!r}")
            await super().presses(label)

    def _shown(self, label: str) -> bool:
        """On the newest screen, or on the one that was changed last."""
        looked = [self.screen, *self._changed()] if self._from_bot() else []
        return any(label in each for message in looked for each in message.labels)

    async def attaches(self, name: str, content: bytes) -> None:
        await self.sends_document(name, content)

    async def cursor(self) -> str:
        self.asked.append(self.glance.cursor(self.account.id))
        return self.asked[-1]

    @property
    def confirmed(self) -> int:
        """How many questions are answered by what the newest question on the screen says: "12/40" is eleven."""
        numbers = [PROGRESS.search(message.text) for message in reversed(self._from_bot())]
        return next((int(found[1]) - 1 for found in numbers if found), 0)

    async def _do(self, *updates: dict[str, Any] | None) -> None:
        before, older, newest = self._look(), self._older(), self._newest()
        for update in updates:
            assert update
            number = int(update["update_id"])
            await self._until(partial(self.glance.handled, number), f"update {number} is not handled")
            await self._until(partial(self._acknowledged, number), f"update {number} is not acknowledged")

        def answered() -> bool:
            """At the end or above it: below an answer the same screen may stand once more, of an update sent twice."""
            new = [look(message) for message in self._from_bot() if message.id > newest]
            return self._look() != before or self._older() != older or any(one != before for one in new)

        await self._shows(answered, f"no answer after {before!r}")
        self.above += self._look() == before

    def _acknowledged(self, number: int) -> bool:
        return all(waiting.update_id != number for waiting in self.account.world.updates.queue)

    async def _shows(self, condition: Callable[[], bool], complaint: str) -> None:
        with suppress(Silence):
            return await self._until(condition, complaint, SWALLOWED)
        self.swallowed += 1
        self.account.presses(self.screen.id, "nobody:knows", stale=True)
        return await self._until(condition, complaint)

    def _newest(self) -> int:
        return max((message.id for message in self._from_bot()), default=0)

    def _older(self) -> int:
        """How often anything was changed above the newest screen."""
        return sum(len(message.versions) for message in self._from_bot()[:-1])

    def _changed(self) -> list[Message]:
        """The screen just above the newest, when the answer went there."""
        return self._from_bot()[-2:-1] if self.above else []

    def _look(self) -> object:
        shown = self._from_bot()
        return look(shown[-1]) if shown else None

    async def _until(self, condition: Callable[[], bool], complaint: str, patience: float = PATIENCE) -> None:
        try:
            async with asyncio.timeout(patience):
                while not condition():
                    await asyncio.sleep(0.03)
        except TimeoutError:
            shown = "\n".join(f"{m.id} {m.from_bot} {m.text!r} {m.labels}" for m in self.chat.messages[-8:])
            raise Silence(f"{self.account.id}: {complaint}\n{shown}") from None


def look(message: Message) -> object:
    return message.text, tuple(message.labels)


@dataclass
class Somebody:
    """One applicant of the crowd: who they are, and how they go through the bot."""

    number: int
    story: Story
    phone: Phone

    async def applies(self) -> None:
        """From the first hello to the receipt."""
        await self.phone.speaks(self.story.language)
        applicant = Applicant(self.story, self.phone)
        await applicant.checks_eligibility()
        await applicant.begins()
        await self.ends(applicant)

    async def goes_on(self) -> None:
        """From the question that the draft asks to the receipt."""
        await self.phone.says("/apply")
        await self.ends(Applicant(self.story, self.phone))

    async def ends_form(self) -> None:
        await self.phone.says("/apply")
        await Applicant(self.story, self.phone).fills_in()

    async def ends(self, applicant: Applicant) -> None:
        await applicant.fills_in()
        await applicant.sends_documents()
        await applicant.sends_application()


def somebody(telegram: Telegram, glance: Glance, number: int) -> Somebody:
    """The applicant of this number: every second one speaks Russian; names and IINs are all different."""
    template = DANILA if number % 2 else AIGERIM
    changed = {"iin": an_iin(template.said["iin"], number), "title": f"{template.said['title']} {number}"}
    story = replace(template, said={**template.said, **changed})
    account = telegram.person({"id": 10_000 + number, "first_name": f"№ {number}", "language_code": story.language})
    return Somebody(number, story, Phone(cast(House, None), account, glance=glance))


def an_iin(like: str, number: int) -> str:
    """A number with the same birth date, century and sex (all of the 1800s), and a serial of its own."""
    serial = number * 2
    while (digit := check_digit(f"{like[:7]}{serial:04d}")) is None:
        serial += 1 if serial % 2 == 0 else 2_000
    return f"{like[:7]}{serial:04d}{digit}"
