"""The hours in which nobody is written to unasked: neither reminders nor announcements.

What somebody waits for (an answer, a receipt) is no matter of this. Hours are hours of Kazakhstan, moments in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from domain.local_time import ALMATY, local_day


@dataclass(frozen=True)
class QuietHours:
    """From `since` until `until` (that minute is allowed again), over midnight when `until` is the earlier one.

    The same time twice: no hour is quiet.
    """

    since: time
    until: time

    def contains(self, hour: time) -> bool:
        """Whether this time of the day is quiet."""
        if self.since <= self.until:
            return self.since <= hour < self.until
        return hour >= self.since or hour < self.until


USUAL = QuietHours(time(22), time(8))


def is_quiet(moment: datetime, quiet: QuietHours = USUAL) -> bool:
    """Whether nobody should be written to at this moment (UTC)."""
    return quiet.contains(moment.astimezone(ALMATY).time())


def allowed_at(moment: datetime, quiet: QuietHours = USUAL) -> datetime:
    """The moment itself (UTC), or the end of the quiet hours it falls into."""
    if not is_quiet(moment, quiet):
        return moment
    days, folds = (local_day(moment), local_day(moment) + timedelta(days=1)), (0, 1)
    ends = (_moment(day, quiet.until, fold) for day, fold in product(days, folds))
    return min(end for end in ends if end > moment and not is_quiet(end, quiet))


def allowed_before(moment: datetime, quiet: QuietHours = USUAL) -> datetime:
    """The moment itself (UTC), or an hour before the quiet hours it falls into: for what cannot wait for their end."""
    if not is_quiet(moment, quiet):
        return moment
    days, folds = (local_day(moment), local_day(moment) - timedelta(days=1)), (0, 1)
    begins = max(at for day, fold in product(days, folds) if (at := _moment(day, quiet.since, fold)) <= moment)
    early, late = begins - timedelta(hours=1), begins - timedelta(minutes=1)
    return late if is_quiet(early, quiet) else early


def _moment(day: date, at: time, fold: int) -> datetime:
    """`fold`: which of the two, where the clock was put back and shows this time twice."""
    return datetime.combine(day, at.replace(fold=fold), ALMATY).astimezone(UTC)
