"""The processes that send now, and how much of the common pace each may use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_new
from db.tables import LiveSenderRow

ANCHOR = 0  # the number of a row that is no sender: whoever changes shares holds it


def hold(session: Session, now: datetime) -> None:
    """From here to the end of the transaction nobody else changes shares."""
    insert_new(session, LiveSenderRow, {"id": ANCHOR, "share": 0, "seen_at": now})
    session.execute(select(LiveSenderRow.id).where(LiveSenderRow.id == ANCHOR).with_for_update())


def shares(session: Session) -> dict[int, int]:
    """The share of each sender by its number, in the order of their coming."""
    row = LiveSenderRow
    rows = session.execute(select(row.id, row.share).where(row.id != ANCHOR).order_by(row.id))
    return {one.id: one.share for one in rows}


def processes(session: Session) -> dict[int, str]:
    """The name of each sender's process by the sender's number."""
    row = LiveSenderRow
    return {one.id: one.process for one in session.execute(select(row.id, row.process).where(row.id != ANCHOR))}


def come(session: Session, process: str, now: datetime) -> int:
    """A new sender, with no share yet; its number."""
    row = LiveSenderRow(share=0, process=process, seen_at=now)
    session.add(row)
    session.flush()
    return row.id


def sign_of_life(session: Session, number: int, share: int, now: datetime) -> None:
    row = LiveSenderRow
    session.execute(update(row).where(row.id == number).values(share=share, seen_at=now))


def seen_last(session: Session, numbers: Sequence[int], at: datetime) -> None:
    """These gave their last sign of life at this moment at the latest."""
    row = LiveSenderRow
    session.execute(update(row).where(row.id.in_(numbers), row.seen_at > at).values(seen_at=at))


def leave(session: Session, number: int) -> None:
    session.execute(delete(LiveSenderRow).where(LiveSenderRow.id == number))


def forget(session: Session, seen_before: datetime) -> int:
    """Senders that gave no sign of life since this moment are dead; how many."""
    row = LiveSenderRow
    return affected(session, delete(row).where(row.id != ANCHOR, row.seen_at < seen_before))
