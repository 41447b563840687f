"""Everything that is stored about one person, read for them and erased for them (db/personal_tables.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import Session

from db import coverage, documents
from db.personal_tables import NAMELESS, PERSONAL, STAYING, Personal, applications_of, drafts_of
from db.tables import (
    ApplicationEventRow,
    ApplicationRow,
    CallTaskRow,
    CheckRow,
    DraftRow,
    OpeningRow,
    PersonRow,
    Table,
    TicketRow,
)
from db.tables.columns import Big

Row = dict[str, Any]


def rows_of(session: Session, person_id: int) -> dict[str, list[Row]]:
    """Table name → rows of this person, oldest first, as stored (sealed values too)."""
    return {one.table.__tablename__: _rows(session, one, person_id) for one in reversed(PERSONAL)}


def _rows(session: Session, one: Personal, person_id: int) -> list[Row]:
    return [dict(row._mapping) for row in session.execute(_statement(one), {"person_id": person_id})]


@cache
def _statement(one: Personal) -> Select[*tuple[Any, ...]]:
    """Composed once: to compose them all takes longer than to run them."""
    columns = one.table.__table__.columns
    first = next(column for column in columns if column.primary_key)
    return select(*columns).where(one.of(cast(int, bindparam("person_id", type_=Big)))).order_by(first)


def unsent(session: Session, person_id: int) -> list[int]:
    """The drafts of this person that no application was made of."""
    used = select(ApplicationRow.draft_id).where(ApplicationRow.person_id == person_id)
    return list(session.scalars(drafts_of(person_id).where(DraftRow.id.not_in(used))))


def erase_unsent(session: Session, person_id: int, now: datetime) -> None:
    """Delete the drafts with their files, and the checks but those that a registered request is about."""
    erase_drafts(session, unsent(session, person_id), now)
    asked = set(session.scalars(select(TicketRow.subject).where(TicketRow.person_id == person_id)))
    checks = session.scalars(select(CheckRow.id).where(CheckRow.person_id == person_id)).all()
    needless = [one for one in checks if f"check:{one}" not in asked]
    session.execute(delete(CheckRow).where(CheckRow.id.in_(needless)))


def erase_all(session: Session, person_id: int, now: datetime) -> None:
    """Nothing of this person stays but dates on which somebody opened their data, and that somebody was reached."""
    erase_applications(session, session.scalars(applications_of(person_id)).all(), now)
    erase_drafts(session, session.scalars(drafts_of(person_id)).all(), now)
    session.execute(update(OpeningRow).where(OpeningRow.whose == person_id).values(whose=None, subject=""))
    session.execute(update(OpeningRow).where(OpeningRow.who == person_id).values(who=None))
    coverage.forget_person(session, person_id)
    _delete_of(session, person_id, {one.table for one in PERSONAL} - NAMELESS)


def erase_all_but(session: Session, person_id: int, applications: Sequence[int], now: datetime) -> None:
    """What stays: these applications with their way, files and consents, and the account they are answered to."""
    others = session.scalars(applications_of(person_id).where(ApplicationRow.id.not_in(applications))).all()
    erase_applications(session, others, now)
    erase_drafts(session, unsent(session, person_id), now)
    coverage.forget_links(session, person_id)
    _delete_of(session, person_id, {one.table for one in PERSONAL} - STAYING - NAMELESS)
    forgotten: dict[str, Any] = {"source": None, "muted": [], "focus": "", "staff": False, "birth_year": None}
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(**forgotten))


def erase_applications(session: Session, applications: Sequence[int], now: datetime) -> None:
    """Delete these applications with their way and the drafts and files they were made of."""
    row = ApplicationRow
    drafts = session.scalars(select(row.draft_id).where(row.id.in_(applications))).all()
    session.execute(delete(ApplicationEventRow).where(ApplicationEventRow.application_id.in_(applications)))
    session.execute(delete(CallTaskRow).where(CallTaskRow.application_id.in_(applications)))
    session.execute(delete(row).where(row.id.in_(applications)))
    erase_drafts(session, drafts, now)


def erase_drafts(session: Session, drafts: Sequence[int], now: datetime) -> None:
    """Delete these drafts with their files; the bytes are deleted by a timer."""
    documents.erase_of(session, drafts, now)
    session.execute(delete(DraftRow).where(DraftRow.id.in_(drafts)))


def _delete_of(session: Session, person_id: int, tables: set[type[Table]]) -> None:
    for one in PERSONAL:
        if one.table in tables:
            session.execute(delete(one.table).where(one.of(person_id)))
