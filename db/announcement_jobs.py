"""What `bot/announcer.py` has to do, asked in one statement: it looks every second, and mostly there is nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from db.announcement_lists import FETCHING
from db.tables import AnnouncementListRow, AnnouncementRow
from domain.announcement import Stage


def waiting(session: Session, now: datetime) -> bool:
    """Whether an announcement is running, due, or wanted as a table, or a list is still to be read."""
    row, uploaded = AnnouncementRow, AnnouncementListRow
    due = and_(row.stage == Stage.PLANNED, row.planned_at <= now)
    moving = exists().where(or_(row.stage == Stage.RUNNING, due, row.report_for.is_not(None)))
    return bool(session.scalar(select(or_(moving, exists().where(uploaded.state == FETCHING)))))
