"""Brings announcements on their way, a small step at a time: builds the ledger, keeps the outbox short, notes the end.

Each step is a transaction that can be cut off anywhere: what it had not written is done by the next. The outbox
holds at most some hundred rows of an announcement, so that a pause takes effect at once and others' news pass it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from db import announcement_jobs, announcement_ledger, announcements, notifications
from domain.announcement import SENDS, Announcement, Doing, Fate, Stage
from domain.announcement_progress import Progress, rate
from domain.notification import FIRST_ALBUM, Kind, Lane
from usecases.announce import change
from usecases.announce_approval import NOT_APPROVED, ask_approval, needs_second_person, tell
from usecases.announce_audience import clause_of, count_audience
from usecases.announce_sending import TAKES, deletable_since
from usecases.notify import notify, quiet_until
from usecases.work import Work

BUILD = 2_000  # people looked at in one step
FEED, FEED_BELOW = 300, 150  # lines put into the outbox, when so few stand in it
WAS = "was"  # the fate of a line before its correction or deletion, among the facts of the notification
TOO_OLD = "older than 48 hours"  # the error of a line that Telegram does not delete any more
OLD = 5_000  # lines too old to be deleted that one step marks
CARD_EVERY = timedelta(seconds=5)
CARD_EVERY_OF_MANY = timedelta(seconds=30)  # counting a million lines takes a moment of everybody's time
MANY = 200_000
SAMPLES = 12


def anything_to_do(work: Work) -> bool:
    """Whether an announcement is on its way or due, a table is waited for, or a list is to be read: one statement."""
    return announcement_jobs.waiting(work.session, work.now)


def feed(work: Work, outbox: int = 0) -> bool:
    """One step of every announcement that is on its way; whether another step would do something at once.

    `outbox`: rows that are to stand there at the least, where they leave faster than usual.
    """
    busy = False
    for number in announcements.active(work.session, work.now):
        if one := announcements.claim(work.session, number):
            busy = _step(work, one, outbox) or busy
    return busy


def _step(work: Work, one: Announcement, outbox: int) -> bool:
    if one.stage is Stage.PLANNED:
        return _begin(work, one)
    if one.stage is not Stage.RUNNING:
        return False
    if not one.built:
        return _build(work, one)
    busy = _top_up(work, one, outbox) if may_go(work, one) else False
    _show_card(work, one)
    return busy


def may_go(work: Work, one: Announcement) -> bool:
    """Whether it may reach people at this moment, before quiet hours begin. Taking away and correcting wakes nobody."""
    return one.stage is Stage.RUNNING and (one.doing not in SENDS or quiet_until(work) is None)


def _begin(work: Work, one: Announcement) -> bool:
    """Its time has come: look once more whether it may go, then build the ledger."""
    if later := quiet_until(work):
        change(work, one, planned_at=later)
        return False
    size = count_audience(work, one).total
    if needs_second_person(work, one, size):
        asked = change(work, one, stage=Stage.ASKED, size=size, **NOT_APPROVED)
        ask_approval(work, asked)
        if one.author_id:
            tell(work, one, one.author_id, "grown")
        return False
    until = announcement_ledger.last_person(work.session)
    begun = {"doing": Doing.SEND, "operation": 1, "begun_at": work.now, "build_until": until, "built_to": 0}
    change(work, one, stage=Stage.RUNNING, size=size, **begun)
    return True


def _build(work: Work, one: Announcement) -> bool:
    """The next people into the ledger. New ones who came since it began are not among them."""
    assert one.build_until is not None
    among = clause_of(work, one)
    reached = announcement_ledger.build(work.session, one.id, among, one.built_to, one.build_until, BUILD)
    announcements.change(work.session, one.id, built_to=reached)
    return True


def _top_up(work: Work, one: Announcement, outbox: int) -> bool:
    standing = announcement_ledger.in_outbox(work.session, one.id)
    outbox = outbox if one.doing in SENDS else 0  # corrections and deletions leave at the free pace
    if standing >= max(FEED_BELOW, outbox):
        return False
    if one.doing is Doing.DELETE:
        before = deletable_since(work.now)
        if announcement_ledger.too_old(work.session, one, TAKES[one.doing], before, TOO_OLD, OLD):
            return True
    into = Fate.QUEUED if one.doing in SENDS else Fate.CHANGING
    if lines := announcement_ledger.take(work.session, one, TAKES[one.doing], into, FEED):
        _queue(work, one, lines)
        # the outbox empties faster than a step a second fills it
        return standing < FEED_BELOW // 3 or standing + len(lines) < outbox
    if not standing:
        _end(work, one)
    return False


def _queue(work: Work, one: Announcement, lines: list[announcement_ledger.Recipient]) -> None:
    """Rows of the outbox in the transaction that marks the lines: never the one without the other."""
    kind = Kind.ANNOUNCEMENT if one.doing in SENDS else Kind.ANNOUNCEMENT_CHANGE
    told = [
        (
            line.person_id,
            f"{one.id}:{line.operation}:{line.takes}",
            {"announcement": one.id, "take": line.takes, "doing": one.doing.value} | _standing(one, line),
        )
        for line in lines
    ]
    notifications.add_each(work.session, kind, Lane.BROADCAST, work.now, told)


def _standing(one: Announcement, line: announcement_ledger.Recipient) -> dict[str, Any]:
    """Of who has its album, but not its words, since an earlier take: it goes on from there, or goes back to failed."""
    if one.doing not in SENDS:
        return {WAS: line.fate.value}
    if not line.messages:
        return {}
    return {notifications.STANDS: {FIRST_ALBUM: list(line.messages)}}


def _end(work: Work, one: Announcement) -> None:
    """Done; or, after a correction, where it stood before: held back with the rest to be sent, or stopped."""
    stage, back = one.returns_to or Stage.DONE, one.returns_to is Stage.PAUSED
    doing, ended_at = (Doing.SEND, None) if back else (one.doing, work.now)
    ended = change(work, one, stage=stage, doing=doing, returns_to=None, ended_at=ended_at, samples=[])
    queue_card(work, ended)
    if one.author_id:
        tell(work, ended, one.author_id, "corrected" if back else "done")


def progress_of(work: Work, one: Announcement) -> Progress:
    """How far it is, as of now."""
    fates = announcement_ledger.fates(work.session, one.id)
    left = _left(work, one) if one.stage in (Stage.RUNNING, Stage.PAUSED) else 0
    partly = announcement_ledger.partly_there(work.session, one.id) if fates.get(Fate.FAILED) else 0
    return Progress(fates, left, rate(one.samples), partly)


def _left(work: Work, one: Announcement) -> int:
    waiting = announcement_ledger.left(work.session, one, TAKES[one.doing])
    return waiting + announcement_ledger.in_outbox(work.session, one.id)


def _show_card(work: Work, one: Announcement) -> None:
    """Now and then the message with its progress is brought up to date."""
    every = CARD_EVERY_OF_MANY if (one.size or 0) > MANY else CARD_EVERY
    if one.card_at and work.now - one.card_at < every:
        return
    samples = [*one.samples, (work.now.timestamp(), _left(work, one))][-SAMPLES:]
    announcements.change(work.session, one.id, samples=samples, card_at=work.now)
    queue_card(work, one)


def queue_card(work: Work, one: Announcement) -> None:
    """The message with its progress is drawn anew, once, however often it is asked for meanwhile."""
    stream = f"announcement:{one.id}"
    if one.card is None or one.author_id is None or notifications.waiting_in(work.session, stream):
        return
    subject = f"{one.id}:{one.operation}:{one.stage}:{work.now.isoformat()}"
    notify(work, one.author_id, Kind.ANNOUNCEMENT_CARD, subject, lane=Lane.REMINDER, stream=stream, announcement=one.id)
