"""Who was reached: one row for each person, year and lot, written when it happens, so that counting reads an index.

docs/decisions/0018-coverage-is-counted-once.md
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, bindparam, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from db.dialects import change_row, insert_from, insert_new
from db.prepared import Prepared
from db.tables import DraftRow, PersonRow, ReachedRow, StaffMemberRow, VisitRow
from domain.coverage import Channel, Reached, Tally

People = Sequence[int] | Select[int]  # ids, or what finds them
_REACHED = ReachedRow.__table__
_APART: tuple[Any, ...] = (ReachedRow.lot, ReachedRow.region, ReachedRow.channel, ReachedRow.day)
_NAMED_LAST = Prepared(
    select(_REACHED.c.lot, _REACHED.c.region, _REACHED.c.named_at)
    .where(_REACHED.c.person_id == bindparam("person_id"), _REACHED.c.named_at.is_not(None))
    .order_by(_REACHED.c.named_at.desc(), _REACHED.c.year.desc(), _REACHED.c.id.desc())
    .limit(1)
)


def reach(session: Session, person_id: int, year: int, lot: str, **values: Any) -> bool:
    """Note that this person is reached; False when they stand there already."""
    return insert_new(session, ReachedRow, {"person_id": person_id, "year": year, "lot": lot, **values})


def change(session: Session, reached_id: int, **values: Any) -> None:
    change_row(session, ReachedRow, reached_id, **values)


def drop(session: Session, reached_id: int) -> None:
    """Take a row away: the person stands in another lot of this year."""
    session.execute(delete(ReachedRow).where(ReachedRow.id == reached_id))


def rows_of(session: Session, person_id: int, year: int) -> dict[str, Reached]:
    """Where this person stands in a year, by lot."""
    row = ReachedRow
    found = session.execute(
        select(row.id, row.lot, row.channel, row.placed)
        .where(row.person_id == person_id, row.year == year)
        .order_by(row.id)
    )
    return {one.lot: Reached(one.id, one.lot, Channel(one.channel), one.placed) for one in found}


def named_last(session: Session, person_id: int) -> tuple[str, str, datetime] | None:
    """Lot and region that this person named last, in whatever year, and when."""
    found = _NAMED_LAST.row(session, person_id=person_id)
    return (found.lot, found.region, found.named_at) if found else None


def writer_of(session: Session, draft_id: int) -> int:
    """Whose draft this is."""
    return session.scalars(select(DraftRow.person_id).where(DraftRow.id == draft_id)).one()


def reach_all(session: Session, people: People, year: int, day: date) -> int:
    """Note an announcement's delivery to these people (ids) in two statements, however many; how many were new.

    Each in the lot of the region that they named last; who has named none and was not reached before, in none.
    """
    return _reach_named(session, people, year, day) + _reach_unnamed(session, people, year, day)


COLUMNS = ["person_id", "year", "lot", "region", "channel", "day", "placed", "named_at"]


def _reach_named(session: Session, people: People, year: int, day: date) -> int:
    row = ReachedRow
    newest = func.row_number().over(
        partition_by=row.person_id, order_by=(row.named_at.desc(), row.year.desc(), row.id.desc())
    )
    known = (
        select(row.person_id, row.lot, row.region, row.named_at, newest.label("place"))
        .where(row.named_at.is_not(None), row.person_id.in_(people))
        .subquery()
        .c
    )
    told = [known.person_id, literal(year), known.lot, known.region, _DELIVERY]
    told += [literal(day, Date()), literal(day, Date()), known.named_at]
    return insert_from(session, ReachedRow, COLUMNS, select(*told).where(known.place == 1))


def _reach_unnamed(session: Session, people: People, year: int, day: date) -> int:
    row = ReachedRow
    there = exists().where(row.person_id == PersonRow.id, row.year == year)
    told: list[Any] = [PersonRow.id, literal(year), literal(""), literal(""), _DELIVERY, literal(day, Date())]
    told += [literal(None, Date()), literal(None, row.named_at.type)]
    unknown = select(*told).where(PersonRow.id.in_(people), ~there)
    return insert_from(session, ReachedRow, COLUMNS, unknown)


_DELIVERY = literal(Channel.ANNOUNCEMENT.value)


def tallies(session: Session, year: int, lots: Collection[str]) -> list[Tally]:
    """People by lot, region, channel and day: an index is read, not the table."""
    found = select(*_APART, func.count()).where(ReachedRow.year == year, ReachedRow.lot.in_(lots)).group_by(*_APART)
    return [_tally(one, people) for *one, people in session.execute(found)]


def totals(session: Session, year: int, lots: Collection[str]) -> dict[str, int]:
    """People by lot alone: a third of the time of `tallies`, which matters where there are a million."""
    row = ReachedRow
    by_lot = select(row.lot, func.count().label("people")).where(row.year == year, row.lot.in_(lots)).group_by(row.lot)
    return {one.lot: one.people for one in session.execute(by_lot)}


def tallies_of_staff(session: Session, year: int, lots: Collection[str]) -> list[Tally]:
    """The same of those who work in the office now: they are nobody's coverage.

    Found by who they are and counted here: with the lots among its conditions, or grouped, SQLite would take the index
    of the figures and go through everybody's rows for them.
    """
    staff = session.scalars(select(StaffMemberRow.person_id).where(StaffMemberRow.left_at.is_(None))).all()
    theirs = session.execute(select(*_APART).where(ReachedRow.person_id.in_(set(staff)), ReachedRow.year == year))
    counted = Counter(tuple(one) for one in theirs if one.lot in lots)
    return [_tally(one, people) for one, people in counted.items()]


def first_year(session: Session) -> int | None:
    """The first year that anybody was reached in."""
    return session.scalar(select(func.min(ReachedRow.year)))


def add_nameless(session: Session, tally: Tally) -> None:
    """So many people of whom nothing else is known: the demonstration's."""
    row = {"year": tally.day.year, "lot": tally.lot, "region": tally.region, "channel": tally.channel, "day": tally.day}
    session.execute(insert(ReachedRow), [row] * tally.people)


def forget_person(session: Session, person_id: int) -> None:
    """This person stays counted, but nobody can tell any more who it was."""
    for row in (ReachedRow, VisitRow):
        session.execute(update(row).where(row.person_id == person_id).values(person_id=None))


def forget_links(session: Session, person_id: int) -> None:
    """The same of the links alone by which this person came: somebody came by them."""
    session.execute(update(VisitRow).where(VisitRow.person_id == person_id).values(person_id=None))
    session.execute(update(ReachedRow).where(ReachedRow.person_id == person_id).values(source_id=None))


def _tally(apart: Sequence[Any], people: int) -> Tally:
    lot, region, channel, day = apart
    return Tally(lot, region, Channel(channel), day, people)
