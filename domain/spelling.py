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
    """The word in Cyrillic when it mixes Cyrillic with Latin letters of the same look; else as it is.

    A Latin `i` for the Kazakh one is the commonest: it is the same key on no keyboard. A Latin letter that
    looks like no Cyrillic one stays, so that the caller still sees the mixture.
    """
    if not any(map(is_cyrillic, word)):
        return word
    return "".join(_as_cyrillic(letter) for letter in word)


def _as_cyrillic(letter: str) -> str:
    if not is_latin(letter):
        return letter
    twin = _lookalike().get(letter.lower(), letter)
    return twin.upper() if letter.isupper() else twin


def plain(text: str) -> str:
    """The text in small plain Latin letters: no marks on letters, double letters once.

    Whatever is not a letter stays as it is; letters of other alphabets too.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    words = WORD.sub(lambda found: unmixed(found.group()), text)
    return _once("".join(_plain_letter(letter) for letter in words))


def _plain_letter(letter: str) -> str:
    known = _plain().get(letter)
    if known is not None or not is_latin(letter):
        return letter if known is None else known
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return _plain().get(bare, bare)


def _once(text: str) -> str:
    return "".join(key if key.isalpha() else "".join(run) for key, run in groupby(text))
