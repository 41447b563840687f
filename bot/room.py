"""How many rows of the outbox may be on their way at once: a room for what somebody waits for, one for the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.notification import Kind, Lane, Notification

URGENT_LANES, PATIENT_LANES = (Lane.RECEIPT, Lane.REPLY), (Lane.REMINDER, Lane.BROADCAST)
AT_ONCE = 30  # rows on their way in each of the two rooms; of announcements for Stars more (`bot/paid.py`)


def at_once() -> int:
    """How many rows may be on their way in a room."""
    return AT_ONCE


@dataclass(eq=False)
class Room:
    """What is on its way in these lanes."""

    lanes: tuple[Lane, ...]
    most: Callable[[], int] = at_once
    sending: dict[asyncio.Task[None], Notification] = field(default_factory=dict)

    def size(self) -> int:
        """How many rows fit: beside corrections, which nobody can pay for, as few as at the free pace."""
        free_of_charge = any(one.kind is Kind.ANNOUNCEMENT_CHANGE for one in self.sending.values())
        return min(at_once(), self.most()) if free_of_charge else self.most()

    def free(self) -> int:
        """How many more rows to claim: none before half the room is free, so that many come at a time."""
        size = self.size()
        free = size - len(self.sending)
        return free if 2 * free >= size or (free > 0 and self.lanes == URGENT_LANES) else 0
