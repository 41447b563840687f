"""Eligibility checks: begun, answered question by question, judged; the newest one of a person counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.tables import CheckRow


@dataclass(frozen=True)
class CheckRecord:
    """A check as stored; `version_id`, `eligible` and `verdict` stand once it is judged."""

    id: int
    answers: Mapping[str, Any]
    version_id: int | None
    eligible: bool | None
    verdict: Mapping[str, Any] | None
    begun_at: datetime
    judged_at: datetime | None


def newest(session: Session, person_id: int) -> CheckRecord | None:
    """The check that this person began last."""
    row = CheckRow
    found = session.scalars(
        select(row)
        .where(row.person_id == person_id)
        .order_by(row.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return _record(found) if found else None


def begin(session: Session, person_id: int, now: datetime) -> CheckRecord:
    row = CheckRow(person_id=person_id, answers={}, begun_at=now)
    session.add(row)
    session.flush()
    return _record(row)


def change(session: Session, check_id: int, **values: Any) -> None:
    """Write new answers, or the verdict."""
    session.execute(update(CheckRow).where(CheckRow.id == check_id).values(**values))


def _record(row: CheckRow) -> CheckRecord:
    return CheckRecord(row.id, row.answers, row.version_id, row.eligible, row.verdict, row.begun_at, row.judged_at)
