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


def years_after(moment: datetime, years: int) -> datetime:
    """The same moment so many years later (negative: earlier); of 29 February, 1 March."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
