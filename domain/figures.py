"""The call centre in figures: how much was asked, how soon it was answered, how much of it in time, how it was liked.

Durations are working time. Shares are whole numbers of the cases that are decided: a ticket whose deadline has
not come yet, and which has no answer, says nothing about punctuality.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from domain.local_time import ALMATY, local_day
from domain.working_time import WorkingHours

Elapsed = Callable[[str, datetime, datetime], timedelta]  # lot, from, until: working time


class Grouping(StrEnum):
    """By what the figures may be laid apart."""

    LOT = "lot"
    KIND = "kind"
    OPERATOR = "operator"
    WEEK = "week"


@dataclass(frozen=True)
class Case:
    """One ticket, as far as figures need it: nothing of what was said, nothing of its author."""

    number: str
    lot: str
    kind: str
    operator: str  # the name of whoever answered first; empty until somebody has
    waiting: bool  # it is the author's turn
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    answer_by: datetime | None
    solve_by: datetime | None
    rating: int | None
    answer_took: timedelta | None = None  # working time
    solution_took: timedelta | None = None

    @property
    def week(self) -> date:
        """The Monday of the week it was opened in, in Kazakhstan."""
        day = local_day(self.opened_at)
        return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Spread:
    """The middle of some durations, and what nine in ten do not exceed."""

    median: timedelta
    nine_in_ten: timedelta


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass(frozen=True)
class Figures:
    """What some tickets come to."""

    tickets: int
    open: int  # we owe an answer
    waiting: int  # the author's turn
    closed: int
    overdue: int
    answer: Spread | None
    solution: Spread | None
    answered_in_time: Share
    solved_in_time: Share
    rated: int
    rating: float | None  # 1 to 5


def figures(cases: Sequence[Case], now: datetime) -> Figures:
    """These tickets in figures, as of now."""
    closed = [one for one in cases if one.closed_at]
    waiting = [one for one in cases if one.waiting and not one.closed_at]
    rated = [one.rating for one in cases if one.rating is not None]
    return Figures(
        tickets=len(cases),
        open=len(cases) - len(closed) - len(waiting),
        waiting=len(waiting),
        closed=len(closed),
        overdue=sum(_overdue(one, now) for one in cases),
        answer=spread(one.answer_took for one in cases),
        solution=spread(one.solution_took for one in cases),
        answered_in_time=_share(((one.answered_at, one.answer_by) for one in cases), now),
        solved_in_time=_share(
            ((one.closed_at, one.solve_by) for one in cases if not one.waiting or one.closed_at), now
        ),
        rated=len(rated),
        rating=round(sum(rated) / len(rated), 2) if rated else None,
    )


def grouped(cases: Iterable[Case], by: Grouping) -> dict[str, list[Case]]:
    """Tickets laid apart, groups in order of their names; a week is named by its Monday (ISO)."""
    groups: dict[str, list[Case]] = {}
    for one in cases:
        groups.setdefault(str(getattr(one, by.value)), []).append(one)
    return dict(sorted(groups.items()))


def spread(durations: Iterable[timedelta | None]) -> Spread | None:
    """The median and the ninth decile (nearest rank) of what is known; None of nothing."""
    ranked = sorted(one for one in durations if one is not None)
    if not ranked:
        return None
    return Spread(*(ranked[ceil(part * len(ranked)) - 1] for part in (0.5, 0.9)))


def _share(ends: Iterable[tuple[datetime | None, datetime | None]], now: datetime) -> Share:
    """How many of those decided were in time: done by the target, of all that are done or late."""
    decided = [(done, by) for done, by in ends if by and (done or by < now)]
    return Share(sum(done is not None and done <= by for done, by in decided), len(decided))


def _overdue(one: Case, now: datetime) -> bool:
    """Something is owed now and late."""
    owed = one.answer_by if one.answered_at is None else one.solve_by
    return one.closed_at is None and not one.waiting and owed is not None and owed < now


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
