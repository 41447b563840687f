"""Stars spent on announcements that go faster than the free pace: counted before they are spent, up to a ceiling.

Telegram takes 0.1 Star for each message above the free thirty a second ("Bots FAQ"; `allow_paid_broadcast` in the
Bot API). Every message that is sent so is counted here, also the free ones among them and those that fail: the true
bill is never higher. A sender sets aside the price of some messages at a time; if it dies, what was left counts as
spent.
"""

from __future__ import annotations

from db import paid_broadcast
from usecases.work import Work

PER_STAR = 10  # messages


def set_aside_for(work: Work, messages: int, stars: int) -> int:
    """Count these messages as paid, as far as the ceiling of so many Stars allows; how many may go."""
    before = paid_broadcast.hold(work.session)
    allowed = max(0, min(messages, stars * PER_STAR - before))
    paid_broadcast.count(work.session, before + allowed)
    return allowed


def stars_spent(work: Work) -> float:
    """Stars counted so far."""
    return paid_broadcast.counted(work.session) / PER_STAR
