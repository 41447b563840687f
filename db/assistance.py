"""What operators prepare for callers: found, changed, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from db.dialects import affected
from db.tables import AssistanceRow, CodeTryRow
from domain.assistance import Assistance, AssistState


def add(session: Session, **values: Any) -> int:
    """A new one; its number."""
    row = AssistanceRow(chosen=[], code=b"", tries=0, **values)
    session.add(row)
    session.flush()
    return row.id


def get(session: Session, assistance_id: int) -> Assistance | None:
    """This one, ended or not; held (row lock on PostgreSQL) until the transaction ends."""
    return _first(session, select(AssistanceRow).where(AssistanceRow.id == assistance_id).with_for_update())


def open_of(session: Session, person_id: int) -> Assistance | None:
    """The one that is open for this applicant, held."""
    row = AssistanceRow
    mine = select(row).where(row.person_id == person_id, row.ended_at.is_(None))
    return _first(session, mine.with_for_update())


def coded(session: Session, code_hash: str, now: datetime) -> Assistance | None:
    """The open one that this code, still valid, opens; held."""
    row = AssistanceRow
    valid = select(row).where(row.code_hash == code_hash, row.ended_at.is_(None), row.code_until > now)
    return _first(session, valid.with_for_update())


def filled_by(session: Session, operator_id: int) -> list[Assistance]:
    """What this operator is filling in now."""
    row = AssistanceRow
    return _read(session, select(row).where(row.operator_id == operator_id, row.state == AssistState.FILLING))


def expired(session: Session, now: datetime, most: int) -> list[Assistance]:
    """Open ones whose time is over."""
    row = AssistanceRow
    late = select(row).where(row.ended_at.is_(None), row.expires_at <= now).order_by(row.id).limit(most)
    return _read(session, late)


def change(session: Session, one: Assistance, **values: Any) -> bool:
    """Change it if it is still in the state that was read; whether it was."""
    row = AssistanceRow
    same = (row.id == one.id) & (row.state == one.state)
    return affected(session, update(row).where(same).values(**values)) == 1


def note_try(session: Session, person_id: int, now: datetime) -> None:
    """A wrong code was typed."""
    session.add(CodeTryRow(person_id=person_id, at=now))
    session.flush()


def tries_since(session: Session, person_id: int, since: datetime) -> int:
    """How many wrong codes this account typed since a moment."""
    row = CodeTryRow
    return session.scalars(select(func.count()).where(row.person_id == person_id, row.at > since)).one()


def forget_tries(session: Session, before: datetime) -> None:
    session.execute(delete(CodeTryRow).where(CodeTryRow.at <= before))


def _first(session: Session, statement: Select[Any]) -> Assistance | None:
    return next(iter(_read(session, statement)), None)


def _read(session: Session, statement: Select[Any]) -> list[Assistance]:
    rows: Sequence[AssistanceRow] = session.scalars(statement.execution_options(populate_existing=True)).all()
    return [
        Assistance(
            row.id,
            row.person_id,
            row.draft_id,
            row.operator_id,
            row.lot,
            row.ticket_id,
            AssistState(row.state),
            tuple(row.chosen),
            row.expires_at,
            row.code,
            row.code_until,
            row.tries,
        )
        for row in rows
    ]
