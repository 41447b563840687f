"""Competitions and the texts of their versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.tables import CompetitionRow, CompetitionVersionRow, NumberSeriesRow
from domain.competition import Competition
from domain.regions import Words


@dataclass(frozen=True)
class VersionText:
    """A version as stored: the file's text and the rules' official texts."""

    id: int
    competition_id: int
    number: int
    text: str
    rules: Words
    sha256: str


def put_in_force(
    session: Session, competition: Competition, text: str, rules: Words, digest: str, now: datetime
) -> VersionText:
    """The new version, or the one in force when nothing differs."""
    values = {"code": competition.code, "lot": competition.lot, "year": competition.year, "version": 0}
    insert_new(session, CompetitionRow, values)
    row = session.scalars(select(CompetitionRow).where(CompetitionRow.code == competition.code).with_for_update()).one()
    if row.version and (now_in_force := version_now(session, row.id)).sha256 == digest:
        return now_in_force
    row.version += 1
    session.add(
        CompetitionVersionRow(
            competition_id=row.id,
            number=row.version,
            text=text,
            rules_kk=rules.kk,
            rules_ru=rules.ru,
            sha256=digest,
            loaded_at=now,
        )
    )
    session.flush()
    return version_now(session, row.id)


def versions_in_force(session: Session) -> list[VersionText]:
    rows = session.scalars(_now_in_force().order_by(CompetitionRow.lot, CompetitionRow.year))
    return [_text(row) for row in rows]


def version_now(session: Session, competition_id: int) -> VersionText:
    return _text(session.scalars(_now_in_force().where(CompetitionRow.id == competition_id)).one())


def version(session: Session, version_id: int) -> VersionText:
    return _text(session.get_one(CompetitionVersionRow, version_id))


def next_number(session: Session, series: str) -> int:
    """The next number of a series, from 1; taken for good when the transaction commits."""
    insert_new(session, NumberSeriesRow, {"series": series, "last": 0})
    row = NumberSeriesRow
    return session.execute(
        update(row).where(row.series == series).values(last=row.last + 1).returning(row.last)
    ).scalar_one()


def _now_in_force() -> Select[CompetitionVersionRow]:
    version = CompetitionVersionRow
    return select(version).join(
        CompetitionRow,
        (CompetitionRow.id == version.competition_id) & (CompetitionRow.version == version.number),
    )


def _text(row: CompetitionVersionRow) -> VersionText:
    return VersionText(row.id, row.competition_id, row.number, row.text, Words(row.rules_kk, row.rules_ru), row.sha256)
