"""Who is to be telephoned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_new
from db.tables import ApplicationRow, CallTaskRow, PersonRow, TicketRow
from domain.call import CallTask


def add(session: Session, **values: Any) -> bool:
    """A new task; False while there is one about this application, or this ticket."""
    return insert_new(session, CallTaskRow, {"tries": 0, **values})


def due(session: Session, lots: Collection[str] | None, now: datetime, most: int) -> list[CallTask]:
    """Whom to call now in these lots (None: in all), the longest waiting first; not those who are back in the chat."""
    row = CallTaskRow
    statement = _open().where(row.next_at <= now, PersonRow.unreachable_since.is_not(None))
    if lots is not None:
        statement = statement.where(row.lot.in_([*lots, ""]))  # of no known lot: everybody's
    return _read(session, statement.order_by(row.added_at, row.id).limit(most))


def get(session: Session, task_id: int) -> CallTask | None:
    """An open task."""
    return next(iter(_read(session, _open().where(CallTaskRow.id == task_id))), None)


def tried(session: Session, task: CallTask, **values: Any) -> bool:
    """Note a try if nobody has noted one meanwhile; whether it was noted."""
    row = CallTaskRow
    same = update(row).where(row.id == task.id, row.tries == task.tries, row.done_at.is_(None))
    return affected(session, same.values(tries=task.tries + 1, **values)) == 1


def _open() -> Select[Any]:
    row = CallTaskRow
    number = func.coalesce(ApplicationRow.number, TicketRow.number)
    columns: list[Any] = [row.id, row.person_id, row.application_id, row.ticket_id, number]
    columns += [row.lot, row.why, row.added_at, row.tries]
    joined = select(*columns).outerjoin(ApplicationRow, ApplicationRow.id == row.application_id)
    joined = joined.outerjoin(TicketRow, TicketRow.id == row.ticket_id)
    return joined.join(PersonRow, PersonRow.id == row.person_id).where(row.done_at.is_(None))


def _read(session: Session, statement: Select[Any]) -> list[CallTask]:
    return [CallTask(*one) for one in session.execute(statement)]
