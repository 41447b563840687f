"""The demonstration's competition: open at every start, steady while it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.competition import Stage
from domain.eligibility import last_day
from tests.factories import NOW
from usecases.competitions import competitions_in_force
from usecases.demonstration import load_demonstration
from usecases.work import Work


def test_it_is_open_for_two_weeks_from_the_first_start(work: Work) -> None:
    loaded = load_demonstration(work)
    assert loaded.number == 1
    assert loaded.competition.demonstration
    assert loaded.competition.open(NOW)
    assert last_day(loaded.competition) == date(2026, 12, 6)


def test_a_later_start_moves_nothing_while_it_is_open(work: Work) -> None:
    first = load_demonstration(work)
    later = replace(work, now=NOW + timedelta(days=14))
    assert load_demonstration(later) == first
    assert competitions_in_force(later) == (first,)


def test_a_start_after_its_end_opens_it_anew(work: Work) -> None:
    first = load_demonstration(work)
    later = replace(work, now=NOW + timedelta(days=20))
    assert first.competition.stage(later.now) is Stage.COMMISSION
    anew = load_demonstration(later)
    assert (anew.id, anew.number) == (first.id, 2)
    assert anew.competition.open(later.now)
    assert competitions_in_force(later) == (anew,)
