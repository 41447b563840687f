"""Tickets: their rows, their history, and who may not handle them. The queue is in `ticket_queue`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.competitions import next_number
from db.dialects import affected, insert_new
from db.tables import OpeningRow, TicketBarredRow, TicketEventRow, TicketRow
from domain.ticket import Ticket, TicketEvent, TicketKind, TicketState

_S = TicketState
NOT_CLOSED = (_S.OPEN, _S.TAKEN, _S.WAITING)


def add(session: Session, series: str, **values: Any) -> str | None:
    """A new ticket, numbered in its series ("T-79-2026" → "T-79-2026-000004"); None when its subject has one."""
    number = f"{series}-{next_number(session, series):06}"
    plain = {"reopened": 0, "role": "operator", "language": "kk", **values}
    plain["queue"] = plain.pop("role")  # an insert goes by the column's name
    return number if insert_new(session, TicketRow, {"number": number, **plain}) else None


def get(session: Session, ticket_id: int) -> Ticket | None:
    """The ticket, held (row lock on PostgreSQL) until the transaction ends."""
    row = session.get(TicketRow, ticket_id, with_for_update=True, populate_existing=True)
    return read(row) if row else None


def named(session: Session, number: str) -> Ticket | None:
    """The ticket with this number."""
    row = session.scalars(select(TicketRow).where(TicketRow.number == number)).one_or_none()
    return read(row) if row else None


def ending(session: Session, digits: str, lots: Collection[str] | None, most: int) -> list[Ticket]:
    """Tickets of these lots (None: of all) whose number ends so, those not closed first."""
    row = TicketRow
    found = select(row).where(row.number.like(f"%-{digits}"))
    if lots is not None:
        found = found.where(row.lot.in_(lots))
    return [read(one) for one in session.scalars(found.order_by(row.state == _S.CLOSED, row.id.desc()).limit(most))]


def about(session: Session, kind: str, subject: str) -> Ticket | None:
    """The ticket about this, if there is one."""
    row = TicketRow
    found = session.scalars(select(row).where(row.kind == kind, row.subject == subject)).one_or_none()
    return read(found) if found else None


def of_person(session: Session, person_id: int, most: int, skip: int = 0) -> list[Ticket]:
    """A person's own tickets: those not closed first, then the newest first."""
    row = TicketRow
    newest = select(row).where(row.person_id == person_id).order_by(row.state == _S.CLOSED, row.id.desc())
    return [read(one) for one in session.scalars(newest.limit(most).offset(skip))]


def not_closed(session: Session, person_id: int) -> list[Ticket]:
    """A person's own tickets that are not closed, newest first."""
    row = TicketRow
    found = select(row).where(row.person_id == person_id, row.state.in_(NOT_CLOSED)).order_by(row.id.desc())
    return [read(one) for one in session.scalars(found)]


def count_of_person(session: Session, person_id: int) -> int:
    """How many tickets this person has written, closed ones too."""
    return session.scalars(select(func.count()).where(TicketRow.person_id == person_id)).one()


def all_of_person(session: Session, person_id: int) -> list[Ticket]:
    """Every ticket of this person, oldest first."""
    row = TicketRow
    return [read(one) for one in session.scalars(select(row).where(row.person_id == person_id).order_by(row.id))]


def change(session: Session, ticket: Ticket, **values: Any) -> bool:
    """Change a ticket if its state and holder are still those that were read; whether they were."""
    row = TicketRow
    holder = row.holder_id.is_(None) if ticket.holder_id is None else row.holder_id == ticket.holder_id
    same = (row.id == ticket.id) & (row.state == ticket.state) & holder
    return affected(session, update(row).where(same).values(**values)) == 1


def sealed_of(session: Session, ticket_id: int) -> bytes | None:
    """What is sealed of a ticket: its author's name."""
    return session.scalars(select(TicketRow.sealed).where(TicketRow.id == ticket_id)).one()


def told_at(session: Session, ticket_id: int) -> datetime | None:
    """When the author was last told that their words have arrived."""
    return session.scalars(select(TicketRow.told_at).where(TicketRow.id == ticket_id)).one()


def closed_by(session: Session, ticket_id: int) -> str | None:
    return session.scalars(select(TicketRow.closed_by).where(TicketRow.id == ticket_id)).one()


def pause(session: Session, ticket_id: int) -> tuple[datetime | None, int]:
    """Since when it has been the author's turn, and how many seconds at work it had been before."""
    row = TicketRow
    paused_at, waited = session.execute(select(row.paused_at, row.waited).where(row.id == ticket_id)).one()
    return paused_at, waited


def note(
    session: Session, ticket_id: int, at: datetime, what: TicketEvent, who_id: int | None, facts: Mapping[str, Any]
) -> None:
    """Add a line to a ticket's history."""
    session.add(TicketEventRow(ticket_id=ticket_id, at=at, what=what, who_id=who_id, facts=dict(facts)))
    session.flush()


def history(session: Session, ticket_id: int) -> list[tuple[datetime, TicketEvent, int | None, dict[str, Any]]]:
    """A ticket's history, oldest first: when, what, who (person id), facts."""
    row = TicketEventRow
    rows = session.scalars(select(row).where(row.ticket_id == ticket_id).order_by(row.id))
    return [(one.at, TicketEvent(one.what), one.who_id, one.facts) for one in rows]


def bar(session: Session, ticket_id: int, people: Iterable[int]) -> None:
    """These people may not handle the ticket."""
    for person_id in people:
        insert_new(session, TicketBarredRow, {"ticket_id": ticket_id, "person_id": person_id})


def barred(session: Session, ticket_id: int) -> set[int]:
    """Who may not handle the ticket (person ids); its author comes on top."""
    return set(session.scalars(select(TicketBarredRow.person_id).where(TicketBarredRow.ticket_id == ticket_id)))


def record_opening(session: Session, now: datetime, who: int | None, whose: int, what: str, subject: str) -> None:
    """Write down that the office read personal data (law 94-V); `who` is a person id, None at the command line."""
    session.add(OpeningRow(at=now, who=who, whose=whose, what=what, subject=subject))
    session.flush()


def erase(session: Session, ticket_id: int) -> None:
    session.execute(delete(TicketRow).where(TicketRow.id == ticket_id))


def read(row: TicketRow) -> Ticket:
    """A row as the rules see it."""
    return Ticket(
        id=row.id,
        number=row.number,
        kind=TicketKind(row.kind),
        person_id=row.person_id,
        competition_id=row.competition_id,
        lot=row.lot,
        subject=row.subject,
        state=TicketState(row.state),
        role=row.role,
        holder_id=row.holder_id,
        language=row.language,
        context=row.context,
        opened_at=row.opened_at,
        due_by=row.due_by,
        answer_by=row.answer_by,
        solve_by=row.solve_by,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        reopened=row.reopened,
        rating=row.rating,
    )


def rating_words(session: Session, ticket_id: int) -> bytes | None:
    """The sealed words that came with the rating."""
    return session.scalars(select(TicketRow.rating_words).where(TicketRow.id == ticket_id)).one()
