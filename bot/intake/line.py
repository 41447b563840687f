"""People's updates in line: decided one at a time and in order, then shown one at a time and in order.

Deciding takes milliseconds; showing may take half a minute, since Telegram wants a second between two messages
of a chat. So the next update of a person is decided while answers to earlier ones still wait to be shown: who
writes a hundred messages at once waits for their own answers, and nobody's updates wait for theirs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.loop_clock import loop_time

LONGEST = 120.0  # seconds that deciding, or showing, may take


@dataclass
class Line:
    """One person's updates: who decides now, and the answer that is shown last."""

    deciding: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_shown: asyncio.Event | None = None
    length: int = 0


class InLine:
    """One update on its way: waits for its turn to be decided, and after its commit for its turn to be shown."""

    def __init__(self, line: Line, on_commit: Callable[[InLine], None]) -> None:
        self._line, self._decides, self._on_commit = line, False, on_commit
        self.committed = False
        self.limit: asyncio.Timeout | None = None
        self.released: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.looks_again: asyncio.TimerHandle | None = None
        self.telling: asyncio.Task[None] | None = None  # why they wait; the answer is shown below that

    def release(self, error: BaseException | None = None) -> None:
        """The update needs no more care of whoever brought it. Twice is the same as once."""
        if self.looks_again:
            self.looks_again.cancel()
            self.looks_again = None
        if self.released.done():
            return
        if error:
            self.released.set_exception(error)
        else:
            self.released.set_result(None)

    async def decide(self) -> None:
        """Wait until the person's earlier updates are decided."""
        await self._line.deciding.acquire()
        self._decides = True
        _now.set(self)

    def leave(self) -> None:
        """Decided, or set aside: the person's next update may be decided. Twice is the same as once."""
        if self._decides:
            self._decides = False
            self._line.deciding.release()

    @asynccontextmanager
    async def showing(self) -> AsyncIterator[None]:
        """Committed: let the next one decide, and show when the person's earlier answers are shown."""
        before, mine = self._line.last_shown, asyncio.Event()
        self._line.last_shown, self.committed = mine, True
        self._on_commit(self)
        self.leave()
        try:
            if before:
                await self._wait(before)
            if self.telling:
                await asyncio.wait([self.telling])
            yield
        finally:
            mine.set()

    async def _wait(self, before: asyncio.Event) -> None:
        """Waiting for the answers before is no slowness of this one."""
        if self.limit:
            self.limit.reschedule(None)
        await before.wait()
        if self.limit:
            self.limit.reschedule(loop_time() + LONGEST)


_now: ContextVar[InLine | None] = ContextVar("update in line", default=None)


@asynccontextmanager
async def committed() -> AsyncIterator[None]:
    """Around showing the answer to the update that is being handled, as soon as its transaction has committed."""
    if (one := _now.get()) is None:
        yield
        return
    async with one.showing():
        yield
