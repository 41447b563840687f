"""What the figures of the call centre are made of: a line a ticket, nothing of what was said or who asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import StaffMemberRow, TicketEventRow, TicketRow
from domain.figures import Case, Elapsed
from domain.ticket import TicketEvent, TicketState


def cases(session: Session, lots: Collection[str] | None, since: datetime, most: int, elapsed: Elapsed) -> list[Case]:
    """The newest tickets of these lots (None: of all) opened since then, oldest first; at most so many."""
    row, event = TicketRow, TicketEventRow
    answered = select(event.who_id).where(event.ticket_id == row.id, event.what == TicketEvent.ANSWERED)
    first = answered.order_by(event.id).limit(1).scalar_subquery()
    times = (row.opened_at, row.answered_at, row.closed_at, row.answer_by, row.solve_by)
    statement = select(row.number, row.lot, row.kind, row.state, *times, row.rating, first.label("who"))
    statement = statement.where(row.opened_at >= since)
    if lots is not None:
        statement = statement.where(row.lot.in_(lots))
    names = _names(session)
    newest = session.execute(statement.order_by(row.opened_at.desc(), row.id.desc()).limit(most)).all()
    return [
        Case(
            number=one.number,
            lot=one.lot,
            kind=one.kind,
            operator=names.get(one.who, ""),
            waiting=one.state == TicketState.WAITING,
            opened_at=one.opened_at,
            answered_at=one.answered_at,
            closed_at=one.closed_at,
            answer_by=one.answer_by,
            solve_by=one.solve_by,
            rating=one.rating,
            answer_took=elapsed(one.lot, one.opened_at, one.answered_at) if one.answered_at else None,
            solution_took=elapsed(one.lot, one.opened_at, one.closed_at) if one.closed_at else None,
        )
        for one in reversed(newest)
    ]


def _names(session: Session) -> dict[int | None, str]:
    """Everybody's name at work by person, of those who left too."""
    row = StaffMemberRow
    return {person: name for person, name in session.execute(select(row.person_id, row.name).order_by(row.id))}  # noqa: C416
