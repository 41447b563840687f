"""Column types that mean the same on SQLite and on PostgreSQL, and the base of all tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone: it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only in a column of exactly the type INTEGER.
Big = BigInteger().with_variant(Integer, "sqlite")
Data = JSON().with_variant(JSONB, "postgresql")

Key = Annotated[int, mapped_column(Big, primary_key=True, autoincrement=True)]
Word = Annotated[str, mapped_column(String(64))]
PersonKey = Annotated[int, mapped_column(Big, ForeignKey("person.id", ondelete="CASCADE"), index=True)]
CompetitionKey = Annotated[int, mapped_column(Big, ForeignKey("competition.id"), index=True)]
VersionKey = Annotated[int, mapped_column(Big, ForeignKey("competition_version.id"))]


class Table(DeclarativeBase):
    """The base of every table; names of constraints are given so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: Data, list[str]: Data, list[int]: Data}  # noqa: RUF012
