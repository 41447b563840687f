"""Whoever had blocked the bot and comes back hears, once, what still makes sense of what they missed."""

from __future__ import annotations

from typing import Any

from db import reminder_sources, reminders
from domain.person import Person
from domain.reminder import current
from usecases.plan_reminders import row_of, wanted
from usecases.reminder_dates import matter, places
from usecases.reminder_rules import rules_in_force
from usecases.work import Work


def remind_returned(work: Work, person: Person) -> None:
    """Of each rule and occasion the step of this moment: the one that was carried out without them, or failed.

    What they were sent before stays as it is, so nothing comes twice.
    """
    rules, missed = rules_in_force(work), list[dict[str, Any]]()
    for rule in rules.all:
        for one, place in places(work, rule):
            for occasion in reminder_sources.of_person(work.session, rule.who, place, person.id):
                this = matter(rules, rule, one, occasion)
                due = current(this.dues, work.now)
                if due and occasion.since <= due.at and wanted(rule, occasion):
                    missed.append(row_of(rule, one, occasion, this.mark, str(due.step), due.at))
    reminders.add_anew(work.session, missed)
