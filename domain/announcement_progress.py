"""How far an announcement is, and how quick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.announcement import Fate


@dataclass(frozen=True)
class Progress:
    """How far a sending, correcting or deleting is. `rate`: a second; None while nothing can be said of it.

    `partly`: of those whom it failed to reach, to how many a part of it came, as an album without its words.
    """

    fates: Mapping[Fate, int]
    left: int
    rate: float | None
    partly: int = 0

    @property
    def total(self) -> int:
        return sum(self.fates.values())

    @property
    def time_left(self) -> timedelta | None:
        return timedelta(seconds=self.left / self.rate) if self.rate else None


def rate(samples: Sequence[tuple[float, int]]) -> float | None:
    """Recipients a second from the oldest sample (Unix time, how many are left) to the newest."""
    if len(samples) < 2 or samples[-1][0] <= samples[0][0]:
        return None
    return max(0.0, (samples[0][1] - samples[-1][1]) / (samples[-1][0] - samples[0][0])) or None
