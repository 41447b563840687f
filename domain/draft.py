"""An application being written: where in the form the person is, and what comes next.

Everything here makes a new value and leaves the old one as it was. The cursor is the question asked now; it
is a column of the draft's row, so that a restart or a month's pause changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.competition import Competition
from domain.form import FORM, Answers, answered, budget_total, missing, path
from domain.refusal import Reason, Refused


@dataclass(frozen=True)
class Cursor:
    """The question asked now; in a table also its row and column. `review`: an edit that ends in the review.

    An empty key: every question is answered. Stored as text: "surname", "budget.2.price", "phone@review".
    """

    key: str = ""
    row: int | None = None
    column: str | None = None
    review: bool = False

    def __str__(self) -> str:
        place = self.key if self.row is None else f"{self.key}.{self.row}.{self.column or ''}"
        return place + ("@review" if self.review else "")

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The cursor of its stored text; of an unknown question: the end of the form."""
        place, _, mark = text.partition("@")
        key, _, cell = place.partition(".")
        row, _, column = cell.partition(".")
        if key not in {one.key for one in FORM}:
            return cls()
        return cls(key, int(row) if row else None, column or None, mark == "review")


class Doubt(StrEnum):
    """Why an answer is asked about before it is taken."""

    READ_BACK = "read_back"  # an IIN is always read back
    DATES_DIFFER = "dates_differ"  # birth date and IIN disagree: not an error, only asked
    FOREIGN_PHONE = "foreign_phone"
    OTHERS_CONTACT = "others_contact"
    LONG_AWAY = "long_away"  # words after a long pause: perhaps only a hello


@dataclass(frozen=True)
class Pending:
    """What a person gave that waits for their yes: the value, or for LONG_AWAY their words as typed."""

    key: str
    value: Any
    doubt: Doubt


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
    return Cursor(next(iter(missing(answers, competition)), ""))


def following(cursor: Cursor, answers: Answers, competition: Competition) -> Cursor:
    """The next question that wants an answer, after this one and then from the beginning."""
    keys = [one.key for one in path(answers, competition)]
    wanting = missing(answers, competition)
    here = keys.index(cursor.key) if cursor.key in keys else -1
    later = [key for key in wanting if keys.index(key) > here]
    return Cursor(next(iter([*later, *wanting]), ""))


def require_complete(answers: Answers, competition: Competition) -> None:
    """Refused(INCOMPLETE, keys) while answers are missing; Refused(OVER_MAXIMUM) when the budget is too big."""
    if wanting := missing(answers, competition):
        raise Refused(Reason.INCOMPLETE, keys=wanting)
    if (total := budget_total(answers)) > competition.maximum:
        raise Refused(Reason.OVER_MAXIMUM, total=total, maximum=competition.maximum)
