"""The whole application form as data: the questionnaire about the person and the project form.

One more question is one more line in FORM and its texts in `handlers/application`. Here are keys and limits,
no words. An answer is a JSON value (see Kind); a skipped optional question has the answer None; what was
never asked has no answer at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.competition import Competition, Registration

Answers = Mapping[str, Any]  # question key -> JSON value
Asked = Callable[[Answers, Competition], bool]


class Kind(StrEnum):
    """What an answer is, and how it is kept."""

    NAME = "name"  # str
    IIN = "iin"  # str of 12 digits
    DATE = "date"  # str, ISO: "2001-05-04"
    PHONE = "phone"  # str, E.164
    EMAIL = "email"  # str
    TEXT = "text"  # str
    COUNT = "count"  # int
    MONEY = "money"  # int, tenge (columns only)
    CHOICE = "choice"  # str: one of the options
    MANY = "many"  # list of options
    REGION = "region"  # str: KATO code of a region of the competition
    TABLE = "table"  # list of rows: {column key: value}


class Section(StrEnum):
    """Parts of the form, in the order they are asked."""

    PERSON = "person"
    OCCUPATION = "occupation"
    ADDRESS = "address"
    BACKGROUND = "background"
    PROJECT = "project"
    WORK = "work"  # plan and budget


@dataclass(frozen=True)
class Column:
    """A column of a table: TEXT (at most `most` characters), COUNT or MONEY (from 1 to `most`)."""

    key: str
    kind: Kind
    most: int


@dataclass(frozen=True)
class Question:
    """One question. `least` and `most`: characters of a TEXT, bounds of a COUNT, rows of a TABLE.

    `personal`: the answer is kept sealed. `own`: the phone number of the person's own account fits.
    `alone`: an option of MANY that goes with no other.
    """

    key: str
    kind: Kind
    section: Section
    options: tuple[str, ...] = ()
    optional: bool = False
    personal: bool = False
    least: int = 1
    most: int = 0
    columns: tuple[Column, ...] = ()
    own: bool = False
    alone: str | None = None
    asked: Asked | None = None  # of everybody unless it says otherwise

    def column(self, key: str) -> Column:
        """The column of this key; KeyError when the table has none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


def _without_work(answers: Answers, _competition: Competition) -> bool:
    return answers.get("working") != "yes"


def _other_programme(answers: Answers, _competition: Competition) -> bool:
    return "other" in (answers.get("earlier_programmes") or ())


K, S = Kind, Section
YES_NO = ("no", "yes")
VULNERABLE = (
    "registered_unemployed",
    "low_income",
    "large_family",
    "orphan",
    "disability",
    "disabled_child",
    "mother_award",
    "rural",
    "none",
)
EARLIER = ("zhas_project", "zhasyl_el", "bastau_business", "with_diploma_to_village", "other", "none")
LEARNED = ("social_networks", "media", "meeting", "ngo", "state_body", "friends", "posters")
EDUCATION = ("none", "classes_9", "classes_11", "college", "bachelor", "master")
UNEMPLOYED = ("months_3", "months_6", "year_1", "years_3", "more")
MARITAL = ("single", "married", "divorced", "widowed")
PLAN = (Column("action", K.TEXT, 200), Column("dates", K.TEXT, 60), Column("target_group", K.TEXT, 100))
BUDGET = (Column("item", K.TEXT, 150), Column("quantity", K.COUNT, 10_000), Column("price", K.MONEY, 10_000_000))

FORM: tuple[Question, ...] = (
    Question("surname", K.NAME, S.PERSON, personal=True),
    Question("name", K.NAME, S.PERSON, personal=True),
    Question("patronymic", K.NAME, S.PERSON, personal=True, optional=True),
    Question("iin", K.IIN, S.PERSON, personal=True),
    Question("birth_date", K.DATE, S.PERSON, personal=True),
    Question("sex", K.CHOICE, S.PERSON, ("female", "male"), personal=True),
    Question("citizenship", K.CHOICE, S.PERSON, ("kazakhstan", "other")),
    Question("phone", K.PHONE, S.PERSON, personal=True, own=True),
    Question("email", K.EMAIL, S.PERSON, personal=True, optional=True),
    Question("contact_name", K.TEXT, S.PERSON, personal=True, least=2, most=150),
    Question("contact_phone", K.PHONE, S.PERSON, personal=True),
    Question("marital_status", K.CHOICE, S.PERSON, MARITAL, personal=True),
    Question("working", K.CHOICE, S.OCCUPATION, YES_NO),
    Question("studying", K.CHOICE, S.OCCUPATION, ("no", "part_time", "full_time")),
    Question("training", K.CHOICE, S.OCCUPATION, YES_NO),
    Question("unemployed_for", K.CHOICE, S.OCCUPATION, UNEMPLOYED, asked=_without_work),
    Question("education", K.CHOICE, S.OCCUPATION, EDUCATION),
    Question("region", K.REGION, S.ADDRESS),
    Question("registration", K.CHOICE, S.ADDRESS, tuple(Registration)),
    Question("settlement_kind", K.CHOICE, S.ADDRESS, ("city", "village", "urban_type")),
    Question("district", K.TEXT, S.ADDRESS, personal=True, least=2, most=100),
    Question("settlement", K.TEXT, S.ADDRESS, personal=True, least=2, most=100),
    Question("street", K.TEXT, S.ADDRESS, personal=True, least=1, most=120),
    Question("house", K.TEXT, S.ADDRESS, personal=True, most=20),
    Question("flat", K.TEXT, S.ADDRESS, personal=True, optional=True, most=20),
    Question("vulnerable_groups", K.MANY, S.BACKGROUND, VULNERABLE, personal=True, alone="none"),
    Question("earlier_programmes", K.MANY, S.BACKGROUND, EARLIER, alone="none"),
    Question("earlier_other", K.TEXT, S.BACKGROUND, least=2, most=300, asked=_other_programme),
    Question("learned_from", K.CHOICE, S.BACKGROUND, LEARNED),
    Question("social_pages", K.TEXT, S.BACKGROUND, personal=True, optional=True, least=3, most=300),
    Question("title", K.TEXT, S.PROJECT, least=5, most=150),
    Question("goal", K.TEXT, S.PROJECT, least=30, most=1500),
    Question("territory", K.TEXT, S.PROJECT, least=3, most=300),
    Question("target_group", K.TEXT, S.PROJECT, least=5, most=700),
    Question("people_planned", K.COUNT, S.PROJECT, most=1_000_000),
    Question("activities", K.TEXT, S.PROJECT, least=30, most=2000),
    Question("partners", K.TEXT, S.PROJECT, optional=True, least=3, most=700),
    Question("results", K.TEXT, S.PROJECT, least=20, most=1500),
    Question("sustainability", K.TEXT, S.PROJECT, least=20, most=1000),
    Question("publicity", K.TEXT, S.PROJECT, least=10, most=1000),
    Question("plan", K.TABLE, S.WORK, columns=PLAN, most=30),
    Question("budget", K.TABLE, S.WORK, columns=BUDGET, most=40),
    Question("funded_elsewhere", K.CHOICE, S.WORK, YES_NO),
)

QUESTIONS: Mapping[str, Question] = {question.key: question for question in FORM}
PERSONAL: frozenset[str] = frozenset(question.key for question in FORM if question.personal)


def question(key: str) -> Question:
    """The question of this key; KeyError when the form has none."""
    return QUESTIONS[key]


def path(answers: Answers, competition: Competition) -> tuple[Question, ...]:
    """The questions this person is asked, in order."""
    return tuple(one for one in FORM if one.asked is None or one.asked(answers, competition))


def answered(one: Question, answers: Answers) -> bool:
    """Whether the question has its whole answer: None counts for an optional one, a table needs whole rows."""
    if one.key not in answers:
        return False
    value = answers[one.key]
    if one.kind is Kind.TABLE:
        return bool(value) and all(whole(one, row) for row in value)
    return one.optional if value is None else value != [] or one.optional


def whole(table: Question, row: Mapping[str, Any]) -> bool:
    """Whether every column of a row is filled."""
    return all(column.key in row for column in table.columns)


def missing(answers: Answers, competition: Competition) -> tuple[str, ...]:
    """Keys of the questions on this person's path that still want an answer, in order."""
    return tuple(one.key for one in path(answers, competition) if not answered(one, answers))


def kept(answers: Answers, competition: Competition) -> dict[str, Any]:
    """Only the answers to what is asked now: what a sent application holds."""
    return {one.key: answers[one.key] for one in path(answers, competition) if one.key in answers}


def row_sum(row: Mapping[str, Any]) -> int:
    """Tenge for one line of the budget; 0 while it is not whole."""
    return int(row.get("quantity", 0)) * int(row.get("price", 0))


def budget_total(answers: Answers) -> int:
    """Tenge asked for in all."""
    return sum(row_sum(row) for row in answers.get("budget") or ())
