"""Names of people, tidied as the identity card has them: case, spaces, hyphens, mixed-up alphabets."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from domain.refusal import Reason, Refused
from domain.spelling import is_cyrillic, is_latin, unmixed
from domain.tables import table

LONGEST = 60  # characters of a surname, a name or a patronymic
APOSTROPHES = str.maketrans("’ʼ‘`´", "'" * 5)
HYPHENS = re.compile(r"\s*[-\u2010-\u2015]+\s*")
DOTTED = "\u0130"
PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")


def parse_name(text: str) -> str:
    """A surname, a name or a patronymic: "ІСКАКОВА" and "іскакова" become one.

    Letters of Kazakh, Russian or Latin (one alphabet a word), hyphens, apostrophes and spaces.
    Refused: EMPTY; TOO_LONG (facts: limit, length); NOT_A_NAME.
    """
    text = " ".join(unicodedata.normalize("NFC", text).translate(APOSTROPHES).split())
    if not text:
        raise Refused(Reason.EMPTY)
    if len(text) > LONGEST:
        raise Refused(Reason.TOO_LONG, limit=LONGEST, length=len(text))
    words = HYPHENS.sub("-", text).split(" ")
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if not first and word.lower() in _particles():
        return word.lower()
    return "-".join(_part(part) for part in word.split("-"))


def _part(part: str) -> str:
    part = unmixed(part)
    letters = part.replace("'", "")
    one_alphabet = all(map(is_cyrillic, letters)) or all(map(is_latin, letters))
    if not PART.fullmatch(part) or not one_alphabet:
        raise Refused(Reason.NOT_A_NAME)
    return _cased(part)


def _cased(part: str) -> str:
    """A capital first; what a person wrote in mixed case on purpose stays ("McGregor"), a forgotten Caps Lock not."""
    if len(part) > 1 and (part.islower() or part[1:].isupper()):
        part = part.replace(DOTTED, "i").lower()  # else its dot would stay behind as a mark of its own
        head, apostrophe, tail = part.partition("'")
        if len(head) == 1 and apostrophe and len(tail) > 1:  # O'Connor
            return f"{_capital(head)}'{_capital(tail[0])}{tail[1:]}"
    return _capital(part[0]) + part[1:]


def _capital(letter: str) -> str:
    """The capital of a letter; itself when it has none of one letter."""
    return letter.upper() if len(letter.upper()) == 1 else letter


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("people")["particles"])
