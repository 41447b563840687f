"""The ledger of an announcement: built in batches, taken in small portions, never two rows for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_from
from db.tables import AnnouncementRecipientRow, ApplicationRow, PersonRow
from domain.announcement import IN_OUTBOX, Announcement, Doing, Fate


@dataclass(frozen=True)
class Recipient:
    """A line of the ledger. `takes`: how often it was put into the outbox."""

    announcement_id: int
    person_id: int
    fate: Fate
    operation: int
    takes: int
    messages: tuple[int, ...]
    at: datetime | None


def last_person(session: Session) -> int:
    """The highest number of a person, or 0."""
    return session.scalar(select(func.max(PersonRow.id))) or 0


def build(session: Session, announcement_id: int, among: ColumnElement[bool], after: int, until: int, most: int) -> int:
    """Put those of the next `most` people who belong to the audience into the ledger; up to whom it is built now."""
    person, row = PersonRow, AnnouncementRecipientRow
    ahead = select(person.id).where(person.id > after, person.id <= until).order_by(person.id).limit(most).subquery()
    reached = session.scalar(select(func.max(ahead.c.id))) or until
    chosen = select(literal(announcement_id), person.id, literal(Fate.WAITING.value), literal(0), literal(0)).where(
        person.id > after, person.id <= reached, among
    )
    insert_from(session, row, ("announcement_id", "person_id", "fate", "operation", "takes"), chosen)
    return reached


def take(session: Session, one: Announcement, fates: Sequence[Fate], into: Fate, most: int) -> list[Recipient]:
    """Up to `most` lines that this operation has not had yet, in one of these fates, marked as being in the outbox.

    Given as they are then, but for the fate, which is the one that they had.
    """
    row = AnnouncementRecipientRow
    asked = select(row.person_id, row.fate).where(_still_open(one, fates)).limit(most)
    had = {person: Fate(fate) for person, fate in session.execute(asked.with_for_update(skip_locked=True))}
    if not had:
        return []
    taken = and_(row.announcement_id == one.id, row.person_id.in_(had))
    values = {"fate": into, "operation": one.operation, "takes": row.takes + 1}
    session.execute(update(row).where(taken).values(values).execution_options(synchronize_session=False))
    lines = [_recipient(found) for found in session.execute(_lines().where(taken).order_by(row.person_id))]
    return [replace(line, fate=had[line.person_id]) for line in lines]


def _still_open(one: Announcement, fates: Sequence[Fate]) -> ColumnElement[bool]:
    """The lines that this operation has still to take: of a deletion those of which something stands in a chat."""
    row = AnnouncementRecipientRow
    mine = and_(row.announcement_id == one.id, row.fate.in_(fates), row.operation < one.operation)
    return and_(mine, row.messages.is_not(null())) if one.doing is Doing.DELETE else mine


def recipient(session: Session, announcement_id: int, person_id: int) -> Recipient | None:
    """One line of the ledger."""
    row = AnnouncementRecipientRow
    found = session.execute(_lines().where(row.announcement_id == announcement_id, row.person_id == person_id)).first()
    return _recipient(found) if found else None


def settle(session: Session, line: Recipient, fate: Fate, **values: Any) -> bool:
    """Write what became of a line that stands in the outbox; False when it was taken anew, or settled, meanwhile."""
    row = AnnouncementRecipientRow
    mine = and_(row.announcement_id == line.announcement_id, row.person_id == line.person_id)
    standing = and_(mine, row.takes == line.takes, row.fate.in_(IN_OUTBOX))
    return affected(session, update(row).where(standing).values(fate=fate, **values)) == 1


def in_outbox(session: Session, announcement_id: int) -> int:
    """How many lines stand in the outbox."""
    row = AnnouncementRecipientRow
    asked = select(func.count()).where(row.announcement_id == announcement_id, row.fate.in_(IN_OUTBOX))
    return session.scalar(asked) or 0


def fates(session: Session, announcement_id: int) -> dict[Fate, int]:
    """How many lines have each fate."""
    row = AnnouncementRecipientRow
    asked = select(row.fate, func.count()).where(row.announcement_id == announcement_id).group_by(row.fate)
    return {Fate(fate): many for fate, many in session.execute(asked)}


def left(session: Session, one: Announcement, among: Sequence[Fate]) -> int:
    """How many lines this operation has still to take."""
    return session.scalar(select(func.count()).where(_still_open(one, among))) or 0


def partly_there(session: Session, announcement_id: int) -> int:
    """How many lines failed of which something stands in the chat: an album whose words Telegram did not take."""
    row = AnnouncementRecipientRow
    failed = and_(row.announcement_id == announcement_id, row.fate == Fate.FAILED, row.messages.is_not(null()))
    return session.scalar(select(func.count()).where(failed)) or 0


def too_old(session: Session, one: Announcement, fates: Sequence[Fate], before: datetime, error: str, most: int) -> int:
    """Mark up to `most` lines from before this moment as had by this deletion; how many. What was sent gets this error.

    What failed keeps its own.
    """
    row = AnnouncementRecipientRow
    people = session.scalars(select(row.person_id).where(_still_open(one, fates), row.at < before).limit(most)).all()
    mine = and_(row.announcement_id == one.id, row.person_id.in_(people))
    why = case((row.fate == Fate.SENT, error), else_=row.error)
    return affected(session, update(row).where(mine).values(operation=one.operation, error=why)) if people else 0


@dataclass(frozen=True)
class Line:
    """A line of the report."""

    person_id: int
    telegram_id: int
    language: str | None
    fate: Fate
    at: datetime | None
    error: str | None


def lines(session: Session, announcement_id: int, after: int, most: int) -> list[Line]:
    """The lines of the ledger after this person, in order."""
    row, person = AnnouncementRecipientRow, PersonRow
    columns = (row.person_id, person.telegram_id, person.language, row.fate, row.at, row.error)
    asked = select(*columns).join(person, person.id == row.person_id)
    page = asked.where(row.announcement_id == announcement_id, row.person_id > after).order_by(row.person_id)
    found = session.execute(page.limit(most))
    return [Line(one[0], one[1], one[2], Fate(one[3]), one[4], one[5]) for one in found]


def application_numbers(session: Session, people: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The numbers of these people's applications."""
    row, found = ApplicationRow, dict[int, tuple[str, ...]]()
    asked = select(row.person_id, row.number).where(row.person_id.in_(people)).order_by(row.id)
    for person_id, number in session.execute(asked):
        found[person_id] = (*found.get(person_id, ()), number)
    return found


def _lines() -> Select[Any]:
    row = AnnouncementRecipientRow
    return select(row.announcement_id, row.person_id, row.fate, row.operation, row.takes, row.messages, row.at)


def _recipient(row: Any) -> Recipient:
    messages = tuple(row.messages or ())
    return Recipient(row.announcement_id, row.person_id, Fate(row.fate), row.operation, row.takes, messages, row.at)
