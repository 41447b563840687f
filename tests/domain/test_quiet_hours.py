"""Quiet hours, whatever the moment, the hours and the changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local_time import ALMATY
from domain.quiet_hours import USUAL, QuietHours, allowed_at, is_quiet

SINCE = datetime(2019, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 21 * 366 * 86400 * 1000).map(lambda ms: SINCE + timedelta(milliseconds=ms))
HOURS = st.builds(QuietHours, *(st.builds(time, st.integers(0, 23), st.sampled_from((0, 30))) for _ in range(2)))


def here(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (here(3, 21, 59, 59), here(3, 21, 59, 59)),
        (here(3, 22), here(4, 8)),
        (here(3, 23, 59), here(4, 8)),
        (here(4, 0), here(4, 8)),
        (here(4, 7, 59, 59), here(4, 8)),
        (here(4, 8), here(4, 8)),
        (here(4, 12), here(4, 12)),
    ],
)
def test_from_ten_in_the_evening_until_eight(moment: datetime, allowed: datetime) -> None:
    assert allowed_at(moment) == allowed
    assert is_quiet(moment) is (moment != allowed)


def test_hours_of_one_day_and_none_at_all() -> None:
    noon = QuietHours(time(12), time(13, 30))
    assert allowed_at(here(3, 12, 15), noon) == here(3, 13, 30)
    assert allowed_at(here(3, 23), noon) == here(3, 23)
    assert allowed_at(here(3, 3), QuietHours(time(8), time(8))) == here(3, 3)


def test_the_night_in_which_the_clock_was_put_back() -> None:
    """On 1 March 2024 at midnight it was 23:00 again: this night was an hour longer."""
    evening = datetime(2024, 2, 29, 22, tzinfo=ALMATY)
    assert allowed_at(evening).astimezone(UTC) - evening.astimezone(UTC) == timedelta(hours=11)


@given(MOMENTS, HOURS)
def test_never_earlier_never_quiet_never_later_than_needed(moment: datetime, quiet: QuietHours) -> None:
    allowed = allowed_at(moment, quiet)
    assert allowed >= moment
    assert not is_quiet(allowed, quiet)
    assert allowed_at(allowed, quiet) == allowed
    assert (allowed == moment) is not is_quiet(moment, quiet)
    assert allowed - moment < timedelta(hours=25, minutes=1)
    if allowed > moment:
        assert is_quiet(allowed - timedelta(microseconds=1), quiet)


@given(MOMENTS)
def test_the_usual_ones_last_ten_hours(moment: datetime) -> None:
    assert allowed_at(moment, USUAL) - moment <= timedelta(hours=11)
