"""An application being written: where in the form the person is, and what comes next.

The cursor is the question asked now; it is a column of the draft's row, so that a restart or a month's pause
changes nothing. The steps from one Filling to the next are in `domain/draft_steps.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.competition import Competition
from domain.form import QUESTIONS, Answers, Kind, answered, budget_total, missing, path
from domain.refusal import Reason, Refused

END = "end"


@dataclass(frozen=True)
class Cursor:
    """The question asked now; in a table also its row and column. `review`: an edit that ends in the review.

    An empty key: every question is answered. A table with no row: the list of its rows; a row with no column:
    that row. Stored as text: "surname", "budget.2.price", "phone@review".
    """

    key: str = ""
    row: int | None = None
    column: str | None = None
    review: bool = False

    def __str__(self) -> str:
        place = (self.key or END) if self.row is None else f"{self.key}.{self.row}.{self.column or ''}"
        return place + ("@review" if self.review else "")

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The cursor of its stored text; the end of the form for a question that is no more."""
        place, _, mark = text.partition("@")
        key, _, cell = place.partition(".")
        row, _, column = cell.partition(".")
        if key not in QUESTIONS:
            return cls()
        return cls(key, int(row) if row else None, column or None, mark == "review")


class Doubt(StrEnum):
    """Why an answer is asked about before it is taken."""

    READ_BACK = "read_back"  # an IIN is always read back
    DATES_DIFFER = "dates_differ"  # birth date and IIN disagree: not an error, only asked
    FOREIGN_PHONE = "foreign_phone"
    OTHERS_CONTACT = "others_contact"
    LONG_AWAY = "long_away"  # words after a long pause: perhaps only a hello
    CUT = "cut"  # a message so long that Telegram cut it in parts: the next part is no answer


@dataclass(frozen=True)
class Pending:
    """What a person gave that waits for their yes: the value, or for LONG_AWAY their words as typed."""

    key: str
    value: Any
    doubt: Doubt


@dataclass(frozen=True)
class Filling:
    """What is written so far, and the question asked now."""

    answers: Answers
    cursor: Cursor
    pending: Pending | None = None


@dataclass(frozen=True)
class Progress:
    """How far an unfinished application is; `done` and `all` count questions (and documents, if given)."""

    done: int
    all: int


def progress(answers: Answers, competition: Competition, documents: tuple[int, int] = (0, 0)) -> Progress:
    """Answered questions of the path, and with them the document slots: (filled, all)."""
    asked = path(answers, competition)
    return Progress(sum(answered(one, answers) for one in asked) + documents[0], len(asked) + documents[1])


def position(cursor: Cursor, answers: Answers, competition: Competition) -> tuple[int, int]:
    """Number of the question asked now, from 1, and of how many."""
    keys = [one.key for one in path(answers, competition)]
    return (keys.index(cursor.key) + 1 if cursor.key in keys else len(keys)), len(keys)


def first(answers: Answers, competition: Competition) -> Cursor:
    """The first question that wants an answer; the end when none does."""
    return at(next(iter(missing(answers, competition)), ""), answers)


def following(key: str, answers: Answers, competition: Competition) -> Cursor:
    """The next question that wants an answer, after this one and then from the beginning."""
    keys = [one.key for one in path(answers, competition)]
    wanting = missing(answers, competition)
    here = keys.index(key) if key in keys else -1
    later = [each for each in wanting if keys.index(each) > here]
    return at(next(iter([*later, *wanting]), ""), answers)


def require_complete(answers: Answers, competition: Competition) -> None:
    """Refused(INCOMPLETE, keys) while answers are missing; Refused(OVER_MAXIMUM) when the budget is too big."""
    if wanting := missing(answers, competition):
        raise Refused(Reason.INCOMPLETE, keys=wanting)
    if (total := budget_total(answers)) > competition.maximum:
        raise Refused(Reason.OVER_MAXIMUM, total=total, maximum=competition.maximum)


def at(key: str, answers: Answers, *, review: bool = False) -> Cursor:
    """The cursor that asks this question: of a table without rows the first cell, else the list of its rows."""
    one = QUESTIONS.get(key)
    if one and one.kind is Kind.TABLE and not answers.get(key):
        return Cursor(key, 0, one.columns[0].key, review)
    return Cursor(key, review=review)
