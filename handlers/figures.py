"""Days, times, money and sizes as people of each language write them. Times are shown in Asia/Almaty."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from domain.local_time import ALMATY, local_day
from handlers.language import _, language, ngettext

TENGE = "₸"  # Babel's Russian prints KZT instead


def day(value: date) -> str:
    """A day in words, with its year."""
    return _("{day_of_month}, {year}").format(day_of_month=short_day(value), year=value.year)


def short_day(value: date) -> str:
    """A day in words without its year."""
    return format_date(value, "d MMMM", locale=language())


def moment(value: datetime) -> str:
    """A day and time in words, Kazakhstan's time."""
    at = value.astimezone(ALMATY)
    return _("{day}, {time}").format(day=day(at.date()), time=clock(value))


def clock(value: datetime) -> str:
    """The time of day, Kazakhstan's time."""
    return format_datetime(value.astimezone(ALMATY), "HH:mm", locale=language())


def short_moment(value: datetime) -> str:
    """A day and time in words without the year, Kazakhstan's time."""
    at = value.astimezone(ALMATY)
    return _("{day}, {time}").format(day=short_day(at.date()), time=format_datetime(at, "HH:mm", locale=language()))


def time_left(now: datetime, until: datetime) -> str:
    """How long something stays open, in days of Kazakhstan; `until` is the first moment that is too late."""
    days = (local_day(until - timedelta(microseconds=1)) - local_day(now)).days
    if days <= 0:
        return _("today is the last day")
    return ngettext("{days} day left", "{days} days left", days).format(days=number(days))


def until(end: datetime) -> str:
    """An end. Midnight is shown as 23:59 of the day before, since "until midnight" leaves people a day in doubt."""
    return moment(end - timedelta(minutes=1) if end.astimezone(ALMATY).time() == time.min else end)


def money(tenge: int) -> str:
    return f"{number(tenge)} {TENGE}"


def number(value: int) -> str:
    return format_decimal(value, locale=language())


def fraction(value: float) -> str:
    """With one digit after the comma."""
    return format_decimal(round(value, 1), format="0.0", locale=language())


def size(count: int) -> str:
    """Bytes in the unit people know."""
    if count >= 1 << 20:
        return _("{count} MB").format(count=format_decimal(round(count / (1 << 20), 1), locale=language()))
    return _("{count} KB").format(count=number(max(1, round(count / 1024))))
