"""A group of a lot's staff in Telegram: it is shown cards of tickets, without anything about anybody.

Telegram lets a bot write twenty messages a minute into a group ("Bots FAQ", "My bot is hitting limits"), and an edit
counts as one. So a group is written to at most every four seconds, and what came in meanwhile stands in one card.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.ticket import Ticket, TicketState

EVERY = timedelta(seconds=4)  # fifteen a minute; the rest is for answers to commands
MOST_LINES = 8  # tickets in one card; of more it says how many there are


class Why(StrEnum):
    """Why a ticket is shown to a group."""

    NEW = "new"
    BACK = "back"  # in the queue again: reopened, passed on, or its holder is not there any more
    UNANSWERED = "unanswered"  # nobody has taken it, and the answer is due soon
    OVERDUE = "overdue"


class Lost(StrEnum):
    """Why a group gets no cards any more."""

    THROWN_OUT = "thrown_out"
    MAKER_LEFT = "maker_left"  # who bound it may not any more


@dataclass(frozen=True)
class Group:
    """A group bound to a lot."""

    chat_id: int
    lot: str
    title: str
    set_by: int  # person id
    set_at: datetime


@dataclass(frozen=True)
class Line:
    """A ticket on a card."""

    ticket: Ticket
    why: Why

    @property
    def free(self) -> bool:
        """Whether somebody may take it."""
        return self.ticket.state is TicketState.OPEN and self.ticket.holder_id is None

    def wanted(self, now: datetime) -> bool:
        """Whether there is still a reason to show it."""
        return self.free or (self.why is Why.OVERDUE and self.ticket.overdue(now))


@dataclass(frozen=True)
class Card:
    """One message in a group: a new one, or an earlier one as it is to become."""

    lines: tuple[Line, ...]
    more: int = 0  # tickets that found no room
    message_id: int | None = None
