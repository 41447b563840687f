"""Applications being written, and whether one was sent already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.tables import ApplicationRow, DraftRow

OPEN, SENT, DISCARDED = "open", "sent", "discarded"


@dataclass(frozen=True)
class StoredDraft:
    """A draft as stored: `sealed` holds the personal answers, `pending` what waits for the person's yes."""

    id: int
    person_id: int
    competition_id: int
    version_id: int
    cursor: str
    answers: dict[str, Any]
    sealed: bytes
    pending: bytes
    begun_at: datetime
    touched_at: datetime


def open_draft(session: Session, person_id: int) -> StoredDraft | None:
    """This person's open draft, held until the transaction ends; the last touched one of several."""
    row = session.execute(_open(person_id).limit(1).with_for_update()).scalar_one_or_none()
    return _stored(row) if row else None


def competition_begun(session: Session, person_id: int) -> int | None:
    """The competition of the draft this person touched last, sent or not; a discarded one does not count."""
    row = DraftRow
    return session.scalars(
        select(row.competition_id)
        .where(row.person_id == person_id, row.state != DISCARDED)
        .order_by(row.touched_at.desc(), row.id.desc())
        .limit(1)
    ).one_or_none()


def begin(session: Session, person_id: int, competition_id: int, now: datetime, **values: Any) -> StoredDraft:
    """A new draft with these values; the open one as it is when there is one for this competition already."""
    new = {"person_id": person_id, "competition_id": competition_id, "state": OPEN, "begun_at": now, "touched_at": now}
    insert_new(session, DraftRow, new | values)
    return _stored(session.scalars(_open(person_id).where(DraftRow.competition_id == competition_id)).one())


def change(session: Session, draft_id: int, **values: Any) -> None:
    session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(**values))


def sent_number(session: Session, person_id: int, competition_id: int) -> str | None:
    """The number of the application this person has in the competition; None without one or withdrawn."""
    row = ApplicationRow
    return session.scalar(
        select(row.number).where(
            row.person_id == person_id, row.competition_id == competition_id, row.withdrawn_at.is_(None)
        )
    )


def _open(person_id: int) -> Select[DraftRow]:
    mine = select(DraftRow).where(DraftRow.person_id == person_id, DraftRow.state == OPEN)
    return mine.order_by(DraftRow.touched_at.desc(), DraftRow.id.desc()).execution_options(populate_existing=True)


def _stored(row: DraftRow) -> StoredDraft:
    return StoredDraft(
        row.id,
        row.person_id,
        row.competition_id,
        row.version_id,
        row.cursor,
        row.answers,
        row.sealed,
        row.pending,
        row.begun_at,
        row.touched_at,
    )
