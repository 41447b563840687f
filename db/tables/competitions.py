"""Competitions and their versions: a change after opening is a new version, never a correction of the old."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import CompetitionKey, Key, Table, Word


class CompetitionRow(Table):
    """A competition: which version of it is in force."""

    __tablename__ = "competition"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    lot: Mapped[Word]
    year: Mapped[int]
    version: Mapped[int]


class CompetitionVersionRow(Table):
    """One version: the file as the coordinator wrote it."""

    __tablename__ = "competition_version"
    __table_args__ = (UniqueConstraint("competition_id", "number"),)

    id: Mapped[Key]
    competition_id: Mapped[CompetitionKey]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    rules_kk: Mapped[str] = mapped_column(Text)
    rules_ru: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]


class NumberSeriesRow(Table):
    """The last number given out in a series such as "71-2026"."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int]
