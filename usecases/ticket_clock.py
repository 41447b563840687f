"""By when a ticket is to be answered and settled: in working time of its lot, by the targets of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ticket import TicketKind
from domain.working_time import WorkingHours, due, moved, open_at, opens, worked
from usecases.call_hours import hours_of, target_of
from usecases.work import Work


@dataclass(frozen=True)
class Office:
    """What an author is told of the call centre's hours at a moment."""

    now: datetime
    open_now: bool
    opens: datetime
    hours: WorkingHours

    def left(self, until: datetime) -> timedelta:
        """The working time that is left until a deadline."""
        return worked(self.now, until, self.hours)


def office(work: Work, lot: str) -> Office:
    """Whether the lot's call centre works now, and when it opens next."""
    hours = hours_of(work, lot)
    return Office(work.now, open_at(work.now, hours), opens(work.now, hours), hours)


def answer_due(work: Work, lot: str, kind: TicketKind, start: datetime) -> datetime:
    """When the next answer is due at the latest."""
    return due(start, timedelta(hours=target_of(work, lot, kind).answer_hours), hours_of(work, lot))


def solve_due(work: Work, lot: str, kind: TicketKind, start: datetime) -> datetime:
    """When the matter is to be settled."""
    hours = hours_of(work, lot)
    return due(start, hours.day * target_of(work, lot, kind).solution_days, hours)


def moved_on(work: Work, lot: str, due_by: datetime, paused: datetime, resumed: datetime) -> datetime:
    """A target moved by the working time in which it was the author's turn."""
    return moved(due_by, paused, resumed, hours_of(work, lot))


def waited(work: Work, lot: str, paused: datetime) -> timedelta:
    """The working time since a pause began."""
    return worked(paused, work.now, hours_of(work, lot))
