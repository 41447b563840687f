"""When a rule's steps fall for one occasion, by the dates in force at this moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.reminder_sources import Place
from domain.local_time import local_day
from domain.reminder import (
    MEETINGS,
    OWN,
    WITHOUT_COMPETITION,
    Base,
    Due,
    Occasion,
    Rule,
    Rules,
    Who,
    calendar,
    mark,
    tomorrow,
)
from usecases.competitions import InForce, competitions_in_force, every_competition
from usecases.own_competition import competitions_to_apply
from usecases.work import Work


@dataclass(frozen=True)
class Matter:
    """An occasion under a rule, with its dates: what a reminder is about."""

    rule: Rule
    competition: InForce | None
    occasion: Occasion
    base: datetime
    dues: tuple[Due, ...]

    @property
    def mark(self) -> str:
        return mark(self.rule, self.base, self.occasion.since)

    @property
    def report_day(self) -> date:
        """The last day for the report; of an end at midnight it is counted from the day before."""
        return local_day(self.base - timedelta(seconds=1)) - timedelta(days=self.rule.report_days)

    def makes_sense_until(self, due_at: datetime) -> datetime:
        """For a reminder that the person asked for: until the end it counts to, or as long as any other."""
        if self.rule.has_end:
            return self.base
        return due_at + (self.rule.until or timedelta(0))

    def tomorrow(self, now: datetime) -> datetime | None:
        """When it can be reminded of tomorrow; None when that would be too late."""
        at = tomorrow(self.rule, now)
        return at if at < self.makes_sense_until(at) else None


def places(work: Work, rule: Rule) -> Iterator[tuple[InForce | None, Place | None]]:
    """Each competition that the rule is about; one None for a rule that is about none."""
    if rule.who in WITHOUT_COMPETITION:
        yield None, None
    else:
        # a final event may be held when the competition has ended
        for one in every_competition(work) if rule.base in MEETINGS else competitions_in_force(work):
            if dated(rule, one):
                yield one, place_of(work, one)


def dated(rule: Rule, competition: InForce | None) -> bool:
    """Whether there is the date that the rule counts from: not every competition has each meeting."""
    return rule.base not in MEETINGS or (competition is not None and rule.base in competition.competition.meetings)


def place_of(work: Work, one: InForce) -> Place:
    ahead = [other.id for other in competitions_to_apply(work)]
    among = len(ahead) > 1 and one.id in ahead
    return Place(one.id, frozenset(one.competition.quotas), ahead == [one.id], among)


def matter(rules: Rules, rule: Rule, competition: InForce | None, occasion: Occasion) -> Matter:
    base = base_of(rule, competition, occasion)
    return Matter(rule, competition, occasion, base, calendar(rule, base, occasion.since, rules.quiet))


def base_of(rule: Rule, competition: InForce | None, occasion: Occasion) -> datetime:
    """The date that this rule counts from."""
    if rule.base is Base.BEGINS:
        return occasion.since
    if rule.base is Base.DEADLINE:
        return occasion.ends or _ends(rule, competition, occasion)
    return competition_date(rule, competition)


def competition_date(rule: Rule, competition: InForce | None) -> datetime:
    assert rule.base not in OWN
    assert competition
    if rule.base in MEETINGS:
        return competition.competition.meetings[rule.base].begins
    found: datetime = getattr(competition.competition.dates, rule.base.value)
    return found


def _ends(rule: Rule, competition: InForce | None, occasion: Occasion) -> datetime:
    """The end of a person's time where a competition's file says how long it is."""
    assert rule.who is Who.APPLICATION_RETURNED
    assert competition
    return occasion.since + timedelta(hours=competition.competition.rework.hours)
