"""Who may apply: the verdict on a person's answers under one competition's settings.

Everything that sources disagree about (34 or 35, the day the age is counted on, how long registered,
studying by correspondence) is a setting of the competition; here is only how it is judged. A verdict names
every rule that failed with what would change it, and is never final: a person may always ask a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.check_form import CheckAnswers, Studying
from domain.competition import Competition, EligibilityRules, ReferenceDate
from domain.dates import age_on, turns
from domain.local_time import day_begins, local_day


class Rule(StrEnum):
    """A rule that failed. Every one has its words in `handlers`."""

    CITIZENSHIP = "citizenship"
    TOO_YOUNG = "too_young"  # facts: age, lower, counted_on, eligible_from, in_time (intake still open then)
    TOO_OLD = "too_old"  # facts: age, upper, counted_on, last_eligible_day
    REGION = "region"  # facts: regions (KATO codes of the competition)
    REGISTRATION = "registration"  # facts: registration, accepted
    REGISTERED_SHORT = "registered_short"  # facts: months
    WORKING = "working"
    STUDYING = "studying"  # facts: studying, part_time_allowed
    TRAINING = "training"


@dataclass(frozen=True)
class Failure:
    """A rule that was not met; facts for its words (dates are `date`)."""

    rule: Rule
    facts: Mapping[str, Any] = field(default_factory=dict)


DATES = frozenset({"counted_on", "eligible_from", "last_eligible_day"})


@dataclass(frozen=True)
class Verdict:
    """What the rules say; `rule_version` is the number of the competition's version they were taken from.

    `eligible_until`: the last day on which this person still qualifies, when it comes before intake closes.
    """

    failures: tuple[Failure, ...]
    rule_version: int
    eligible_until: date | None = None

    @property
    def eligible(self) -> bool:
        return not self.failures

    def failed(self, rule: Rule) -> Failure | None:
        """The failure of this rule, if it failed."""
        return next((failure for failure in self.failures if failure.rule is rule), None)

    def kept(self) -> dict[str, Any]:
        """As a JSON value, dates in ISO form."""
        return {
            "rule_version": self.rule_version,
            "eligible_until": self.eligible_until.isoformat() if self.eligible_until else None,
            "failures": [{"rule": one.rule.value, "facts": _kept_facts(one.facts)} for one in self.failures],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Verdict:
        """From the JSON value that `kept` gave."""
        until = kept["eligible_until"]
        failures = (Failure(Rule(one["rule"]), _facts(one["facts"])) for one in kept["failures"])
        return cls(tuple(failures), kept["rule_version"], date.fromisoformat(until) if until else None)


def judge(answers: CheckAnswers, competition: Competition, today: date, *, rule_version: int = 0) -> Verdict:
    """The verdict for somebody who asks on this day (of Kazakhstan); every rule that failed, in form's order."""
    rules = competition.rules
    failures = (
        *_citizenship(answers, rules),
        *_age(answers.birth_date, competition, today),
        *_region(answers, competition),
        *_registration(answers, rules),
        *_occupation(answers, rules),
    )
    until = None if failures else _eligible_until(answers.birth_date, competition)
    return Verdict(failures, rule_version, until)


def counted_on(competition: Competition, today: date) -> date:
    """The day this person's age is counted on: by default the day they can apply, today at the earliest."""
    match competition.rules.age.counted_on:
        case ReferenceDate.INTAKE_OPENS:
            return local_day(competition.dates.intake_opens)
        case ReferenceDate.INTAKE_CLOSES:
            return last_day(competition)
        case ReferenceDate.FIXED if competition.rules.age.fixed_date:
            return competition.rules.age.fixed_date
        case _:
            return max(today, local_day(competition.dates.intake_opens))


def last_day(competition: Competition) -> date:
    """The last day of Kazakhstan with any moment of intake in it."""
    return local_day(competition.dates.intake_closes - timedelta(microseconds=1))


def _citizenship(answers: CheckAnswers, rules: EligibilityRules) -> Iterator[Failure]:
    if rules.citizenship and not answers.citizen:
        yield Failure(Rule.CITIZENSHIP)


def _age(birth: date, competition: Competition, today: date) -> Iterator[Failure]:
    bounds, day = competition.rules.age, counted_on(competition, today)
    age = age_on(birth, day)
    if age < bounds.lower:
        comes = turns(birth, bounds.lower)
        in_time = _counts_at_application(competition) and day_begins(comes) < competition.dates.intake_closes
        facts = {"age": age, "lower": bounds.lower, "counted_on": day, "eligible_from": comes, "in_time": in_time}
        yield Failure(Rule.TOO_YOUNG, facts)
    if age > bounds.upper:
        last = _last_day_of_age(birth, bounds.upper)
        facts = {"age": age, "upper": bounds.upper, "counted_on": day, "last_eligible_day": last}
        yield Failure(Rule.TOO_OLD, facts)


def _region(answers: CheckAnswers, competition: Competition) -> Iterator[Failure]:
    if answers.region not in competition.quotas:
        yield Failure(Rule.REGION, {"regions": tuple(competition.quotas)})


def _registration(answers: CheckAnswers, rules: EligibilityRules) -> Iterator[Failure]:
    if answers.registration not in rules.registrations:
        accepted = tuple(each.value for each in rules.registrations)
        yield Failure(Rule.REGISTRATION, {"registration": answers.registration.value, "accepted": accepted})
    elif rules.registered_months and answers.registered_long is False:
        yield Failure(Rule.REGISTERED_SHORT, {"months": rules.registered_months})


def _occupation(answers: CheckAnswers, rules: EligibilityRules) -> Iterator[Failure]:
    if answers.working:
        yield Failure(Rule.WORKING)
    allowed = {Studying.NO, Studying.PART_TIME} if rules.part_time_study_allowed else {Studying.NO}
    if answers.studying not in allowed:
        facts = {"studying": answers.studying.value, "part_time_allowed": rules.part_time_study_allowed}
        yield Failure(Rule.STUDYING, facts)
    if answers.training:
        yield Failure(Rule.TRAINING)


def _eligible_until(birth: date, competition: Competition) -> date | None:
    last = _last_day_of_age(birth, competition.rules.age.upper)
    before_the_end = _counts_at_application(competition) and last < last_day(competition)
    return last if before_the_end else None


def _counts_at_application(competition: Competition) -> bool:
    return competition.rules.age.counted_on is ReferenceDate.APPLICATION


def _last_day_of_age(birth: date, age: int) -> date:
    return turns(birth, age + 1) - timedelta(days=1)


def _kept_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}


def _facts(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {key: date.fromisoformat(value) if key in DATES else _frozen(value) for key, value in kept.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
