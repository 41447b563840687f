"""Working time: examples a clerk would check by hand, and what must hold whatever the hours are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local_time import ALMATY
from domain.working_time import Day, WorkingHours, changed, due, due_before, moved, open_at, opens, worked

OFFICE = WorkingHours()
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """A moment in Kazakhstan, such as "2026-11-23 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "by"),
    [
        ("2026-11-23 09:00", 1, "2026-11-23 10:00"),  # a Monday
        ("2026-11-23 12:30", 1, "2026-11-23 14:30"),  # over the break
        ("2026-11-23 13:20", 1, "2026-11-23 15:00"),  # begun in the break
        ("2026-11-23 17:30", 1, "2026-11-24 09:30"),  # over the night
        ("2026-11-23 09:00", 8, "2026-11-23 18:00"),  # to the last minute, not to the next morning
        ("2026-11-20 17:30", 1, "2026-11-23 09:30"),  # over the weekend
        ("2026-11-22 12:00", 1, "2026-11-23 10:00"),  # begun on a Sunday
        ("2026-12-15 17:00", 2, "2026-12-17 10:00"),  # over Independence Day
        ("2026-03-20 17:00", 2, "2026-03-26 10:00"),  # over Nowruz with both its moved days
        ("2025-01-04 12:00", 1, "2025-01-05 10:00"),  # a Sunday that the government made a working day
        ("2026-11-23 03:00", 0, "2026-11-23 03:00"),
    ],
)
def test_due(start: str, hours: int, by: str) -> None:
    assert due(at(start), hours * HOUR, OFFICE) == at(by)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23 08:00", "2026-11-23 20:00", 8),
        ("2026-11-23 12:30", "2026-11-23 14:30", 1),
        ("2026-11-20 17:00", "2026-11-23 10:00", 2),
        ("2026-12-14 09:00", "2026-12-19 09:00", 32),  # a week with a holiday
        ("2026-11-21 09:00", "2026-11-22 18:00", 0),
        ("2026-11-23 12:00", "2026-11-23 10:00", 0),
    ],
)
def test_worked(start: str, end: str, hours: int) -> None:
    assert worked(at(start), at(end), OFFICE) == hours * HOUR


def test_a_competitions_own_days() -> None:
    hours = WorkingHours(
        OFFICE.week, days_off=frozenset({date(2026, 11, 23)}), days_worked=frozenset({date(2026, 11, 22)})
    )
    assert due(at("2026-11-22 08:00"), HOUR, hours) == at("2026-11-22 10:00")
    assert due(at("2026-11-22 17:30"), HOUR, hours) == at("2026-11-24 09:30")
    moved_back = WorkingHours(OFFICE.week, days_off=frozenset({date(2025, 1, 5)}))
    assert worked(at("2025-01-05 00:00"), at("2025-01-06 00:00"), moved_back) == timedelta(0)


def test_the_hours_before_the_whole_country_kept_one_time() -> None:
    """Until March 2024 Almaty was an hour further east; the calendar of the time zone knows."""
    assert due(datetime(2024, 2, 26, 2, 0, tzinfo=UTC), HOUR, OFFICE) == datetime(2024, 2, 26, 4, 0, tzinfo=UTC)
    assert due(datetime(2024, 3, 4, 2, 0, tzinfo=UTC), HOUR, OFFICE) == datetime(2024, 3, 4, 5, 0, tzinfo=UTC)


def test_a_pause_leaves_what_was_left() -> None:
    by = due(at("2026-11-23 10:00"), 4 * HOUR, OFFICE)
    assert by == at("2026-11-23 15:00")
    assert moved(by, at("2026-11-23 11:00"), at("2026-11-25 17:00"), OFFICE) == at("2026-11-26 11:00")
    assert moved(by, at("2026-11-23 16:00"), at("2026-11-25 17:00"), OFFICE) == by


def test_a_change_of_hours_leaves_what_was_left() -> None:
    mornings = WorkingHours((((9 * 60, 13 * 60),),) * 5 + ((),) * 2)
    by = due(at("2026-11-23 10:00"), 6 * HOUR, OFFICE)
    assert changed(by, at("2026-11-23 12:00"), OFFICE, mornings) == at("2026-11-24 12:00")
    assert changed(by, at("2026-11-23 19:00"), OFFICE, mornings) == by


def test_open_and_opens() -> None:
    assert open_at(at("2026-11-23 09:00"), OFFICE)
    assert not any(open_at(at(f"2026-11-23 {time}"), OFFICE) for time in ("08:59", "13:00", "18:00"))
    assert opens(at("2026-11-23 13:00"), OFFICE) == at("2026-11-23 14:00")
    assert opens(at("2026-11-23 10:17"), OFFICE) == at("2026-11-23 10:17")
    assert opens(at("2026-11-21 10:00"), OFFICE) == at("2026-11-23 09:00")


def test_the_length_of_a_day() -> None:
    assert OFFICE.day == 8 * HOUR
    assert WorkingHours((((0, 60),), *((),) * 5, ((0, 180),))).day == 2 * HOUR


DAYS: st.SearchStrategy[Day] = st.lists(st.integers(0, 24 * 4), unique=True, max_size=6).map(
    lambda marks: tuple(
        (since * 15, until * 15) for since, until in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)
    )
)
DATES = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)
HOURS = st.builds(WorkingHours, st.tuples(*[DAYS] * 7).filter(any), DATES, DATES)
FIRST, LAST = (datetime(2026, month, 1) for month in (1, 12))  # noqa: DTZ001 - hypothesis puts the zone to them
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
LENGTHS = st.integers(0, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(MOMENTS, LENGTHS, HOURS)
def test_until_it_is_due_exactly_that_much_is_worked(start: datetime, working: timedelta, hours: WorkingHours) -> None:
    by = due(start, working, hours)
    assert by >= start
    assert worked(start, by, hours) == working
    if by > start:
        assert worked(start, by - timedelta(seconds=1), hours) < working


@given(MOMENTS, LENGTHS, HOURS)
def test_backwards_it_is_the_same(end: datetime, working: timedelta, hours: WorkingHours) -> None:
    start = due_before(end, working, hours)
    assert start <= end
    assert worked(start, end, hours) == working
    if start < end:
        assert worked(start + timedelta(seconds=1), end, hours) < working


@given(MOMENTS, LENGTHS, LENGTHS, HOURS)
def test_work_adds_up(start: datetime, first: timedelta, second: timedelta, hours: WorkingHours) -> None:
    middle = due(start, first, hours)
    end = due(middle, second, hours)
    assert worked(start, end, hours) == first + second
    assert due(start, first + second, hours) <= end or not second


@given(MOMENTS, LENGTHS, LENGTHS, st.timedeltas(timedelta(0), timedelta(days=30)), HOURS)
def test_a_pause_takes_nothing_and_gives_nothing(
    start: datetime, working: timedelta, until_pause: timedelta, pause: timedelta, hours: WorkingHours
) -> None:
    """Worked before the pause and after it, reopened or answered: together the target."""
    by = due(start, working, hours)
    paused = start + until_pause
    resumed = paused + pause
    after = moved(by, paused, resumed, hours)
    if by > paused:
        assert worked(start, paused, hours) + worked(resumed, after, hours) == working
        assert after >= resumed or worked(paused, by, hours) == timedelta(0)
    else:
        assert after == by


@given(MOMENTS, LENGTHS, st.timedeltas(timedelta(0), timedelta(days=9)), HOURS, HOURS)
def test_changed_hours_take_nothing_and_give_nothing(
    start: datetime, working: timedelta, passed: timedelta, old: WorkingHours, new: WorkingHours
) -> None:
    by, now = due(start, working, old), start + passed
    again = changed(by, now, old, new)
    if by > now:
        assert worked(start, now, old) + worked(now, again, new) == working
    else:
        assert again == by


@given(MOMENTS, LENGTHS, LENGTHS, LENGTHS, LENGTHS, HOURS, HOURS)
def test_hours_changed_in_a_pause_take_nothing_and_give_nothing(
    start: datetime,
    working: timedelta,
    until_pause: timedelta,
    until_change: timedelta,
    until_end: timedelta,
    old: WorkingHours,
    new: WorkingHours,
) -> None:
    by, paused = due(start, working, old), start + until_pause
    after = moved(changed(by, paused, old, new), paused, paused + until_change + until_end, new)
    if by > paused:
        assert worked(start, paused, old) + worked(paused + until_change + until_end, after, new) == working
    else:
        assert after == by


@given(MOMENTS, HOURS)
def test_nothing_is_ever_due_outside_the_hours(start: datetime, hours: WorkingHours) -> None:
    by = due(start, timedelta(minutes=1), hours)
    assert open_at(by - timedelta(seconds=1), hours)
    assert open_at(opens(start, hours), hours)
