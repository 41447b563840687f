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
Stems = tuple[str, ...]  # beginnings of words that stand together; "=" first: the whole word


def concerns(text: str) -> tuple[Concern, ...]:
    """What the text looks like, in the order of Concern; empty for most texts."""
    words = [plain(word) for word in WORD.findall(text)]
    return tuple(one for one in Concern if any(_meets(words, stems) for stems in _stems()[one]))


def concerns_of(key: str, answers: Answers) -> tuple[Concern, ...]:
    """What the answer to this question looks like; for a table, all of its rows."""
    texts = list(_texts(key, answers))
    return tuple(one for one in Concern if any(one in concerns(text) for text in texts))


def _texts(key: str, answers: Answers) -> Iterator[str]:
    if key in TEXTS:
        yield answers.get(key) or ""
    if key in CELLS:
        yield from (row.get(CELLS[key], "") for row in answers.get(key) or ())


def _meets(words: list[str], stems: Stems) -> bool:
    starts = range(len(words) - len(stems) + 1)
    return any(all(_begins(words[at + i], stem) for i, stem in enumerate(stems)) for at in starts)


def _begins(word: str, stem: str) -> bool:
    return word == stem[1:] if stem.startswith("=") else word.startswith(stem)


@cache
def _stems() -> dict[Concern, tuple[Stems, ...]]:
    entries: dict[str, list[str]] = table("forbidden")["stems"]
    return {
        Concern(name): tuple(tuple(map(plain, entry.split())) for entry in several) for name, several in entries.items()
    }
