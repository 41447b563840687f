"""Reminders whatever the clock, the dates, the people and the machine do: the promises of every message, at any time.

Never in quiet hours, never twice, never of what is done or switched off; and whenever the program has looked, whoever
had something due has got it. What is queued may be sent much later, and dates move in between. The long version:
`make soak`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from tests.in_force import competitions_from_values
from tests.reminder_world import PEOPLE, World
from tests.statements import share_statements
from tests.tables import make_tables
from usecases import plan_reminders


def steps() -> st.SearchStrategy[list[Callable[[World], None]]]:
    people = st.integers(0, len(PEOPLE) + 1)
    far = st.one_of(st.integers(1, 90), st.integers(60, 1500), st.integers(1000, 5000))
    each = st.one_of(
        far.map(lambda minutes: lambda world: (world.passes(minutes), world.looks())),
        far.map(lambda minutes: lambda world: world.passes(minutes)),
        st.integers(-1500, -1).map(lambda minutes: lambda world: world.passes(minutes)),
        people.map(lambda place: lambda world: world.begins(place)),
        people.map(lambda place: lambda world: world.sends(place)),
        st.integers(-120, 240).map(lambda hours: lambda world: world.moves(hours)),
        st.tuples(people, st.booleans()).map(lambda given: lambda world: world.switches(*given)),
        st.booleans().map(lambda back: lambda world: world.returns(back)),
        people.map(lambda place: lambda world: world.asks_for_tomorrow(place)),
        st.integers(0, 3).map(lambda count: lambda world: world.dies(count)),
        st.integers(-48, 48).map(lambda hours: lambda world: world.opens(hours)),
        st.booleans().map(lambda back: lambda world: world.answers(back)),
        st.just(lambda world: world.queues()),
        st.just(lambda world: world.drains()),
        st.just(lambda world: world.looks()),
    )
    return st.lists(each, min_size=3, max_size=30)


def lives(happenings: list[Callable[[World], None]]) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    share_statements(engine, "work")
    with engine.connect() as connection:
        make_tables(connection)
    with competitions_from_values() as put, Session(engine, expire_on_commit=False) as session:
        world = World(session, put)
        for place in range(len(PEOPLE)):
            world.begins(place)
        for happens in happenings:
            happens(world)
        world.looks()
    engine.dispose()


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_reminders, "BATCH", 2)


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@settings(UNHURRIED, max_examples=15)
@given(steps())
def test_whatever_happens(happenings: list[Callable[[World], None]]) -> None:
    lives(happenings)


def test_a_clock_that_was_wrong_at_night() -> None:
    """It went on into the night, what was due was put off until the morning, and it was put back into the day."""
    lives(
        [
            lambda world: world.passes(24 * 60 * 5 + 10 * 60 + 30),
            lambda world: world.looks(),
            lambda world: world.passes(-9 * 60),
            lambda world: world.looks(),
        ]
    )


def moved_while_it_waits(*happenings: Callable[[World], None]) -> None:
    """Three hours before the end; what is queued then is not sent before the end has moved."""
    lives([lambda world: world.passes(7 * 24 * 60 - 180), lambda world: world.queues(), *happenings])


def test_the_end_moves_within_the_day_while_it_waits() -> None:
    moved_while_it_waits(lambda world: world.moves(2), lambda world: world.drains(), lambda world: world.passes(120))


def test_the_end_moves_within_the_day_and_back_while_it_waits() -> None:
    moved_while_it_waits(lambda world: world.moves(2), lambda world: world.drains(), lambda world: world.moves(0))


def test_the_end_moves_away_and_back_while_it_waits() -> None:
    moved_while_it_waits(lambda world: world.moves(48), lambda world: world.drains(), lambda world: world.moves(0))


def last_hours() -> st.SearchStrategy[list[Callable[[World], None]]]:
    """Only the sender, the timer, the clock and the end itself: little happens, in any order."""
    each = st.one_of(
        st.sampled_from((0, 2, 48)).map(lambda hours: lambda world: world.moves(hours)),
        st.sampled_from((1, 120)).map(lambda minutes: lambda world: world.passes(minutes)),
        st.just(lambda world: world.queues()),
        st.just(lambda world: world.drains()),
    )
    return st.lists(each, min_size=2, max_size=6)


@settings(UNHURRIED, max_examples=150)
@given(last_hours())
def test_whatever_moves_while_it_waits(happenings: list[Callable[[World], None]]) -> None:
    moved_while_it_waits(*happenings)


@pytest.mark.soak
@settings(UNHURRIED, max_examples=1000)
@given(steps())
def test_whatever_happens_for_long(happenings: list[Callable[[World], None]]) -> None:
    lives(happenings)
