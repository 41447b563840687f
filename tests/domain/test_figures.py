"""Figures of the call centre, from cases whose sums one can do in the head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.figures import Case, Figures, Grouping, Period, Share, Spread, Tallies
from domain.reckoner import Reckoner
from domain.working_time import WorkingHours, worked
from tests import plain_figures
from tests.domain.test_working_time import DATES, DAYS
from tests.plain_figures import to_the_minute

NOW = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)  # Friday noon in Kazakhstan
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # nine o'clock
HOUR = timedelta(hours=1)
NEW = Case(
    "T-1", "19-5", "question", "", False, MONDAY, None, None, MONDAY + 4 * HOUR, MONDAY + timedelta(days=30), None
)


def counted(cases: Iterable[Case]) -> Tallies:
    tallies = Tallies(NOW)
    for one in cases:
        tallies.add(one)
    return tallies


def figures(cases: Iterable[Case], now: datetime = NOW) -> Figures:
    return counted(cases).total()


def closed(hours: int, rating: int | None = None, operator: str = "Сәуле") -> Case:
    done = MONDAY + hours * HOUR
    took = worked(MONDAY, done, WorkingHours())
    ended = {"answered_at": done, "closed_at": done, "answer_took": took, "solution_took": took}
    return replace(NEW, operator=operator, rating=rating, **ended)  # type: ignore[arg-type]


def test_of_nothing_there_is_nothing() -> None:
    assert figures([], NOW) == Figures(0, 0, 0, 0, 0, None, None, Share(0, 0), Share(0, 0), 0, None)
    assert Share(0, 0).percent is None


def test_a_few_tickets() -> None:
    asked_back = replace(NEW, waiting=True, answered_at=MONDAY + HOUR, answer_took=HOUR, operator="Сәуле")
    late = replace(NEW, answered_at=MONDAY + 3 * HOUR, answer_took=3 * HOUR, solve_by=NOW - HOUR)
    cases = [closed(1, 5), closed(2, 4), closed(9), NEW, asked_back, late]
    found = figures(cases, NOW)
    assert (found.tickets, found.open, found.waiting, found.closed) == (6, 2, 1, 3)
    assert found.overdue == 2  # the one never answered, and the one not solved
    assert found.answer == Spread(2 * HOUR, 8 * HOUR)
    assert found.solution == Spread(2 * HOUR, 8 * HOUR)
    assert found.answered_in_time == Share(4, 6)  # the closed ones after 9 hours, and the new one, are late
    assert found.solved_in_time == Share(3, 4)
    assert (found.rated, found.rating) == (2, 4.5)
    assert found.answered_in_time.percent == 67


def test_what_is_not_due_yet_says_nothing() -> None:
    young = replace(NEW, answer_by=NOW + HOUR)
    assert figures([young], NOW).answered_in_time == Share(0, 0)
    assert figures([young], NOW).overdue == 0


def test_the_authors_silence_before_the_closing_is_not_our_lateness() -> None:
    silent = replace(closed(200), answered_at=MONDAY + HOUR, paused_at=MONDAY + HOUR, solve_by=MONDAY + 72 * HOUR)
    assert figures([silent]).solved_in_time == Share(1, 1)
    assert figures([replace(silent, paused_at=MONDAY + 73 * HOUR)]).solved_in_time == Share(0, 1)


def test_what_is_closed_before_its_answer_was_due_is_no_late_answer() -> None:
    withdrawn = replace(NEW, closed_at=MONDAY + timedelta(minutes=5))
    assert figures([withdrawn]).answered_in_time == Share(0, 0)
    assert figures([replace(NEW, closed_at=MONDAY + 5 * HOUR)]).answered_in_time == Share(0, 1)


def test_a_rating_and_a_further_answer_are_theirs_who_did_the_work() -> None:
    one = replace(closed(1, 2), rated_for="Ерлан", further=(("Ерлан", False), ("Ерлан", True)))
    found = counted([one])
    assert found.total().answered_in_time == Share(2, 3)
    operators = found.groups()[Grouping.OPERATOR]
    assert (operators["Сәуле"].tickets, operators["Сәуле"].rated, operators["Сәуле"].answered_in_time) == (
        1,
        0,
        Share(1, 1),
    )
    assert (operators["Ерлан"].tickets, operators["Ерлан"].rating) == (0, 2)
    assert operators["Ерлан"].answered_in_time == Share(1, 2)


def test_a_further_answer_that_is_owed_and_late() -> None:
    asked_more = replace(NEW, operator="Сәуле", answered_at=MONDAY + HOUR, due_by=NOW - HOUR)
    assert figures([asked_more]).answered_in_time == Share(1, 2)
    assert figures([asked_more]).overdue == 1
    assert figures([replace(asked_more, due_by=NOW + HOUR)]).answered_in_time == Share(1, 1)


def test_groups() -> None:
    other = replace(NEW, opened_at=MONDAY - timedelta(hours=10), lot="19-6", kind="complaint")
    groups = counted([NEW, other]).groups()
    assert list(groups[Grouping.LOT]) == ["19-5", "19-6"]
    assert list(groups[Grouping.KIND]) == ["complaint", "question"]
    assert list(counted([closed(1), NEW]).groups()[Grouping.OPERATOR]) == ["", "Сәуле"]
    assert groups[Grouping.WEEK] == {"2026-11-16": figures([other]), "2026-11-23": figures([NEW])}
    assert other.week == date(2026, 11, 16)


def test_ranks() -> None:
    took = [replace(NEW, answered_at=MONDAY, answer_took=n * HOUR) for n in range(1, 11)]
    assert figures(took).answer == Spread(5 * HOUR, 9 * HOUR)
    assert figures(took[:1]).answer == Spread(HOUR, HOUR)


def test_periods() -> None:
    assert [period.since(NOW) for period in Period] == [*(NOW - timedelta(days=days) for days in (7, 30, 90)), None]


NEAR = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 5), timezones=st.just(UTC))  # noqa: DTZ001
TOOK = st.none() | st.timedeltas(timedelta(0), timedelta(hours=60))
CASES = st.builds(
    Case,
    number=st.just("T-1"),
    lot=st.sampled_from(["19-5", "19-6", ""]),
    kind=st.sampled_from(["question", "complaint"]),
    operator=st.sampled_from(["", "Сәуле", "Ерлан"]),
    waiting=st.booleans(),
    opened_at=NEAR,
    answered_at=st.none() | NEAR,
    closed_at=st.none() | NEAR,
    answer_by=st.none() | NEAR,
    solve_by=st.none() | NEAR,
    rating=st.none() | st.integers(1, 5),
    answer_took=TOOK,
    solution_took=TOOK,
    due_by=st.none() | NEAR,
    rated_for=st.sampled_from(["", "Сәуле", "Ерлан"]),
    further=st.lists(st.tuples(st.sampled_from(["Сәуле", "Ерлан"]), st.booleans()), max_size=3).map(tuple),
    paused_at=st.none() | NEAR,
)


@given(st.lists(CASES, max_size=40))
def test_counting_one_after_another_gives_what_plain_reckoning_gives(cases: list[Case]) -> None:
    found, plain = counted(cases), [to_the_minute(one) for one in cases]
    assert found.total() == plain_figures.figures(plain, NOW)
    for by in Grouping:
        assert found.groups()[by] == plain_figures.laid_apart(plain, by, NOW)


MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001
WEEKS = st.builds(WorkingHours, st.tuples(*[DAYS] * 7).filter(any), DATES, DATES)


@given(st.lists(MOMENTS, min_size=2, max_size=6), WEEKS)
def test_counting_days_once_gives_the_same(moments: list[datetime], hours: WorkingHours) -> None:
    reckoner = Reckoner(hours, min(moments), max(moments))
    for start, end in pairwise(moments):
        assert reckoner(start, end) == worked(start, end, hours)
