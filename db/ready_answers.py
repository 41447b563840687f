"""Answers that operators use often: each lot's own, and those of every lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.tables import ReadyAnswerRow
from domain.regions import Words


@dataclass(frozen=True)
class ReadyAnswer:
    """One ready answer; its text has {name} and {number} in it."""

    id: int
    key: str
    title: Words
    text: Words


def of_lot(session: Session, lot: str) -> list[ReadyAnswer]:
    """A lot's answers, and after them those of every lot, in their order."""
    row = ReadyAnswerRow
    found = session.scalars(select(row).where(row.lot.in_([lot, ""])).order_by(row.lot == "", row.place))
    return [_read(one) for one in found]


def get(session: Session, answer_id: int, lot: str) -> ReadyAnswer | None:
    row = session.get(ReadyAnswerRow, answer_id)
    return _read(row) if row and row.lot in (lot, "") else None


def put(session: Session, lot: str, answers: Sequence[ReadyAnswer]) -> None:
    """These are the lot's answers from now on, in this order."""
    session.execute(delete(ReadyAnswerRow).where(ReadyAnswerRow.lot == lot))
    for place, one in enumerate(answers):
        titles = {"title_kk": one.title.kk, "title_ru": one.title.ru, "text_kk": one.text.kk, "text_ru": one.text.ru}
        session.add(ReadyAnswerRow(lot=lot, key=one.key, place=place, **titles))
    session.flush()


def _read(row: ReadyAnswerRow) -> ReadyAnswer:
    return ReadyAnswer(row.id, row.key, Words(row.title_kk, row.title_ru), Words(row.text_kk, row.text_ru))
