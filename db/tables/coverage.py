"""Information coverage: who was reached, by which links they came, and what is entered by hand.

A row without a person is of somebody who had their data erased: they stay counted, as a number only.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Key, Table, Word

Somebody = Annotated[int | None, mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))]
OutreachPart = Annotated[int, mapped_column(Big, ForeignKey("outreach.id", ondelete="CASCADE"), primary_key=True)]


class SourceRow(Table):
    """A link of ours, given out at one place."""

    __tablename__ = "campaign_source"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    lot: Mapped[Word] = mapped_column(index=True)
    region: Mapped[Word]  # KATO code; empty: the whole lot
    kind: Mapped[Word]
    name_kk: Mapped[str] = mapped_column(String(120))
    name_ru: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(400))  # district, address
    made_by: Mapped[Somebody]
    made_at: Mapped[datetime]


class VisitRow(Table):
    """Who came by a link, and when for the first time."""

    __tablename__ = "source_visit"
    __table_args__ = (UniqueConstraint("source_id", "person_id"),)

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(Big, ForeignKey("campaign_source.id", ondelete="CASCADE"))
    person_id: Mapped[Somebody] = mapped_column(index=True)
    at: Mapped[datetime]


class ReachedRow(Table):
    """One person in one year and lot: here once, whatever reached them again. The empty lot: not known yet."""

    __tablename__ = "reached"
    __table_args__ = (
        UniqueConstraint("person_id", "year", "lot"),
        Index("ix_reached_tally", "year", "lot", "region", "channel", "day"),
    )

    id: Mapped[Key]
    person_id: Mapped[Somebody]
    year: Mapped[int]
    lot: Mapped[Word]
    region: Mapped[Word]
    channel: Mapped[Word]
    source_id: Mapped[int | None] = mapped_column(
        Big, ForeignKey("campaign_source.id", ondelete="SET NULL"), index=True
    )
    day: Mapped[date]
    named_at: Mapped[datetime | None]  # when the person last named this region
    placed: Mapped[
        date | None
    ]  # the day on which their word alone put them into this lot: corrected that day, it moves


class OutreachRow(Table):
    """An event or a post entered by hand; what it says stands in its versions."""

    __tablename__ = "outreach"

    id: Mapped[Key]
    lot: Mapped[Word] = mapped_column(index=True)
    kind: Mapped[Word]
    version: Mapped[int]


class OutreachVersionRow(Table):
    """What was entered, and after each correction what it became; nothing is written over."""

    __tablename__ = "outreach_version"

    outreach_id: Mapped[OutreachPart]
    number: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[Word]
    day: Mapped[date]
    people: Mapped[int]
    place: Mapped[str] = mapped_column(String(400))
    link: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[bool]
    made_by: Mapped[Somebody]
    made_at: Mapped[datetime]


class ProofRow(Table):
    """A photo or a file that proves an entry."""

    __tablename__ = "outreach_proof"
    __table_args__ = (UniqueConstraint("outreach_id", "file_unique_id"),)

    id: Mapped[Key]
    outreach_id: Mapped[int] = mapped_column(Big, ForeignKey("outreach.id", ondelete="CASCADE"))
    file_id: Mapped[str] = mapped_column(Text)  # Telegram's, to show it again
    file_unique_id: Mapped[str] = mapped_column(String(128))
    photo: Mapped[bool]
    made_by: Mapped[Somebody]
    made_at: Mapped[datetime]
