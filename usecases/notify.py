"""Tell somebody something: a row in the outbox, in the same transaction as the change it tells of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from db import notifications, people
from domain.notification import Kind, Lane, Notification, Outcome, optional_kinds
from domain.person import Person
from usecases.work import Work

STUCK_AFTER = timedelta(minutes=5)
MOST_TRIES = 8


def notify(
    work: Work,
    person_id: int,
    kind: Kind,
    subject: str,
    *,
    lane: Lane = Lane.RECEIPT,
    at: datetime | None = None,
    **facts: Any,
) -> bool:
    """Queue a notification; False when this one (person, kind, subject) exists already.

    `facts` are what its words need, as JSON values; no personal data.
    """
    return notifications.add(work.session, person_id, kind, subject, lane, at or work.now, facts)


def put_off(work: Work, person_id: int, kind: Kind, subject: str, at: datetime) -> bool:
    """Move a notification that has not gone yet; False when it has, or never was."""
    return notifications.put_off(work.session, person_id, kind, subject, at)


def claim_due(work: Work, most: int) -> list[tuple[Notification, Person]]:
    """Take up to `most` due notifications with their recipients; not what the recipient switched off."""
    claimed = []
    for notification in notifications.claim(work.session, work.now, most):
        person = people.get_person(work.session, notification.person_id)
        if person is None or person.unreachable:
            notifications.finish(work.session, notification, Outcome.FAILED, work.now, error="unreachable")
        elif notification.kind in person.muted and notification.kind in optional_kinds():
            notifications.finish(work.session, notification, Outcome.MUTED, work.now)
        else:
            claimed.append((notification, person))
    return claimed


def sent(work: Work, notification: Notification, message_id: int | None) -> None:
    notifications.finish(work.session, notification, Outcome.SENT, work.now, message_id=message_id, error=None)


def not_sent(work: Work, notification: Notification, error: str) -> None:
    """A fault that will not pass: the row ends as failed."""
    notifications.finish(work.session, notification, Outcome.FAILED, work.now, error=error[:200])


def try_again(work: Work, notification: Notification, error: str, after: timedelta) -> None:
    """A passing fault: back into the queue, until the tries are used up."""
    if notification.tries >= MOST_TRIES:
        not_sent(work, notification, error)
    else:
        notifications.again(work.session, notification, work.now + after, error[:200])


def free_stuck(work: Work) -> int:
    """Bring back what a dead sender had claimed; how many."""
    return notifications.free_stuck(work.session, work.now - STUCK_AFTER)
