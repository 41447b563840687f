"""How early a permit to speak may come back: tried carefully, given up at the first refusal that came of it.

Nobody outside knows how Telegram counts. Whoever counts seconds sees a message when it arrives, which is at some
moment between our sending it and its answer. So there are three steps, each a little quicker and surer to be right
about fewer servers; the pace begins at the first and goes up by one after a calm time of speaking all it may.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from math import inf, isfinite

import structlog

log = structlog.get_logger()
CALM = 10  # windows full of messages without a refusal, before the next step is tried
SHARE = 0.8  # of the quickest round trip that is given back: nobody promises that it will not be beaten
FIRST_PAUSE, LONGEST_PAUSE = 3600.0, 86_400.0  # seconds until a step that was refused is tried again; doubled each time


class Step(IntEnum):
    """When a permit comes back."""

    AFTER_ANSWER = 0  # a window after the answer: no second can see too many, at any latency
    ON_THE_WAY = 1  # less what a message spends on the way at least: so, too, while none is quicker than the quickest
    BY_CLOCK = 2  # with the answer, and messages leave evenly by the clock: right for whoever counts by a bucket


@dataclass
class Earliness:
    """What was learned from the server's answers since the start."""

    window: float
    step: Step = Step.AFTER_ANSWER
    trials: int = 0  # how often a step up was taken
    _calm: int = 0  # messages lent at this step while others waited
    _quickest: float = inf  # seconds of the quickest call that succeeded
    _refused: dict[Step, float] = field(default_factory=dict)  # when a refused step may be tried again
    _pause: float = FIRST_PAUSE

    @property
    def gap(self) -> float:
        """Seconds between an answer and the return of its permit."""
        if self.step is Step.BY_CLOCK:
            return 0.0
        known = self.step is Step.ON_THE_WAY and isfinite(self._quickest)
        return max(0.0, self.window - SHARE * self._quickest) if known else self.window

    def went(self, seconds: float) -> None:
        """A call succeeded after so many seconds."""
        self._quickest = min(self._quickest, seconds)

    def lent(self, permits: int, now: float) -> bool:
        """A message left while others waited; whether the next step begins now."""
        self._calm += 1
        if self.step is Step.BY_CLOCK or self._calm < CALM * permits or not self.window:
            return False
        if now < self._refused.get(Step(self.step + 1), now):
            return False
        self._go(Step(self.step + 1))
        self.trials += 1
        return True

    def refused(self, step: Step, now: float) -> None:
        """What left at this step was refused. Only the present one is to blame for it: the others are given up."""
        self._calm = 0
        if step is self.step and step is not Step.AFTER_ANSWER:
            self._refused[step] = now + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            self._go(Step(step - 1))

    def _go(self, step: Step) -> None:
        log.info("pace", step=step.name, before=self.step.name, quickest=round(self._quickest, 4))
        self.step, self._calm = step, 0
