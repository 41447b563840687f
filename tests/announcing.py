"""Announcements without a chat: people to send to, and the outbox carried out as the sender would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from db import announcement_ledger, announcements
from db.tables import PersonRow
from domain.announcement import Announcement, Fate, Said, Stage
from domain.audience import Audience, Field, Part, ticked
from domain.notification import Notification
from domain.person import Person
from domain.staff import Role
from tests.staff import hired
from usecases import announce, announce_correction, announce_sending, notify
from usecases.announcement_feed import feed
from usecases.announcement_outcome import to_show
from usecases.reminder_rules import load_rules
from usecases.work import Work

KK, RU = Said("Сәлем", 5), Said("Привет", 6)
NOT_STAFF = ticked(Audience(), Part.INCLUDE, 0, Field.ROLE, "none", on=True)
# No hour is quiet, and nobody is reminded of anything: there are no winners.
AT_ANY_HOUR = """
quiet_hours = "00:00-00:00"
[[reminder]]
key = "nobody"
who = "winner"
date = "projects_until"
when = ["1 hour before"]
late = "drop"
title = { kk = "–", ru = "–" }
about = { kk = "–", ru = "–" }
text = { kk = "–", ru = "–" }
"""
Delivered = Counter[int]  # person id -> how often


def people(work: Work, many: int, first: int = 100_000, **values: Any) -> None:
    """So many people, half of them speaking Kazakh; those with an even number Russian."""
    rows = [
        {
            "telegram_id": first + number,
            "language": "ru" if number % 2 else "kk",
            "place": "menu",
            "focus": "",
            "muted": [],
            "met_at": work.now,
            "seen_at": work.now,
            **values,
        }
        for number in range(many)
    ]
    work.session.execute(insert(PersonRow), rows)


def written(work: Work, author: Person, audience: Audience | None = None) -> Announcement:
    """A draft with words in both languages."""
    one = announce.begin_announcement(work, author)
    announce.say(work, author, one.id, "kk", KK)
    announce.say(work, author, one.id, "ru", RU)
    return announce.choose_audience(work, author, one.id, audience or Audience())


def running(work: Work, author: Person, audience: Audience | None = None) -> Announcement:
    """Sent, and its whole ledger built."""
    one = announce_sending.send(work, author, written(work, author, audience).id)
    while feed(work):
        pass
    return announce.known(work, one.id)


def approved(work: Work, person: Person, number: int) -> Announcement:
    """Approved by this person as it stands now."""
    return announce_correction.approve(work, person, number, announce.known(work, number).mark)


def let_go(work: Work, author: int, second: int, audience: Audience = NOT_STAFF) -> Announcement:
    """An administrator sends it, by itself to everybody outside the office, at whatever hour; another one approves it.

    Both by their Telegram numbers.
    """
    load_rules(work, AT_ANY_HOUR)
    writer, approver = (hired(work, Role.ADMINISTRATOR, number, "*") for number in (author, second))
    one = announce_sending.send(work, writer, written(work, writer, audience).id)
    return approved(work, approver, one.id) if one.stage is Stage.ASKED else one


def carry_out(
    work: Work,
    delivered: Delivered,
    most: int = 30,
    outcome: Callable[[Notification, Person], str] = lambda notification, person: "",
) -> int:
    """What the sender does with the next rows of the outbox; `outcome`: the error, empty for sent."""
    claimed = notify.claim_due(work, most)
    for notification, person in claimed:
        end(work, delivered, notification, person, outcome(notification, person))
    return len(claimed)


def end(work: Work, delivered: Delivered, notification: Notification, person: Person, error: str = "") -> None:
    """Show one notification and write its outcome."""
    if "take" not in notification.facts or to_show(work, person, notification.facts) is None:
        notify.sent(work, notification, [])
    elif error:
        notify.not_sent(work, notification, error)
    else:
        delivered[person.id] += 1
        notify.sent(work, notification, [delivered[person.id]])


def to_the_end(work: Work, delivered: Delivered, **how: Any) -> None:
    """Feed and send until nothing is left to do."""
    for _ in range(10_000):
        busy = feed(work)
        if not carry_out(work, delivered, **how) and not busy and not announcements.active(work.session, work.now):
            return
        work = replace(work, now=work.now + timedelta(seconds=1))
    raise AssertionError("it does not come to an end")


def fates(work: Work, number: int) -> dict[Fate, int]:
    """How many lines of its ledger have each fate."""
    return announcement_ledger.fates(work.session, number)
