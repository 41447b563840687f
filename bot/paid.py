"""Announcements faster than the free pace, for Stars: which message may go so, and at which pace.

`bot/paced.py` asks for each message of the lane BROADCAST. When the ceiling is reached, or the database does not
answer, the message goes free.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from bot.log import where
from bot.loop_clock import loop_time
from bot.pace import Pace
from bot.room import at_once
from bot.transactions import Transactions
from usecases.paid_broadcast import set_aside_for

log = structlog.get_logger()
AT_A_TIME = 100  # messages whose price is set aside: ten Stars
ON_WAY = 0.3  # seconds' worth of messages that may be on their way at once: what one takes, asked and written down
MOST_ON_WAY = 300  # rows: what a pause, or a death, may overtake
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

    @property
    def spending(self) -> bool:
        """Whether announcements go for Stars, as far as is known."""
        return loop_time() >= self._free_until

    def on_way(self) -> int:
        """How many announcements may be on their way at once; at the free pace as many as there were without Stars."""
        return max(at_once(), min(MOST_ON_WAY, int(self.pace.permits * ON_WAY))) if self.spending else at_once()

    def in_outbox(self) -> int:
        """How many rows of an announcement should stand in the outbox: two seconds' worth."""
        return 2 * self.pace.permits if self.spending else 0

    async def take(self, messages: int) -> bool:
        """Whether so many more may be paid for, all of them; they are counted."""
        async with self._asking:
            if self._left < messages and loop_time() >= self._free_until:
                await self._ask(max(messages, AT_A_TIME))
            if self._left < messages:
                return False
            self._left -= messages
            return True

    async def _ask(self, messages: int) -> None:
        """Set more aside beside what is left of before."""
        allowed = 0
        try:
            allowed = await self.transactions.run(set_aside_for, messages, self.stars)
        except Exception as error:  # whatever it is: the message goes free
            log.error("paid messages not counted", error=where(error))
        self._left += allowed
        if not allowed:
            self._free_until = loop_time() + ASK_AGAIN
            log.warning("announcements go free", stars=self.stars)
