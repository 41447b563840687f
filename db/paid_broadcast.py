"""How many messages were counted as paid: one row."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.tables import PaidBroadcastRow

ONLY = 1


def hold(session: Session) -> int:
    """Messages counted so far; nobody else counts until the end of the transaction."""
    insert_new(session, PaidBroadcastRow, {"id": ONLY, "messages": 0})
    row = PaidBroadcastRow
    return session.scalars(select(row.messages).where(row.id == ONLY).with_for_update()).one()


def count(session: Session, messages: int) -> None:
    row = PaidBroadcastRow
    session.execute(update(row).where(row.id == ONLY).values(messages=messages))


def counted(session: Session) -> int:
    row = PaidBroadcastRow
    return session.scalars(select(row.messages).where(row.id == ONLY)).one_or_none() or 0
