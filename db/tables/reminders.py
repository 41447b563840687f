"""Reminders: the rules in force, how far each was carried out, and who was reminded of what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, CompetitionKey, Key, Table, Word


class ReminderRulesRow(Table):
    """A file of rules as an office wrote it; the last one is in force."""

    __tablename__ = "reminder_rules"

    id: Mapped[Key]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]


class ReminderRunRow(Table):
    """One step of a rule being carried out for a competition, up to `upto` (a person's id)."""

    __tablename__ = "reminder_run"
    __table_args__ = (UniqueConstraint("rule", "step", "competition_id", "at"),)

    id: Mapped[Key]
    rule: Mapped[Word]
    step: Mapped[Word]
    competition_id: Mapped[CompetitionKey]
    at: Mapped[datetime]  # the moment of the step: a date that moves is another run
    upto: Mapped[int] = mapped_column(Big)
    ended_at: Mapped[datetime | None]


class ReminderRow(Table):
    """One person is to be, or was, reminded of one thing. The unique rule makes a second time impossible.

    Notifications and buttons name a reminder by its number, also one that was forgotten since: no number comes twice.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("person_id", "rule", "subject", "occasion", "step"),
        Index("ix_reminder_waiting", "state", "queued_at", "person_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(Big, ForeignKey("person.id", ondelete="CASCADE"))
    rule: Mapped[Word]
    step: Mapped[Word]  # "3 days before"; "tomorrow 2026-11-23" when they asked for it
    subject: Mapped[int] = mapped_column(Big)  # id of the draft, return, ticket …
    occasion: Mapped[str] = mapped_column(String(40))  # the day counted to, or the moment counted from
    competition_id: Mapped[int | None] = mapped_column(Big, ForeignKey("competition.id"))
    state: Mapped[Word]
    due_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]  # since when a notification is on its way to say it
    message: Mapped[int | None] = mapped_column(Big)  # the first reminder of the message that said it
    done_at: Mapped[datetime | None]
