"""What the figures of the call centre are made of: a line a ticket, nothing of what was said or who asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from db.tables import StaffMemberRow, TicketEventRow, TicketRow
from domain.figures import Case
from domain.reckoner import Elapsed
from domain.ticket import TicketEvent, TicketState


@dataclass(frozen=True)
class Place:
    """How far the tickets have been read, in the order they were opened in."""

    opened_at: datetime
    id: int


def first_opened(session: Session, lots: Collection[str] | None) -> datetime | None:
    """When the oldest ticket of these lots (None: of all) was opened."""
    row = TicketRow
    oldest = select(row.opened_at).where(_among(lots)).order_by(row.opened_at).limit(1)
    return session.scalars(oldest).first()


def cases(
    session: Session, lots: Collection[str] | None, after: Place, most: int, elapsed: Elapsed
) -> tuple[list[Case], Place]:
    """The next tickets of these lots (None: of all), oldest first, and how far that was."""
    row, event = TicketRow, TicketEventRow
    answered = select(event.who_id).where(event.ticket_id == row.id, event.what == TicketEvent.ANSWERED)
    first = answered.order_by(event.id).limit(1).scalar_subquery()
    times = (row.opened_at, row.answered_at, row.closed_at, row.answer_by, row.solve_by, row.paused_at)
    statement = select(
        row.id, row.number, row.lot, row.kind, row.state, *times, row.waited, row.rating, first.label("who")
    )
    further = or_(row.opened_at > after.opened_at, row.id > after.id)
    found = session.execute(
        statement.where(row.opened_at >= after.opened_at, further, _among(lots))
        .order_by(row.opened_at, row.id)
        .limit(most)
    ).all()
    names = _names(session)
    read = [_case(one, names.get(one.who, ""), elapsed) for one in found]
    return read, Place(found[-1].opened_at, found[-1].id) if found else after


def _case(one: Row[*tuple[Any, ...]], operator: str, elapsed: Elapsed) -> Case:
    return Case(
        number=one.number,
        lot=one.lot,
        kind=one.kind,
        operator=operator,
        waiting=one.state == TicketState.WAITING,
        opened_at=one.opened_at,
        answered_at=one.answered_at,
        closed_at=one.closed_at,
        answer_by=one.answer_by,
        solve_by=one.solve_by,
        rating=one.rating,
        answer_took=elapsed(one.lot, one.opened_at, one.answered_at) if one.answered_at else None,
        solution_took=_solution_took(one, elapsed) if one.closed_at else None,
        paused_at=one.paused_at,
    )


def _solution_took(one: Row[*tuple[Any, ...]], elapsed: Elapsed) -> timedelta:
    """Until it was closed, without the working time in which it was the author's turn."""
    ours = elapsed(one.lot, one.opened_at, one.paused_at or one.closed_at)
    return max(timedelta(0), ours - timedelta(seconds=one.waited))


def _among(lots: Collection[str] | None) -> ColumnElement[bool]:
    return TicketRow.lot.in_(lots) if lots is not None else TicketRow.id > 0


def _names(session: Session) -> dict[int | None, str]:
    """Everybody's name at work by person, of those who left too."""
    row = StaffMemberRow
    return {person: name for person, name in session.execute(select(row.person_id, row.name).order_by(row.id))}  # noqa: C416
