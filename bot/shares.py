"""This process's share of the pace, where several share a database: asked for, given way, and given back.

One process on SQLite has the whole pace and none of this runs.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.log import where
from bot.loop_clock import loop_time
from bot.pace import Pace
from bot.process_name import is_gone, process_name
from bot.transactions import Transactions
from usecases.share_pace import LEASE, Share, leave_pace, share_pace

log = structlog.get_logger()
BEAT = 2.0  # seconds between signs of life
SOON = 0.2  # while others have not given way yet
# Counted from before the sign of life, by this process's own clock; the rest of LEASE is for clocks that differ.
OWN_LEASE = LEASE.total_seconds() / 2
LAST = 5.0  # seconds that giving the share back may take when the program stops


@dataclass
class Shares:
    """Runs until cancelled; `leave` afterwards."""

    transactions: Transactions
    pace: Pace
    begins: Callable[[], None] = lambda: None  # called when there is something to send with
    _share: Share | None = None

    def begin(self) -> None:
        """Nothing leaves before the first share has come."""
        self.pace.hold(0)

    async def run(self) -> None:
        while True:
            try:
                waits = await self.ask()
            except Exception as error:  # at worst the lease ends, and little leaves until the database is back
                log.error("no share of the pace", error=where(error))
                waits = BEAT
            await asyncio.sleep(waits)

    async def ask(self) -> float:
        """Give a sign of life and take what there is; seconds until the next time."""
        began = loop_time()
        using = 0 if self.pace.lease_over else self.pace.permits
        all_there_are, name = self.pace.limits.permits, process_name(os.getpid())
        share = await self.transactions.run(share_pace, self._number, using, all_there_are, name, is_gone)
        if self._share is None or share.permits != self._share.permits:
            log.info("share of the pace", permits=share.permits, fair=share.fair)
        self._share = share
        self.pace.hold(share.permits, began + OWN_LEASE)
        if share.permits and not using:
            self.begins()
        if share.permits > share.fair:
            await self.pace.give_way(share.fair)
            return 0.0
        return BEAT if share.permits == share.fair else SOON

    async def leave(self) -> None:
        """Give the share back, once nothing that was sent can count any more; a dead process's comes back later."""
        try:
            async with asyncio.timeout(LAST):
                await self.pace.give_way(0)
                if (number := self._number) is not None:
                    await self.transactions.run(leave_pace, number)
        except Exception as error:
            log.warning("share of the pace not given back", error=where(error))

    @property
    def _number(self) -> int | None:
        return self._share.sender if self._share else None
