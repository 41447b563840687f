"""Typed words that mean an option: "kolledzh", "Колледж", "я замужем" and the like, in either language."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from domain.form import question
from domain.regions import LANGUAGES
from domain.replies import yes_or_no
from domain.spelling import plain
from handlers.answer_words import option_title
from handlers.language import speaking

WORDS = re.compile(r"\w+")
APART = re.compile(r"[,;\n]")
LEAST = 4  # letters: a shorter beginning could be anything


def option_meant(key: str, text: str) -> str | None:
    """The one option that the words name: whole, by its beginning, or with a slip; None when unclear."""
    typed = _plain(text)
    labels = _labels(key)
    exact = {option for option, label in labels if label == typed}
    begun = {option for option, label in labels if len(typed) >= LEAST and label.startswith(typed)}
    near = {option for option, label in labels if len(typed) > LEAST and OSA.distance(label, typed) <= len(typed) // 6}
    for meant in (exact, begun, near):
        if len(meant) == 1:
            return meant.pop()
    return _yes_or_no(key, text)


def options_meant(key: str, text: str) -> list[str]:
    """The options named in a list of words; empty unless every part names one."""
    meant = [option_meant(key, part) for part in APART.split(text) if part.strip()]
    return [option for option in meant if option] if all(meant) else []


def _yes_or_no(key: str, text: str) -> str | None:
    answer = {True: "yes", False: "no", None: ""}[yes_or_no(text)]
    return answer if answer in question(key).options else None


@cache
def _labels(key: str) -> tuple[tuple[str, str], ...]:
    """Every option with its words in every language."""
    found = []
    for language in LANGUAGES:
        with speaking(language):
            found += [(option, _plain(option_title(key, option))) for option in question(key).options]
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(WORDS.findall(plain(text)))
