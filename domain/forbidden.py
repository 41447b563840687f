"""What a small grant does not pay for, recognised by words: for a warning in time, never for a refusal.

The programme supports no sales, construction, religion and so on, and forbids some costs; people learn of it
after weeks of work. Words can only suggest it, so whoever meant something else simply goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from domain.form import Answers
from domain.spelling import plain
from domain.tables import table

WORD = re.compile(r"[^\W\d_]+")


class Concern(StrEnum):
    """Every one has its words in `handlers/application`."""

    SALES = "sales"
    CONSTRUCTION = "construction"
    EQUIPMENT_FOR_OTHERS = "equipment_for_others"
    RELIGION = "religion"
    ENVIRONMENT = "environment"
    LAND_HOUSING_VEHICLES = "land_housing_vehicles"
    RESEARCH = "research"
    PRINTING = "printing"
    PRIZES_CELEBRATIONS = "prizes_celebrations"
    CASH_CHARITY = "cash_charity"
    TRAVEL_STUDY = "travel_study"
    MEDICAL = "medical"
    OWN_TRAINING = "own_training"
    ABROAD = "abroad"
    USED_GOODS = "used_goods"


TEXTS = ("title", "goal", "activities")
CELLS = {"plan": "action", "budget": "item"}


def concerns(text: str) -> tuple[Concern, ...]:
    """What the text looks like, in the order of Concern; empty for most texts."""
    words = f" {' '.join(plain(word) for word in WORD.findall(text))} "
    return tuple(one for one in Concern if _pattern(one).search(words))


def concerns_of(key: str, answers: Answers) -> tuple[Concern, ...]:
    """What the answer to this question looks like; for a table, all of its rows."""
    found = {one for text in _texts(key, answers) for one in concerns(text)}
    return tuple(one for one in Concern if one in found)


def _texts(key: str, answers: Answers) -> Iterator[str]:
    if key in TEXTS:
        yield answers.get(key) or ""
    if key in CELLS:
        yield from (row.get(CELLS[key], "") for row in answers.get(key) or ())


@cache
def _pattern(one: Concern) -> re.Pattern[str]:
    """Any of a concern's entries in words with one space before and after each: a text is gone through only once."""
    entries: list[str] = table("forbidden")["stems"][one]
    return re.compile("|".join("".join(map(_word, map(plain, entry.split()))) + "(?= )" for entry in entries))


def _word(stem: str) -> str:
    """A word that begins so, or with "=" first is just so."""
    return f" {re.escape(stem[1:])}" if stem.startswith("=") else rf" {re.escape(stem)}\S*"
