"""Announcements. Who is to be sent them, and what became of it: `announcement_ledger.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from db.dialects import change_row
from db.tables import AnnouncementRow
from domain.announcement import Announcement, Before, Content, Doing, Stage
from domain.audience import Audience


def add(session: Session, author_id: int, lots: list[str], content: Content, audience: Audience, now: datetime) -> int:
    """A new draft; its number."""
    values: dict[str, Any] = {
        "author_id": author_id,
        "lots": lots,
        "content": content.kept(),
        "audience": audience.kept(),
        "stage": Stage.DRAFT,
        "doing": Doing.SEND,
        "operation": 0,
        "made_at": now,
        "touched_at": now,
        "built_to": 0,
        "samples": [],
        "edited_by": [],
    }
    return session.execute(insert(AnnouncementRow).values(values).returning(AnnouncementRow.id)).scalar_one()


def get(session: Session, announcement_id: int, *, hold: bool = False) -> Announcement | None:
    """The announcement; `hold`: nobody else changes it until the transaction ends."""
    columns = AnnouncementRow.__table__.c
    asked = select(*columns).where(columns.id == announcement_id)
    row = session.execute(asked.with_for_update() if hold else asked).first()
    return _announcement(row) if row else None


def change(session: Session, announcement_id: int, **values: Any) -> None:
    """Set these columns of the announcement."""
    change_row(session, AnnouncementRow, announcement_id, **values)


def remove(session: Session, announcement_id: int) -> None:
    """Delete a draft."""
    row = AnnouncementRow
    session.execute(delete(row).where(row.id == announcement_id, row.stage == Stage.DRAFT))


def newest(session: Session, most: int) -> list[Announcement]:
    """The announcements that were touched last."""
    columns = AnnouncementRow.__table__.c
    rows = session.execute(select(*columns).order_by(columns.touched_at.desc(), columns.id.desc()).limit(most))
    return [_announcement(row) for row in rows]


def asked(session: Session) -> list[Announcement]:
    """Those that wait for a second person."""
    columns = AnnouncementRow.__table__.c
    rows = session.execute(select(*columns).where(columns.stage == Stage.ASKED).order_by(columns.id))
    return [_announcement(row) for row in rows]


def active(session: Session, now: datetime) -> list[int]:
    """Those that are running, or whose time has come."""
    row = AnnouncementRow
    due = and_(row.stage == Stage.PLANNED, row.planned_at <= now)
    return list(session.scalars(select(row.id).where(or_(row.stage == Stage.RUNNING, due)).order_by(row.id)))


def claim(session: Session, announcement_id: int) -> Announcement | None:
    """Hold it for a step of its own; None when it is gone, or another process is at it."""
    columns = AnnouncementRow.__table__.c
    asked = select(*columns).where(columns.id == announcement_id).with_for_update(skip_locked=True)
    row = session.execute(asked).first()
    return _announcement(row) if row else None


def report_wanted(session: Session) -> tuple[int, int] | None:
    """An announcement whose table of recipients somebody waits for, and who."""
    row = AnnouncementRow
    found = session.execute(select(row.id, row.report_for).where(row.report_for.is_not(None)).limit(1)).first()
    return (found[0], int(found[1] or 0)) if found else None


def _announcement(row: Any) -> Announcement:
    return Announcement(
        lots=frozenset(row.lots),
        content=Content.of(row.content),
        audience=Audience.of(row.audience),
        stage=Stage(row.stage),
        doing=Doing(row.doing),
        returns_to=Stage(row.returns_to) if row.returns_to else None,
        samples=tuple((at, many) for at, many in row.samples),
        edited_by=tuple(row.edited_by),
        before=Before.of(row.before) if row.before else None,
        **{name: row._mapping[name] for name in _SAME},
    )


_SAME = (
    "id",
    "author_id",
    "asked_by",
    "operation",
    "planned_at",
    "size",
    "approved_by",
    "approved_size",
    "begun_at",
    "ended_at",
    "touched_at",
    "built_to",
    "build_until",
    "card",
    "card_at",
)
