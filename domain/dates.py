"""Birth dates in people's own writing, and ages.

A date is read day first whatever stands between its parts, with months as numbers or as Kazakh, Russian or
English names. What could be meant in two ways is asked again rather than guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from itertools import product

from rapidfuzz.distance import OSA

from domain.refusal import Reason, Refused
from domain.spelling import plain
from domain.tables import table

OLDEST_YEARS = 120
LONGEST_TEXT = 60  # no date is longer; what is longer is prose with a date somewhere in it

PIECES = re.compile(r"[0-9]+|[^\W\d_]+")
SEPARATORS = re.compile(r"[\s.,/\\|:;()'’«»\"\-\u2010-\u2015]*")
COMPACT = re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)")
COMPACT_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")


def parse_date(text: str, *, today: date) -> date:
    """The birth date a person wrote, such as "04.05.2001", "4 may 2001", "2001-05-04", "04052001".

    Refused: NOT_A_DATE; AMBIGUOUS_YEAR (two digits); IMPOSSIBLE_DATE (facts: written, as it was typed);
    DATE_IN_FUTURE; DATE_TOO_OLD (more than 120 years before `today`).
    """
    day, month, year = _parts(_pieces(text))
    if len(year) != 4:
        raise Refused(Reason.AMBIGUOUS_YEAR if len(year) == 2 else Reason.NOT_A_DATE)
    return _believable(_dated(int(day), month, int(year), text.strip()), today)


def age_on(birth: date, day: date) -> int:
    """Full years of age on a day; negative before birth.

    A year of age is full on the birthday itself. Criminal law counts from the day after it, but people and
    the programme's forms do not. Who was born on 29 February has the birthday on 1 March in common years: a
    term of years whose last month lacks the day runs to the end of that month's last day (Kazakhstan's law on
    administrative procedures of 2000, article 12-1, says it as civil law does).
    """
    had_birthday = (day.month, day.day) >= (birth.month, birth.day)
    return day.year - birth.year - (not had_birthday)


def turns(birth: date, age: int) -> date:
    """The day on which a person reaches this age: the first day on which `age_on` gives it."""
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not _leap(year):
        return date(year, 3, 1)
    return birth.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _pieces(text: str) -> list[str]:
    """Numbers and words of the text in order, empty strings where fillers stood."""
    text = unicodedata.normalize("NFKC", text).strip()
    if len(text) > LONGEST_TEXT or not SEPARATORS.fullmatch(PIECES.sub("", text)):
        raise Refused(Reason.NOT_A_DATE)
    pieces = [piece if piece.isdecimal() else plain(piece) for piece in PIECES.findall(text)]
    return ["" if piece in _fillers() else piece for piece in pieces]


def _parts(pieces: list[str]) -> tuple[str, int, str]:
    """Day, month, year: the day and year still as they were written."""
    numbers = [piece for piece in pieces if piece.isdecimal()]
    words = [piece for piece in pieces if piece and not piece.isdecimal()]
    if len(words) == 1 and len(numbers) == 2:
        return _with_name(numbers, _month(words[0]))
    if words:
        raise Refused(Reason.NOT_A_DATE)
    if len(numbers) == 1:
        return _compact(numbers[0])
    if len(numbers) == 3:
        return _in_numbers(numbers, pieces)
    raise Refused(Reason.NOT_A_DATE)


def _with_name(numbers: list[str], month: int) -> tuple[str, int, str]:
    day, year = sorted(numbers, key=len) if max(map(len, numbers)) == 4 else numbers
    return _short(day), month, year


def _compact(number: str) -> tuple[str, int, str]:
    """Eight digits without anything between: a year stands at one end, and only one end can be a year."""
    found = COMPACT.fullmatch(number) or COMPACT_YEAR_FIRST.fullmatch(number)
    if found:
        return found["day"], int(found["month"]), found["year"]
    raise Refused(Reason.AMBIGUOUS_YEAR if len(number) == 6 else Reason.NOT_A_DATE)


def _in_numbers(numbers: list[str], pieces: list[str]) -> tuple[str, int, str]:
    if len(numbers[0]) != 4:
        day, month, year = numbers
    elif pieces[1]:
        year, month, day = numbers
    else:  # "2001 (year) 04.05": year first in words, and then either order is usual
        raise Refused(Reason.NOT_A_DATE)
    return _short(day), int(_short(month)), year


def _short(number: str) -> str:
    if len(number) > 2:
        raise Refused(Reason.NOT_A_DATE)
    return number


def _dated(day: int, month: int, year: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(Reason.IMPOSSIBLE_DATE, written=written) from None


def _believable(birth: date, today: date) -> date:
    if birth > today:
        raise Refused(Reason.DATE_IN_FUTURE)
    if turns(birth, OLDEST_YEARS) < today:
        raise Refused(Reason.DATE_TOO_OLD)
    return birth


@cache
def _fillers() -> frozenset[str]:
    return frozenset(plain(word) for word in table("months")["fillers"])


@cache
def _names() -> dict[str, int]:
    months: dict[str, list[str]] = table("months")["months"]
    return {plain(name): int(number) for number, names in months.items() for name in names}


@cache
def _endings() -> tuple[str, ...]:
    return ("", *(plain(ending) for ending in table("letters")["cases"]["endings"]))


@cache
def _forms() -> dict[str, int]:
    """Every name with every ending; a form that two months would share belongs to neither."""
    forms: dict[str, set[int]] = {}
    for (name, month), ending in product(_names().items(), _endings()):
        forms.setdefault(plain(name + ending), set()).add(month)
    return {form: months.pop() for form, months in forms.items() if len(months) == 1} | _names()


def _month(word: str) -> int:
    """The month of this name; slips of the finger are forgiven when only one month is that near."""
    if word in _forms():
        return _forms()[word]
    near = {month for form, month in _forms().items() if OSA.distance(word, form) <= _slips(word, form)}
    if len(near) != 1:
        raise Refused(Reason.NOT_A_DATE)
    return near.pop()


def _slips(word: str, form: str) -> int:
    """How many wrong letters still leave no doubt: short names lie too near to each other for any."""
    shorter = min(len(word), len(form))
    return 0 if shorter < 5 else 1 if shorter < 8 else 2
