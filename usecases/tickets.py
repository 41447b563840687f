"""Ask a living person to look: a refusal by the rules is never the last word (law gives a right to a review).

A request keeps the check it is about; the check's answers stand in the check, which never changes once judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import checks, people, ticket_queue, tickets
from db.ticket_queue import Watched
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.ticket import Ticket, TicketKind
from usecases.checks import Check
from usecases.open_ticket import open_ticket
from usecases.sealed_answers import together
from usecases.work import Work


@dataclass(frozen=True)
class Attached:
    """A ticket, its author's Telegram number, and the answers of the check it is about."""

    ticket: Ticket
    telegram_id: int
    answers: Mapping[str, Any]


def ask_a_person(work: Work, person: Person, check: Check, name: str = "") -> Ticket:
    """Ask for a person to look at this verdict; asked twice, it is the same one.

    Refused(NOT_FOUND) for a check without a verdict or with a good one.
    """
    if check.verdict is None or check.verdict.eligible or check.version_id is None:
        raise Refused(Reason.NOT_FOUND)
    subject = f"check:{check.id}"
    found = request_about(work, check) or open_ticket(
        work, person, TicketKind.VERDICT_REVIEW, subject, name=name, subject=subject
    )
    found = found or request_about(work, check)
    assert found
    return found


def request_about(work: Work, check: Check) -> Ticket | None:
    """The request to look at this check's verdict, if there is one."""
    return tickets.about(work.session, TicketKind.VERDICT_REVIEW, f"check:{check.id}")


def failed_rules(ticket: Ticket) -> tuple[str, ...]:
    """The rules (domain.eligibility.Rule) that the verdict named."""
    return tuple(ticket.context.get("failed", ()))


def open_tickets(work: Work, lot: str | None = None) -> tuple[Ticket, ...]:
    """Tickets that are not answered, of one lot if given, the most urgent first; at most a thousand."""
    return tuple(ticket_queue.watched(work.session, [lot] if lot else None, Watched.OWED, 1000))


def read_ticket(work: Work, number: str) -> Attached:
    """A ticket with the answers of its check; it is written down that they were opened, at the command line.

    Refused(NOT_FOUND) when there is none of this number.
    """
    ticket = tickets.named(work.session, number)
    author = people.get_person(work.session, ticket.person_id) if ticket else None
    if ticket is None or author is None:
        raise Refused(Reason.NOT_FOUND)
    tickets.record_opening(work.session, work.now, None, ticket.person_id, "ticket", number)
    return Attached(ticket, author.telegram_id, check_answers(work, ticket))


def check_answers(work: Work, ticket: Ticket) -> Mapping[str, Any]:
    """The answers of the check that a ticket is about; none when it is about something else."""
    key = ticket.context.get("check")
    check = checks.get(work.session, key) if key else None
    return together(work, check.answers, check.sealed) if check else {}
