"""Which reminders are ahead for a person, by the dates in force now; and which kinds of them there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db import reminder_sources, reminders
from domain.person import Person
from domain.quiet_hours import QuietHours
from domain.reminder import Rule, Rules, coming
from usecases.reminder_dates import matter, places
from usecases.reminder_rules import rules_in_force
from usecases.work import Work


@dataclass(frozen=True)
class Coming:
    """A reminder ahead."""

    at: datetime
    rule: Rule


@dataclass(frozen=True)
class Ahead:
    """Every kind of reminder there is, those that this person can expect, the soonest first, and the quiet hours."""

    rules: tuple[Rule, ...]
    coming: tuple[Coming, ...]
    quiet: QuietHours


def reminders_ahead(work: Work, person: Person) -> Ahead:
    """Of each rule and occasion the next reminder; none of a kind that is switched off."""
    rules = rules_in_force(work)
    asked = ((rules.get(one.rule), one.due_at) for one in reminders.later_of(work.session, person.id, work.now))
    known = {Coming(at, rule) for rule, at in asked if rule} | set(_by_calendar(work, rules, person))
    wanted = (one for one in known if one.rule.switch not in person.muted)
    return Ahead(rules.all, tuple(sorted(wanted, key=lambda one: (one.at, one.rule.key))), rules.quiet)


def _by_calendar(work: Work, rules: Rules, person: Person) -> Iterator[Coming]:
    for rule in rules.all:
        for one, place in places(work, rule):
            for occasion in reminder_sources.of_person(work.session, rule.who, place, person.id):
                if due := coming(matter(rules, rule, one, occasion).dues, work.now):
                    yield Coming(due.at, rule)
