"""Nobody's answer is forgotten: who holds a ticket is warned before it is late, then who watches, then who answers
for all; where a lot has none of these, whoever can invite some. A timer asks every minute; each warning is marked on
the ticket, so none goes out twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from db import staff, ticket_watch, tickets
from domain.notification import Kind, Lane
from domain.staff import Action, Member, Presence, Role
from domain.staff_group import Why
from domain.ticket import Clock, Ticket, TicketState
from domain.ticket_rights import may_handle
from domain.working_time import WorkingHours, due, due_before
from usecases.call_hours import hours_of
from usecases.group_cards import show_in_groups
from usecases.notify import notify
from usecases.work import Work

MOST_NAMED = 20  # tickets in one warning; it says how many more there are


class Level(IntEnum):
    """How far it has come."""

    NEAR = 1  # to whoever holds it, or could take it
    LATE = 2  # also to the supervisors
    LONG_LATE = 3  # also to the coordinators


WATCHERS = (Role.SUPERVISOR, Role.COORDINATOR, Role.ADMINISTRATOR)  # who is told where nobody nearer is there
# How much working time before or after a deadline each level begins.
BEFORE = {Clock.ANSWER: timedelta(hours=1), Clock.SOLUTION: timedelta(hours=8)}
AFTER = {Clock.ANSWER: timedelta(hours=4), Clock.SOLUTION: timedelta(hours=8)}


def watch_clocks(work: Work) -> int:
    """Warn of every deadline that has come near or passed since the last time; how many warnings were queued."""
    members = staff.members(work.session)
    return sum(
        _warn(work, clock, lot, level, members)
        for lot in ticket_watch.lots_with_work(work.session)
        for clock in Clock
        for level in reversed(Level)  # what is long late is not told of as near besides
    )


def still_due(work: Work, ticket_ids: Iterable[int], clock: Clock) -> tuple[Ticket, ...]:
    """Those of the tickets in which an answer is still owed, when the warning is about to be shown."""
    return ticket_watch.owed(work.session, ticket_ids, clock)


def _warn(work: Work, clock: Clock, lot: str, level: Level, members: Sequence[Member]) -> int:
    until = _until(work.now, clock, level, hours_of(work, lot))
    found = ticket_watch.warn(work.session, clock, lot, until, level)
    if clock is Clock.ANSWER:
        _show_in_groups(work, found, level)
    told: dict[int, list[int]] = {}
    for ticket in found:
        barred = tickets.barred(work.session, ticket.id)
        able = [one for one in members if one.person_id not in barred]
        for person_id in _told(ticket, level, able):
            told.setdefault(person_id, []).append(ticket.id)
    return sum(_tell(work, person_id, clock, level, ids) for person_id, ids in told.items())


def _show_in_groups(work: Work, found: Sequence[Ticket], level: Level) -> None:
    """Groups see what is late, and before that what nobody has taken."""
    for ticket in found:
        if level is not Level.NEAR:
            show_in_groups(work, ticket, Why.OVERDUE)
        elif ticket.holder_id is None:
            show_in_groups(work, ticket, Why.UNANSWERED)


def _until(now: datetime, clock: Clock, level: Level, hours: WorkingHours) -> datetime:
    """Deadlines up to this moment are of this level."""
    match level:
        case Level.NEAR:
            return due(now, BEFORE[clock], hours)
        case Level.LATE:
            return now
        case Level.LONG_LATE:
            return due_before(now, AFTER[clock], hours)


def _tell(work: Work, person_id: int, clock: Clock, level: Level, ids: Sequence[int]) -> bool:
    facts: dict[str, Any] = {
        "clock": clock.value,
        "level": int(level),
        "tickets": list(ids[:MOST_NAMED]),
        "count": len(ids),
    }
    subject = f"{clock}:{level}:{ids[0]}:{work.now.isoformat()}"
    return notify(work, person_id, Kind.TICKET_DUE, subject, lane=Lane.REMINDER, **facts)


def _told(ticket: Ticket, level: Level, members: Sequence[Member]) -> set[int]:
    """Person ids. Nobody is told of a ticket of their own; where a level has nobody in the lot, the next is told."""
    others = [one for one in members if one.person_id != ticket.person_id]
    supervisors, coordinators, rulers = (_of(ticket, role, others) for role in WATCHERS)
    told = _at_work(ticket, others)
    if level >= Level.LATE or not _served(ticket, others):
        told |= supervisors or coordinators or rulers
    if level is Level.LONG_LATE:
        told |= coordinators or rulers
    return told


def _at_work(ticket: Ticket, members: Sequence[Member]) -> set[int]:
    """Whoever holds it; while nobody does, those on duty who could take it."""
    if ticket.holder_id is not None and ticket.state is TicketState.TAKEN:
        return {ticket.holder_id}
    return {one.person_id for one in members if one.presence is Presence.ON_DUTY and _is_for(one, ticket)}


def _served(ticket: Ticket, members: Sequence[Member]) -> bool:
    """Whether somebody, at work or not, has it or is there for its queue."""
    return ticket.holder_id is not None or any(_is_for(one, ticket) for one in members)


def _is_for(member: Member, ticket: Ticket) -> bool:
    return member.role == ticket.role and may_handle(member, ticket, Action.TAKE_TICKET)


def _of(ticket: Ticket, role: Role, members: Sequence[Member]) -> set[int]:
    return {one.person_id for one in members if one.role is role and (not ticket.lot or one.serves(ticket.lot))}
