"""The only place that asks the machine for the time; everything else is given it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251


def clock_ahead(by: timedelta) -> Clock:
    """The machine's clock, put forward by so much (less than nothing: back), for the demonstration."""
    return lambda: system_clock() + by
