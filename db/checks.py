"""Eligibility checks: begun, answered question by question, judged; the newest one of a person counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.tables import CheckRow, PersonRow


@dataclass(frozen=True)
class StoredCheck:
    """A check as stored; `version_id`, `eligible` and `verdict` stand once it is judged."""

    id: int
    person_id: int
    answers: Mapping[str, Any]
    sealed: bytes
    version_id: int | None
    eligible: bool | None
    verdict: Mapping[str, Any] | None
    begun_at: datetime
    judged_at: datetime | None


def newest(session: Session, person_id: int) -> StoredCheck | None:
    """The check that this person began last."""
    row = CheckRow
    statement = select(row).where(row.person_id == person_id).order_by(row.id.desc()).limit(1)
    found = session.scalars(statement, execution_options={"populate_existing": True}).one_or_none()
    return _stored(found) if found else None


def all_of(session: Session, person_id: int) -> list[StoredCheck]:
    """Every check of this person, oldest first."""
    rows = session.scalars(select(CheckRow).where(CheckRow.person_id == person_id).order_by(CheckRow.id))
    return [_stored(row) for row in rows]


def of_unknown_year(session: Session, before: int, most: int) -> list[StoredCheck]:
    """Checks of people whose year of birth is not noted, newest first; only those before this one (0: of all)."""
    row = CheckRow
    unknown = select(row).join(PersonRow, PersonRow.id == row.person_id).where(PersonRow.birth_year.is_(None))
    older = unknown.where(row.id < before) if before else unknown
    return [_stored(one) for one in session.scalars(older.order_by(row.id.desc()).limit(most))]


def get(session: Session, check_id: int) -> StoredCheck | None:
    row = session.get(CheckRow, check_id)
    return _stored(row) if row else None


def begin(session: Session, person_id: int, answers: dict[str, Any], sealed: bytes, now: datetime) -> StoredCheck:
    row = CheckRow(person_id=person_id, answers=answers, sealed=sealed, begun_at=now)
    session.add(row)
    session.flush()
    return _stored(row)


def change(session: Session, check_id: int, **values: Any) -> None:
    """Write new answers, or the verdict."""
    session.execute(update(CheckRow).where(CheckRow.id == check_id).values(**values))


def _stored(row: CheckRow) -> StoredCheck:
    return StoredCheck(
        row.id,
        row.person_id,
        row.answers,
        row.sealed,
        row.version_id,
        row.eligible,
        row.verdict,
        row.begun_at,
        row.judged_at,
    )
