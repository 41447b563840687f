"""The call centre's figures for whoever may see them, of their lots: right for any number of tickets.

A hundred thousand tickets take seconds to count, and meanwhile the database belongs to everybody: so they are counted
a few hundred at a time, each in a transaction of its own, and what is kept does not grow with their number.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db import call_figures
from db.call_figures import Place
from domain.figures import Case, Figures, Grouping, Period, Tallies
from domain.person import Person
from domain.reckoner import Reckoner
from domain.staff import Action, lots_for
from usecases.call_hours import hours_of
from usecases.staff import demand, members_of
from usecases.work import Work

AT_ONCE = 300  # tickets counted in one transaction
MOST_LISTED = 5_000  # tickets with a line of their own, the newest


@dataclass(frozen=True)
class CallFigures:
    """All tickets of a stretch of time in figures, and laid apart by each grouping."""

    since: datetime
    now: datetime
    lots: frozenset[str]  # none: all
    newest: Sequence[Case]  # at most MOST_LISTED, oldest first
    total: Figures
    groups: Mapping[Grouping, Mapping[str, Figures]]


@dataclass
class Count:
    """A count on its way: `step` until it is over, then `figures`."""

    since: datetime
    now: datetime
    lots: frozenset[str]
    reader: Person
    _place: Place
    _tallies: Tallies
    _newest: deque[Case] = field(default_factory=lambda: deque(maxlen=MOST_LISTED))
    _reckoners: dict[str, Reckoner] = field(default_factory=dict)

    def step(self, work: Work) -> bool:
        """Count some more, in a transaction; False when that was all."""
        cases, self._place = call_figures.cases(
            work.session, self.lots or None, self._place, AT_ONCE, lambda *asked: self._elapsed(work, *asked)
        )
        for one in cases:
            self._tallies.add(one)
        self._newest.extend(cases)
        return len(cases) == AT_ONCE

    def figures(self) -> CallFigures:
        total, groups = self._tallies.total(), self._tallies.groups()
        return CallFigures(self.since, self.now, self.lots, tuple(self._newest), total, groups)

    def _elapsed(self, work: Work, lot: str, start: datetime, end: datetime) -> timedelta:
        """Working time by the hours of the lot, which are looked up once."""
        if lot not in self._reckoners:
            self._reckoners[lot] = Reckoner(hours_of(work, lot), self.since, self.now)
        return self._reckoners[lot](start, end)


def call_figures_of(work: Work, person: Person, period: Period) -> Count:
    """Begin to count this period's tickets, in the lots this person sees figures of. Refused(NOT_ALLOWED)."""
    demand(work, person, Action.SEE_FIGURES, None)
    lots = lots_for(members_of(work, person), Action.SEE_FIGURES) or frozenset()
    since = period.since(work.now) or call_figures.first_opened(work.session, lots or None) or work.now
    return Count(since, work.now, lots, person, Place(since, 0), Tallies(work.now))
