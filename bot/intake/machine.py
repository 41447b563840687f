"""What updates learn of the machine: whether database and disk are away, since when, how often.

A fault of the machine is nobody's update's fault: the update is tried again until it succeeds, however long that
takes, and meanwhile its sender is told, once while it lasts. Since nothing can be read then either, people's
languages are remembered here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.log import where
from bot.outages import Outages
from bot.persistence import Unreachable
from bot.show import show
from handlers.language import guess, speaking
from handlers.leftovers.texts import machine_away
from handlers.screen import Screen, reply

log = structlog.get_logger()
PAUSE = 2.0  # seconds between tries of one update while the machine is away
TELL_AFTER = 3.0  # seconds that an update waits before its sender is told why
REMEMBERED = 20_000  # people whose language is known without the database


@dataclass
class Languages:
    """Who speaks what, of those who wrote last."""

    _known: dict[int, str] = field(default_factory=dict)

    def note(self, telegram_id: int, language: str) -> None:
        self._known.pop(telegram_id, None)  # to the end: who wrote last is forgotten last
        self._known[telegram_id] = language
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]

    def of(self, telegram_id: int, language_code: str | None) -> str:
        return self._known.get(telegram_id) or guess(language_code)


@dataclass
class Machine(Outages):
    """Database and disk of this program."""

    bot: Bot
    languages: Languages
    _told: set[int] = field(default_factory=set)

    def works(self, began: float) -> bool:
        ended = super().works(began)
        if ended:
            self._told.clear()
        return ended

    async def tell(self, raw: dict[str, Any]) -> None:
        """Say to the sender of this update that it waits and is not lost; once while the machine is away."""
        user = _waiting(raw)
        if not self.away or user is None or user["id"] in self._told:  # meanwhile it may be back
            return
        self._told.add(user["id"])
        with speaking(self.languages.of(user["id"], user.get("language_code"))):
            words = reply(Screen(machine_away()))
        try:
            await show(self.bot, user["id"], words)
        except (Unreachable, TelegramAPIError) as error:
            log.warning("not told that the machine is away", error=where(error))


def _waiting(raw: dict[str, Any]) -> dict[str, Any] | None:
    """Who waits for an answer in their private chat; None for a group's updates and mere news."""
    if pressed := raw.get("callback_query"):
        return dict(pressed["from"])
    message = raw.get("message") or raw.get("edited_message") or {}
    private = message.get("chat", {}).get("type") == "private"
    return dict(message["from"]) if private and "from" in message else None
