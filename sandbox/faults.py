"""Trouble on demand: what Telegram and the network do to a bot on a bad day.

`telegram.faults.add(Fault(FaultKind.TOO_MANY, method="sendMessage", retry_after=3))` hits the next such call;
`Fault(FaultKind.CUT_AFTER, times=1000, chance=0.05)` hits every twentieth call, for as long as a thousand.
Over HTTP the same: POST /sandbox/faults with these names as JSON; DELETE /sandbox/faults ends them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from sandbox.errors import OTHER_POLLER, ApiError, Cut, conflict, too_many


class FaultKind(StrEnum):
    TOO_MANY = "too_many"  # 429 with retry_after
    SERVER_ERROR = "server_error"  # code and description as given
    TIMEOUT = "timeout"  # no answer for `seconds`; carried out or not as `accepted` says
    CUT_BEFORE = "cut_before"  # the connection breaks, nothing was done
    CUT_AFTER = "cut_after"  # the connection breaks, but it was done; a download: after half of it
    SLOW = "slow"  # done at once, but the answer takes `seconds`
    CONFLICT = "conflict"  # 409: a second poller
    DUPLICATE = "duplicate"  # an update comes again after it was confirmed
    REORDER = "reorder"  # `size` updates of one chat come in reversed order; fewer of them after `seconds` (0: 3 s)
    SPLIT_ALBUM = "split_album"  # an album's pieces each in a batch of its own, `seconds` apart
    EXPIRED_CALLBACK = "expired_callback"  # the press is too old to be answered
    SLOW_DOWNLOAD = "slow_download"  # a file takes `seconds`


CALLS = {
    FaultKind.TOO_MANY,
    FaultKind.SERVER_ERROR,
    FaultKind.TIMEOUT,
    FaultKind.CUT_BEFORE,
    FaultKind.CUT_AFTER,
    FaultKind.SLOW,
    FaultKind.CONFLICT,
}


@dataclass(eq=False)
class Fault:
    """One trouble for the next `times` fitting events.

    method: of the Bot API, or "download" for file contents; None: any but getUpdates.
    chat_id: None for any chat. chance: how likely it hits a fitting event.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    retry_after: int = 5
    code: int = 500
    description: str = "Internal Server Error"
    seconds: float = 0.0
    accepted: bool = False
    size: int = 2
    chance: float = 1.0

    def fits(self, method: str | None, chat_id: int | None) -> bool:
        named = self.method or ("getUpdates" if self.kind is FaultKind.CONFLICT else None)
        right_method = method not in {"getUpdates", "download"} if named is None else method == named
        return right_method and self.chat_id in {None, chat_id}

    def error(self) -> Exception:
        """What the caller gets."""
        if self.kind is FaultKind.TOO_MANY:
            return too_many(self.retry_after)
        if self.kind is FaultKind.CONFLICT:
            return conflict(OTHER_POLLER)
        if self.kind is FaultKind.SERVER_ERROR:
            return ApiError(self.code, self.description)
        accepted = self.kind is FaultKind.CUT_AFTER or self.accepted
        return Cut(accepted, self.seconds, late=self.kind is FaultKind.TIMEOUT)


@dataclass
class Faults:
    """Those that still wait for their event, in the order in which they were added."""

    waiting: list[Fault] = field(default_factory=list)
    dice: Random = field(default_factory=Random)
    when_cleared: list[Callable[[], None]] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """End all, and what they still hold back."""
        self.waiting.clear()
        for listener in self.when_cleared:
            listener()

    def take_call(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, if one waits; it is used up once."""
        fitting = (f for f in self.waiting if f.kind in CALLS and f.fits(method, chat_id))
        return self.use(next((f for f in fitting if self.hits(f)), None))

    def take(self, kind: FaultKind, chat_id: int | None = None) -> Fault | None:
        """The fault of that kind for this chat, if one waits; it is used up once."""
        fitting = (f for f in self.waiting if f.kind is kind and f.chat_id in {None, chat_id})
        return self.use(next((f for f in fitting if self.hits(f)), None))

    def hits(self, fault: Fault) -> bool:
        return fault.chance >= 1 or self.dice.random() < fault.chance

    def use(self, fault: Fault | None) -> Fault | None:
        if fault:
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
        return fault
