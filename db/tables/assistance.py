"""Applications that operators prepare for callers, and the codes by which those take them over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Key, PersonKey, Table, Word


class AssistanceRow(Table):
    """An operator at work on a draft of its own (state "assisted") for somebody; at most one open for each person."""

    __tablename__ = "assistance"
    __table_args__ = (
        Index(
            "uq_assistance_open",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    draft_id: Mapped[int] = mapped_column(Big, ForeignKey("draft.id", ondelete="CASCADE"), unique=True)
    operator_id: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(Big, ForeignKey("ticket.id", ondelete="SET NULL"))
    lot: Mapped[Word]
    state: Mapped[Word]  # filling, offered, taken, declined, dropped, expired
    chosen: Mapped[list[str]]  # questions where the applicant prefers the operator's answer to their own
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    code: Mapped[bytes] = mapped_column(LargeBinary)  # sealed; empty without one
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # of one that a new chat redeems
    code_until: Mapped[datetime | None]
    tries: Mapped[int]  # wrong codes
    ended_at: Mapped[datetime | None]


class CodeTryRow(Table):
    """A wrong code that somebody typed: only so many an hour are looked at."""

    __tablename__ = "code_try"
    __table_args__ = (Index("ix_code_try_person_at", "person_id", "at"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(Big, ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime]
