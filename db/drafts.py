"""Applications being written, and whether one was sent already."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from db.competitions import Version
from db.dialects import change_row, insert_new
from db.people import get_person
from db.prepared import Prepared, Row
from db.tables import ApplicationRow, CompetitionRow, CompetitionVersionRow, DraftRow, PersonRow
from domain.person import Person

OPEN, SENT, DISCARDED, ASSISTED = "open", "sent", "discarded", "assisted"
MARK = ("id", "competition_id", "number", "sha256")


@dataclass(frozen=True)
class StoredDraft:
    """A draft as stored: `sealed` holds the personal answers, `pending` what waits for the person's yes."""

    id: int
    person_id: int
    competition_id: int
    version_id: int
    cursor: str
    answers: dict[str, Any]
    sealed: bytes
    pending: bytes
    begun_at: datetime
    touched_at: datetime
    filled_by: dict[str, int]  # who gave an answer, where it was not the person
    now: Version  # of its competition, in force
    then: Version  # the one it was last saved under


COLUMNS = tuple(each.name for each in fields(StoredDraft) if each.name not in ("now", "then"))
_DRAFTS, _COMPETITIONS = DraftRow.__table__, CompetitionRow.__table__
_NOW, _THEN = CompetitionVersionRow.__table__.alias("now"), CompetitionVersionRow.__table__.alias("then")
_ANY = (
    select(
        *(_DRAFTS.c[each] for each in COLUMNS),
        *(version.c[each].label(f"{version.name}_{each}") for version in (_NOW, _THEN) for each in MARK),
    )
    .join(_COMPETITIONS, _COMPETITIONS.c.id == _DRAFTS.c.competition_id)
    .join(_NOW, (_NOW.c.competition_id == _COMPETITIONS.c.id) & (_NOW.c.number == _COMPETITIONS.c.version))
    .join(_THEN, _THEN.c.id == _DRAFTS.c.version_id)
)
_OPEN = _ANY.where(_DRAFTS.c.person_id == bindparam("person_id"), _DRAFTS.c.state == OPEN).order_by(
    _DRAFTS.c.touched_at.desc(), _DRAFTS.c.id.desc()
)
_LAST = Prepared(_OPEN.limit(1).with_for_update(of=_DRAFTS))
_OF_COMPETITION = Prepared(_OPEN.where(_DRAFTS.c.competition_id == bindparam("competition_id")))
_ASSISTED = Prepared(
    _ANY.where(_DRAFTS.c.id == bindparam("draft_id"), _DRAFTS.c.state == ASSISTED).with_for_update(of=_DRAFTS)
)


def open_draft(session: Session, person_id: int) -> StoredDraft | None:
    """This person's open draft, held until the transaction ends; the last touched one of several."""
    row = _LAST.row(session, person_id=person_id)
    return _stored(row) if row else None


def competition_begun(session: Session, person_id: int) -> int | None:
    """The competition of the draft this person touched last, sent or not; a discarded one does not count."""
    row = DraftRow
    return session.scalars(
        select(row.competition_id)
        .where(row.person_id == person_id, row.state.in_((OPEN, SENT)))
        .order_by(row.touched_at.desc(), row.id.desc())
        .limit(1)
    ).one_or_none()


def begin(session: Session, person_id: int, competition_id: int, now: datetime, **values: Any) -> StoredDraft:
    """A new draft with these values; the open one as it is when there is one for this competition already."""
    new = {"person_id": person_id, "competition_id": competition_id, "state": OPEN, "begun_at": now, "touched_at": now}
    insert_new(session, DraftRow, new | values)
    return _stored(_OF_COMPETITION.one(session, person_id=person_id, competition_id=competition_id))


def prepare(session: Session, person_id: int, competition_id: int, now: datetime, **values: Any) -> int:
    """A draft that an operator fills in for this person; its number."""
    new = {"person_id": person_id, "competition_id": competition_id, "state": ASSISTED}
    row = DraftRow(begun_at=now, touched_at=now, filled_by={}, **new, **values)
    session.add(row)
    session.flush()
    return row.id


def prepared(session: Session, draft_id: int) -> StoredDraft | None:
    """A draft that an operator fills in, held until the transaction ends; None when that is over."""
    row = _ASSISTED.row(session, draft_id=draft_id)
    return _stored(row) if row else None


def people_with_phone(session: Session, mark: int) -> list[Person]:
    """Who has an account and has given this telephone number as their own in an application (by its mark)."""
    row = DraftRow
    given = select(row.person_id).where(row.phone_mark == mark, row.state.in_((OPEN, SENT)))
    found = session.scalars(select(PersonRow.id).where(PersonRow.id.in_(given), PersonRow.telegram_id > 0))
    return [person for key in found if (person := get_person(session, key))]


def phone_marks(session: Session, person_id: int) -> list[int]:
    """The marks of the telephone numbers that this person has given as their own."""
    row = DraftRow
    mine = select(row.phone_mark).where(row.person_id == person_id, row.state.in_((OPEN, SENT))).distinct()
    return [mark for mark in session.scalars(mine) if mark is not None]


def newest_answers(session: Session, person_id: int) -> tuple[dict[str, Any], bytes]:
    """The answers, plain and sealed, of the open draft that this person, or an operator for them, touched last."""
    row = DraftRow
    mine = select(row.answers, row.sealed).where(row.person_id == person_id, row.state.in_((OPEN, ASSISTED)))
    mine = mine.order_by(row.touched_at.desc(), row.id.desc())
    found = session.execute(mine.limit(1)).first()
    return (found.answers, found.sealed) if found else ({}, b"")


def unmarked(session: Session, after: int, most: int) -> list[tuple[int, dict[str, Any], bytes]]:
    """(id, answers, sealed answers) of drafts beyond this one, open or sent, that have no telephone's mark."""
    row = DraftRow
    missing = (row.id > after, row.state.in_((OPEN, SENT)), row.phone_mark.is_(None))
    found = session.execute(select(row.id, row.answers, row.sealed).where(*missing).order_by(row.id).limit(most))
    return [(one.id, one.answers, one.sealed) for one in found]


def mark_phone(session: Session, draft_id: int, mark: int) -> None:
    """For a draft without a mark; one that stands already stays."""
    row = DraftRow
    session.execute(update(row).where(row.id == draft_id, row.phone_mark.is_(None)).values(phone_mark=mark))


def change(session: Session, draft_id: int, **values: Any) -> None:
    change_row(session, DraftRow, draft_id, **values)


def sent_number(session: Session, person_id: int, competition_id: int) -> str | None:
    """The number of the application this person has in the competition; None without one or withdrawn."""
    row = ApplicationRow
    return session.scalar(
        select(row.number).where(
            row.person_id == person_id, row.competition_id == competition_id, row.withdrawn_at.is_(None)
        )
    )


def _stored(row: Row) -> StoredDraft:
    own, now = len(COLUMNS), len(COLUMNS) + len(MARK)
    values: dict[str, Any] = dict(zip(COLUMNS, row[:own], strict=True))
    return StoredDraft(**values, now=Version(*row[own:now]), then=Version(*row[now:]))
