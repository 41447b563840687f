"""Who works in the office, and the links by which they join."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Key, PersonKey, Table, Word


class StaffMemberRow(Table):
    """A membership: a role of a person, in some lots or (empty list) in all. One that ended stays with its date."""

    __tablename__ = "staff_member"
    __table_args__ = (
        Index(
            "uq_staff_member_role",
            "person_id",
            "staff_role",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    role: Mapped[Word] = mapped_column("staff_role")
    lots: Mapped[list[str]]
    name: Mapped[str] = mapped_column(String(120))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    presence: Mapped[Word]  # off, on_duty, pause
    presence_since: Mapped[datetime]
    capacity: Mapped[int]


class DistributionRow(Table):
    """A lot whose new tickets are given out to those on duty by themselves; a lot without a row: they are taken."""

    __tablename__ = "ticket_distribution"

    lot: Mapped[Word] = mapped_column(primary_key=True)
    switched_on: Mapped[bool]
    changed_by: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]


class StaffInvitationRow(Table):
    """A link that makes one person a member, once. Only a hash of its token is kept."""

    __tablename__ = "staff_invitation"

    id: Mapped[Key]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Word] = mapped_column("staff_role")
    lots: Mapped[list[str]]
    name: Mapped[str] = mapped_column(String(120))  # empty: as Telegram calls them
    made_by: Mapped[int | None] = mapped_column(
        Big, ForeignKey("person.id", ondelete="SET NULL")
    )  # None: on the machine
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class CallTaskRow(Table):
    """Somebody whom something important must reach and whom the bot cannot: to be telephoned."""

    __tablename__ = "call_task"
    __table_args__ = (
        Index(
            "uq_call_task_open",
            "application_id",
            unique=True,
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "uq_call_task_ticket",
            "ticket_id",
            unique=True,
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_call_task_next", "lot", "done_at", "next_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    application_id: Mapped[int | None] = mapped_column(Big, ForeignKey("application.id", ondelete="CASCADE"))
    ticket_id: Mapped[int | None] = mapped_column(Big, ForeignKey("ticket.id", ondelete="CASCADE"))  # of an answer
    lot: Mapped[Word]
    why: Mapped[Word]  # the kind of notification that did not arrive
    added_at: Mapped[datetime]
    next_at: Mapped[datetime]  # when to try (again)
    tries: Mapped[int] = mapped_column(default=0)
    caller_id: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))  # of the last try
    outcome: Mapped[str | None] = mapped_column(String(64))  # reached, wrong_number, no_answer
    done_at: Mapped[datetime | None]
