"""The individual identification number (IIN, in Kazakh ZhSN): twelve digits on every identity card.

Built as YYMMDD, a digit for century and sex, four of a serial, a check digit (rules for forming
identification numbers, government decree No. 406 of 2007). Since decree No. 853 of 2013 the digits are no
longer *bound* to the person's data: a birth date that differs from the number is not an error. So nothing
here decides an age or a sex; it only says what the digits suggest, for a question to the person.
About nine in a hundred single wrong digits still pass the check: always read the number back, `grouped`.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from domain.refusal import Reason, Refused

DIGITS = 12
WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]")
DIGIT = re.compile("[0-9]")


class Sex(StrEnum):
    """As the seventh digit says it."""

    MALE = "male"
    FEMALE = "female"


def parse_iin(text: str) -> str:
    """The twelve digits of what a person wrote: spaces, dashes and a label before or after are tolerated.

    Refused: IIN_LENGTH (facts: digits, how many there were); IIN_BIRTH_DATE when the first six digits are a
    date in no century (also the mark of a company's number); IIN_CHECK_DIGIT.
    """
    places = [found.start() for found in DIGIT.finditer(text)]
    number = BETWEEN.sub("", text[places[0] : places[-1] + 1]) if places else ""
    if len(places) != DIGITS or len(number) != DIGITS:
        raise Refused(Reason.IIN_LENGTH, digits=len(places))
    if not any(_date(number, century) for century in (1800, 1900, 2000)):
        raise Refused(Reason.IIN_BIRTH_DATE)
    if check_digit(number[:-1]) != int(number[-1]):
        raise Refused(Reason.IIN_CHECK_DIGIT)
    return number


def check_digit(eleven: str) -> int | None:
    """The twelfth digit for the first eleven; None for a number that is never issued.

    Sum of digits times weights, modulo 11; if that is 10, once more with the second weights.
    """
    first = _weighed(eleven, WEIGHTS)
    digit = first if first < 10 else _weighed(eleven, SECOND_WEIGHTS)
    return digit if digit < 10 else None


def grouped(iin: str) -> str:
    """For reading back: "130523 4 0001 2", the birth date, century and sex, serial, check digit.

    Groups by meaning rather than 4-4-4: people know their birth date by heart, so half of the number is
    checked at one glance, and no group of what remains is longer than four.
    """
    return " ".join((iin[:6], iin[6], iin[7:11], iin[11]))


def masked(iin: str) -> str:
    """For every screen but the person's own review: the last four digits only, never the birth date."""
    return "•" * (DIGITS - 4) + iin[-4:]


def birth_date_of(iin: str) -> date | None:
    """The birth date the digits suggest; None where they suggest none. For a question, never for a rule."""
    century = CENTURIES.get(iin[6])
    return None if century is None else _date(iin, century)


def sex_of(iin: str) -> Sex | None:
    """The sex the digits suggest: odd male, even female; None for a digit outside 1 to 6."""
    if iin[6] not in CENTURIES:
        return None
    return Sex.MALE if int(iin[6]) % 2 else Sex.FEMALE


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def _date(iin: str, century: int) -> date | None:
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None
