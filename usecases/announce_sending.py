"""Letting an announcement go, holding it back, and what can be done about it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from db import announcement_ledger, announcement_lists
from domain.announcement import (
    DELETABLE,
    OVER,
    Announcement,
    Doing,
    Fate,
    Stage,
    require_move,
    require_stage,
)
from domain.notification import Kind, Lane
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.announce import announcement_of, change, draft_of, require_said
from usecases.announce_approval import approval_above, ask_approval, outside_quiet_hours, who_decides
from usecases.announce_audience import Reach, count_audience, sample_audience
from usecases.notify import notify, put_off
from usecases.work import Work

FURTHEST = timedelta(days=180)
MARGIN = timedelta(minutes=30)  # what Telegram still deletes when our turn comes
# What each operation takes up, and what is left when it cannot be done now.
TAKES: Mapping[Doing, tuple[Fate, ...]] = {
    Doing.SEND: (Fate.WAITING,),
    Doing.RETRY: (Fate.FAILED,),
    Doing.CORRECT: (Fate.SENT,),
    Doing.DELETE: (Fate.SENT, Fate.FAILED),  # of what failed: the part that arrived
}


def send(work: Work, person: Person, announcement_id: int, at: datetime | None = None) -> Announcement:
    """Let it go now or at this moment, both after quiet hours; a large one waits for a second person.

    Refused: NOTHING_SAID, TOO_LONG, NOBODY_MEANT, LIST_NOT_READ, MOMENT_PAST, NOT_A_STEP.
    """
    one = draft_of(work, person, announcement_id)
    require_said(one)
    if at and not work.now - timedelta(minutes=1) <= at <= work.now + FURTHEST:
        raise Refused(Reason.MOMENT_PAST)
    if announcement_lists.unread(work.session, one.audience.lists()):
        raise Refused(Reason.LIST_NOT_READ)
    size = count_audience(work, one).total
    if not size:
        raise Refused(Reason.NOBODY_MEANT)
    planned = outside_quiet_hours(work, at)
    return _let_go(work, change(work, one, asked_by=person.id), size, planned)


def _let_go(work: Work, one: Announcement, size: int, planned: datetime) -> Announcement:
    if size <= approval_above(work, one):
        return change(work, one, stage=Stage.PLANNED, planned_at=planned, size=size)
    asked = change(work, one, stage=Stage.ASKED, planned_at=planned, size=size)
    ask_approval(work, asked)
    return asked


def reach(work: Work, person: Person, announcement_id: int, turn: int = 0) -> Reach:
    """Whom a draft, or one that waits for approval, would reach now; whether one person may decide on so many."""
    one = announcement_of(work, person, announcement_id)
    require_stage(one.stage, Stage.DRAFT, Stage.ASKED)
    counted = count_audience(work, one)
    too_many = counted.total > approval_above(work, one)
    decides = who_decides(work, replace(one, asked_by=person.id)) if too_many else None
    return Reach(counted, sample_audience(work, one, turn), decides)


def pause(work: Work, person: Person, announcement_id: int) -> Announcement:
    """Nothing more leaves from this moment; what stands in the outbox goes back into the ledger."""
    return move(work, person, announcement_id, Stage.PAUSED, samples=[])


def resume(work: Work, person: Person, announcement_id: int) -> Announcement:
    one = announcement_of(work, person, announcement_id)
    require_stage(one.stage, Stage.PAUSED)
    return change(work, one, stage=Stage.RUNNING, samples=[])


def stop(work: Work, person: Person, announcement_id: int) -> Announcement:
    """For good: who has not been sent it will not be."""
    return move(work, person, announcement_id, Stage.STOPPED, samples=[], ended_at=work.now)


def move(work: Work, person: Person, announcement_id: int, new: Stage, **values: object) -> Announcement:
    """Another stage, if it can come after this one."""
    one = announcement_of(work, person, announcement_id)
    require_move(one.stage, new)
    return change(work, one, stage=new, **values)


def send_again(work: Work, person: Person, announcement_id: int) -> Announcement:
    """Try those once more whom it failed to reach; whom a stop has spared stay spared.

    Refused(NOBODY_MEANT) when there are none.
    """
    return _operate(work, person, announcement_id, Doing.RETRY, *OVER)


def delete_sent(work: Work, person: Person, announcement_id: int) -> Announcement:
    """Take away from chats what was sent there within the last 48 hours."""
    return _operate(work, person, announcement_id, Doing.DELETE, *OVER)


def _operate(work: Work, person: Person, announcement_id: int, doing: Doing, *stages: Stage) -> Announcement:
    one = announcement_of(work, person, announcement_id)
    require_stage(one.stage, *stages)
    changed = begun(work, one, doing)
    if not announcement_ledger.left(work.session, changed, TAKES[doing]):
        raise Refused(Reason.NOBODY_MEANT)
    return changed


def begun(work: Work, one: Announcement, doing: Doing) -> Announcement:
    """It runs, as an operation of its own."""
    values = {"doing": doing, "operation": one.operation + 1, "returns_to": _returns_to(one)}
    return change(work, one, stage=Stage.RUNNING, samples=[], ended_at=None, **values)


def _returns_to(one: Announcement) -> Stage | None:
    """Where it stands afterwards: one that was stopped stays so, one that was held back is held back."""
    if one.stage is Stage.PAUSED and one.doing is not Doing.SEND:
        return one.returns_to
    return None if one.stage is Stage.DONE else one.stage


def deletable_since(now: datetime) -> datetime:
    """What was sent before this moment stays."""
    return now - DELETABLE + MARGIN


def tell_album(work: Work, person: Person, announcement_id: int, album: str, at: datetime) -> None:
    """Show the draft once the album has arrived: each further part puts that off."""
    facts: dict[str, Any] = {"announcement": announcement_id, "event": "album"}
    if not notify(work, person.id, Kind.ANNOUNCEMENT_NEWS, f"album:{album}", lane=Lane.RECEIPT, at=at, **facts):
        put_off(work, person.id, Kind.ANNOUNCEMENT_NEWS, f"album:{album}", at)
