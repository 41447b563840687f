"""Announcements faster than the free pace, for Stars: which message may go so, and at which pace.

`bot/paced.py` asks for each message of the lane BROADCAST. When the ceiling is reached, or the database does not
answer, the message goes free.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from bot.log import where
from bot.pace import Pace
from bot.transactions import Transactions
from usecases.paid_broadcast import set_aside_for

log = structlog.get_logger()
AT_A_TIME = 100  # messages whose price is set aside: ten Stars
ASK_AGAIN = 600.0  # seconds until it is looked again whether the ceiling was raised


@dataclass
class Paid:
    """A pace of its own, and Stars to spend."""

    transactions: Transactions
    pace: Pace
    stars: int
    _left: int = 0
    _free_until: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self) -> bool:
        """Whether one more message may be paid for; it is counted."""
        async with self._asking:
            if not self._left and _now() >= self._free_until:
                await self._ask()
            if self._left:
                self._left -= 1
                return True
            return False

    async def _ask(self) -> None:
        try:
            self._left = await self.transactions.run(set_aside_for, AT_A_TIME, self.stars)
        except Exception as error:  # whatever it is: the message goes free
            log.error("paid messages not counted", error=where(error))
        if not self._left:
            self._free_until = _now() + ASK_AGAIN
            log.warning("announcements go free", stars=self.stars)


def _now() -> float:
    return asyncio.get_running_loop().time()
