"""The call centre's figures for whoever may see them, of their lots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from db import call_figures
from domain.figures import Case, Elapsed, Figures, Grouping, Reckoner, figures, grouped
from domain.person import Person
from domain.staff import Action, allowed
from usecases.call_hours import hours_of
from usecases.staff import demand, members_of
from usecases.work import Work

MOST = 5_000  # tickets, the newest: reckoning more of them would hold up others


@dataclass(frozen=True)
class CallFigures:
    """All tickets of a stretch of time in figures, and laid apart by each grouping."""

    since: datetime
    lots: frozenset[str]  # none: all
    cases: Sequence[Case]
    total: Figures
    groups: Mapping[Grouping, Mapping[str, Figures]]


def call_figures_of(work: Work, person: Person, weeks: int) -> CallFigures:
    """The figures of the last weeks, in the lots this person sees them of. Refused(NOT_ALLOWED)."""
    demand(work, person, Action.SEE_FIGURES, None)
    seen = [one.lots for one in members_of(work, person) if allowed(one, Action.SEE_FIGURES, None)]
    lots = frozenset[str]() if not all(seen) else frozenset().union(*seen)
    since = work.now - timedelta(weeks=weeks)
    cases = call_figures.cases(work.session, lots or None, since, MOST, _elapsed(work, since))
    apart = {by: {name: figures(ones, work.now) for name, ones in grouped(cases, by).items()} for by in Grouping}
    return CallFigures(since, lots, cases, figures(cases, work.now), apart)


def _elapsed(work: Work, since: datetime) -> Elapsed:
    """Working time by the hours of each lot, which are looked up once."""

    @cache
    def of(lot: str) -> Reckoner:
        return Reckoner(hours_of(work, lot), since, work.now)

    return lambda lot, start, end: of(lot)(start, end)
