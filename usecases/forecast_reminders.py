"""Whom the program would remind of what at a moment, counted: nothing is written, nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from db import reminder_sources
from domain.reminder import Due, Occasion, Rules, coming, current
from usecases.competitions import InForce
from usecases.reminder_dates import matter, places
from usecases.reminder_rules import rules_in_force
from usecases.work import Work


@dataclass(frozen=True)
class Step:
    """A step of a rule that is due at that moment, or the next one: to how many people, and until when it helps."""

    rule: str
    competition: str  # its code; empty for a rule about none
    step: str
    at: datetime
    lapses: datetime
    now: bool
    people: int


@dataclass(frozen=True)
class Forecast:
    """`messages`: how many people would be written to, whatever number of things each is reminded of."""

    at: datetime
    steps: tuple[Step, ...]
    messages: int


def forecast(work: Work, at: datetime) -> Forecast:
    """Whoever was reminded already is counted too: this says to whom it applies, not what is left to send."""
    then = replace(work, now=at)
    rules, counts, reached = rules_in_force(then), dict[tuple[str, str, Due, bool], int](), set[int]()
    for rule, one, occasion in _occasions(then, rules):
        dues = matter(rules, rules.all[rule], one, occasion).dues
        code = one.competition.code if one else ""
        for due, now in ((current(dues, at), True), (coming(dues, at), False)):
            if due and rules.all[rule].switch not in occasion.muted:
                key = (rules.all[rule].key, code, due, now)
                counts[key] = counts.get(key, 0) + 1
                reached |= {occasion.person_id} if now else set()
    steps = (
        Step(rule, code, str(due.step), due.at, due.lapses, now, n) for (rule, code, due, now), n in counts.items()
    )
    return Forecast(at, tuple(sorted(steps, key=lambda one: (not one.now, one.at, one.rule))), len(reached))


def _occasions(work: Work, rules: Rules) -> Iterator[tuple[int, InForce | None, Occasion]]:
    """Every occasion of every rule (by its number), in batches."""
    for number, rule in enumerate(rules.all):
        for one, place in places(work, rule):
            for found in reminder_sources.every(work.session, rule.who, place):
                yield from ((number, one, occasion) for occasion in found)
