"""Uploaded lists of people for announcements."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables import AnnouncementListRow

READY = "ready"


def unread(session: Session, lists: Sequence[int]) -> int:
    """How many of these lists are not read to their end."""
    row = AnnouncementListRow
    asked = select(func.count()).where(row.id.in_(lists), row.state != READY)
    return (session.scalar(asked) or 0) if lists else 0
