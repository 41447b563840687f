"""People, what they agreed to, and the updates of theirs that were handled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Key, PersonKey, Table, Word


class PersonRow(Table):
    """One Telegram account."""

    __tablename__ = "person"

    id: Mapped[Key]
    telegram_id: Mapped[int] = mapped_column(Big, unique=True)
    language: Mapped[str | None] = mapped_column(String(8))
    place: Mapped[Word]
    focus: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str | None] = mapped_column(String(64), index=True)
    muted: Mapped[list[str]]
    met_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    unreachable_since: Mapped[datetime | None]
    staff: Mapped[bool] = mapped_column(default=False, server_default=false())  # has a membership: seen with the row
    birth_year: Mapped[int | None]  # alone it says nothing of who somebody is; the date stands sealed in answers
    heard_ticket: Mapped[int | None] = mapped_column(Big)  # an operator's words came last: is it these they answer?


class UpdateRow(Table):
    """An update that was handled: its number stands here from the same transaction on."""

    __tablename__ = "handled_update"

    update_id: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    handled_at: Mapped[datetime] = mapped_column(index=True)


class SetAsideRow(Table):
    """An update that kept failing, kept sealed so that it can be looked at and replayed."""

    __tablename__ = "set_aside_update"

    update_id: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    telegram_id: Mapped[int | None] = mapped_column(Big)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    error: Mapped[str] = mapped_column(Text)
    tries: Mapped[int]
    set_aside_at: Mapped[datetime]
    replayed_at: Mapped[datetime | None]


class ConsentRow(Table):
    """An answer to a consent's words, by their version; withdrawing leaves the row with its date."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_kind", "person_id", "kind"),)

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    competition_id: Mapped[int | None] = mapped_column(Big, ForeignKey("competition.id"))  # named in the words
    kind: Mapped[Word]  # processing, publication
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))  # of the words that were read
    agreed: Mapped[bool]
    answered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class OpeningRow(Table):
    """Who opened whose personal data, and when (law 94-V)."""

    __tablename__ = "opening"

    id: Mapped[Key]
    at: Mapped[datetime]
    who: Mapped[int | None] = mapped_column(Big)  # person id of the reader
    whose: Mapped[int | None] = mapped_column(Big, index=True)  # person id of the subject
    what: Mapped[Word]
    subject: Mapped[str] = mapped_column(String(128))
