"""Counted once: whatever people do, in whatever order and years, the rows are what a plain count of the log says.

The count here knows nothing of rows. Of a person's log of one year it says: the lots whose links they came by; and of
each day the last lot that was theirs by word (named that day, or named before and assumed when they first wrote in the
year or were written to). Whoever did anything and has no lot by these is of no lot.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from db import coverage
from db.sources import Source
from db.tables import PersonRow, ReachedRow
from domain.coverage import Channel
from domain.local_time import local_day
from domain.staff import Role
from tests.coverage import a_source
from tests.factories import NOW
from tests.staff import hired
from usecases.checks import open_check, take_answer
from usecases.coverage import coverage_of, shares_of
from usecases.erase_person import erase_person
from usecases.meet_person import meet_person
from usecases.reached import came_by, delivered, lot_of
from usecases.work import Work

PEOPLE = (71, 72, 73)
REGIONS = ("79", "27", "10", "elsewhere")  # two of lot 19-5, one of 19-8, none
LOTS = ("19-5", "19-8")
MOST = {"max_examples": 60, "deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@dataclass(frozen=True)
class Step:
    """After so many hours somebody writes, and names a region or comes by a link; or everybody is written to."""

    person: int
    hours: int
    what: str  # "writes", a region, "link:LOT", "delivery"


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(PEOPLE),
        st.sampled_from((0, 1, 7, 30, 24 * 20, 24 * 200)),
        st.sampled_from(("writes", *REGIONS, *(f"link:{lot}" for lot in LOTS), "delivery")),
    ),
    max_size=14,
)


@dataclass
class Log:
    """What one person did in one year, as the plain count wants it."""

    links: set[str] = field(default_factory=set)
    by_word: dict[date, str] = field(default_factory=dict)  # the last of each day
    wrote: bool = False
    first: Channel | None = None

    @property
    def lots(self) -> set[str]:
        return self.links | set(self.by_word.values())


class Count:
    """The plain count."""

    def __init__(self) -> None:
        self.logs: dict[tuple[int, int], Log] = defaultdict(Log)
        self.named: dict[int, str] = {}
        self.known: set[int] = set()  # who is in the bot's reach at all

    def takes(self, step: Step, day: date) -> None:
        if step.what == "delivery":
            for person in self.known:
                self._touched(person, day, Channel.ANNOUNCEMENT)
            return
        self.known.add(step.person)
        log = self._touched(
            step.person, day, Channel.SOURCE if step.what.startswith("link:") else Channel.BOT, own=True
        )
        if step.what.startswith("link:"):
            log.links.add(step.what.removeprefix("link:"))
        elif lot := lot_of(step.what):
            self.named[step.person] = log.by_word[day] = lot

    def _touched(self, person: int, day: date, channel: Channel, *, own: bool = False) -> Log:
        log = self.logs[person, day.year]
        log.first = log.first or channel
        if person in self.named and not (own and log.wrote):
            log.by_word.setdefault(day, self.named[person])
        log.wrote = log.wrote or own
        return log

    def rows(self) -> Counter[tuple[int, int, str]]:
        return Counter((person, year, lot) for (person, year), log in self.logs.items() for lot in log.lots or {""})


def does(work: Work, step: Step, number: int, links: dict[str, Source]) -> None:
    if step.what == "delivery":
        delivered(work, select(PersonRow.id))
        return
    person = meet_person(work, step.person, number)
    if step.what.startswith("link:"):
        came_by(work, person, links[step.what.removeprefix("link:")])
    elif step.what in {*REGIONS}:
        take_answer(work, person, open_check(work, person), "region", step.what)


def rows_of(work: Work) -> list[Any]:
    columns = (PersonRow.telegram_id, ReachedRow.year, ReachedRow.lot, ReachedRow.channel)
    return list(work.session.execute(select(*columns).join(PersonRow, PersonRow.id == ReachedRow.person_id)))


@settings(**MOST)  # type: ignore[arg-type]
@given(steps)
@example([Step(72, 0, "10"), Step(72, 0, "link:19-5"), Step(72, 0, "79")])
def test_everybody_stands_once_a_year_and_lot(work: Work, log: list[Step]) -> None:
    now = replace(work, now=datetime(2025, 11, 1, 3, tzinfo=UTC))
    try:
        stands_as_counted(now, log)
    finally:
        work.session.rollback()  # what an example writes is undone


def stands_as_counted(work: Work, log: list[Step]) -> None:
    links, count = {lot: a_source(work, lot, lot) for lot in LOTS}, Count()
    for number, step in enumerate(log):
        work = replace(work, now=work.now + timedelta(hours=step.hours, seconds=1))
        does(work, step, number, links)
        count.takes(step, local_day(work.now))
    rows = rows_of(work)
    assert Counter((row.telegram_id, row.year, row.lot) for row in rows) == count.rows()
    for row in rows:
        seen = count.logs[row.telegram_id, row.year]
        ever = {lot for (who, _year), one in count.logs.items() if who == row.telegram_id for lot in one.lots}
        if ever <= {row.lot}:  # whoever was of one lot only: the channel is that of the year's first event
            assert row.channel == seen.first


@pytest.mark.parametrize("kind", ["writes", "link"])
def test_staff_are_nobodys_coverage(work: Work, kind: str) -> None:
    hired(work, Role.OPERATOR, 5)
    person = meet_person(replace(work, now=NOW + timedelta(days=60)), 5, 1)
    if kind == "link":
        came_by(work, person, a_source(work, "s", "19-5"))
    assert rows_of(work) == []


def test_who_joins_the_office_later_is_taken_out_of_the_count(work: Work) -> None:
    meet_person(work, 5, 1)
    count: Callable[[], int] = lambda: sum(one.people for one in coverage.tallies(work.session, 2026, [""]))  # noqa: E731
    assert count() == 1
    assert coverage.tallies_of_staff(work.session, 2026, [""]) == []
    hired(work, Role.OPERATOR, 5)
    assert [one.people for one in coverage.tallies_of_staff(work.session, 2026, [""])] == [1]


@pytest.mark.sqlite
def test_staff_are_found_by_who_they_are(work: Work) -> None:
    """With a million rows of others it is a matter of seconds which index SQLite takes."""
    said: list[tuple[str, Any]] = []
    event.listen(work.session.connection(), "before_cursor_execute", lambda *told: said.append((told[2], told[3])))
    hired(work, Role.OPERATOR, 5)
    coverage.tallies_of_staff(work.session, 2026, LOTS)
    plan = work.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {said[-1][0]}", said[-1][1]).all()
    assert [row[3] for row in plan] == [
        "SEARCH reached USING INDEX sqlite_autoindex_reached_1 (person_id=? AND year=?)"
    ]


def test_all_lots_in_short_are_what_each_lot_says(work: Work) -> None:
    chief = hired(work, Role.COORDINATOR, 4, "*")
    for number, what in enumerate(("79", "27", "10", "writes", "79", "link:19-8"), 5):
        does(work, Step(number, 0, what), number, {"19-8": a_source(work, "s", "19-8")} if "link" in what else {})
    hired(work, Role.OPERATOR, 9)
    short, full = shares_of(work, chief, 2026), coverage_of(work, chief, 2026)
    assert [(one.lot, one.year, one.goal, one.people) for one in short.lots] == [
        (one.lot, one.year, one.goal, one.people) for one in full.lots
    ]
    assert {one.lot: one.people for one in short.lots if one.people} == {"19-5": 2, "19-8": 2}
    assert (short.year, short.first_year, short.last_year) == (full.year, full.first_year, full.last_year)
    assert short.unplaced == full.unplaced == 1


def test_who_erases_everything_stays_a_number(work: Work) -> None:
    person = meet_person(work, 5, 1)
    came_by(work, person, a_source(work, "s", "19-5", "79"))
    erase_person(work, person)
    assert rows_of(work) == []
    assert [(one.lot, one.region, one.channel, one.people) for one in coverage.tallies(work.session, 2026, LOTS)] == [
        ("19-5", "79", Channel.SOURCE, 1)
    ]


def test_one_minute_past_new_year_is_another_year(work: Work) -> None:
    """In Kazakhstan; the last message was minutes ago, and "last seen" is kept only every five minutes."""
    before = replace(work, now=datetime(2026, 12, 31, 18, 59, tzinfo=UTC))
    meet_person(before, 5, 1)
    meet_person(replace(work, now=before.now + timedelta(minutes=2)), 5, 2)
    meet_person(replace(work, now=before.now + timedelta(minutes=3)), 5, 3)
    assert sorted((row.year, row.lot) for row in rows_of(work)) == [(2026, ""), (2027, "")]


def test_an_announcement_reaches_whom_nothing_had_reached_this_year(work: Work) -> None:
    for number, region in ((5, "79"), (6, "elsewhere"), (7, "27")):
        does(work, Step(number, 0, region), number, {})
    later = replace(work, now=NOW + timedelta(days=100))
    does(later, Step(7, 0, "writes"), 8, {})
    two = select(PersonRow.id).where(PersonRow.telegram_id.in_((5, 6, 7)))
    assert delivered(later, two) == 2
    assert delivered(later, two) == 0
    assert {(row.telegram_id, row.lot, row.channel) for row in rows_of(later) if row.year == 2027} == {
        (5, "19-5", Channel.ANNOUNCEMENT),
        (6, "", Channel.ANNOUNCEMENT),
        (7, "19-5", Channel.BOT),
    }
