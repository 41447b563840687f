"""Counts and sums of money as people write them: "1 500", "150 мың" with its word, "1,5 млн".

Money is whole tenge. What can be read in two ways is refused, never guessed; a fraction of a tenge is
refused rather than rounded, because nobody's sum is changed behind their back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from domain.refusal import Reason, Refused
from domain.spelling import plain
from domain.tables import table

LONGEST_TEXT = 60
MOST_MONEY = 10**12  # beyond any budget here; keeps sums within what a database column holds

SIGN = "₸"
PIECE = re.compile(r"\s*(?:(?P<number>[0-9](?:[\s0-9.,'’]*[0-9])?)|(?P<word>[^\W\d_]+)\.?)\s*")
GROUPS = re.compile(r"[0-9]{1,3}(?:([\s.,'’])[0-9]{3})(?:\1[0-9]{3})*|[0-9]+")
FRACTION = re.compile(r"(?P<whole>.*[0-9])[.,](?P<part>[0-9]{1,2})")
DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]{1,6})?")


def parse_count(text: str, least: int, most: int) -> int:
    """A whole number within both bounds, such as "40", "1 500", "40 people" in the words of the table.

    Refused: NOT_A_NUMBER; NUMBER_TOO_SMALL, NUMBER_TOO_BIG (facts: limit).
    """
    text, negative = _unsigned(text)
    return _within(-_whole(text, "counted") if negative else _whole(text, "counted"), least, most)


def parse_money(text: str, least: int = 1, most: int = MOST_MONEY) -> int:
    """Whole tenge: "150 000", "150.000,00 ₸", "150 thousand", "1,5 mln" in the words of the table.

    Refused: NOT_A_NUMBER; NOT_WHOLE (a fraction of a tenge); NUMBER_TOO_SMALL, NUMBER_TOO_BIG (facts: limit).
    """
    text, negative = _unsigned(text.replace(SIGN, " "))
    return _within(-_whole(text, "currency") if negative else _whole(text, "currency"), least, most)


def _unsigned(text: str) -> tuple[str, bool]:
    text = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    return text.removeprefix("-").strip(), text.startswith("-")


def _within(number: int, least: int, most: int) -> int:
    if number < least:
        raise Refused(Reason.NUMBER_TOO_SMALL, limit=least)
    if number > most:
        raise Refused(Reason.NUMBER_TOO_BIG, limit=most)
    return number


def _whole(text: str, units: str) -> int:
    """The sum of the parts, each a number with its multiplier, larger ones first: "1 mln 200 thousand"."""
    total, below = Decimal(0), 10**12
    for number, multiplier in _parts(list(_pieces(text)), units):
        if multiplier >= below or (below < 10**12 and number * multiplier >= below):
            raise Refused(Reason.NOT_A_NUMBER)
        total, below = total + number * multiplier, multiplier
    if total != total.to_integral_value():
        raise Refused(Reason.NOT_WHOLE)
    return int(total)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Numbers as ("number", digits) and words as ("word", plain spelling), nothing else between them."""
    end = 0
    while end < len(text) <= LONGEST_TEXT:
        found = PIECE.match(text, end)
        if found is None:
            raise Refused(Reason.NOT_A_NUMBER)
        yield ("number", found["number"]) if found["number"] else ("word", plain(found["word"]))
        end = found.end()


def _parts(pieces: list[tuple[str, str]], units: str) -> Iterator[tuple[Decimal, int]]:
    """(number, multiplier) pairs; one word of the unit may stand at the end."""
    if len(pieces) > 1 and pieces[-1][1] in _units(units):
        pieces = pieces[:-1]
    if not pieces or pieces[0][0] != "number":
        raise Refused(Reason.NOT_A_NUMBER)
    for place, (kind, piece) in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else ("end", "")
        if kind == "number" and after[0] != "number":
            yield _number(piece, after[1]), _multipliers().get(after[1], 1)
        elif kind == "number" or piece not in _multipliers() or pieces[place - 1][0] != "number":
            raise Refused(Reason.NOT_A_NUMBER)


def _number(written: str, word: str) -> Decimal:
    """With a multiplier a point or comma parts the fraction ("1,250 mln"); without one, groups of three."""
    if word and DECIMAL.fullmatch(written):
        return Decimal(written.replace(",", "."))
    if GROUPS.fullmatch(written):
        return Decimal(re.sub("[^0-9]", "", written))
    found = FRACTION.fullmatch(written)
    if found is None or not GROUPS.fullmatch(found["whole"]):
        raise Refused(Reason.NOT_A_NUMBER)
    return Decimal(f"{re.sub('[^0-9]', '', found['whole'])}.{found['part']}")


@cache
def _units(name: str) -> frozenset[str]:
    return frozenset(plain(word) for word in table("numbers")[name])


@cache
def _multipliers() -> dict[str, int]:
    words: dict[str, list[str]] = table("numbers")["multipliers"]
    return {plain(name): int(number) for number, names in words.items() for name in names}
