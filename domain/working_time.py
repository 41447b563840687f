"""Working time of a lot's call centre: by when something is due, and how long something took, in hours at work.

The week's hours with their breaks stand in the competition's file. Kazakhstan's public holidays come from a
calendar (with the days the government moved); a competition may set further days off and days worked. Days are
days of Kazakhstan, moments are in UTC, and everything here is a function of what it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from domain.local_time import ALMATY, local_day

Day = tuple[tuple[int, int], ...]  # from minute to minute of the day (the second is not included), in order

MINUTES_OF_A_DAY = 24 * 60
OFFICE: Day = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))


@dataclass(frozen=True)
class WorkingHours:
    """The hours of each weekday, Monday first, and the days that differ. At least one weekday has hours."""

    week: tuple[Day, ...] = (OFFICE,) * 5 + ((),) * 2
    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = (
        frozenset()
    )  # though a holiday or a weekend: with that weekday's hours, or the first's

    def on(self, day: date) -> Day:
        """The hours of this day; none on a day off."""
        usual = self.week[day.weekday()]
        off, worked = _calendar(day.year)
        if day in self.days_worked or (day in worked and day not in self.days_off):
            return usual or next(filter(None, self.week))
        return () if day in self.days_off or day in off else usual

    @property
    def day(self) -> timedelta:
        """How long a working day is: the week's hours over the days that have any."""
        minutes = sum(until - since for one in self.week for since, until in one)
        return timedelta(minutes=minutes) / sum(map(bool, self.week))


@dataclass(frozen=True)
class Target:
    """How soon a kind of ticket is answered first and settled."""

    answer_hours: int  # at work
    solution_days: int  # working days


# The law allows 15 working days for a request and 20 for a complaint against a decision (administrative procedure
# code, articles 76 and 99); a question in a chat should not wait as long. A competition's file may set others.
TARGETS: Mapping[str, Target] = {
    "question": Target(4, 3),
    "technical": Target(4, 3),
    "complaint": Target(8, 15),
    "appeal": Target(8, 15),
}


def due(start: datetime, working: timedelta, hours: WorkingHours) -> datetime:
    """The first moment by which so much working time has passed since `start`."""
    if working <= timedelta(0):
        return start
    since, _until, left = _spent(working, _spans_from(start, hours))
    return since + left


def due_before(end: datetime, working: timedelta, hours: WorkingHours) -> datetime:
    """The last moment from which so much working time passes until `end`."""
    if working <= timedelta(0):
        return end
    _since, until, left = _spent(working, _spans_back_from(end, hours))
    return until - left


def worked(start: datetime, end: datetime, hours: WorkingHours) -> timedelta:
    """The working time between two moments; zero when the second is not later."""
    total, day, last = timedelta(0), local_day(start), local_day(end)
    while day <= last:
        for since, until in _spans(day, hours):
            total += max(timedelta(0), min(until, end) - max(since, start))
        day += timedelta(days=1)
    return total


def moved(due_by: datetime, paused: datetime, resumed: datetime, hours: WorkingHours) -> datetime:
    """A deadline after a pause (while it was the author's turn): as much working time is left as there was before.

    What was late when the pause began stays as late as it was.
    """
    if due_by <= paused:
        return due_by
    return due(resumed, worked(paused, due_by, hours), hours)


def changed(due_by: datetime, since: datetime, old: WorkingHours, new: WorkingHours) -> datetime:
    """A deadline after the hours were changed: as much working time is left, in the new hours.

    `since`: from when on it is left: the moment of the change; while it is the author's turn, when that began.
    """
    return due_by if due_by <= since else due(since, worked(since, due_by, old), new)


def open_at(moment: datetime, hours: WorkingHours) -> bool:
    """Whether the call centre works at this moment."""
    return any(since <= moment < until for since, until in _spans(local_day(moment), hours))


def opens(moment: datetime, hours: WorkingHours) -> datetime:
    """When it works next: this very moment while it does."""
    return next(_spans_from(moment, hours))[0]


def _spent(working: timedelta, spans: Iterator[tuple[datetime, datetime]]) -> tuple[datetime, datetime, timedelta]:
    """The span in which the last of this working time is spent, and how much of it is."""
    for since, until in spans:
        if working <= until - since:
            return since, until, working
        working -= until - since
    raise AssertionError("a week has working hours")


def _spans_from(start: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """The stretches at work from this moment on, the first one cut."""
    day = local_day(start)
    while True:
        for since, until in _spans(day, hours):
            if until > start:
                yield max(since, start), until
        day += timedelta(days=1)


def _spans_back_from(end: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """The stretches at work before this moment, the latest first and cut."""
    day = local_day(end)
    while True:
        for since, until in reversed(_spans(day, hours)):
            if since < end:
                yield since, min(until, end)
        day -= timedelta(days=1)


def _spans(day: date, hours: WorkingHours) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((_moment(day, since), _moment(day, until)) for since, until in hours.on(day))


def _moment(day: date, minute: int) -> datetime:
    whole, rest = divmod(minute, MINUTES_OF_A_DAY)
    at = time(rest // 60, rest % 60)
    return datetime.combine(day + timedelta(days=whole), at, ALMATY).astimezone(UTC)


@lru_cache(maxsize=64)
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays of a year, and weekends that were made working days."""
    calendar = holidays.country_holidays("KZ", years=year)
    return frozenset(calendar), frozenset(calendar.weekend_workdays)
