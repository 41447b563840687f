"""Days of Kazakhstan."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.local_time import day_begins, local_day, years_after


def test_a_day_begins_five_hours_before_it_does_in_utc() -> None:
    assert day_begins(date(2026, 11, 30)) == datetime(2026, 11, 29, 19, tzinfo=UTC)
    assert local_day(datetime(2026, 11, 29, 18, 59, 59, tzinfo=UTC)) == date(2026, 11, 29)
    assert local_day(datetime(2026, 11, 29, 19, tzinfo=UTC)) == date(2026, 11, 30)


def test_a_leap_day_has_a_day_after_it() -> None:
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert years_after(leap, 5) == leap.replace(year=2033, month=3, day=1)
