"""The queue of updates, with Telegram's own rules of confirming, forgetting and allowing.

What is below the offset is confirmed and gone; an update is kept a day, a press of a button 150 seconds
(as in the source of Telegram's Bot API server); only kinds that were allowed when it happened are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.faults import FaultKind, Faults

Update = dict[str, Any]
KEPT = 86_400.0
PRESS_KEPT = 150.0
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False)
class Waiting:
    """An update that the bot has not confirmed."""

    update: Update
    until: float
    since: float = 0.0
    alone: bool = False
    repeats: int = 0
    update_id: int = 0

    def __post_init__(self) -> None:
        self.update_id = self.update["update_id"]

    def kept(self, offset: int, now: float) -> bool:
        """Whether it still waits when everything below `offset` is confirmed."""
        if self.until <= now:
            return False
        if self.update_id >= offset:
            return True
        self.repeats -= 1
        return self.repeats >= 0


@dataclass
class Updates:
    """Everything that happened and was not confirmed yet, in the order in which it is handed out."""

    faults: Faults = field(default_factory=Faults)
    next_id: int = 1
    allowed: list[str] = field(default_factory=list)
    queue: list[Waiting] = field(default_factory=list)
    held: list[Waiting] = field(default_factory=list)
    hold: int = 0
    album: str | None = None  # whose pieces come one by one
    piece: float = 0.0  # when the last of them comes
    apart: float = 0.0
    watchers: list[Callable[[], None]] = field(default_factory=list)

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
        self.line_up(waiting)
        return update

    def trouble(self, waiting: Waiting, content: dict[str, Any], now: float, chat_id: int | None) -> None:
        if self.faults.take(FaultKind.DUPLICATE, chat_id):
            waiting.repeats = 1
        if not self.hold and (fault := self.faults.take(FaultKind.REORDER, chat_id)):
            self.hold = fault.size
        album = content.get("media_group_id")
        if album and album != self.album and (fault := self.faults.take(FaultKind.SPLIT_ALBUM, chat_id)):
            self.album, self.apart, self.piece = album, fault.seconds, now

    def line_up(self, waiting: Waiting) -> None:
        if self.hold:
            self.held.insert(0, waiting)
            if len(self.held) < self.hold:
                return
            self.queue += self.held
            self.held, self.hold = [], 0
        else:
            self.queue.append(waiting)
        for watcher in list(self.watchers):
            watcher()

    def get(self, now: float, offset: int = 0, limit: int = 100) -> list[Update]:
        """getUpdates: confirm what is below `offset`, hand out up to `limit` of the rest.

        A negative offset counts from the end and forgets what comes before.
        """
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
            if waiting.alone:
                break
        return result

    def drop(self) -> None:
        """Forget all that waits (drop_pending_updates)."""
        self.queue.clear()

    @property
    def pending(self) -> int:
        return len(self.queue)
