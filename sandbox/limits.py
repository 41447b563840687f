"""Telegram's pace limits: 30 messages a second in all, one a second per chat, twenty a minute per group.

Nobody outside knows how Telegram counts, so there are two ways of counting and the numbers can be scaled. Over HTTP
a call may also take its time on the way, there and back, as it does to Telegram.
Source of the numbers: the Bots FAQ, "My bot is hitting limits".
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from sandbox.errors import too_many


class Counting(StrEnum):
    BUCKET = "bucket"
    WINDOW = "window"


@dataclass(frozen=True)
class Rate:
    """`count` messages in `per` seconds; `burst` may come at once (none given: `count`)."""

    count: float
    per: float
    burst: int = 0

    @property
    def room(self) -> int:
        return self.burst or max(1, math.floor(self.count))

    @property
    def each(self) -> float:
        """Seconds that one message costs in the long run."""
        return self.per / self.count


@dataclass
class Latency:
    """A call and its answer take `seconds` together on the way, give or take `spread`: each way half of both."""

    seconds: float = 0.0
    spread: float = 0.0
    dice: Random = field(default_factory=Random, repr=False)

    def one_way(self) -> float:
        """Seconds until a call arrives, or until its answer does."""
        return max(0.0, (self.seconds + self.dice.uniform(-self.spread, self.spread)) / 2)


class Bucket:
    """Tokens drip in one by one; a message takes one."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.tokens = float(rate.room)
        self.seen = -math.inf

    def wait(self, now: float, cost: int) -> float:
        """Seconds until `cost` messages may go; 0 when they may go now."""
        if self.seen > -math.inf:
            self.tokens = min(self.rate.room, self.tokens + (now - self.seen) / self.rate.each)
        self.seen = now
        return max(0.0, (min(cost, self.rate.room) - self.tokens) * self.rate.each)

    def take(self, now: float, cost: int) -> None:
        self.tokens -= cost


class Window:
    """No more than the room in any stretch of time of that length, however it is laid."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.span = rate.room * rate.each
        self.times: deque[float] = deque()

    def wait(self, now: float, cost: int) -> float:
        while self.times and self.times[0] <= now - self.span:
            self.times.popleft()
        over = len(self.times) + min(cost, self.rate.room) - self.rate.room
        return self.times[over - 1] + self.span - now if over > 0 else 0.0

    def take(self, now: float, cost: int) -> None:
        self.times.extend([now] * cost)


@dataclass
class Limits:
    """Which limits hold. `on` switches all of them; a rate of None switches one."""

    on: bool = False
    counting: Counting = Counting.BUCKET
    overall: Rate | None = field(default_factory=lambda: Rate(30, 1.0))
    chat: Rate | None = field(default_factory=lambda: Rate(1, 1.0, burst=3))
    group: Rate | None = field(default_factory=lambda: Rate(20, 60.0))
    paid: Rate | None = field(default_factory=lambda: Rate(1000, 1.0))
    bought: int = 0  # messages that passed as paid
    refused: int = 0
    counters: dict[tuple[str, int], Bucket | Window] = field(default_factory=dict)

    def spend(self, chat_id: int, now: float, cost: int = 1, *, paid: bool = False) -> None:
        """Let `cost` messages to the chat pass, or raise 429 with the seconds to wait.

        `paid`: sent with allow_paid_broadcast, so not counted among the free ones.
        """
        if not self.on:
            return
        counters = self.asked(chat_id, paid)
        wait = max((counter.wait(now, cost) for counter in counters), default=0.0)
        if wait > 1e-9:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait - 1e-9)))
        for counter in counters:
            counter.take(now, cost)
        self.bought += cost if paid else 0

    def asked(self, chat_id: int, paid: bool = False) -> list[Bucket | Window]:
        per_chat = [("group", chat_id, self.group)] if chat_id < 0 else [("chat", chat_id, self.chat)]
        rates = [("paid", 0, self.paid) if paid else ("overall", 0, self.overall), *per_chat]
        return [self.counter(name, key, rate) for name, key, rate in rates if rate]

    def counter(self, name: str, key: int, rate: Rate) -> Bucket | Window:
        place = (name, key)
        if place not in self.counters:
            self.counters[place] = Bucket(rate) if self.counting is Counting.BUCKET else Window(rate)
        return self.counters[place]
