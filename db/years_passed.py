"""Whose data may not be kept any longer, and how what belongs to a competition is erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.personal_data import erase_applications, erase_drafts
from db.tables import ApplicationRow, ConsentRow, DraftRow, PersonRow


def with_drafts(session: Session, competitions: Sequence[int], most: int) -> list[int]:
    """People who wrote an application in one of these competitions, sent or not."""
    found = select(DraftRow.person_id).where(DraftRow.competition_id.in_(competitions)).distinct()
    return list(session.scalars(found.order_by(DraftRow.person_id).limit(most)))


def erase_competitions(session: Session, person_id: int, competitions: Sequence[int], now: datetime) -> None:
    """What this person wrote, sent and agreed to in these competitions; the rest stays."""
    row, draft, consent = ApplicationRow, DraftRow, ConsentRow
    sent_there = row.competition_id.in_(competitions) & (row.person_id == person_id)
    erase_applications(session, session.scalars(select(row.id).where(sent_there)).all(), now)
    begun = draft.competition_id.in_(competitions)
    erase_drafts(session, session.scalars(select(draft.id).where(begun, draft.person_id == person_id)).all(), now)
    agreed = consent.competition_id.in_(competitions) & (consent.person_id == person_id)
    session.execute(delete(consent).where(agreed))


def silent_since(session: Session, moment: datetime, most: int) -> list[int]:
    """Who has not written since, works in no office, and has no application or draft here."""
    row = PersonRow
    silent = (row.seen_at < moment) & ~row.staff & ~select(DraftRow.id).where(DraftRow.person_id == row.id).exists()
    return list(session.scalars(select(row.id).where(silent).order_by(row.id).limit(most)))
