"""Uploaded lists of people for announcements, and who is on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, aliased

from db.audience import Clause
from db.dialects import affected, insert_many
from db.tables import AnnouncementListedRow, AnnouncementListRow, ApplicationRow, DraftRow, PersonRow
from domain.announcement import NamedList

FETCHING, READY, REFUSED = "fetching", "ready", "refused"


@dataclass(frozen=True)
class StoredList:
    """A list as stored. `sealed`: what is told of it."""

    id: int
    announcement_id: int
    state: str
    file_id: str | None
    sealed: bytes | None
    given: int
    found: int
    tries: int
    error: str | None


def add(
    session: Session, announcement_id: int, name: str, file_id: str | None, sealed: bytes, now: datetime
) -> StoredList:
    """A list that is still to be read."""
    row = AnnouncementListRow
    values: dict[str, Any] = {
        "announcement_id": announcement_id,
        "name": name,
        "state": FETCHING,
        "file_id": file_id,
        "sealed": sealed,
        "given": 0,
        "found": 0,
        "tries": 0,
        "added_at": now,
    }
    number = session.execute(insert(row).values(values).returning(row.id)).scalar_one()
    found = get(session, number)
    assert found
    return found


def get(session: Session, list_id: int) -> StoredList | None:
    columns = AnnouncementListRow.__table__.c
    asked = select(*(columns[name] for name in StoredList.__dataclass_fields__)).where(columns.id == list_id)
    row = session.execute(asked).first()
    return StoredList(*row) if row else None


def named(session: Session, lists: Sequence[int]) -> dict[int, NamedList]:
    """Those of these lists that there are."""
    row = AnnouncementListRow
    found = session.execute(select(row.id, row.name, row.found, row.state).where(row.id.in_(lists))) if lists else ()
    return {number: NamedList(name, many, state == FETCHING, state == REFUSED) for number, name, many, state in found}


def to_read(session: Session) -> StoredList | None:
    """The oldest that is not read yet; this try is counted."""
    row = AnnouncementListRow
    number = session.scalar(select(row.id).where(row.state == FETCHING).order_by(row.id).limit(1))
    if number is None:
        return None
    session.execute(update(row).where(row.id == number).values(tries=row.tries + 1))
    return get(session, number)


def finish(session: Session, list_id: int, state: str, **values: Any) -> bool:
    """It is read, or cannot be; False when that was noted before."""
    row = AnnouncementListRow
    ended = update(row).where(row.id == list_id, row.state == FETCHING).values(state=state, file_id=None, **values)
    return affected(session, ended) == 1


def of_announcement(session: Session, announcement_id: int) -> list[int]:
    """The numbers of its lists, the newest last."""
    row = AnnouncementListRow
    return list(session.scalars(select(row.id).where(row.announcement_id == announcement_id).order_by(row.id)))


def unread(session: Session, lists: Sequence[int]) -> int:
    """How many of these lists are not read to their end (or are no more)."""
    row = AnnouncementListRow
    asked = select(func.count()).where(row.id.in_(lists), row.state == READY)
    return len(set(lists)) - (session.scalar(asked) or 0) if lists else 0


def by_number(session: Session, numbers: Sequence[str], among: Clause) -> list[tuple[str, int]]:
    """Of these numbers of applications those that people of `among` have sent, with the person."""
    row = aliased(ApplicationRow)  # `among` asks about rows of its own
    asked = select(row.number, row.person_id).join(PersonRow, PersonRow.id == row.person_id)
    found = session.execute(asked.where(row.number.in_(numbers), PersonRow.telegram_id > 0, among))
    return [(number, person_id) for number, person_id in found]


def by_phone(session: Session, marks: Iterable[int], among: Clause) -> list[tuple[int, int]]:
    """Of these marks of telephone numbers those that people of `among` have given as their own, with the person."""
    row = aliased(DraftRow)  # `among` asks about rows of its own
    asked = select(row.phone_mark, row.person_id).join(PersonRow, PersonRow.id == row.person_id).distinct()
    own = asked.where(row.phone_mark.in_(list(marks)), row.state.in_(("open", "sent")), PersonRow.telegram_id > 0)
    return [(mark, person_id) for mark, person_id in session.execute(own.where(among)) if mark is not None]


def put(session: Session, list_id: int, people: Iterable[int]) -> None:
    """These people are on the list; whoever is on it already stays once."""
    if rows := [{"list_id": list_id, "person_id": person_id} for person_id in sorted(set(people))]:
        insert_many(session, AnnouncementListedRow, rows)


def size(session: Session, list_id: int) -> int:
    """How many people are on it."""
    row = AnnouncementListedRow
    return session.scalar(select(func.count()).where(row.list_id == list_id)) or 0
