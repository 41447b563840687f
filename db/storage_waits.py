"""Documents that the storage could not take when they were to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables import DocumentRow, DraftRow
from domain.documents import DocumentState

_NOT_TAKEN = (
    DocumentRow.state == DocumentState.FETCHING, DocumentRow.removed_at.is_(None), DocumentRow.storage_faults > 0
)  # fmt: skip


@dataclass(frozen=True)
class StorageWaits:
    """Files that the storage could not take: how many wait now, when the oldest came, how many ever had to wait."""

    now: int
    since: datetime | None
    ever: int


def first_of(session: Session, person_id: int) -> int | None:
    """The number of the first of this person's files that the storage could not take so far."""
    mine = select(func.min(DocumentRow.id)).join(DraftRow, DraftRow.id == DocumentRow.draft_id)
    return session.scalar(mine.where(DraftRow.person_id == person_id, *_NOT_TAKEN))


def of_all(session: Session) -> StorageWaits:
    """Of all people's files."""
    row = DocumentRow
    count, since = session.execute(select(func.count(), func.min(row.added_at)).where(*_NOT_TAKEN)).one()
    ever = session.scalars(select(func.count()).where(row.storage_faults > 0)).one()
    return StorageWaits(count, since, ever)
