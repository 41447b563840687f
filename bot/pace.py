"""How fast we may talk to Telegram: 30 messages a second over all, one a second to a chat, 20 a minute to a group.

Thirty permits are lent out, and each comes back one second after the *answer* to its call: whatever the delay on the
way, no second of Telegram's clock can see more than thirty. Whether they may come back earlier is tried and learned
(`bot/earliness.py`). Messages leave evenly, so that whoever matters most waits for the next permit and not for a
whole second. Who waits is served by lane, then by turn.
Source of the limits: Telegram's "Bots FAQ", "My bot is hitting limits".
"""

from __future__ import annotations

import asyncio
import heapq
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count

from bot.earliness import Earliness, Step
from bot.loop_clock import loop_time
from domain.notification import Lane

ANSWER = -1  # the person waits in front of the screen: before every lane of notifications
lane: ContextVar[int] = ContextVar("lane", default=ANSWER)
URGENT = Lane.REPLY  # up to here somebody waits: they leave in silence, too, and may run ahead of the clock
BEHIND = 0.25  # of a window: what a late timer may make up for
AHEAD = 0.5  # of a window: how far urgent ones may run ahead of the clock when messages leave by it
EVENLY = 0.99  # of the allowed rate, by the clock: what a stall on the way has drawn from a bucket comes back
LUMP = 0.5  # of the permits may be under way by the clock: so much can arrive in one lump after such a stall
KNOWN_CHATS = 10_000  # from there on those are forgotten to which a message may go at once
LONG = 30.0  # seconds of silence for which nothing is held back here: whoever waits is told to come again


class Silence(Exception):
    """Telegram wants silence for so long that it is not waited for here."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Limits:
    """What Telegram allows. `window`: the length of its second; `burst`: answers to one chat in quick succession."""

    permits: int = 30
    window: float = 1.0
    burst: int = 4
    group_every: float = 3.0  # 20 a minute


@dataclass
class Loan:
    """A permit for one call, and how the call ended."""

    step: Step
    since: float
    alone: bool  # the chat had been quiet: a refusal cannot be for its sake
    cost: int = 1  # messages
    well: bool = False
    retry_after: float = 0.0


@dataclass(order=True)
class _Turn:
    lane: int
    number: int
    cost: int = field(compare=False)
    lent: asyncio.Future[None] = field(compare=False)


@dataclass
class Pace:
    """Lends permits to speak."""

    limits: Limits = field(default_factory=Limits)
    beside: Pace | None = None  # of the same process: its share is the same part of it

    def __post_init__(self) -> None:
        self.earliness = Earliness(self.limits.window)
        self.permits = self.limits.permits  # of several processes each holds a share
        self._lease = math.inf
        self._under_way = 0
        self._answered: list[float] = []  # when the calls of the permits that were used were answered
        self._waiting: list[_Turn] = []
        self._turn = count()
        self._chats: dict[int, float] = {}
        self._clock = -math.inf  # when the next message leaves, were they all to leave evenly
        self._paused_until = -math.inf
        self._alarm: asyncio.TimerHandle | None = None

    def pause(self, seconds: float) -> None:
        """Telegram asked for silence (retry_after): only urgent ones leave before that."""
        self._paused_until = max(self._paused_until, loop_time() + seconds)
        if seconds > LONG:
            for turn in [turn for turn in self._waiting if turn.lane > URGENT and not turn.lent.done()]:
                turn.lent.set_exception(Silence(seconds))
        self._lend()

    @property
    def silent(self) -> bool:
        """Whether Telegram still wants silence."""
        return self._paused_until > loop_time()

    def hold(self, permits: int, lease: float = math.inf) -> None:
        """So many are ours from now on, until the loop's clock shows `lease`."""
        self.permits, self._lease = permits, lease
        self._lend()
        if self.beside:
            self.beside.hold(self._part(self.beside, permits), lease)

    async def give_way(self, permits: int) -> None:
        """Keep no more than these; when this returns the others are free for somebody else."""
        self.permits = min(self.permits, permits)
        while self._drop(loop_time()) > 0:
            await asyncio.sleep(self.limits.window / 20)
        if self.beside:
            await self.beside.give_way(self._part(self.beside, permits))

    def _part(self, other: Pace, permits: int) -> int:
        return other.limits.permits * permits // self.limits.permits

    @property
    def lease_over(self) -> bool:
        """Whether what was ours may be somebody else's by now: then answers leave, one after another, and no more."""
        return self._lease <= loop_time()

    def _drop(self, now: float) -> int:
        """Forget permits that are not ours any more, once no second counts them; how many are still counted."""
        while self._excess > 0 and self._answered and self._answered[0] + self.limits.window <= now:
            heapq.heappop(self._answered)
        return self._excess

    @property
    def _excess(self) -> int:
        return self._under_way + len(self._answered) - self.permits

    @asynccontextmanager
    async def permit(self, chat: int, cost: int = 1) -> AsyncIterator[Loan]:
        """Wait for the chat's and the common turn for so many messages at once. Silence: not now, and not soon."""
        alone = await self._chat_turn(chat, cost)
        await self._take(cost)
        loan = Loan(self.earliness.step, loop_time(), alone, cost)
        try:
            yield loan
        finally:
            self._ended(loan)

    async def _chat_turn(self, chat: int, cost: int) -> bool:
        """Reserve this chat's next moment and wait for it; an answer may borrow a short burst.

        Whether nothing had gone there lately. An album to one person is a short burst; a group's minute counts it all.
        """
        every = self.limits.window if chat > 0 else self.limits.group_every * self.limits.window * cost
        now = loop_time()
        before = self._chats.get(chat, -math.inf)
        free_at = max(before, now)
        self._chats[chat] = free_at + every
        if len(self._chats) > KNOWN_CHATS:
            self._chats = {key: at for key, at in self._chats.items() if at > now}
        credit = self.limits.burst * every if lane.get() == ANSWER and chat > 0 else 0.0
        if (rest := free_at - credit - now) > 0:
            await asyncio.sleep(rest)
        return chat > 0 and before <= now - every

    async def _take(self, cost: int) -> None:
        if (rest := self._paused_until - loop_time()) > LONG and lane.get() > URGENT:
            raise Silence(rest)
        turn = _Turn(lane.get(), next(self._turn), cost, asyncio.get_running_loop().create_future())
        heapq.heappush(self._waiting, turn)
        self._lend()
        try:
            await turn.lent
        except asyncio.CancelledError:
            if turn.lent.done() and not turn.lent.cancelled():
                self._came_back(loop_time(), cost)
            raise

    def _lend(self) -> None:
        """Lend to who is first, as long as there is something to lend; look again when there will be."""
        now = loop_time()
        self._drop(now)
        while self._waiting:
            first = self._waiting[0]
            if not first.lent.done():
                moment = self._moment(first)
                if moment > now:
                    return self._look_again(moment)
                self._lend_to(first, now)
            heapq.heappop(self._waiting)
        return None

    def _moment(self, turn: _Turn) -> float:
        """When this one may leave."""
        if self._excess > 0:
            return self._answered[0] + self.limits.window if self._answered else math.inf
        if self.lease_over and (turn.lane != ANSWER or self._under_way):
            return math.inf
        by_clock = self.earliness.step is Step.BY_CLOCK
        together = self._together(turn)
        most = max(together, LUMP * self.permits) if by_clock else self.permits
        if self._under_way + together - 1 >= most:
            return math.inf
        needed = self._excess + together  # permits that must have come back
        back = heapq.nsmallest(needed, self._answered)[-1] + self.earliness.gap if needed > 0 else -math.inf
        if turn.lane > URGENT:
            return max(back, self._clock, self._paused_until)
        ahead = AHEAD if by_clock else 1.0
        return max(back, self._clock - ahead * self.limits.window)

    def _together(self, turn: _Turn) -> int:
        """How many permits it waits for: an album larger than the share goes when none of them is out."""
        return max(1, min(turn.cost, self.permits))

    def _lend_to(self, turn: _Turn, now: float) -> None:
        for _ in range(self._excess + self._together(turn)):
            heapq.heappop(self._answered)
        self._under_way += turn.cost
        window = self.limits.window
        self._clock = max(self._clock, now - BEHIND * window) + turn.cost * window / (EVENLY * self.permits)
        turn.lent.set_result(None)
        if len(self._waiting) > 1 and self.earliness.lent(self.permits, now) and self.earliness.step is Step.BY_CLOCK:
            self._clock = now + window  # what the steps before have drawn from a bucket drips in again

    def _look_again(self, moment: float) -> None:
        if self._alarm:
            self._alarm.cancel()
        self._alarm = None if moment == math.inf else asyncio.get_running_loop().call_at(moment, self._lend)

    def _ended(self, loan: Loan) -> None:
        now = loop_time()
        if loan.well:
            self.earliness.went(now - loan.since)
        self._came_back(now, loan.cost)
        if loan.retry_after and loan.alone:
            self.earliness.refused(loan.step, now)
            self.pause(max(loan.retry_after, self.limits.window))

    def _came_back(self, now: float, cost: int) -> None:
        self._under_way -= cost
        for _ in range(cost):
            heapq.heappush(self._answered, now)
        self._lend()
