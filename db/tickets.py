"""Requests to a living person: the call centre's queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.competitions import next_number
from db.dialects import insert_new
from db.tables import OpeningRow, PersonRow, TicketRow


@dataclass(frozen=True)
class StoredTicket:
    """A request as stored; `subject` says what it is about, such as "check:12"."""

    number: str
    kind: str
    person_id: int
    telegram_id: int
    competition_id: int
    lot: str
    subject: str
    state: str
    context: dict[str, Any]
    opened_at: datetime


def find(session: Session, kind: str, subject: str) -> StoredTicket | None:
    """The request about this, if there is one."""
    return next(iter(_read(session, _tickets().where(TicketRow.kind == kind, TicketRow.subject == subject))), None)


def named(session: Session, number: str) -> StoredTicket | None:
    """The request with this number."""
    return next(iter(_read(session, _tickets().where(TicketRow.number == number))), None)


def in_state(session: Session, state: str, lot: str | None = None) -> list[StoredTicket]:
    """Requests in a state, of one lot if given, oldest first."""
    wanted = _tickets().where(TicketRow.state == state).order_by(TicketRow.opened_at, TicketRow.id)
    return _read(session, wanted.where(TicketRow.lot == lot) if lot else wanted)


def add(session: Session, series: str, **values: Any) -> None:
    """A new request, numbered in its series ("T-79-2026" → "T-79-2026-000004"); none when its subject has one."""
    number = f"{series}-{next_number(session, series):06}"
    insert_new(session, TicketRow, {"number": number, **values})


def record_opening(session: Session, ticket: StoredTicket, now: datetime) -> None:
    """Write down that the office read this request with its answers (law 94-V); it has no account here yet."""
    session.add(OpeningRow(at=now, who=None, whose=ticket.person_id, what="ticket", subject=ticket.number))
    session.flush()


def _tickets() -> Select[TicketRow, int]:
    return select(TicketRow, PersonRow.telegram_id).join(PersonRow, PersonRow.id == TicketRow.person_id)


def _read(session: Session, statement: Select[TicketRow, int]) -> list[StoredTicket]:
    return [_stored(row, telegram_id) for row, telegram_id in session.execute(statement)]


def _stored(row: TicketRow, telegram_id: int) -> StoredTicket:
    return StoredTicket(
        row.number,
        row.kind,
        row.person_id,
        telegram_id,
        row.competition_id,
        row.lot,
        row.subject,
        row.state,
        row.context,
        row.opened_at,
    )
