"""One plain spelling for words that people write in many: Kazakh, Russian letters for Kazakh, Latin.

Names of months and regions are compared in this spelling, so that a table need not list every keyboard.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

from domain.tables import table

WORD = re.compile(r"[^\W\d_]+")


@cache
def _plain() -> dict[str, str]:
    return dict(table("letters")["plain"])


@cache
def _lookalike() -> dict[str, str]:
    return dict(table("letters")["lookalike"])


def is_cyrillic(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("CYRILLIC")


def is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def unmixed(word: str) -> str:
    """The word in one alphabet when the letters of the other only look like its own; else as it is.

    A Latin `i` for the Kazakh one is the commonest. Cyrillic is tried first; a word that stays mixed either
    way is given back untouched, so that the caller still sees the mixture.
    """
    if not any(map(is_cyrillic, word)) or not any(map(is_latin, word)):
        return word
    for twins, other in ((_lookalike(), is_latin), (_lookalike_back(), is_cyrillic)):
        turned = "".join(twins.get(letter, letter) if other(letter) else letter for letter in word)
        if not any(map(other, turned)):
            return turned
    return word


@cache
def _lookalike_back() -> dict[str, str]:
    return {cyrillic: latin for latin, cyrillic in _lookalike().items()}


def plain(text: str) -> str:
    """The text in small plain Latin letters: no marks on letters, double letters once.

    Whatever is not a letter stays as it is; letters of other alphabets too.
    """
    text = _unmarked(unicodedata.normalize("NFKC", text))
    words = WORD.sub(lambda found: unmixed(found.group()), text).lower()
    letters = "".join(_plain_letter(letter) for letter in _unmarked(words))
    for pair, one in table("letters")["together"].items():
        letters = letters.replace(pair, one)
    return _once(letters)


def _plain_letter(letter: str) -> str:
    known = _plain().get(letter)
    if known is not None or not is_latin(letter):
        return letter if known is None else known
    bare = _unmarked(unicodedata.normalize("NFKD", letter))
    return _plain().get(bare, bare)


def _unmarked(text: str) -> str:
    """Without the marks that join a letter: a stress, or what is left of a letter when it becomes a small one."""
    return "".join(part for part in text if not unicodedata.combining(part))


def _once(text: str) -> str:
    return "".join(key if key.isalpha() else "".join(run) for key, run in groupby(text))
