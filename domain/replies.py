"""Yes, no and "skip" as people type them where a button would do."""

from __future__ import annotations

from functools import cache

from domain.spelling import plain
from domain.tables import table

EDGES = " .,!?)("


def yes_or_no(text: str) -> bool | None:
    """What the words say; None when they say neither."""
    word = plain(text).strip(EDGES)
    if word in _words("yes"):
        return True
    return False if word in _words("no") else None


def says_skip(text: str) -> bool:
    """Whether the words say that there is no answer to give."""
    return plain(text).strip(EDGES) in _words("skip")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(plain(word).strip(EDGES) for word in table("replies")[name])
