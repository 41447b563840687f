"""Several senders keep to one pace: each has a share of the permits, and all shares together are never too many.

A newcomer gets what nobody has; until the others have given way that may be nothing. A share becomes smaller only
after its holder uses no more: so what this table says is never less than what is used. The share of who gives no sign
of life for as long as LEASE falls to the others; its holder stops using it well before that. Where a process is known
to have ended, only what it sent last is waited for: so one that dies and is started again is not silent for long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from db import live_senders
from usecases.work import Work

IsGone = Callable[[str], bool]
LEASE = timedelta(seconds=30)
LAST_SENT = timedelta(seconds=1)  # so long what a dead process sent last still counts with Telegram


@dataclass(frozen=True)
class Share:
    """The sender's number, the permits that it may use now, and how many would be fair."""

    sender: int
    permits: int
    fair: int


def share_pace(work: Work, sender: int | None, using: int, permits: int, process: str, is_gone: IsGone) -> Share:
    """A sign of life of this sender (None: a newcomer), which uses at most `using` of all `permits`; its share.

    `process`: its name; `is_gone` says of a name whether that process has certainly ended.
    """
    live_senders.hold(work.session, work.now)
    ended = [number for number, name in live_senders.processes(work.session).items() if is_gone(name)]
    if ended:
        live_senders.seen_last(work.session, ended, work.now - LEASE + LAST_SENT)
    live_senders.forget(work.session, work.now - LEASE)
    shares = live_senders.shares(work.session)
    if sender not in shares:
        sender, using = live_senders.come(work.session, process, work.now), 0
    fair = _fair(permits, sorted({*shares, sender}), sender)
    free = permits - sum(share for number, share in shares.items() if number != sender)
    share = max(using, min(fair, free))
    live_senders.sign_of_life(work.session, sender, share, work.now)
    return Share(sender, share, fair)


def leave_pace(work: Work, sender: int) -> None:
    """This sender uses nothing any more."""
    live_senders.hold(work.session, work.now)
    live_senders.leave(work.session, sender)


def _fair(permits: int, senders: list[int], sender: int) -> int:
    """Equal parts; what is left over goes to those who came first, one each."""
    each, left = divmod(permits, len(senders))
    return each + (senders.index(sender) < left)
