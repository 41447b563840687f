"""Answers that operators use often: each lot's own, and those of every lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.dialects import affected
from db.tables import ReadyAnswerRow
from domain.regions import Words


@dataclass(frozen=True)
class ReadyAnswer:
    """One ready answer; its text has {name} and {number} in it."""

    id: int
    key: str
    title: Words
    text: Words
    lot: str = ""  # empty: every lot's
    draft: bool = False
    replaces: int | None = None  # of a draft: the answer whose place it is to take


def of_lot(session: Session, lot: str) -> list[ReadyAnswer]:
    """A lot's answers, and after them those of every lot, in their order."""
    row = ReadyAnswerRow
    found = session.scalars(select(row).where(row.lot.in_([lot, ""]), ~row.draft).order_by(row.lot == "", row.place))
    return [_read(one) for one in found]


def get(session: Session, answer_id: int, lot: str) -> ReadyAnswer | None:
    """One that may be sent in this lot."""
    found = any_of(session, answer_id)
    return found if found and not found.draft and found.lot in (lot, "") else None


def any_of(session: Session, answer_id: int) -> ReadyAnswer | None:
    """One of any lot, a draft too."""
    row = ReadyAnswerRow
    found = session.scalars(select(row).where(row.id == answer_id).execution_options(populate_existing=True))
    return next((_read(one) for one in found), None)


def written_for(session: Session, lot: str) -> list[ReadyAnswer]:
    """A lot's own (empty: those of every lot), in their order, and then its drafts."""
    row = ReadyAnswerRow
    found = session.scalars(select(row).where(row.lot == lot).order_by(row.draft, row.place, row.id))
    return [_read(one) for one in found]


def add_draft(session: Session, lot: str, key: str, copied: ReadyAnswer | None = None) -> int:
    """Begin one, or another version of one; its number. The version that is being written already stays."""
    row = ReadyAnswerRow
    if copied and (begun := session.scalars(select(row.id).where(row.replaces == copied.id, row.draft)).first()):
        return begun
    said = _columns(copied.title, copied.text) if copied else _columns(Words("", ""), Words("", ""))
    new = ReadyAnswerRow(lot=lot, key=key, place=0, draft=True, replaces=copied.id if copied else None, **said)
    session.add(new)
    session.flush()
    return new.id


def write(session: Session, answer_id: int, column: str, text: str) -> bool:
    """Set a column of a draft; False when it is none (any more)."""
    row = ReadyAnswerRow
    return affected(session, update(row).where(row.id == answer_id, row.draft).values({column: text})) == 1


def put_in_use(session: Session, one: ReadyAnswer) -> bool:
    """A draft takes the place of the one that it is a version of, or the last; False when it is none (any more)."""
    row = ReadyAnswerRow
    place = session.scalars(select(row.place).where(row.id == one.replaces, ~row.draft)).one_or_none()
    if place is None:
        last = session.scalars(select(func.max(row.place)).where(row.lot == one.lot, ~row.draft)).one()
        place = 0 if last is None else last + 1
    used = update(row).where(row.id == one.id, row.draft).values(draft=False, replaces=None, place=place)
    if affected(session, used) != 1:
        return False
    if one.replaces is not None:
        remove(session, one.replaces)
    return True


def remove(session: Session, answer_id: int) -> None:
    """Nobody can send it any more; what is being written to take its place stays."""
    session.execute(delete(ReadyAnswerRow).where(ReadyAnswerRow.id == answer_id))


def put(session: Session, lot: str, answers: Sequence[ReadyAnswer]) -> None:
    """These are the lot's answers from now on, in this order; drafts stay."""
    session.execute(delete(ReadyAnswerRow).where(ReadyAnswerRow.lot == lot, ~ReadyAnswerRow.draft))
    for place, one in enumerate(answers):
        session.add(ReadyAnswerRow(lot=lot, key=one.key, place=place, **_columns(one.title, one.text)))
    session.flush()


def _columns(title: Words, text: Words) -> dict[str, str]:
    return {"title_kk": title.kk, "title_ru": title.ru, "text_kk": text.kk, "text_ru": text.ru}


def _read(row: ReadyAnswerRow) -> ReadyAnswer:
    said = Words(row.title_kk, row.title_ru), Words(row.text_kk, row.text_ru)
    return ReadyAnswer(row.id, row.key, *said, row.lot, row.draft, row.replaces)
