"""Who opened whose personal data: the book that the law (94-V) wants, as the person it is about reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import OpeningRow


def openings(session: Session, person_id: int) -> list[tuple[datetime, str, int | None]]:
    """When somebody else opened this person's data, what it was, and who (person id), newest first."""
    row = OpeningRow
    others = row.who.is_(None) | (row.who != person_id)
    found = session.execute(
        select(row.at, row.what, row.who).where(row.whose == person_id, others).order_by(row.at.desc(), row.id.desc())
    )
    return [(at, what, who) for at, what, who in found]
