"""Something that everybody needs and that can be away: since when, and how often it was."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import structlog

from bot.log import where
from bot.loop_clock import loop_time

log = structlog.get_logger()


@dataclass
class Outages:
    """Its faults are counted here; `away` while the last thing that was tried met one."""

    what: str  # as the log calls it
    faults: int = field(default=0, kw_only=True)  # since the start
    outages: int = field(default=0, kw_only=True)
    _since: float | None = field(default=None, kw_only=True)
    _worked: float = field(default=-math.inf, kw_only=True)  # when something succeeded last

    @property
    def away(self) -> bool:
        return self._since is not None

    def failed(self, error: BaseException, began: float) -> None:
        """Something met a fault. `began`: when it was tried, by the event loop's clock.

        What was tried before something else succeeded met the end of an outage that is over, not a new one.
        """
        self.faults += 1
        if self._since is None and began >= self._worked:
            self._since = loop_time()
            self.outages += 1
        seconds = round(loop_time() - (self._since or loop_time()), 1)
        log.error(f"{self.what} away", error=where(error), faults=self.faults, seconds=seconds)

    def works(self, began: float) -> bool:
        """Something succeeded; whether that ends an outage.

        What was tried before the outage tells nothing of its end.
        """
        if self._since is not None and began < self._since:
            return False
        self._worked = loop_time()
        if self._since is None:
            return False
        log.warning(f"{self.what} works again", seconds=round(loop_time() - self._since, 1), outages=self.outages)
        self._since = None
        return True
