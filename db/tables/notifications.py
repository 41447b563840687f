"""The outbox: whatever goes to somebody else, or later, is a row here first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Key, PersonKey, Table, Word


def _only(which: str) -> dict[str, Any]:
    """An index of these rows alone: what has been sent, however much, is not in it."""
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class NotificationRow(Table):
    """One message to one person. `unique_key` (kind, subject, day) makes a second one impossible."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_due", "lane", "due_at", "id", **_only("state = 'due'")),
        Index("ix_notification_sending", "claimed_at", **_only("state = 'sending'")),
        Index("ix_notification_stream", "stream", "state"),
    )

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    kind: Mapped[Word]
    unique_key: Mapped[str] = mapped_column(String(160), unique=True)
    lane: Mapped[int]  # 0 receipt and verdict, 1 operator's reply, 2 reminder, 3 broadcast
    facts: Mapped[dict[str, Any]]
    state: Mapped[Word]  # due, sending, sent, failed, muted
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    waits: Mapped[int] = mapped_column(default=0, server_default="0")  # those tries that only had to wait
    error: Mapped[str | None] = mapped_column(String(200))
    message_id: Mapped[int | None] = mapped_column(Big)
    stream: Mapped[str | None] = mapped_column(String(64))  # those of one stream go one after another, in order
    chat_id: Mapped[int | None] = mapped_column(Big)  # a staff group; else it goes to the person


class LiveSenderRow(Table):
    """A process that sends, and its share of the pace. Number 0 is none: it is held by whoever changes shares."""

    __tablename__ = "live_sender"

    id: Mapped[Key]
    share: Mapped[int]
    seen_at: Mapped[datetime]
    process: Mapped[str] = mapped_column(String(128), default="", server_default="")  # its name (bot/process_name.py)


class PaidBroadcastRow(Table):
    """The messages that were counted as paid: the row with number 1."""

    __tablename__ = "paid_broadcast"

    id: Mapped[Key]
    messages: Mapped[int]
