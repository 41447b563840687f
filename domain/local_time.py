"""Days of Kazakhstan out of moments: the whole country has kept one time, UTC+5, since March 2024.

Moments are kept in UTC; a day ("the day of application", "intake until 30 November") is a day here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")


def local_day(moment: datetime) -> date:
    """The day it is in Kazakhstan at this moment."""
    return moment.astimezone(ALMATY).date()


def day_begins(day: date) -> datetime:
    """The first moment of a day in Kazakhstan, in UTC."""
    return datetime.combine(day, time(), ALMATY).astimezone(UTC)
