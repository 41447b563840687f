"""The queue of updates, with Telegram's own rules of confirming, forgetting and allowing.

What is below the offset is confirmed and gone; an update is kept a day, a press of a button 150 seconds
(as in the source of Telegram's Bot API server); only kinds that were allowed when it happened are kept.
What a fault holds back to turn its order round is held for one chat, and for a while only.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.faults import FaultKind, Faults

Update = dict[str, Any]
KEPT = 86_400.0
PRESS_KEPT = 150.0
HELD = 3.0  # seconds that REORDER waits for more when it names none
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False)
class Waiting:
    """An update that the bot has not confirmed."""

    update: Update
    until: float
    since: float = 0.0
    alone: bool = False
    repeats: int = 0
    late: bool = False  # was held back, and not handed out yet: later ones may be confirmed already
    update_id: int = 0

    def __post_init__(self) -> None:
        self.update_id = self.update["update_id"]

    def kept(self, offset: int, now: float) -> bool:
        """Whether it still waits when everything below `offset` is confirmed."""
        if self.until <= now:
            return False
        if self.update_id >= offset or self.late:
            return True
        self.repeats -= 1
        return self.repeats >= 0


@dataclass
class Held:
    """Updates of one chat that wait for `size` of them, or for `until`, and then come last first."""

    size: int
    until: float
    waiting: list[Waiting] = field(default_factory=list)

    def due(self, now: float) -> bool:
        return len(self.waiting) >= self.size or self.until <= now


@dataclass
class Updates:
    """Everything that happened and was not confirmed yet, in the order in which it is handed out."""

    faults: Faults = field(default_factory=Faults)
    next_id: int = 1
    allowed: list[str] = field(default_factory=list)
    queue: list[Waiting] = field(default_factory=list)
    held: dict[int | None, Held] = field(default_factory=dict)  # by chat
    album: str | None = None  # whose pieces come one by one
    piece: float = 0.0  # when the last of them comes
    apart: float = 0.0
    watchers: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults.when_cleared.append(self.release)

    def allows(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def push(self, kind: str, content: dict[str, Any], now: float, chat_id: int | None = None) -> Update:
        """Append an update of that kind; the update as the Bot API shows it (id 0: not allowed, not kept)."""
        if not self.allows(kind):
            return {"update_id": 0, kind: content}
        update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        life = PRESS_KEPT if kind == "callback_query" else KEPT
        waiting = Waiting(update, until=now + life)
        if self.faults.waiting:
            self.trouble(waiting, content, now, chat_id)
        if self.album and content.get("media_group_id") == self.album:
            self.piece += self.apart
            waiting.alone, waiting.since = True, self.piece
        self.line_up(waiting, now, chat_id)
        return update

    def trouble(self, waiting: Waiting, content: dict[str, Any], now: float, chat_id: int | None) -> None:
        if self.faults.take(FaultKind.DUPLICATE, chat_id):
            waiting.repeats = 1
        if chat_id not in self.held and (fault := self.faults.take(FaultKind.REORDER, chat_id)):
            self.held[chat_id] = Held(fault.size, now + (fault.seconds or HELD))
        album = content.get("media_group_id")
        if album and album != self.album and (fault := self.faults.take(FaultKind.SPLIT_ALBUM, chat_id)):
            self.album, self.apart, self.piece = album, fault.seconds, now

    def line_up(self, waiting: Waiting, now: float, chat_id: int | None) -> None:
        if held := self.held.get(chat_id):
            held.waiting.append(waiting)
            self.let_go(now)
        else:
            self.queue.append(waiting)
        self.tell()

    def let_go(self, now: float) -> None:
        """Hand on what was held back long enough."""
        for chat_id in [chat_id for chat_id, held in self.held.items() if held.due(now)]:
            for waiting in reversed(self.held.pop(chat_id).waiting):
                waiting.late = True
                self.queue.append(waiting)

    def release(self) -> None:
        """Hand on all that is held back: the fault was ended."""
        self.let_go(math.inf)
        self.tell()

    def tell(self) -> None:
        for watcher in list(self.watchers):
            watcher()

    def held_back(self, now: float) -> bool:
        """Whether anything waits for its time to come: nobody is woken by that."""
        return bool(self.held) or any(waiting.since > now for waiting in self.queue)

    def get(self, now: float, offset: int = 0, limit: int = 100) -> list[Update]:
        """getUpdates: confirm what is below `offset`, hand out up to `limit` of the rest.

        A negative offset counts from the end and forgets what comes before.
        """
        self.let_go(now)
        if offset < 0:
            last = sorted(waiting.update_id for waiting in self.queue)[offset:]
            offset = last[0] if last else 0
        self.queue = [waiting for waiting in self.queue if waiting.kept(offset, now)]
        return [waiting.update for waiting in self.batch(now, min(max(limit, 1), 100) if limit else 100)]

    def batch(self, now: float, limit: int) -> list[Waiting]:
        result: list[Waiting] = []
        for waiting in self.queue:
            if waiting.since > now or len(result) == limit or (waiting.alone and result):
                break
            result.append(waiting)
            waiting.late = False
            if waiting.alone:
                break
        return result

    def drop(self) -> None:
        """Forget all that waits (drop_pending_updates)."""
        self.queue.clear()
        self.held.clear()

    @property
    def all(self) -> list[Waiting]:
        """What is not confirmed, in the order in which it happened where it is held back."""
        return [*self.queue, *(waiting for held in self.held.values() for waiting in held.waiting)]

    @property
    def pending(self) -> int:
        return len(self.all)
