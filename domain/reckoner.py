"""Working time between very many moments of one stretch of time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime, timedelta

from domain.local_time import ALMATY, local_day
from domain.working_time import WorkingHours

Elapsed = Callable[[str, datetime, datetime], timedelta]  # lot, from, until: working time


class Reckoner:
    """Working time between moments of a known stretch, for very many of them: days are counted once."""

    def __init__(self, hours: WorkingHours, first: datetime, last: datetime) -> None:
        """`first`, `last`: moments before and after these count as they."""
        self._span = first, last
        self._first = local_day(first)
        days = [self._first + timedelta(days=n) for n in range((local_day(last) - self._first).days + 1)]
        self._stretches = [hours.on(day) for day in days]
        self._before = [0]
        for stretches in self._stretches:
            self._before.append(self._before[-1] + sum(until - since for since, until in stretches))

    def __call__(self, start: datetime, end: datetime) -> timedelta:
        return max(timedelta(0), self._worked(end) - self._worked(start))

    def _worked(self, moment: datetime) -> timedelta:
        """The working time of the stretch up to this moment."""
        first, last = self._span
        at = min(max(moment, first), last).astimezone(ALMATY)
        place = (at.date() - self._first).days
        minute = at.hour * 60 + at.minute
        passed = self._before[place]
        stretches = self._stretches[place]
        begun = bisect_left(stretches, (minute + 1,))
        for since, until in stretches[:begun]:
            passed += min(until, minute) - since
        inside = begun > 0 and minute < stretches[begun - 1][1]
        rest = timedelta(seconds=at.second, microseconds=at.microsecond) if inside else timedelta(0)
        return timedelta(minutes=passed) + rest
