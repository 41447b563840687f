"""Applications as they were sent, and the events of their way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_new
from db.tables import ApplicationEventRow, ApplicationRow
from domain.application import Application, Event, Role, State


def add(session: Session, **values: Any) -> bool:
    """Keep an application; False when a unique rule forbids it (person, IIN, draft, number)."""
    return insert_new(session, ApplicationRow, values)


def find(session: Session, application_id: int) -> Application | None:
    """The application, held (row lock on PostgreSQL) until the transaction ends."""
    row = session.get(ApplicationRow, application_id, with_for_update=True)
    return _application(row) if row else None


def of_draft(session: Session, draft_id: int) -> Application | None:
    """The application that was sent from this draft."""
    row = session.scalars(select(ApplicationRow).where(ApplicationRow.draft_id == draft_id)).one_or_none()
    return _application(row) if row else None


def standing(session: Session, person_id: int, competition_id: int) -> Application | None:
    """The one application of a person in a competition that is not withdrawn."""
    row = session.scalars(
        select(ApplicationRow).where(
            ApplicationRow.person_id == person_id,
            ApplicationRow.competition_id == competition_id,
            ApplicationRow.withdrawn_at.is_(None),
        )
    ).one_or_none()
    return _application(row) if row else None


def of_person(session: Session, person_id: int) -> list[Application]:
    """Every application of a person: those that stand first, then the newest first."""
    row = ApplicationRow
    rows = session.scalars(
        select(row).where(row.person_id == person_id).order_by(row.withdrawn_at.is_not(None), row.id.desc())
    )
    return [_application(row) for row in rows]


def iin_taken(session: Session, competition_id: int, iin_hash: str) -> bool:
    """Whether an application that is not withdrawn has this identity number (its keyed hash)."""
    row = ApplicationRow
    statement = select(row.id).where(
        row.competition_id == competition_id, row.iin_hash == iin_hash, row.withdrawn_at.is_(None)
    )
    return session.execute(statement).first() is not None


def answers(session: Session, application_id: int) -> tuple[dict[str, Any], bytes]:
    """The answers as sent: plain ones, and the sealed rest."""
    row = ApplicationRow
    plain, sealed = session.execute(select(row.answers, row.sealed).where(row.id == application_id)).one()
    return plain, sealed


def move(session: Session, application: Application, state: State, now: datetime) -> bool:
    """Change the state if it is still the one that was read; whether it was."""
    row = ApplicationRow
    values: dict[str, Any] = {"state": state} | ({"withdrawn_at": now} if state is State.WITHDRAWN else {})
    statement = update(row).where(row.id == application.id, row.state == application.state)
    return affected(session, statement.values(**values)) == 1


def add_event(
    session: Session, application_id: int, at: datetime, state: State, role: Role, facts: dict[str, Any], by: int | None
) -> int:
    """Note a step of the way, and who made it (person id; None: the program); its id."""
    row = ApplicationEventRow(application_id=application_id, at=at, state=state, role=role, facts=facts, by_id=by)
    session.add(row)
    session.flush()
    return row.id


def events(session: Session, application_id: int) -> list[Event]:
    """The way so far, oldest first."""
    row = ApplicationEventRow
    rows = session.scalars(select(row).where(row.application_id == application_id).order_by(row.id))
    return [Event(r.id, r.at, State(r.state), Role(r.role), r.facts, r.by_id) for r in rows]


def deciders(session: Session, application_ids: Iterable[int]) -> frozenset[int]:
    """Who has moved any of these applications for the office (person ids): not their authors."""
    row = ApplicationEventRow
    ours = (row.application_id.in_(list(application_ids)), row.role != Role.APPLICANT, row.by_id.is_not(None))
    return frozenset(by for by in session.scalars(select(row.by_id).where(*ours)) if by is not None)


def _application(row: ApplicationRow) -> Application:
    return Application(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        competition_id=row.competition_id,
        version_id=row.version_id,
        draft_id=row.draft_id,
        region=row.region,
        language=row.language,
        state=State(row.state),
        sent_at=row.sent_at,
        withdrawn_at=row.withdrawn_at,
    )
