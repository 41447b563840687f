"""Information coverage of lots and years, for whoever may see it: people told apart, events and posts, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from db import coverage, outreach, sources
from db.sources import Source, Visits
from domain.coverage import Coverage, Outreach, Share, total, without
from domain.local_time import local_day
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from usecases.competitions import every_competition
from usecases.order import coverage_owed
from usecases.reached import NOWHERE, lot_of
from usecases.staff import demand, lots, lots_of
from usecases.work import Work

__all__ = [
    "CoverageView",
    "Links",
    "Shares",
    "Source",
    "Visits",
    "coverage_of",
    "coverage_report",
    "entries_of",
    "links_of",
    "place_of",
    "shares_of",
]


Links = tuple[tuple[Source, Visits], ...]


@dataclass(frozen=True)
class CoverageView:
    """Some lots in one year. `unplaced`: people who wrote to the bot and named no region; in no lot's figure."""

    year: int
    first_year: int
    last_year: int
    lots: tuple[Coverage, ...]
    unplaced: int


@dataclass(frozen=True)
class Shares:
    """The same in short: of each lot its people and its goal alone."""

    year: int
    first_year: int
    last_year: int
    lots: tuple[Share, ...]
    unplaced: int


def coverage_of(work: Work, person: Person, year: int, lot: str | None = None) -> CoverageView:
    """One lot, or all that this person sees. Refused: NOT_ALLOWED; OLD_BUTTON (such a year or lot cannot be)."""
    return coverage_report(work, year, _seen(work, person, lot))


def shares_of(work: Work, person: Person, year: int) -> Shares:
    """All lots that this person sees, in short. Refused as `coverage_of`."""
    of = _seen(work, person, None)
    first, this_year = _years(work, year)
    every = [*of, NOWHERE]
    people = Counter(coverage.totals(work.session, year, every))
    for one in coverage.tallies_of_staff(work.session, year, every):
        people[one.lot] -= one.people
    goals = goals_of(work, year)
    shares = tuple(Share(lot, year, goals.get(lot, coverage_owed()), people[lot]) for lot in of)
    return Shares(year, first, this_year, shares, people[NOWHERE])


def entries_of(work: Work, person: Person, year: int, lot: str) -> list[Outreach]:
    """The events and posts of one lot's year, newest day first. Refused as `coverage_of`."""
    of = _seen(work, person, lot)
    _years(work, year)
    return _entered(work, year, of)


def coverage_report(work: Work, year: int, of: Collection[str]) -> CoverageView:
    """The same of these lots, with no question of rights: for the machine's own command line."""
    first, this_year = _years(work, year)
    every = [*of, NOWHERE]
    counted = without(coverage.tallies(work.session, year, every), coverage.tallies_of_staff(work.session, year, every))
    entered = _entered(work, year, of)
    goals = goals_of(work, year)
    found = tuple(
        Coverage(
            lot,
            year,
            goals.get(lot, coverage_owed()),
            [one for one in counted if one.lot == lot],
            [one for one in entered if one.lot == lot],
        )
        for lot in of
    )
    unplaced = total(one for one in counted if one.lot == NOWHERE)
    return CoverageView(year, first, this_year, found, unplaced)


def _seen(work: Work, person: Person, lot: str | None) -> tuple[str, ...]:
    """This lot, or all that this person sees."""
    demand(work, person, Action.SEE_COVERAGE, lot)
    if lot is not None and lot not in lots():
        raise Refused(Reason.OLD_BUTTON)
    return lots_of(work, person, Action.SEE_COVERAGE) if lot is None else (lot,)


def _years(work: Work, year: int) -> tuple[int, int]:
    """The first year with figures and this one. Refused(OLD_BUTTON) for a year that does not lie between them."""
    this_year = local_day(work.now).year
    first = min(coverage.first_year(work.session) or this_year, this_year)
    if not first <= year <= this_year:
        raise Refused(Reason.OLD_BUTTON)
    return first, this_year


def _entered(work: Work, year: int, of: Collection[str]) -> list[Outreach]:
    return outreach.of_year(work.session, of, date(year, 1, 1), date(year, 12, 31))


def links_of(work: Work, of: Collection[str]) -> Links:
    """The links of these lots, newest first, with what became of those who came by them."""
    found = sources.of_lots(work.session, of)
    visits = sources.visits(work.session, [one.id for one in found])
    return tuple((one, visits[one.id]) for one in found)


def goals_of(work: Work, year: int) -> dict[str, int]:
    """What the competitions of a year set for their lots."""
    known = [one.competition for one in every_competition(work) if one.competition.year == year]
    return {one.lot: one.coverage for one in known if one.coverage}


def place_of(where: str) -> tuple[str, str]:
    """Lot and region (KATO code; empty: the whole lot) of a word that names either. Refused: OLD_BUTTON."""
    if where in lots():
        return where, ""
    lot = lot_of(where)
    if lot is None:
        raise Refused(Reason.OLD_BUTTON)
    return lot, where
