"""Answers to the two consents: never changed but for the date of a withdrawal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.tables import ConsentRow
from domain.consent import Consent, ConsentKind


def add(session: Session, person_id: int, consent: Consent, language: str) -> None:
    """Note an answer, with the language whose words were read."""
    session.add(
        ConsentRow(
            person_id=person_id,
            competition_id=consent.competition_id,
            kind=consent.kind,
            version=consent.version,
            language=language,
            agreed=consent.agreed,
            answered_at=consent.answered_at,
        )
    )
    session.flush()


def latest(session: Session, person_id: int, kind: ConsentKind) -> Consent | None:
    """The last answer of this kind, withdrawn or not."""
    row = session.scalars(
        select(ConsentRow)
        .where(ConsentRow.person_id == person_id, ConsentRow.kind == kind)
        .order_by(ConsentRow.id.desc())
        .limit(1)
    ).first()
    return _consent(row) if row else None


def withdraw(session: Session, person_id: int, kind: ConsentKind, now: datetime) -> None:
    """Date the withdrawal on every answer of this kind that still stands."""
    row = ConsentRow
    standing = update(row).where(row.person_id == person_id, row.kind == kind, row.withdrawn_at.is_(None))
    session.execute(standing.values(withdrawn_at=now))


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        ConsentKind(row.kind), row.version, row.competition_id, row.agreed, row.answered_at, row.withdrawn_at
    )
