"""An announcement to many while everything goes wrong, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from domain.notification import Kind, Lane
from sandbox.faults import Fault, FaultKind
from sandbox.telegram import Telegram
from usecases.meet_person import known_person
from usecases.notify import notify
from usecases.work import Work

FIRST = 20_000  # the Telegram number of the first recipient
BLOCKED = 10  # every tenth has blocked the bot, and the bot has not heard of it
ENDLESS = 10**9


@dataclass
class Announcement:
    """Recipients of one message each."""

    telegram: Telegram
    many: int
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number in self.chats:
            self.telegram.person(number).starts()
            self.telegram.chat(number).bot_status = "kicked" if self.blocked(number) else "member"
        self.telegram.updates.drop()

    @property
    def chats(self) -> range:
        return range(FIRST, FIRST + self.many)

    def blocked(self, number: int) -> bool:
        return number % BLOCKED == 0

    def queue(self, work: Work) -> None:
        for number in self.chats:
            assert notify(work, known_person(work, number).id, Kind.BROKEN, "news", lane=Lane.BROADCAST)

    def bad_weather(self) -> None:
        """5 of 100 sendings 429, 2 a server's fault, 1 cut off before and 1 after Telegram took the message."""
        chances = (
            (FaultKind.TOO_MANY, 0.05),
            (FaultKind.SERVER_ERROR, 0.02),
            (FaultKind.CUT_BEFORE, 0.01),
            (FaultKind.CUT_AFTER, 0.01),
        )
        for kind, chance in chances:
            fault = Fault(kind, method="sendMessage", times=ENDLESS, chance=chance, retry_after=1)
            self.faults.append(self.telegram.faults.add(fault))

    def hits(self) -> dict[str, int]:
        return {fault.kind.value: ENDLESS - fault.times for fault in self.faults}

    def messages(self) -> int:
        return sum(self.times(number) for number in self.chats)

    def times(self, number: int) -> int:
        """How often this recipient has it."""
        return sum(message.from_bot for message in self.telegram.chat(number).everything.values())

    def ended(self, work: Work) -> dict[str, int]:
        """How many rows stand in each state."""
        rows = work.session.execute(text("SELECT state, count(*) FROM notification GROUP BY state"))
        return {row[0]: row[1] for row in rows}

    def everybody_has_it(self, states: dict[str, int], most_repeats: int) -> dict[str, Any]:
        """Nobody unsent; repeats only where nobody could know that Telegram had taken it. The figures."""
        away = sum(map(self.blocked, self.chats))
        assert states == {"sent": self.many - away, "failed": away}
        times = [self.times(number) for number in self.chats if not self.blocked(number)]
        repeats = sum(times) - len(times)
        assert min(times) == 1
        assert repeats <= most_repeats, (repeats, most_repeats)
        return {"recipients": self.many, "blocked": away, "repeats": repeats, "could be": most_repeats, **self.hits()}
