"""What of a reply stands in the chat already, so that a row of the outbox goes on there and shows nothing twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

Standing = dict[str, list[int]]  # the name of a step -> the numbers of its messages


async def _nowhere(_standing: Standing) -> None:
    return None


@dataclass
class Steps:
    """The steps of one reply: an album, a text. `keep` is told what stands before the next one is made."""

    before: Mapping[str, list[int]] = field(default_factory=dict)  # made by an earlier try
    keep: Callable[[Standing], Awaitable[None]] = _nowhere

    def __post_init__(self) -> None:
        self.standing: Standing = dict(self.before)
        self.kept = True

    async def make(self, name: str, step: Callable[[], Awaitable[list[int]]]) -> list[int]:
        """Make the step, unless it was made before; the numbers of its messages."""
        if name not in self.standing:
            if not self.kept:
                await self.keep(self.standing)
            self.standing[name] = await step()
            self.kept = False
        return self.standing[name]

    def all_of(self, shown: list[int]) -> list[int]:
        """What was shown, after what stands there of earlier tries that showed something else."""
        earlier = [number for numbers in self.before.values() for number in numbers if number not in shown]
        return [*sorted(earlier), *shown]
