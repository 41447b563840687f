"""Announcements, the ledger of their recipients, and uploaded lists of people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Data, Key, PersonKey, Table, Word

OfAnnouncement = Annotated[int, mapped_column(Big, ForeignKey("announcement.id", ondelete="CASCADE"), index=True)]


class AnnouncementRow(Table):
    """An announcement: its words, whom it is for, how far it is."""

    __tablename__ = "announcement"

    id: Mapped[Key]
    author_id: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"), index=True)
    lots: Mapped[list[str]]  # its audience is cut to these; empty: all
    content: Mapped[dict[str, Any]]
    audience: Mapped[dict[str, Any]]
    stage: Mapped[Word] = mapped_column(index=True)  # draft, asked, planned, running, paused, stopped, done
    doing: Mapped[Word]  # send, correct, delete
    operation: Mapped[int]
    returns_to: Mapped[Word | None]  # the stage it had when a correction or deletion began, if not done
    planned_at: Mapped[datetime | None]
    size: Mapped[int | None]
    asked_by: Mapped[int | None] = mapped_column(Big)  # person id of whoever let it go last
    edited_by: Mapped[list[int]] = mapped_column(
        Data, default=list
    )  # person ids: whoever changed it approves it no more
    before: Mapped[Any] = mapped_column(Data, nullable=True)  # while a correction waits
    approved_by: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))
    approved_size: Mapped[int | None]  # recipients when it was approved
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    built_to: Mapped[int] = mapped_column(Big)  # person id: the ledger is built so far
    build_until: Mapped[int | None] = mapped_column(Big)
    samples: Mapped[Any] = mapped_column(Data)
    card: Mapped[int | None] = mapped_column(Big)  # the message with its progress, in its author's chat
    card_at: Mapped[datetime | None]
    report_for: Mapped[int | None] = mapped_column(Big)  # person id of whoever waits for the table of recipients


class AnnouncementRecipientRow(Table):
    """The ledger: what became of an announcement for one recipient."""

    __tablename__ = "announcement_recipient"
    __table_args__ = (Index("ix_announcement_recipient_next", "announcement_id", "fate", "operation", "person_id"),)

    announcement_id: Mapped[int] = mapped_column(
        Big, ForeignKey("announcement.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    fate: Mapped[Word]  # waiting, queued, sent, blocked, failed, muted, changing, deleted
    operation: Mapped[int]  # the last that it was taken for
    takes: Mapped[int]  # how often it was put into the outbox
    messages: Mapped[Any] = mapped_column(Data, nullable=True)  # the numbers of its messages
    error: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime | None]


class AnnouncementListRow(Table):
    """An uploaded list of application or telephone numbers: who was found stands in rows beside it."""

    __tablename__ = "announcement_list"

    id: Mapped[Key]
    announcement_id: Mapped[OfAnnouncement]
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[Word] = mapped_column(index=True)  # fetching, ready, refused
    file_id: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # who sent it; then what is told of it
    given: Mapped[int]
    found: Mapped[int]
    tries: Mapped[int]
    error: Mapped[str | None] = mapped_column(String(64))
    added_at: Mapped[datetime]


class AnnouncementListedRow(Table):
    """Somebody on an uploaded list."""

    __tablename__ = "announcement_listed"

    list_id: Mapped[int] = mapped_column(Big, ForeignKey("announcement_list.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[PersonKey] = mapped_column(primary_key=True)
