"""Typed words that mean an option: "kolledzh" for the college, and the like, in either language."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from domain.choice_words import option_said
from domain.form import question
from domain.refusal import Refused
from domain.regions import LANGUAGES
from domain.spelling import plain
from handlers.answer_words import option_title
from handlers.language import speaking

WORDS = re.compile(r"\w+")
APART = re.compile(r"[,;\n]")
LEAST = 4  # letters: a shorter beginning could be anything


def option_meant(key: str, text: str) -> str | None:
    """The one option that the words name: as people say it, by its own words or their beginning; None if unclear."""
    typed = _plain(text)
    labels = _labels(key)
    exact = {option for option, label in labels if label == typed}
    begun = {option for option, label in labels if len(typed) >= LEAST and label.startswith(typed)}
    near = {option for option, label in labels if len(typed) > LEAST and OSA.distance(label, typed) <= len(typed) // 6}
    said = _said(key, text)
    for meant in ({said} if said else set(), exact, begun, near):
        if len(meant) == 1:
            return meant.pop()
    return None


def options_meant(key: str, text: str) -> list[str]:
    """The options named in a list of words; empty unless every part names one."""
    meant = [option_meant(key, part) for part in APART.split(text) if part.strip()]
    return [option for option in meant if option] if all(meant) else []


def says_skip(text: str) -> bool:
    """Whether the words say that there is no answer to give, at a question that may go without one."""
    return not text.strip("-–— ") or _said("optional", text, ("skip",)) is not None


def _said(key: str, text: str, options: tuple[str, ...] | None = None) -> str | None:
    try:
        return option_said(text, key, options or question(key).options)
    except Refused:
        return None


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
