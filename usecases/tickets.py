"""Ask a living person to look: a refusal by the rules is never the last word (law gives a right to a review).

A request keeps the check it is about; the check's answers stand in the check, which never changes once judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from db import checks, tickets
from db.tickets import StoredTicket
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.checks import Check
from usecases.competitions import version_of
from usecases.sealed_answers import together
from usecases.work import Work

VERDICT_REVIEW = "verdict_review"


class TicketState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Ticket:
    """A request as its author and the office see it."""

    number: str
    lot: str
    state: TicketState
    opened_at: datetime
    telegram_id: int
    failed: tuple[str, ...]  # the rules (domain.eligibility.Rule) that the verdict named


@dataclass(frozen=True)
class Attached:
    """A request together with the answers it is about, for whoever looks."""

    ticket: Ticket
    answers: Mapping[str, Any]


def ask_a_person(work: Work, person: Person, check: Check) -> Ticket:
    """The request to look at this verdict; asked twice, it is the same one.

    Refused(NOT_FOUND) for a check without a verdict or with a good one.
    """
    if check.verdict is None or check.verdict.eligible or check.version_id is None:
        raise Refused(Reason.NOT_FOUND)
    if found := request_about(work, check):
        return found
    _open(work, person, check, check.version_id)
    opened = request_about(work, check)
    assert opened
    return opened


def request_about(work: Work, check: Check) -> Ticket | None:
    """The request to look at this check's verdict, if there is one."""
    stored = tickets.find(work.session, VERDICT_REVIEW, _subject(check.id))
    return _ticket(stored) if stored else None


def open_tickets(work: Work, lot: str | None = None) -> tuple[Ticket, ...]:
    """Requests that wait, of one lot if given, oldest first."""
    return tuple(_ticket(one) for one in tickets.in_state(work.session, TicketState.OPEN, lot))


def read_ticket(work: Work, number: str) -> Attached:
    """A request with the answers of its check; it is written down that they were opened.

    Refused(NOT_FOUND) when there is none of this number.
    """
    stored = tickets.named(work.session, number)
    check = checks.get(work.session, int(stored.subject.partition(":")[2])) if stored else None
    if stored is None or check is None:
        raise Refused(Reason.NOT_FOUND)
    tickets.record_opening(work.session, stored, work.now)
    return Attached(_ticket(stored), together(work, check.answers, check.sealed))


def _open(work: Work, person: Person, check: Check, version_id: int) -> None:
    one = version_of(work, version_id)
    assert check.verdict
    tickets.add(
        work.session,
        f"T-{check.answers['region']}-{one.competition.year}",
        kind=VERDICT_REVIEW,
        person_id=person.id,
        competition_id=one.id,
        lot=one.competition.lot,
        subject=_subject(check.id),
        state=TicketState.OPEN,
        context={"version": one.number, "failed": [failure.rule.value for failure in check.verdict.failures]},
        opened_at=work.now,
    )


def _subject(check_id: int) -> str:
    return f"check:{check_id}"


def _ticket(stored: StoredTicket) -> Ticket:
    failed = tuple(stored.context["failed"])
    return Ticket(stored.number, stored.lot, TicketState(stored.state), stored.opened_at, stored.telegram_id, failed)
