"""How much each holds, and which deadlines come near: for giving tickets out and for warnings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.tables import TicketRow
from db.tickets import NOT_CLOSED, read
from domain.ticket import Clock, Ticket, TicketState

OURS = (TicketState.OPEN, TicketState.TAKEN)  # an answer is owed


def in_hand(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    """How many tickets each of these must act on; whoever has none is not named."""
    row = TicketRow
    mine = select(row.holder_id, func.count()).where(row.holder_id.in_(person_ids), row.state == TicketState.TAKEN)
    return {int(holder or 0): count for holder, count in session.execute(mine.group_by(row.holder_id))}


def all_held_by(session: Session, person_id: int) -> list[Ticket]:
    """Everything this person holds, also what waits for its author."""
    row = TicketRow
    held = select(row).where(row.holder_id == person_id, row.state.in_(NOT_CLOSED)).order_by(row.id)
    return [read(one) for one in session.scalars(held)]


def lots_with_work(session: Session) -> list[str]:
    """The lots in which an answer is owed to somebody."""
    row = TicketRow
    return list(session.scalars(select(row.lot).where(row.state.in_(OURS)).distinct().order_by(row.lot)))


def warn(session: Session, clock: Clock, lot: str, by: datetime, level: int) -> list[Ticket]:
    """The tickets of a lot whose deadline is not after `by`, marked as warned of at this level; each only once."""
    row = TicketRow
    deadline, warned = _columns(clock)
    near = (row.lot == lot, row.state.in_(OURS), deadline <= by, warned < level)
    taken = session.scalars(update(row).where(*near).values({warned.key: level}).returning(row.id)).all()
    found = session.scalars(select(row).where(row.id.in_(taken)).order_by(deadline, row.id))
    return [read(one) for one in found]


def owed(session: Session, ticket_ids: Iterable[int], clock: Clock) -> tuple[Ticket, ...]:
    """Those of these tickets in which an answer is owed, by their deadlines."""
    row = TicketRow
    known = select(row).where(row.id.in_(list(ticket_ids)), row.state.in_(OURS))
    return tuple(read(one) for one in session.scalars(known.order_by(_columns(clock)[0], row.id)))


def move_deadlines(session: Session, lot: str, now: datetime, move: Callable[[datetime, datetime], datetime]) -> int:
    """Put the deadlines of a lot's tickets where `move` says; how many tickets have others now.

    `move` is told a deadline and the moment from which its time is still to run: now, or when the author's turn began.
    """
    row = TicketRow
    found = session.scalars(select(row).where(row.lot == lot, row.state.in_(NOT_CLOSED))).all()
    moved = 0
    for one in found:
        before, since = (one.due_by, one.answer_by, one.solve_by), one.paused_at or now
        one.due_by, one.answer_by, one.solve_by = (move(by, since) if by else None for by in before)
        moved += (one.due_by, one.answer_by, one.solve_by) != before
    session.flush()
    return moved


def _columns(clock: Clock) -> tuple[InstrumentedAttribute[datetime | None], InstrumentedAttribute[int]]:
    if clock is Clock.ANSWER:
        return TicketRow.due_by, TicketRow.warned
    return TicketRow.solve_by, TicketRow.warned_solution
