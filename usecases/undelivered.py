"""An answer that did not arrive: whoever holds the ticket is told why, and what is owed again is owed.

Who blocked the bot or is gone becomes a call (`must_be_called`). Whom Telegram merely did not bring this one message
is still there: where nothing else has answered them, it is our turn again, with the deadline that it had.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db import ticket_messages, tickets
from domain.notification import Kind, Lane, Notification
from domain.person import Person
from domain.ticket import Delivery, Side, Ticket, TicketEvent, TicketState, TicketStep
from usecases import notify as outbox
from usecases.assign_tickets import opened
from usecases.deliver_tickets import stream_of, ticket_of_holder
from usecases.must_be_called import must_be_called
from usecases.notify import notify, when_ended
from usecases.ticket_arrivals import reply_arrived
from usecases.ticket_clock import answer_due
from usecases.ticket_steps import record, step
from usecases.ticket_words import parts_said
from usecases.work import Work

ON_THE_WAY = (Delivery.DUE, Delivery.DELIVERED)


def lost_to_show(work: Work, holder: Person, facts: Any) -> tuple[Ticket, bool] | None:
    """What a holder is told of: the ticket, and whether its author is gone; None when they hold it no more."""
    ticket = ticket_of_holder(work, holder, facts["ticket"])
    gone = facts.get("gone", True)  # rows of older versions of the program do not say why
    return (ticket, gone) if ticket else None


@when_ended(Kind.TICKET_REPLY)
def _reply_ended(work: Work, notification: Notification, message_id: int | None, error: str) -> None:
    if error:
        _not_arrived(work, notification, gone=error == outbox.UNREACHABLE)
    elif message_id is not None:
        reply_arrived(work, notification, message_id)


def _not_arrived(work: Work, notification: Notification, *, gone: bool) -> None:
    ticket = tickets.get(work.session, notification.facts["ticket"])
    _mark(work, notification, Delivery.BLOCKED if gone else Delivery.FAILED)
    if gone:
        must_be_called(work, notification.person_id, Kind.TICKET_REPLY, ticket)
    elif ticket and ticket.state is TicketState.WAITING:
        ticket = _owed_again(work, ticket)
    if ticket and ticket.holder_id:
        subject, facts = str(notification.facts["message"]), {**notification.facts, "gone": gone}
        stream = stream_of(ticket, ticket.holder_id)
        notify(work, ticket.holder_id, Kind.TICKET_UNDELIVERED, subject, lane=Lane.REPLY, stream=stream, **facts)


def _mark(work: Work, notification: Notification, state: Delivery) -> None:
    """The message has not arrived, and of an album none of the parts that were on their way."""
    facts, author_id = notification.facts, notification.person_id
    known = ticket_messages.deliveries(work.session, facts["ticket"], author_id)
    parts = parts_said(work, facts["message"], facts["ticket"]) if "album" in facts else ()
    due = [one.message_id for one in parts if known.get(one.message_id, (None, 0))[0] is Delivery.DUE]
    for key in due:
        ticket_messages.delivered(work.session, key, author_id, state, work.now, version=0)
    if not due:
        ticket_messages.delivered(work.session, facts["message"], author_id, state, work.now)


def _owed_again(work: Work, ticket: Ticket) -> Ticket:
    """Back to its holder, or into the queue; as it is when an earlier answer has arrived since the author wrote."""
    since, answered = _owed_since(work, ticket)
    if since is None:
        return ticket
    due = {"due_by": answer_due(work, ticket.lot, ticket.kind, since), "paused_at": None}
    first = {} if answered else {"answered_at": None}
    back = step(work, ticket, TicketStep.BOUNCE, holder_id=ticket.holder_id, **due, **first)
    record(work, back, TicketEvent.UNDELIVERED, None)
    if back.state is TicketState.OPEN:
        opened(work, back)
    return back


def _owed_since(work: Work, ticket: Ticket) -> tuple[datetime | None, bool]:
    """Since when an answer is owed, by what has arrived (None: it is not); and whether any answer ever has."""
    known = ticket_messages.deliveries(work.session, ticket.id, ticket.person_id)
    asked = [(ticket.opened_at, True)]
    asked += [
        (at, True)
        for at, what, _who, _facts in tickets.history(work.session, ticket.id)
        if what is TicketEvent.REOPENED
    ]
    for one in ticket_messages.of_ticket(work.session, ticket.id):
        state, version = known.get(one.message_id, (Delivery.DELIVERED, 0))
        if one.side is Side.AUTHOR:
            asked.append((one.at, True))
        elif one.side is Side.OPERATOR and one.number == 1 and (version or state in ON_THE_WAY):
            asked.append((one.at, False))
    since: datetime | None = None
    for at, by_author in sorted(asked, key=lambda line: line[0]):
        since = (since or at) if by_author else None
    return since, not all(by_author for _at, by_author in asked)
