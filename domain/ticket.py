"""A ticket: a question or complaint that a living person answers, and the ways it may go.

The ways are one table: what is not in it cannot happen. A ticket that is TAKEN has a holder and an OPEN one has
none; WAITING (for its author) may have either. Nothing here refuses a complaint: registering one is compulsory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.refusal import Reason, Refused


class TicketKind(StrEnum):
    """What is asked of us."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    APPEAL = "appeal"  # against a decision: answered by a supervisor
    TECHNICAL = "technical"
    VERDICT_REVIEW = "verdict_review"  # the check said no: a person shall look
    CALL = "call"  # somebody to be telephoned, or who telephoned


ASKED = (TicketKind.QUESTION, TicketKind.COMPLAINT, TicketKind.APPEAL, TicketKind.TECHNICAL)  # what an author chooses


class TicketState(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"  # in the queue
    TAKEN = "taken"  # somebody of ours has it and must act
    WAITING = "waiting"  # for its author
    CLOSED = "closed"


class TicketStep(StrEnum):
    """What can happen to a ticket."""

    TAKE = "take"
    RELEASE = "release"  # back into a queue: its holder left, or passed it on to a role or lot
    PASS = "pass"  # noqa: S105 - to another holder
    ANSWER = "answer"  # the operator wrote to the author
    BOUNCE = "bounce"  # our answer did not arrive, and is owed again
    WRITE = "write"  # the author wrote
    CLOSE = "close"
    REOPEN = "reopen"


_S, _T = TicketState, TicketStep
WAYS: Mapping[tuple[TicketState, TicketStep], TicketState] = {
    (_S.OPEN, _T.TAKE): _S.TAKEN,
    (_S.OPEN, _T.PASS): _S.TAKEN,
    (_S.OPEN, _T.RELEASE): _S.OPEN,
    (_S.OPEN, _T.WRITE): _S.OPEN,
    (_S.OPEN, _T.CLOSE): _S.CLOSED,
    (_S.TAKEN, _T.RELEASE): _S.OPEN,
    (_S.TAKEN, _T.PASS): _S.TAKEN,
    (_S.TAKEN, _T.ANSWER): _S.WAITING,
    (_S.TAKEN, _T.WRITE): _S.TAKEN,
    (_S.TAKEN, _T.CLOSE): _S.CLOSED,
    (_S.WAITING, _T.TAKE): _S.WAITING,
    (_S.WAITING, _T.RELEASE): _S.WAITING,
    (_S.WAITING, _T.PASS): _S.WAITING,
    (_S.WAITING, _T.ANSWER): _S.WAITING,
    (_S.WAITING, _T.WRITE): _S.TAKEN,  # without a holder: OPEN, see `after`
    (_S.WAITING, _T.BOUNCE): _S.TAKEN,
    (_S.WAITING, _T.CLOSE): _S.CLOSED,
    (_S.CLOSED, _T.REOPEN): _S.OPEN,
}


def after(state: TicketState, step: TicketStep, *, held: bool) -> TicketState:
    """The state after a step; `held`: somebody has the ticket then. Refused(NOT_A_STEP) for a step not in the table."""
    found = WAYS.get((state, step))
    if found is None:
        raise Refused(Reason.NOT_A_STEP, state=state.value)
    return TicketState.OPEN if found is TicketState.TAKEN and not held else found


class Clock(StrEnum):
    """The two deadlines of a ticket."""

    ANSWER = "answer"
    SOLUTION = "solution"


class Side(StrEnum):
    """Whose words a message of a ticket holds."""

    AUTHOR = "author"
    OPERATOR = "operator"
    NOTE = "note"  # between ourselves


class Media(StrEnum):
    """What a message is made of. Telegram's own words for it."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    STICKER = "sticker"


# What Telegram sends together: each of these sets by itself (sendMediaGroup).
TOGETHER = (frozenset({Media.PHOTO, Media.VIDEO}), frozenset({Media.DOCUMENT}), frozenset({Media.AUDIO}))
MOST_TOGETHER = 10
WITHOUT_CAPTION = frozenset({Media.STICKER, Media.VIDEO_NOTE})


class Delivery(StrEnum):
    """Whether a message has reached the other side's chat."""

    DUE = "due"
    DELIVERED = "delivered"
    BLOCKED = "blocked"  # they blocked the bot, or their account is gone
    FAILED = "failed"


class TicketEvent(StrEnum):
    """A line of a ticket's history."""

    OPENED = "opened"
    TAKEN = "taken"
    RELEASED = "released"
    PASSED = "passed"
    ANSWERED = "answered"
    UNDELIVERED = "undelivered"  # the answer did not arrive: it is owed again
    CLOSED = "closed"
    REOPENED = "reopened"
    RATED = "rated"
    ASSISTED = "assisted"  # an operator began to fill in an application for its author
    CARD_OPENED = "card_opened"  # somebody of ours saw the application in full


@dataclass(frozen=True)
class Words:
    """One version of a message: text (a file's caption), and the file that Telegram keeps."""

    text: str = ""
    media: Media = Media.TEXT
    file_id: str | None = None


@dataclass(frozen=True)
class Ticket:
    """A ticket as one transaction sees it."""

    id: int
    number: str
    kind: TicketKind
    person_id: int  # its author
    competition_id: int | None
    lot: str  # "" while nobody knows which
    subject: str | None  # what a verdict review is about: "check:12"
    state: TicketState
    role: str  # whose queue: a value of domain.staff.Role
    holder_id: int | None  # person id
    language: str  # of its author
    context: Mapping[str, Any]
    opened_at: datetime
    due_by: datetime | None  # when the next answer is due; None while it is the author's turn, or closed
    answer_by: datetime | None  # the target of the first answer
    solve_by: datetime | None
    answered_at: datetime | None  # first answer
    closed_at: datetime | None
    reopened: int
    rating: int | None

    @property
    def open(self) -> bool:
        return self.state is not TicketState.CLOSED

    def overdue(self, now: datetime) -> bool:
        return self.due_by is not None and self.due_by < now
