"""The steps of filling in the form: choose, tick, skip, keep, back, edit, confirm.

Every step takes a Filling and makes a new one; the old one stays as it was, and a broken rule raises Refused
and changes nothing. Rows of tables have their own steps in `domain/draft_tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.competition import Competition
from domain.draft import Cursor, Doubt, Filling, Pending, at, first, following
from domain.form import FORM, QUESTIONS, Answers, Kind, Question, answered, missing, path, question, whole
from domain.refusal import Reason, Refused


def begin(known: Answers, competition: Competition) -> Filling:
    """A new form with what is known from the eligibility check; what does not fit the form is left out."""
    fitting = {one.key: known[one.key] for one in FORM if one.key in known and _fits(one, known[one.key], competition)}
    return Filling(fitting, first(fitting, competition))


def choose(filling: Filling, competition: Competition, key: str, option: str) -> Filling:
    """One of the options, or of the competition's regions. Refused: OLD_BUTTON, NOT_A_CHOICE."""
    one = asked_now(filling, key)
    if not _fits(one, option, competition):
        raise Refused(Reason.NOT_A_CHOICE)
    return put(filling, competition, option)


def tick(filling: Filling, _competition: Competition, key: str, option: str, *, on: bool) -> Filling:
    """Tick an option of several, or take the tick away; the question stays. Refused: OLD_BUTTON, NOT_A_CHOICE.

    What stands as it should stays so: whoever presses twice means it once.
    """
    one = asked_now(filling, key)
    if one.kind is not Kind.MANY or option not in one.options:
        raise Refused(Reason.NOT_A_CHOICE)
    before = set(filling.answers.get(key) or ())
    ticked = _with(one, before, option) if on else before - {option}
    chosen = [each for each in one.options if each in ticked]
    return replace(filling, answers={**filling.answers, key: chosen}, pending=None)


def tick_all(filling: Filling, competition: Competition, key: str, options: Iterable[str]) -> Filling:
    """Tick each of these. Refused: OLD_BUTTON, NOT_A_CHOICE."""
    for option in options:
        filling = tick(filling, competition, key, option, on=True)
    return filling


def finish_ticks(filling: Filling, competition: Competition, key: str) -> Filling:
    """Everything that applies is ticked. Refused: OLD_BUTTON, NOTHING_TICKED."""
    one = asked_now(filling, key)
    if not answered(one, filling.answers):
        raise Refused(Reason.NOTHING_TICKED)
    return onward(filling, filling.answers, competition)


def skip(filling: Filling, competition: Competition, key: str) -> Filling:
    """Leave an optional question without an answer. Refused: OLD_BUTTON."""
    if not asked_now(filling, key).optional:
        raise Refused(Reason.OLD_BUTTON)
    return put(filling, competition, None)


def keep(filling: Filling, competition: Competition, key: str) -> Filling:
    """Leave the present answer as it is and go on. Refused: OLD_BUTTON."""
    if not answered(asked_now(filling, key), filling.answers):
        raise Refused(Reason.OLD_BUTTON)
    return onward(filling, filling.answers, competition)


def put(filling: Filling, competition: Competition, value: Any) -> Filling:
    """Take a value that was read and found right as the answer, and go on."""
    key = filling.cursor.key
    return onward(filling, {**filling.answers, key: value}, competition)


def back(filling: Filling, competition: Competition, place: str) -> Filling:
    """One step back: a cell, a table, a question, or the review. Refused: OLD_BUTTON.

    `place` is the cursor's text that the button was made for.
    """
    if str(filling.cursor) != place:
        raise Refused(Reason.OLD_BUTTON)
    return replace(filling, cursor=_before(filling, competition), pending=None)


def edit(filling: Filling, competition: Competition, key: str) -> Filling:
    """Ask one question again from the review. Refused(NOT_FOUND) for a question this person is not asked."""
    if key not in {one.key for one in path(filling.answers, competition)}:
        raise Refused(Reason.NOT_FOUND)
    return replace(filling, cursor=at(key, filling.answers, review=True), pending=None)


def wait(filling: Filling, pending: Pending) -> Filling:
    """Keep what was given until the person says yes to it."""
    return replace(filling, pending=pending)


def confirm(filling: Filling, competition: Competition, key: str) -> Filling:
    """Yes, what waits is right: it becomes the answer. Refused: OLD_BUTTON."""
    pending = filling.pending
    if pending is None or pending.key != key or pending.doubt in (Doubt.LONG_AWAY, Doubt.CUT):
        raise Refused(Reason.OLD_BUTTON)
    asked_now(filling, key)
    return put(filling, competition, pending.value)


def deny(filling: Filling, _competition: Competition, key: str) -> Filling:
    """No: what waited is forgotten and the same question stays. Refused: OLD_BUTTON."""
    if filling.pending is None or filling.pending.key != key:
        raise Refused(Reason.OLD_BUTTON)
    return replace(filling, pending=None)


def settle(filling: Filling, competition: Competition) -> Filling:
    """The same, moved to another version of the competition: what no longer fits is asked again."""
    kept = {key: value for key, value in filling.answers.items() if _still_fits(key, value, competition)}
    asked = {one.key for one in path(kept, competition)}
    stays = filling.cursor.key in asked and len(kept) == len(filling.answers)
    cursor = filling.cursor if stays else first(kept, competition)
    waits = filling.pending is not None and filling.pending.key == cursor.key
    return Filling(kept, cursor, filling.pending if waits else None)


def asked_now(filling: Filling, key: str) -> Question:
    """The question asked now; Refused(OLD_BUTTON) when the button was made for another one."""
    if not key or filling.cursor.key != key:
        raise Refused(Reason.OLD_BUTTON)
    return question(key)


def onward(filling: Filling, answers: Mapping[str, Any], competition: Competition) -> Filling:
    """On from the present question with these answers: the next that wants one, or back to the review."""
    if filling.cursor.review:
        before = {one.key for one in path(filling.answers, competition)}
        new = [key for key in missing(answers, competition) if key not in before]
        return Filling(answers, at(new[0], answers, review=True) if new else Cursor(review=True))
    return Filling(answers, following(filling.cursor.key, answers, competition))


def _before(filling: Filling, competition: Competition) -> Cursor:
    cursor = filling.cursor
    if cursor.row is not None and (inside := _before_cell(filling)):
        return inside
    if cursor.review:
        return Cursor(review=True)
    keys = [one.key for one in path(filling.answers, competition)]
    here = keys.index(cursor.key) if cursor.key in keys else len(keys)
    return at(keys[max(0, here - 1)], filling.answers)


def _before_cell(filling: Filling) -> Cursor | None:
    """The cell before this one in a row being added; else the list of rows; None when there are none."""
    cursor, rows = filling.cursor, filling.answers.get(filling.cursor.key) or ()
    columns = [column.key for column in question(cursor.key).columns]
    here = columns.index(cursor.column) if cursor.column in columns else 0
    fresh = cursor.row is not None and cursor.row < len(rows) and not whole(question(cursor.key), rows[cursor.row])
    if here and fresh:
        return replace(cursor, column=columns[here - 1])
    return Cursor(cursor.key, review=cursor.review) if rows else None


def _with(one: Question, ticked: set[str], option: str) -> set[str]:
    if option == one.alone:
        return {option}
    return (ticked | {option}) - {one.alone}


def _fits(one: Question, value: Any, competition: Competition) -> bool:
    match one.kind:
        case Kind.CHOICE:
            return value in one.options
        case Kind.REGION:
            return value in competition.quotas
        case Kind.DATE:
            return isinstance(value, str) and _is_date(value)
        case _other:
            return False  # nothing else is carried over from elsewhere


def _still_fits(key: str, value: Any, competition: Competition) -> bool:
    one = QUESTIONS.get(key)
    return one is not None and (one.kind not in (Kind.CHOICE, Kind.REGION) or _fits(one, value, competition))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
