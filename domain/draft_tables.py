"""Rows of the form's tables: added cell by cell, changed, removed. A row not whole yet is kept as it is.

Buttons name a row by its `mark`, which changes with its content, so that an old button never meets a row that
has moved or changed; two rows with equal marks are equal, and either may be meant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zlib import crc32

from domain.competition import Competition
from domain.draft import Cursor, Filling
from domain.draft_steps import asked_now, onward
from domain.form import Column, Kind, Question, question, whole
from domain.refusal import Reason, Refused

Row = Mapping[str, Any]


def mark(row: Row) -> str:
    """Eight hexadecimal digits that name a row by its content."""
    return f"{crc32(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()):08x}"


def rows_of(filling: Filling, key: str) -> list[dict[str, Any]]:
    """The rows of a table as copies, the unfinished ones too."""
    return [dict(row) for row in filling.answers.get(key) or ()]


def add_row(filling: Filling, _competition: Competition, key: str) -> Filling:
    """Ask for the first cell of one more row. Refused: OLD_BUTTON; TOO_MANY_ROWS (facts: limit)."""
    one = _table(filling, key)
    count = len(rows_of(filling, key))
    if count >= one.most:
        raise Refused(Reason.TOO_MANY_ROWS, limit=one.most)
    return _at(filling, count, one.columns[0].key)


def open_row(filling: Filling, _competition: Competition, key: str, row_mark: str) -> Filling:
    """Show one row by itself. Refused: OLD_BUTTON."""
    _table(filling, key)
    return _at(filling, _place(filling, key, row_mark), None)


def edit_cell(filling: Filling, _competition: Competition, key: str, row_mark: str, column: str) -> Filling:
    """Ask for one cell of a row again. Refused: OLD_BUTTON."""
    if column not in {each.key for each in _table(filling, key).columns}:
        raise Refused(Reason.OLD_BUTTON)
    return _at(filling, _place(filling, key, row_mark), column)


def remove_row(filling: Filling, _competition: Competition, key: str, row_mark: str) -> Filling:
    """Take a row away; its table is shown, or its first cell asked when it was the last. Refused: OLD_BUTTON."""
    one = _table(filling, key)
    rows = rows_of(filling, key)
    del rows[_place(filling, key, row_mark)]
    fewer = replace(filling, answers={**filling.answers, key: rows})
    return _at(fewer, None, None) if rows else _at(fewer, 0, one.columns[0].key)


def put_cell(filling: Filling, _competition: Competition, value: Any) -> Filling:
    """Take a value as the cell asked now; the row's next empty cell is asked, or the table is shown."""
    key, column = filling.cursor.key, filling.cursor.column
    assert column
    rows = rows_of(filling, key)
    place = min(filling.cursor.row or 0, len(rows))
    row = (rows[place] if place < len(rows) else {}) | {column: value}
    answers = {**filling.answers, key: [*rows[:place], row, *rows[place + 1 :]]}
    empty = next((each.key for each in question(key).columns if each.key not in row), None)
    return _at(replace(filling, answers=answers), place if empty else None, empty)


def finish_table(filling: Filling, competition: Competition, key: str) -> Filling:
    """The table is done: on to the next question; a row that is not whole is asked for first.

    Refused: OLD_BUTTON. Too big a budget is taken here, so that nothing is lost; sending refuses it.
    """
    one = _table(filling, key)
    rows = rows_of(filling, key)
    for place, row in enumerate(rows):
        if not whole(one, row):
            return _at(filling, place, next(each.key for each in one.columns if each.key not in row))
    if not rows:
        return _at(filling, 0, one.columns[0].key)
    return onward(filling, filling.answers, competition)


def cell_asked(filling: Filling) -> Column | None:
    """The column whose cell is asked now; None outside of a cell."""
    column = filling.cursor.column
    return question(filling.cursor.key).column(column) if column else None


def row_asked(filling: Filling) -> dict[str, Any]:
    """The row that is open now; empty for one that is only being added."""
    rows, place = rows_of(filling, filling.cursor.key), filling.cursor.row
    return rows[place] if place is not None and place < len(rows) else {}


def _table(filling: Filling, key: str) -> Question:
    one = asked_now(filling, key)
    if one.kind is not Kind.TABLE:
        raise Refused(Reason.OLD_BUTTON)
    return one


def _place(filling: Filling, key: str, row_mark: str) -> int:
    for place, row in enumerate(rows_of(filling, key)):
        if mark(row) == row_mark:
            return place
    raise Refused(Reason.OLD_BUTTON)


def _at(filling: Filling, row: int | None, column: str | None) -> Filling:
    cursor = Cursor(filling.cursor.key, row, column, filling.cursor.review)
    return replace(filling, cursor=cursor, pending=None)
