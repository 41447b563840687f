"""Competitions and the texts of their versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.prepared import Prepared
from db.tables import CompetitionRow, CompetitionVersionRow, NumberSeriesRow
from domain.competition import Competition
from domain.regions import Words


@dataclass(frozen=True)
class Version:
    """A version without its texts, which never change: whoever has read those of this hash needs them no more."""

    id: int
    competition_id: int
    number: int
    sha256: str


IN_FORCE = "versions in force"  # in a session's info, once they were asked for
_COMPETITIONS, _VERSIONS = CompetitionRow.__table__, CompetitionVersionRow.__table__
MARKS = (_VERSIONS.c.id, _VERSIONS.c.competition_id, _VERSIONS.c.number, _VERSIONS.c.sha256)
_NOW_IN_FORCE = select(*MARKS).join(
    _COMPETITIONS,
    (_COMPETITIONS.c.id == _VERSIONS.c.competition_id) & (_COMPETITIONS.c.version == _VERSIONS.c.number),
)
_ALL_NOW = Prepared(_NOW_IN_FORCE.add_columns(_COMPETITIONS.c.lot, _COMPETITIONS.c.year))
_ONE_NOW = Prepared(_NOW_IN_FORCE.where(_COMPETITIONS.c.id == bindparam("competition_id")))
_ONE = Prepared(select(*MARKS).where(_VERSIONS.c.id == bindparam("version_id")))


def put_in_force(
    session: Session, competition: Competition, text: str, rules: Words, digest: str, now: datetime
) -> Version:
    """The new version, or the one in force when nothing differs."""
    values = {"code": competition.code, "lot": competition.lot, "year": competition.year, "version": 0}
    insert_new(session, CompetitionRow, values)
    row = session.scalars(select(CompetitionRow).where(CompetitionRow.code == competition.code).with_for_update()).one()
    if row.version and (now_in_force := version_now(session, row.id)).sha256 == digest:
        return now_in_force
    session.info.pop(IN_FORCE, None)
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


def versions_in_force(session: Session) -> tuple[Version, ...]:
    """Ordered by lot and year: here, since how a database orders words depends on its kind and its locale.

    Asked once in a transaction, however often it is called.
    """
    if IN_FORCE not in session.info:
        rows = sorted(_ALL_NOW.rows(session), key=lambda row: (row.lot, row.year))
        session.info[IN_FORCE] = tuple(Version(*row[: len(MARKS)]) for row in rows)
    known: tuple[Version, ...] = session.info[IN_FORCE]
    return known


def version_now(session: Session, competition_id: int) -> Version:
    return Version(*_ONE_NOW.one(session, competition_id=competition_id))


def version(session: Session, version_id: int) -> Version:
    return Version(*_ONE.one(session, version_id=version_id))


def texts(session: Session, version_id: int) -> tuple[str, Words]:
    """The file's text of a version, and the rules' official texts."""
    row = session.get_one(CompetitionVersionRow, version_id)
    return row.text, Words(row.rules_kk, row.rules_ru)


def next_number(session: Session, series: str) -> int:
    """The next number of a series, from 1; taken for good when the transaction commits."""
    insert_new(session, NumberSeriesRow, {"series": series, "last": 0})
    row = NumberSeriesRow
    return session.execute(
        update(row).where(row.series == series).values(last=row.last + 1).returning(row.last)
    ).scalar_one()
