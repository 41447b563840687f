"""A competition's file, read. (Only the names for now: the reading itself follows.)"""

from __future__ import annotations

from dataclasses import dataclass

from domain.competition import Competition
from domain.regions import Order, Words


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with its line in the file."""

    line: int
    path: str


class Faults(Exception):
    """Everything that is wrong with a file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_competition(text: str, order: Order, rules: Words) -> Competition:
    """The competition that a file describes; Faults when there are any."""
    raise NotImplementedError
