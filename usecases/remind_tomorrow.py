""" "Remind me tomorrow": what a message said and still stands is said once more the next day, as long as it helps."""

from __future__ import annotations

from datetime import datetime

from db import reminders
from domain.local_time import local_day
from domain.person import Person
from usecases.plan_reminders import row_of
from usecases.reminder_rules import rules_in_force
from usecases.say_reminders import TOMORROW, matter_of
from usecases.work import Work


def remind_tomorrow(work: Work, person: Person, first: int) -> datetime | None:
    """When it comes again; pressing twice a day is the same as once. None: all is done, or it will be too late.

    `first` names the message.
    """
    rules = rules_in_force(work)
    again: dict[tuple[str, int], datetime] = {}
    for one in reminders.in_message(work.session, person.id, first):
        this = matter_of(work, rules, person, one)
        if this and (at := this.tomorrow(work.now)) and (one.rule, one.subject) not in again:
            again[one.rule, one.subject] = at
            step = f"{TOMORROW} {local_day(at)}"
            row = row_of(this.rule, this.competition, this.occasion, this.mark, step, at)
            reminders.add_one(work.session, row)
    return min(again.values(), default=None)
