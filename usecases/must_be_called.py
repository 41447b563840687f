"""What is important and did not arrive, since its recipient blocked the bot or is gone, becomes a call."""

from __future__ import annotations

from db import applications, call_tasks
from domain.notification import Kind, Notification
from domain.ticket import Ticket
from usecases.competitions import latest
from usecases.notify import UNREACHABLE, when_ended
from usecases.work import Work


def must_be_called(work: Work, person_id: int, why: Kind, ticket: Ticket | None = None) -> bool:
    """Put somebody on the list of calls; False when they are on it.

    Who has sent no application is called about their ticket; their number is looked for when somebody calls.
    """
    sent = next(iter(applications.of_person(work.session, person_id)), None)
    if sent:
        lot = latest(work, sent.competition_id).competition.lot
    elif ticket:
        lot = ticket.lot
    else:
        return False
    return call_tasks.add(
        work.session,
        person_id=person_id,
        application_id=sent.id if sent else None,
        ticket_id=ticket.id if ticket else None,
        lot=lot,
        why=why,
        added_at=work.now,
        next_at=work.now,
    )


@when_ended(Kind.APPLICATION)
def _news_of_application_ended(work: Work, notification: Notification, _message_id: int | None, error: str) -> None:
    if error == UNREACHABLE:
        must_be_called(work, notification.person_id, Kind.APPLICATION)
