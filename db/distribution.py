"""Lots whose tickets are given out by themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.tables import DistributionRow


def switched_on(session: Session) -> frozenset[str]:
    """The lots with distribution."""
    row = DistributionRow
    return frozenset(session.scalars(select(row.lot).where(row.switched_on)))


def switch(session: Session, lot: str, person_id: int, now: datetime, *, on: bool) -> None:
    """Switch a lot on or off, and note by whom."""
    values = {"lot": lot, "switched_on": on, "changed_by": person_id, "changed_at": now}
    if not insert_new(session, DistributionRow, values):
        row = session.get_one(DistributionRow, lot)
        row.switched_on, row.changed_by, row.changed_at = on, person_id, now
        session.flush()
