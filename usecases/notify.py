"""Tell somebody something: a row in the outbox, in the same transaction as the change it tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from db import notifications, people
from domain.notification import UNASKED, Kind, Lane, Notification, Outcome, optional_kinds
from domain.person import Person
from domain.quiet_hours import allowed_at, is_quiet
from usecases.reminder_rules import quiet_hours
from usecases.work import Work

STUCK_AFTER = timedelta(minutes=5)
MOST_TRIES = 8
SENDING_TAKES = timedelta(minutes=1)  # so long before the quiet hours nothing unasked is begun any more
QUIET = "quiet hours"  # the error of a row that waits for their end
REFUSED = "refused: "  # begins the error of a row that Telegram did not take, before its words
UNREACHABLE = "unreachable"  # the error of a row whose recipient blocked the bot or is gone
MUTED = "muted"  # what those are told of whose notification was not sent because its recipient switched the kind off


def notify(
    work: Work,
    person_id: int,
    kind: Kind,
    subject: str,
    *,
    lane: Lane = Lane.RECEIPT,
    at: datetime | None = None,
    stream: str | None = None,
    chat: int | None = None,
    **facts: Any,
) -> bool:
    """Queue a notification; False when this one (person, kind, subject) exists already.

    `facts` are what its words need, as JSON values; no personal data. Those of one `stream` go in the order in
    which they were queued. `chat`: a group (its Telegram number) instead of the person's own chat.
    """
    due = at or work.now
    return notifications.add(work.session, person_id, kind, subject, lane, due, facts, stream=stream, chat_id=chat)


def put_off(work: Work, person_id: int, kind: Kind, subject: str, at: datetime) -> bool:
    """Move a notification that has not gone yet; False when it has, or never was."""
    return notifications.put_off(work.session, person_id, kind, subject, at)


def group_moved(work: Work, chat: int, to: int) -> None:
    """A group has become a supergroup: what is queued for its old number goes to the new one."""
    notifications.move_chat(work.session, chat, to)


Ended = Callable[[Work, Notification, int | None, str], None]  # the message's number; the error, empty if sent
_ENDED: dict[Kind, Ended] = {}


def when_ended(kind: Kind) -> Callable[[Ended], Ended]:
    """The decorated function is told how notifications of this kind end, in the transaction that notes it."""

    def keep(told: Ended) -> Ended:
        _ENDED[kind] = told
        return told

    return keep


Stood = Callable[[Work, Notification, list[int]], None]  # the numbers of the messages
_STANDING: dict[Kind, Stood] = {}


def when_standing(kind: Kind) -> Callable[[Stood], Stood]:
    """The decorated function is told which messages stand, before the rest of the notification is sent."""

    def keep(told: Stood) -> Stood:
        _STANDING[kind] = told
        return told

    return keep


def claim_due(work: Work, most: int, lanes: Iterable[Lane] = Lane) -> list[tuple[Notification, Person]]:
    """Take up to `most` due notifications of these lanes with their recipients; not what a recipient switched off."""
    claimed: list[tuple[Notification, Person]] = []
    taken = notifications.claim(work.session, work.now, most, lanes)
    recipients = people.get_people(work.session, {notification.person_id for notification in taken})
    later = quiet_until(work) if any(one.kind in UNASKED for one in taken) else None
    for notification in taken:
        person = recipients.get(notification.person_id)
        if person is None or (person.unreachable and notification.chat is None):
            not_sent(work, notification, UNREACHABLE)
        elif notification.kind in person.muted and notification.kind in optional_kinds():
            notifications.finish(work.session, notification, Outcome.MUTED, work.now)
            _tell(work, notification, None, MUTED)
        elif later and notification.kind in UNASKED:
            notifications.wait(work.session, notification, later, QUIET)
        else:
            claimed.append((notification, person))
    return claimed


def sent(work: Work, notification: Notification, messages: Sequence[int]) -> None:
    """It is in the chat, as these messages; none when there was nothing to show any more."""
    last = messages[-1] if messages else None
    outcome = Outcome.SENT if messages else Outcome.DONE
    notifications.finish(work.session, notification, outcome, work.now, message_id=last, error=None)
    _tell(work, replace(notification, messages=tuple(messages)), last, "")


def stands(work: Work, notification: Notification, standing: Mapping[str, list[int]]) -> None:
    """Some of its messages stand in the chat, by the names of their steps; the rest goes on from there."""
    notifications.stands(work.session, notification, standing)
    if told := _STANDING.get(notification.kind):
        told(work, notification, [number for numbers in standing.values() for number in numbers])


def not_sent(work: Work, notification: Notification, error: str) -> None:
    """A fault that will not pass: the row ends as failed."""
    notifications.finish(work.session, notification, Outcome.FAILED, work.now, error=error[:200])
    _tell(work, notification, None, error)


def wait(work: Work, notification: Notification, why: str, after: timedelta) -> None:
    """Telegram wants it later: back into the queue, as often as need be; that uses up no tries."""
    notifications.wait(work.session, notification, work.now + after, why)


def try_again(work: Work, notification: Notification, error: str, after: timedelta) -> None:
    """A passing fault: back into the queue, until the tries are used up."""
    if notification.used_up >= MOST_TRIES:
        not_sent(work, notification, error)
    else:
        notifications.again(work.session, notification, work.now + after, error[:200])


def still_sending(work: Work, claimed: Iterable[Notification]) -> None:
    """These are on their way in a sender that lives."""
    notifications.still_sending(work.session, claimed, work.now)


def free_stuck(work: Work) -> int:
    """Bring back what a dead sender had claimed; how many."""
    return notifications.free_stuck(work.session, work.now - STUCK_AFTER)


def put_off_unasked(work: Work) -> int:
    """In the quiet hours what nobody waits for is due at their end; how many rows.

    Outside them it is due at once again: the clock was wrong when it was put off, or the hours were others.
    """
    if later := quiet_until(work):
        return notifications.put_off_kinds(work.session, UNASKED, work.now, later, QUIET)
    return notifications.call_back(work.session, Lane.REMINDER, work.now, QUIET)


def quiet_until(work: Work) -> datetime | None:
    """The end of the quiet hours, if what is begun now would arrive in them."""
    quiet, arrives = quiet_hours(work), work.now + SENDING_TAKES
    return allowed_at(arrives, quiet) if is_quiet(work.now, quiet) or is_quiet(arrives, quiet) else None


def _tell(work: Work, notification: Notification, message_id: int | None, error: str) -> None:
    if told := _ENDED.get(notification.kind):
        told(work, notification, message_id, error)
