"""Links of ours by which people come, and what became of those who came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.tables import ApplicationRow, CheckRow, DraftRow, ReachedRow, SourceRow, VisitRow
from domain.coverage import SourceKind
from domain.regions import Words


@dataclass(frozen=True)
class Source:
    """A link given out at one place: a school, a partner, a poster."""

    id: int
    code: str
    lot: str
    region: str  # KATO code; empty: the whole lot
    kind: SourceKind
    name: Words
    place: str
    made_at: datetime


@dataclass(frozen=True)
class Visits:
    """What became of those who came by a link: each number counts people. `first`: nobody had reached them before."""

    came: int = 0
    first: int = 0
    checked: int = 0
    began: int = 0
    applied: int = 0


def add(session: Session, **values: Any) -> int:
    """A new link; the number of its row."""
    row = SourceRow(**values)
    session.add(row)
    session.flush()
    return row.id


def with_code(session: Session, code: str) -> Source | None:
    found = session.scalars(select(SourceRow).where(SourceRow.code == code)).one_or_none()
    return _source(found) if found else None


def get(session: Session, source_id: int) -> Source | None:
    found = session.get(SourceRow, source_id)
    return _source(found) if found else None


def of_lots(session: Session, lots: Collection[str]) -> list[Source]:
    """The links of these lots, newest first."""
    row = SourceRow
    return [_source(one) for one in session.scalars(select(row).where(row.lot.in_(lots)).order_by(row.id.desc()))]


def visit(session: Session, source_id: int, person_id: int, now: datetime) -> bool:
    """Note that this person came by the link; False when they had before."""
    return insert_new(session, VisitRow, {"source_id": source_id, "person_id": person_id, "at": now})


def visits(session: Session, sources: Collection[int]) -> dict[int, Visits]:
    """What became of the visitors of each link, counted by the database; whoever erased their data only came."""
    counted: list[Any] = [VisitRow.source_id, func.count()]
    came = _by_source(session, select(*counted), sources)
    after = {
        "checked": _visitors_with(CheckRow, CheckRow.judged_at >= VisitRow.at),
        "began": _visitors_with(DraftRow, DraftRow.touched_at >= VisitRow.at),
        "applied": _visitors_with(ApplicationRow, ApplicationRow.sent_at >= VisitRow.at),
    }
    steps = {step: _by_source(session, statement, sources) for step, statement in after.items()}
    first = _first(session, sources)
    return {
        one: Visits(came.get(one, 0), first.get(one, 0), **{step: found.get(one, 0) for step, found in steps.items()})
        for one in sources
    }


def _visitors_with(table: Any, happened: Any) -> Select[Any]:
    """Visitors, each once, of whom the table has a row that came about since they came."""
    joined = (table.person_id == VisitRow.person_id) & happened
    counted: list[Any] = [VisitRow.source_id, func.count(VisitRow.person_id.distinct())]
    return select(*counted).join(table, joined)


def _first(session: Session, sources: Collection[int]) -> dict[int, int]:
    row = ReachedRow
    found = select(row.source_id, func.count()).where(row.source_id.in_(sources)).group_by(row.source_id)
    return {source: people for source, people in session.execute(found) if source is not None}


def _by_source(session: Session, statement: Select[Any], sources: Collection[int]) -> dict[int, int]:
    row = VisitRow
    found = session.execute(statement.where(row.source_id.in_(sources)).group_by(row.source_id))
    return {source: people for source, people in found}  # noqa: C416 - rows are no pairs to mypy


def _source(row: SourceRow) -> Source:
    name = Words(row.name_kk, row.name_ru)
    return Source(row.id, row.code, row.lot, row.region, SourceKind(row.kind), name, row.place, row.made_at)
