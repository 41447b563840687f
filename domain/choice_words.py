"""The option that a person means who writes words where buttons are offered.

Only clear words count: a whole phrase of the table, in any spelling. What is not there is asked again, since a
guess here decides whether somebody may apply. The phrases stand in `programme/names/answers.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.refusal import Reason, Refused
from domain.spelling import plain
from domain.tables import table

LONGEST_TEXT = 100
BETWEEN = re.compile(r"[\W_]+")


def option_said(text: str, key: str, options: Sequence[str]) -> str:
    """The option of this question that the words mean: "no" for "I do not work" asked about work.

    Refused(NOT_A_CHOICE) when they mean none of `options`.
    """
    said = _phrase(text[:LONGEST_TEXT])
    for name in (key, "any"):
        option = _phrases(name).get(said)
        if option is not None and option in options:
            return option
    raise Refused(Reason.NOT_A_CHOICE)


def yes_said(text: str) -> bool | None:
    """Whether the words are a plain yes (True) or no (False); None for anything else."""
    return {"yes": True, "no": False}.get(_phrases("any").get(_phrase(text[:LONGEST_TEXT]), ""))


def _phrase(text: str) -> str:
    """The words with single spaces between them; of what has no letters the signs, such as "+"."""
    return BETWEEN.sub(" ", plain(text)).strip() or text.strip()


@cache
def _phrases(key: str) -> dict[str, str]:
    options: dict[str, list[str]] = table("answers").get(key, {})
    return {_phrase(words): option for option, phrases in options.items() for words in phrases}
