"""The call centre's queue: what waits, in which order, and taking it so that two never hold one ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from db.dialects import affected
from db.tables import TicketBarredRow, TicketRow
from db.tickets import NOT_CLOSED, read
from domain.ticket import Ticket, TicketKind, TicketState

MOST_COUNTED = 1000  # counting goes no further: a screen says "more than"


class Watched(StrEnum):
    """Whose turn it is in what a supervisor sees."""

    OWED = "owed"  # ours
    WAITING = "waiting"  # their authors'
    CLOSED = "closed"  # nobody's


@dataclass(frozen=True)
class Share:
    """A part of the queue that somebody may serve: these roles' tickets in this lot (None: in any)."""

    lot: str | None
    roles: tuple[str, ...]
    appeals: bool  # whether appeals are among them


@dataclass(frozen=True)
class Wanted:
    """Which tickets of the shares: of one kind, of one lot, only those overdue at a moment."""

    kind: str | None = None
    lot: str | None = None
    overdue_at: datetime | None = None


def waiting(
    session: Session, person_id: int, shares: Sequence[Share], wanted: Wanted, most: int, skip: int = 0
) -> list[Ticket]:
    """Tickets in the queue that this person may take, the most urgent first."""
    return _most_urgent(session, person_id, shares, wanted, most + skip)[skip:]


def count_waiting(session: Session, person_id: int, shares: Sequence[Share], wanted: Wanted) -> int:
    """How many tickets in the queue this person may take, counted up to MOST_COUNTED."""
    total = 0
    for share in shares:
        for role in share.roles:
            some = _in_queue(person_id, share, role, wanted).with_only_columns(TicketRow.id).limit(MOST_COUNTED)
            total += session.scalars(select(func.count()).select_from(some.subquery())).one()
    return min(total, MOST_COUNTED)


def kept_from(session: Session, person_id: int, shares: Sequence[Share], wanted: Wanted, most: int) -> list[Ticket]:
    """Tickets in the queue that would be this person's to take, were they not about them; the most urgent first."""
    return _most_urgent(session, person_id, shares, wanted, most, barred=True)


def held_by(session: Session, person_id: int, most: int, skip: int = 0) -> list[Ticket]:
    """What this person holds: what they must act on first, then by deadline."""
    row = TicketRow
    mine = select(row).where(row.holder_id == person_id, row.state.in_(NOT_CLOSED))
    ordered = mine.order_by(row.state == TicketState.WAITING, row.due_by, row.id).limit(most).offset(skip)
    return [read(one) for one in session.scalars(ordered)]


def count_held(session: Session, person_id: int) -> int:
    """How many tickets this person holds."""
    row = TicketRow
    mine = select(func.count()).where(row.holder_id == person_id, row.state.in_(NOT_CLOSED))
    return session.scalars(mine).one()


def take(session: Session, ticket: Ticket, person_id: int, state: TicketState) -> bool:
    """Become the holder of a ticket that nobody holds. The conditional update decides: of two only one gets it."""
    row = TicketRow
    free = (row.id == ticket.id) & (row.state == ticket.state) & row.holder_id.is_(None)
    return affected(session, update(row).where(free).values(holder_id=person_id, state=state)) == 1


def watched(session: Session, lots: Sequence[str] | None, which: Watched, most: int, skip: int = 0) -> list[Ticket]:
    """What a supervisor sees in these lots (None: in all): what is owed by deadline, what is closed newest first."""
    row = TicketRow
    states, order = {
        Watched.OWED: ((TicketState.OPEN, TicketState.TAKEN), row.due_by),
        Watched.WAITING: ((TicketState.WAITING,), row.paused_at),
        Watched.CLOSED: ((TicketState.CLOSED,), row.closed_at.desc()),
    }[which]
    statement = select(row).where(row.state.in_(states), _among(lots))
    return [read(one) for one in session.scalars(statement.order_by(order, row.id).limit(most).offset(skip))]


def _among(lots: Sequence[str] | None) -> ColumnElement[bool]:
    return TicketRow.lot.in_([*lots, ""]) if lots is not None else TicketRow.id > 0


def _most_urgent(
    session: Session, person_id: int, shares: Sequence[Share], wanted: Wanted, most: int, *, barred: bool = False
) -> list[Ticket]:
    """Each share is asked by itself, along the index and no further than needed; what they find is merged."""
    found: dict[int, TicketRow] = {}
    for share in shares:
        for role in share.roles:
            some = _in_queue(person_id, share, role, wanted, barred=barred)
            ordered = some.order_by(TicketRow.due_by, TicketRow.id).limit(most)
            found |= {row.id: row for row in session.scalars(ordered)}
    by_deadline = sorted(found.values(), key=lambda row: (row.due_by is None, row.due_by, row.id))
    return [read(row) for row in by_deadline[:most]]


def _in_queue(person_id: int, share: Share, role: str, wanted: Wanted, *, barred: bool = False) -> Select[TicketRow]:
    row, bar = TicketRow, TicketBarredRow
    kept = exists().where(and_(bar.ticket_id == row.id, bar.person_id == person_id))
    mine = (row.person_id != person_id, kept if barred else ~kept)
    statement = select(row).where(row.state == TicketState.OPEN, row.role == role, *mine)
    if not share.appeals:
        statement = statement.where(row.kind != TicketKind.APPEAL)
    lot = share.lot if share.lot is not None else wanted.lot
    if lot is not None:
        statement = statement.where(row.lot == lot)
    if wanted.lot is not None and share.lot not in (None, wanted.lot):
        statement = statement.where(or_(row.id < 0))  # another lot than the one asked for
    if wanted.kind is not None:
        statement = statement.where(row.kind == wanted.kind)
    if wanted.overdue_at is not None:
        statement = statement.where(row.due_by < wanted.overdue_at)
    return statement
