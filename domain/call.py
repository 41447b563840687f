"""Telephone calls to those whom the bot cannot reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_TRIES = 3


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"  # to be tried again, up to MOST_TRIES
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True)
class CallTask:
    """Somebody to be called, without their name or number: those are seen when the call is made."""

    id: int
    person_id: int
    application_id: int | None  # none: they have sent none, so it is about a ticket
    ticket_id: int | None
    number: str  # of the application, else of the ticket
    lot: str
    why: str  # a value of domain.notification.Kind
    added_at: datetime
    tries: int


def done(outcome: CallOutcome, tries: int) -> bool:
    """Whether a call with this outcome, the so-manieth, was the last."""
    return outcome is not CallOutcome.NO_ANSWER or tries >= MOST_TRIES
