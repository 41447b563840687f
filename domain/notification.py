"""What is told to people later or unasked: kinds, lanes and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Lane(IntEnum):
    """Who goes first when there is a queue: a lower lane never waits for a higher one."""

    RECEIPT = 0  # receipts, verdicts, what the person is waiting for
    REPLY = 1  # an operator's answer
    REMINDER = 2
    BROADCAST = 3


class Kind(StrEnum):
    """Every kind has its words in the conversations."""

    REDRAW = "redraw"  # an answer that could not be shown: the current screen again
    BROKEN = "broken"  # an update of theirs was set aside
    ALBUM = "album"  # the files of an album have arrived
    APPLICATION = "application"  # somebody moved their application: facts: application, state
    STAFF_JOINED = "staff_joined"  # somebody used an invitation of theirs: facts: member, role
    TICKET_REPLY = "ticket_reply"  # an operator's message to an author: facts: ticket, message, version
    TICKET_NEWS = "ticket_news"  # an author's message to the ticket's holder: facts: ticket, message, version
    TICKET_STATE = "ticket_state"  # its author is told what became of it: facts: ticket, event
    TICKET_UNCLEAR = "ticket_unclear"  # which ticket are these words for? facts: message, tickets (the likeliest), here
    TICKET_GIVEN = "ticket_given"  # a colleague passed it on, or it was assigned: facts: ticket
    TICKET_UNDELIVERED = "ticket_undelivered"  # an operator's message did not arrive: facts: ticket, message, gone
    TICKET_SETTLED = "ticket_settled"  # its author has closed it, to its holder: facts: ticket
    TICKET_DUE = "ticket_due"  # an answer is nearly or already late: facts: clock, level, tickets, count
    STAFF_CARDS = (
        "staff_cards"  # to a staff group: what is new, overdue, unanswered. facts: chat, as it is numbered now
    )
    GROUP_LOST = "group_lost"  # a staff group gets no cards any more: facts: title, lots, why
    REMINDER = "reminder"  # what is due to them now (domain/reminder.py): which kinds come, they choose rule by rule
    ANNOUNCEMENT = "announcement"  # of the programme's people to many. facts: announcement, take
    ANNOUNCEMENT_CHANGE = (
        "announcement_change"  # what was sent is corrected or deleted. facts: announcement, take, doing
    )
    ANNOUNCEMENT_CARD = "announcement_card"  # its progress, to its author. facts: announcement
    ANNOUNCEMENT_TRIAL = "announcement_trial"  # to whoever makes it alone. facts: announcement, language
    ANNOUNCEMENT_NEWS = "announcement_news"  # to those who make them. facts: announcement, event
    ASSISTED = "assisted"  # the call centre has filled in an application with them: facts: assistance (, taken)
    ASSIST_ENDED = "assist_ended"  # what an operator prepared was taken over or declined: facts: assistance
    FILE_WAITS = "file_waits"  # files of theirs cannot be stored now
    FILE_REFUSED = "file_refused"  # a file turned out not to be what it says: facts: slot, reason, …


# What only those hear of who work in the office.
AT_WORK = frozenset(
    {
        Kind.STAFF_JOINED,
        Kind.TICKET_NEWS,
        Kind.TICKET_GIVEN,
        Kind.TICKET_UNDELIVERED,
        Kind.TICKET_SETTLED,
        Kind.TICKET_DUE,
        Kind.ASSIST_ENDED,
        Kind.STAFF_CARDS,
        Kind.GROUP_LOST,
        Kind.ANNOUNCEMENT_CARD,
        Kind.ANNOUNCEMENT_NEWS,
        Kind.ANNOUNCEMENT_TRIAL,
    }
)
TO_AUTHORS = frozenset({Kind.TICKET_REPLY, Kind.TICKET_STATE, Kind.TICKET_UNCLEAR, Kind.ASSISTED})

# Nobody waits for these: they are not sent in the quiet hours.
UNASKED = frozenset({Kind.REMINDER})

# Kinds that a person cannot switch off, since without them the service itself would be silent.
COMPULSORY = (
    AT_WORK
    | TO_AUTHORS
    | {Kind.REDRAW, Kind.BROKEN, Kind.ALBUM, Kind.APPLICATION, Kind.ANNOUNCEMENT_CHANGE}
    | {Kind.FILE_WAITS, Kind.FILE_REFUSED}
)
# Of these a person chooses in more detail, and elsewhere.
BY_RULE = frozenset({Kind.REMINDER})


def optional_kinds() -> tuple[Kind, ...]:
    """The kinds that a person may switch off, in order."""
    return tuple(kind for kind in Kind if kind not in COMPULSORY | BY_RULE)


class Outcome(StrEnum):
    """Where a notification stands."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DONE = "done"  # when it came to be sent there was nothing to say any more
    MUTED = "muted"  # the person had switched this kind off


FIRST_ALBUM = "0 album"  # the name of the step that shows the first screen's album (bot/putting.py)


@dataclass(frozen=True)
class Notification:
    """One message to one person, claimed for sending."""

    id: int
    person_id: int
    kind: Kind
    lane: Lane
    facts: Mapping[str, Any]
    tries: int  # claims so far, with this one: each has its own number
    chat: int | None = None  # a staff group instead of the person's own chat
    stands: Mapping[str, list[int]] = field(default_factory=dict)  # numbers of its messages in the chat, by steps
    messages: tuple[int, ...] = ()  # the numbers of all its messages, once they stand in the chat
    waits: int = 0  # claims that ended in waiting, for Telegram or the morning: no fault of the row's

    @property
    def used_up(self) -> int:
        """Tries that count against it, with this one."""
        return self.tries - self.waits
