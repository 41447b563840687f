"""People and the updates of theirs that were handled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, bound_to, change_row, insert_new, insert_of, insert_unless
from db.prepared import Prepared
from db.tables import PersonRow, SetAsideRow, UpdateRow
from domain.person import Person, Place

# Asked with every update: made once, and without the ORM's bookkeeping.
_PEOPLE = PersonRow.__table__
# key_share (FOR NO KEY UPDATE): rows that merely refer to a person, made by jobs, need not wait for their turn. With
# a full FOR UPDATE a job that holds a document and tells its sender would deadlock with that sender's own turn.
_HELD = select(_PEOPLE).where(_PEOPLE.c.telegram_id == bindparam("telegram_id")).with_for_update(key_share=True)
_FIND = Prepared(_HELD)
_NUMBER = ("update_id", "handled_at")
_RECORD = insert_of(UpdateRow, *_NUMBER)


def _meeting() -> Prepared:
    """On PostgreSQL both in one trip: the number is noted for each person held, so never before the row is locked."""
    held = _HELD.cte("held")
    number = select(*(bound_to(UpdateRow, name).label(name) for name in _NUMBER)).select_from(held)
    insert = insert_unless("postgresql", UpdateRow).from_select(list(_NUMBER), number)
    noted = insert.returning(UpdateRow.update_id).cte("noted")
    return Prepared(select(held, exists(select(noted)).label("noted")))


_MEET = _meeting()


def meet(session: Session, telegram_id: int, update_id: int, now: datetime) -> tuple[Person, bool] | None:
    """The person with this Telegram account, held as by `find_person`, and what `record_update` says of this update.

    None for a stranger, with nothing noted.
    """
    if session.connection().dialect.name == "postgresql":
        row = _MEET.row(session, telegram_id=telegram_id, update_id=update_id, handled_at=now)
        return (_person(row), row.noted) if row else None
    person = find_person(session, telegram_id)
    return (person, record_update(session, update_id, now)) if person else None


def record_update(session: Session, update_id: int, now: datetime) -> bool:
    """Note that this update is being handled; False when it was handled before."""
    record = _RECORD[session.connection().dialect.name]
    return record.affected(session, update_id=update_id, handled_at=now) == 1


def forget_updates(session: Session, before: datetime) -> int:
    """Delete the numbers of updates handled before this moment (Telegram redelivers for 24 hours at most)."""
    return affected(session, delete(UpdateRow).where(UpdateRow.handled_at < before))


def find_person(session: Session, telegram_id: int) -> Person | None:
    """The person with this Telegram account, held (row lock on PostgreSQL) until the transaction ends."""
    row = _FIND.row(session, telegram_id=telegram_id)
    return _person(row) if row else None


def get_person(session: Session, person_id: int) -> Person | None:
    row = session.get(PersonRow, person_id)
    return _person(row) if row else None


def get_people(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """Those of these people who are stored, by their ids."""
    wanted = list(ids)
    rows = session.execute(select(_PEOPLE).where(_PEOPLE.c.id.in_(wanted))) if wanted else ()
    return {row.id: _person(row) for row in rows}


def add_person(session: Session, telegram_id: int, now: datetime) -> None:
    """A newcomer; quietly nothing when another transaction was quicker."""
    values: dict[str, Any] = {
        "telegram_id": telegram_id,
        "place": Place.MENU,
        "focus": "",
        "muted": [],
        "met_at": now,
        "seen_at": now,
    }
    insert_new(session, PersonRow, values)


def change_person(session: Session, person_id: int, **values: Any) -> None:
    change_row(session, PersonRow, person_id, **values)


def note_birth_year(session: Session, person_id: int, year: int) -> None:
    """For somebody without one; a year that stands already stays."""
    row = PersonRow
    session.execute(update(row).where(row.id == person_id, row.birth_year.is_(None)).values(birth_year=year))


def set_aside(session: Session, update_id: int, **values: Any) -> None:
    """Keep an update that kept failing; if it failed before and was replayed, it waits again."""
    if not insert_new(session, SetAsideRow, {"update_id": update_id, **values}):
        row = SetAsideRow
        session.execute(update(row).where(row.update_id == update_id).values(**values, replayed_at=None))


def sealed_update(session: Session, update_id: int) -> bytes | None:
    """The sealed update; None when none of this number waits."""
    row = SetAsideRow
    return session.scalar(select(row.sealed).where(row.update_id == update_id, row.replayed_at.is_(None)))


def release(session: Session, update_id: int, now: datetime) -> None:
    """An update that was set aside has been replayed."""
    row = SetAsideRow
    session.execute(update(row).where(row.update_id == update_id, row.replayed_at.is_(None)).values(replayed_at=now))


def updates_set_aside(session: Session) -> list[tuple[int, str, datetime]]:
    """Number, error and time of the updates that wait to be looked at, oldest first."""
    rows = session.execute(
        select(SetAsideRow.update_id, SetAsideRow.error, SetAsideRow.set_aside_at)
        .where(SetAsideRow.replayed_at.is_(None))
        .order_by(SetAsideRow.set_aside_at)
    )
    return [(row.update_id, row.error, row.set_aside_at) for row in rows]


def _person(row: Any) -> Person:
    return Person(
        id=row.id,
        telegram_id=row.telegram_id,
        language=row.language,
        place=Place(row.place),
        focus=row.focus,
        source=row.source,
        muted=frozenset(row.muted),
        met_at=row.met_at,
        seen_at=row.seen_at,
        unreachable=row.unreachable_since is not None,
        staff=bool(row.staff),
        heard_ticket=row.heard_ticket,
    )
