"""At the moment of sending: may this recipient still be sent it? And what became of it, into the ledger."""

from __future__ import annotations

from typing import Any

from db import announcement_ledger, announcements, consents
from db.announcement_ledger import Recipient
from domain.announcement import SENDS, Announcement, Doing, Fate
from domain.consent import ConsentKind
from domain.notification import Kind, Notification
from domain.person import Person
from domain.refusal import Refused
from usecases.announce import announcement_of
from usecases.announce_sending import TAKES
from usecases.announcement_feed import WAS, may_go, queue_card
from usecases.notify import MUTED, UNREACHABLE, when_ended, when_standing
from usecases.reached import delivered
from usecases.work import Work

NO_CONSENT = "no consent"


def to_show(work: Work, person: Person, facts: Any) -> tuple[Announcement, Recipient] | None:
    """The announcement and its line in the ledger, when this is to be shown now.

    Else None, with the line settled: back to where it was while the announcement is held back, muted when the
    person has taken their consent to keep data back.
    """
    line = announcement_ledger.recipient(work.session, facts["announcement"], person.id)
    one = announcements.get(work.session, facts["announcement"])
    if one is None or line is None or line.takes != facts["take"]:
        return None
    if not may_go(work, one) or line.operation != one.operation:
        before = _before(facts)
        announcement_ledger.settle(work.session, line, before, operation=line.operation - 1)
        return None
    if one.doing in SENDS and _refused(work, person):
        announcement_ledger.settle(work.session, line, Fate.MUTED, error=NO_CONSENT, at=work.now)
        return None
    return (one, line) if line.fate in (Fate.QUEUED, Fate.CHANGING) else None


def _before(facts: Any) -> Fate:
    """What a line was before it was taken."""
    return Fate(facts.get(WAS, TAKES[Doing(facts["doing"])][0]))


def _refused(work: Work, person: Person) -> bool:
    """Who was never asked may be told; who said no, or takes it back, not."""
    last = consents.latest(work.session, person.id, ConsentKind.PROCESSING)
    return last is not None and (not last.agreed or last.withdrawn_at is not None)


@when_ended(Kind.ANNOUNCEMENT)
def _sent_or_not(work: Work, notification: Notification, message_id: int | None, error: str) -> None:
    line = _line(work, notification)
    if line is None or (message_id is None and not error):
        return
    if error:
        fate = {UNREACHABLE: Fate.BLOCKED, MUTED: Fate.MUTED}.get(error, Fate.FAILED)
        announcement_ledger.settle(work.session, line, fate, error=error[:200], at=work.now)
    else:
        messages = list(notification.messages)
        announcement_ledger.settle(work.session, line, Fate.SENT, messages=messages, error=None, at=work.now)
        delivered(work, [line.person_id])


@when_standing(Kind.ANNOUNCEMENT)
def _stands(work: Work, notification: Notification, messages: list[int]) -> None:
    """Its album is in the chat: the ledger knows of it before the words are sent."""
    if line := _line(work, notification):
        announcement_ledger.settle(work.session, line, line.fate, messages=messages)


@when_ended(Kind.ANNOUNCEMENT_CHANGE)
def _changed_or_not(work: Work, notification: Notification, _message_id: int | None, error: str) -> None:
    """What cannot be corrected or deleted stays as it was, with the reason beside it."""
    line = _line(work, notification)
    if line is None:
        return
    deleted = not error and notification.facts["doing"] == Doing.DELETE
    fate = Fate.DELETED if deleted else _before(notification.facts)
    announcement_ledger.settle(work.session, line, fate, error=error[:200] or None)


@when_ended(Kind.ANNOUNCEMENT_CARD)
def _card_ended(work: Work, notification: Notification, message_id: int | None, _error: str) -> None:
    if message_id is not None:
        announcements.change(work.session, notification.facts["announcement"], card=message_id)


def card_shown(work: Work, drawn: Announcement, message_id: int) -> None:
    """This message in its author's chat shows its progress from here on, beginning with what it missed.

    `drawn`: as the message shows it. A short announcement can be over before its author's chat may be written to.
    """
    announcements.change(work.session, drawn.id, card=message_id)
    now = announcements.get(work.session, drawn.id)
    if now and now.stage is not drawn.stage:
        queue_card(work, now)


def maker_sees(work: Work, person: Person, announcement_id: int) -> Announcement | None:
    """The announcement, while this person may still see it."""
    try:
        return announcement_of(work, person, announcement_id)
    except Refused:
        return None


def _line(work: Work, notification: Notification) -> Recipient | None:
    """The line this notification was made for; None when it was taken anew since."""
    line = announcement_ledger.recipient(work.session, notification.facts["announcement"], notification.person_id)
    return line if line and line.takes == notification.facts["take"] else None
