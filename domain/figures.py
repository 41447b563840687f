"""The call centre in figures: how much was asked, how soon it was answered, how much of it in time, how it was liked.

Durations are working time, and only ours: while it is the author's turn nothing is counted. Shares are whole numbers
of the cases that are decided: a ticket whose deadline has not come yet, and which has no answer, says nothing about
punctuality; nor does one that was closed unanswered before its answer was due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from domain.local_time import local_day

MINUTE = timedelta(minutes=1)


class Period(StrEnum):
    """Of which time."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    ALL = "all"

    def since(self, now: datetime) -> datetime | None:
        """From when on; None: from the beginning."""
        days = {Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 90}.get(self)
        return now - timedelta(days=days) if days else None


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
    operator: str  # whoever answered first, by a name that nobody else has; empty until somebody has
    waiting: bool  # it is the author's turn
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    answer_by: datetime | None
    solve_by: datetime | None
    rating: int | None
    answer_took: timedelta | None = None  # working time
    solution_took: timedelta | None = None
    due_by: datetime | None = None  # when the next answer is due; none while it is the author's turn, or closed
    rated_for: str = ""  # whoever answered or closed last before it was rated
    further: tuple[tuple[str, bool], ...] = ()  # answers after the first that were owed: by whom, whether in time
    paused_at: datetime | None = None  # since when it has been the author's turn; for closed ones: nobody's any more

    def ours_until(self, now: datetime) -> datetime:
        """Up to when it was for us to settle it: what the author takes their time for is not our lateness."""
        return self.paused_at or self.closed_at or now

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


class Tally:
    """Tickets counted one after another: what is kept does not grow with their number.

    Durations are counted by whole minutes, so medians are exact to the minute.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()
        self.solutions: Counter[int] = Counter()
        self.ratings: Counter[int] = Counter()

    def add(self, marks: Sequence[str], one: Case) -> None:
        """One more ticket; `marks`: what `marks_of` says of it."""
        for mark in marks:
            self.counts[mark] += 1
        if one.answer_took is not None:
            self.answers[_minutes(one.answer_took)] += 1
        if one.solution_took is not None:
            self.solutions[_minutes(one.solution_took)] += 1

    def rate(self, rating: int) -> None:
        self.ratings[rating] += 1

    def answer(self, *, in_time: bool) -> None:
        """A further answer; how long the first took is another figure."""
        self.counts["answer decided"] += 1
        self.counts["answered in time"] += in_time

    def figures(self) -> Figures:
        """What has been counted so far."""
        counts, rated = self.counts, self.ratings.total()
        stars = sum(rating * times for rating, times in self.ratings.items())
        return Figures(
            tickets=counts["ticket"],
            open=counts["ticket"] - counts["closed"] - counts["waiting"],
            waiting=counts["waiting"],
            closed=counts["closed"],
            overdue=counts["overdue"],
            answer=_spread(self.answers),
            solution=_spread(self.solutions),
            answered_in_time=Share(counts["answered in time"], counts["answer decided"]),
            solved_in_time=Share(counts["solved in time"], counts["solution decided"]),
            rated=rated,
            rating=round(stars / rated, 2) if rated else None,
        )


class Tallies:
    """The tally of all tickets, and those laid apart by each grouping."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._total = Tally()
        self._apart: dict[Grouping, dict[str, Tally]] = {by: {} for by in Grouping}

    def add(self, one: Case) -> None:
        marks = marks_of(one, self._now)
        for tally in self._of(one, one.operator):
            tally.add(marks, one)
        if one.rating is not None:
            for tally in self._of(one, one.rated_for):
                tally.rate(one.rating)
        for who, in_time in one.further:
            for tally in self._of(one, who):
                tally.answer(in_time=in_time)

    def _of(self, one: Case, operator: str) -> list[Tally]:
        """Where something of this ticket counts that this operator did."""
        names = {by: operator if by is Grouping.OPERATOR else str(getattr(one, by.value)) for by in Grouping}
        return [self._total, *(self._apart[by].setdefault(name, Tally()) for by, name in names.items())]

    def total(self) -> Figures:
        return self._total.figures()

    def groups(self) -> dict[Grouping, dict[str, Figures]]:
        """Groups in order of their names; a week is named by its Monday (ISO)."""
        return {
            by: {name: tally.figures() for name, tally in sorted(groups.items())} for by, groups in self._apart.items()
        }


def marks_of(one: Case, now: datetime) -> list[str]:
    """What a ticket counts as, as of now, besides its further answers. In time or not is said only of what is
    done, or late.
    """
    marks = ["ticket"]
    if one.closed_at:
        marks.append("closed")
    elif one.waiting:
        marks.append("waiting")
    elif (owed := _owed(one)) and owed < now:
        marks.append("overdue")
        if one.answered_at and one.due_by and one.due_by < now:
            marks.append("answer decided")  # one after the first, and nobody has given it
    if one.answer_by and (one.answered_at or one.answer_by < min(one.closed_at or now, now)):
        marks.append("answer decided")
        if one.answered_at and one.answered_at <= one.answer_by:
            marks.append("answered in time")
    if one.solve_by and (one.closed_at or (one.solve_by < now and not one.waiting)):
        marks.append("solution decided")
        if one.closed_at and one.ours_until(now) <= one.solve_by:
            marks.append("solved in time")
    return marks


def _owed(one: Case) -> datetime | None:
    """By when we owe something to the author of an open ticket."""
    if one.answered_at is None:
        return one.answer_by
    return min((by for by in (one.due_by, one.solve_by) if by), default=None)


def _spread(minutes: Counter[int]) -> Spread | None:
    """The median and the ninth decile (nearest rank); None of nothing."""
    count = minutes.total()
    if not count:
        return None
    ranks = [ceil(part * count) for part in (0.5, 0.9)]
    found: list[timedelta] = []
    passed = 0
    for minute in sorted(minutes):
        passed += minutes[minute]
        while len(found) < len(ranks) and passed >= ranks[len(found)]:
            found.append(timedelta(minutes=minute))
    return Spread(*found)


def _minutes(length: timedelta) -> int:
    return round(length / MINUTE)
