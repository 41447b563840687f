"""Turning the values of a competition's file into the rules' own, and noting each that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rapidfuzz.distance import OSA

from domain.competition_faults import FaultReason
from domain.competition_schema import Field, Kind
from domain.contacts import parse_email, parse_phone
from domain.local_time import ALMATY, day_begins
from domain.refusal import Refused
from domain.regions import LANGUAGES, Words
from domain.working_time import MINUTES_OF_A_DAY, Day

FIRST_YEAR, LAST_YEAR = 2020, 2100
HOURS = re.compile(r"(\d\d):([0-5]\d)\s*[-–]\s*(\d\d):([0-5]\d)")


class Wrong(Exception):
    """This value cannot stand; `below` is the key inside it that is meant."""

    def __init__(self, reason: FaultReason, *below: str | int, **facts: object) -> None:
        super().__init__(reason.value)
        self.reason, self.below, self.facts = reason, below, facts


def converted(value: Any, field: Field) -> tuple[Any, list[Wrong]]:
    """The value in the rules' own form, and everything that is wrong with it."""
    try:
        return CONVERT[field.kind](value, field)
    except Wrong as wrong:
        return None, [wrong]


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of these that was probably meant; empty when none is near."""
    best = min(known, key=lambda each: OSA.distance(word, each), default="")
    return best if best and OSA.distance(word, best) <= max(2, len(best) // 3) else ""


def _of_type(value: Any, wanted: type | tuple[type, ...], kind: Kind) -> Any:
    wrong_bool = isinstance(value, bool) and wanted is not bool
    if not isinstance(value, wanted) or wrong_bool:
        raise Wrong(FaultReason.WRONG_TYPE, wanted=kind.value)
    return value


def _text(value: Any, field: Field) -> str:
    text = str(_of_type(value, str, field.kind)).strip()
    if not text:
        raise Wrong(FaultReason.EMPTY)
    if field.most and len(text) > field.most:
        raise Wrong(FaultReason.TOO_LONG, limit=field.most, length=len(text))
    return text


def _words(value: Any, field: Field) -> tuple[Words, list[Wrong]]:
    given = _of_type(value, dict, field.kind)
    texts, wrong = dict.fromkeys(LANGUAGES, ""), []
    for code in LANGUAGES:
        try:
            if code not in given:
                raise Wrong(FaultReason.MISSING, key=code)
            texts[code] = _text(given[code], Field(Kind.TEXT, most=field.most))
        except Wrong as one:
            wrong.append(Wrong(one.reason, code, **one.facts))
    for key in given.keys() - set(LANGUAGES):
        wrong.append(Wrong(FaultReason.UNKNOWN_KEY, key, key=key, suggestion=nearest(key, LANGUAGES)))
    return Words(**texts), wrong


def _number(value: Any, field: Field) -> int:
    number = int(_of_type(value, int, field.kind))
    if not field.least <= number <= field.most:
        raise Wrong(FaultReason.OUT_OF_RANGE, least=field.least, most=field.most)
    return number


def _choice(value: Any, field: Field) -> str:
    choice = str(_of_type(value, str, field.kind))
    if choice not in field.options:
        options = tuple(str(option) for option in field.options)
        suggestion = nearest(choice, options)
        raise Wrong(FaultReason.NOT_A_CHOICE, value=choice, options=options, suggestion=suggestion)
    return choice


def _list(one: Callable[[Any, Field], str]) -> Callable[[Any, Field], tuple[Any, list[Wrong]]]:
    """A list without repetitions of what `one` converts."""

    def convert(value: Any, field: Field) -> tuple[Any, list[Wrong]]:
        wrong: list[Wrong] = []
        taken: list[str] = []
        if not _of_type(value, list, field.kind) and field.least:
            raise Wrong(FaultReason.EMPTY)
        for place, each in enumerate(value):
            try:
                choice = one(each, field)
                if choice in taken:
                    raise Wrong(FaultReason.SAME_TWICE, value=choice)
                taken.append(choice)
            except Wrong as fault:
                wrong.append(Wrong(fault.reason, place, **fault.facts))
        return tuple(taken), wrong

    return convert


def _matching(pattern: str) -> Callable[[Any, Field], str]:
    def convert(value: Any, field: Field) -> str:
        text = _text(value, field)
        if not re.fullmatch(pattern, text):
            raise Wrong(FaultReason.NOT_A_KEY)
        return text

    return convert


def _phone(value: Any, field: Field) -> str:
    try:
        return parse_phone(_text(value, field)).e164
    except Refused:
        raise Wrong(FaultReason.NOT_A_PHONE) from None


def _email(value: Any, field: Field) -> str:
    try:
        return parse_email(_text(value, field))
    except Refused:
        raise Wrong(FaultReason.NOT_AN_EMAIL) from None


def _day(value: Any, field: Field) -> date:
    if isinstance(value, datetime):
        raise Wrong(FaultReason.WRONG_TYPE, wanted=field.kind.value)
    return _in_range(_of_type(value, date, field.kind))


def _begin(value: Any, field: Field) -> datetime:
    """The first moment of a day, or the moment itself; without an offset it is Kazakhstan's time."""
    day = _in_range(_of_type(value, date, field.kind))
    return _moment(day) if isinstance(day, datetime) else day_begins(day)


def _end(value: Any, field: Field) -> datetime:
    """The first moment that is too late. 23:59 and 23:59:59 both mean to the end of that minute, as people
    write the end of a day; a day alone means to its end; another moment (18:00) is itself too late."""
    day = _in_range(_of_type(value, date, field.kind))
    if not isinstance(day, datetime):
        return day_begins(day + timedelta(days=1))
    if day.second == 59 or (day.minute == 59 and day.second == 0):
        day = day.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return _moment(day)


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Wrong(FaultReason.OUT_OF_RANGE, least=FIRST_YEAR, most=LAST_YEAR)
    return day


def _moment(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)).astimezone(UTC)


def _hours(value: Any, field: Field) -> tuple[Day, list[Wrong]]:
    """Stretches of a day, in minutes, in order and apart."""
    hours: list[tuple[int, int]] = []
    wrong: list[Wrong] = []
    for place, each in enumerate(_of_type(value, list, field.kind)):
        stretch = _stretch(each)
        if stretch is None or (hours and stretch[0] < hours[-1][1]):
            wrong.append(Wrong(FaultReason.NOT_HOURS, place))
        else:
            hours.append(stretch)
    return tuple(hours), wrong


def _stretch(value: Any) -> tuple[int, int] | None:
    found = HOURS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    since, until = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
    return (since, until) if since < until <= MINUTES_OF_A_DAY else None


def _days(value: Any, field: Field) -> tuple[tuple[date, ...], list[Wrong]]:
    days: list[date] = []
    wrong: list[Wrong] = []
    for place, each in enumerate(_of_type(value, list, field.kind)):
        try:
            day = _day(each, Field(Kind.DAY))
            if day in days:
                raise Wrong(FaultReason.SAME_TWICE, value=str(day))
            days.append(day)
        except Wrong as one:
            wrong.append(Wrong(one.reason, place, **one.facts))
    return tuple(days), wrong


def _quotas(value: Any, field: Field) -> tuple[dict[str, int], list[Wrong]]:
    quotas, wrong = {}, []
    for kato, grants in _of_type(value, dict, field.kind).items():
        try:
            quotas[kato] = _number(grants, Field(Kind.NUMBER, field.least, field.most))
        except Wrong as one:
            wrong.append(Wrong(one.reason, kato, **one.facts))
    return quotas, wrong


def _alone(convert: Callable[[Any, Field], Any]) -> Callable[[Any, Field], tuple[Any, list[Wrong]]]:
    return lambda value, field: (convert(value, field), [])


CONVERT: dict[Kind, Callable[[Any, Field], tuple[Any, list[Wrong]]]] = {
    Kind.TEXT: _alone(_text),
    Kind.TEXTS: _list(_text),
    Kind.WORDS: _words,
    Kind.NUMBER: _alone(_number),
    Kind.YES_NO: _alone(lambda value, field: _of_type(value, bool, field.kind)),
    Kind.DAY: _alone(_day),
    Kind.BEGIN: _alone(_begin),
    Kind.END: _alone(_end),
    Kind.CHOICE: _alone(_choice),
    Kind.CHOICES: _list(_choice),
    Kind.CODE: _alone(_matching(r"[a-z0-9]+(?:-[a-z0-9]+)*")),
    Kind.KEY: _alone(_matching(r"[a-z][a-z0-9_]*")),
    Kind.KEYS: _list(_matching(r"[a-z][a-z0-9_]*")),
    Kind.PHONE: _alone(_phone),
    Kind.EMAIL: _alone(_email),
    Kind.HOURS: _hours,
    Kind.DAYS: _days,
    Kind.QUOTAS: _quotas,
}
