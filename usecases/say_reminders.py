"""What is due to a person at the moment their message is made: looked at anew, whatever was planned.

What was done, has lapsed, or was switched off is not said any more; what a moved date has put off is planned anew at
its new time. Everything else that is due goes into the one message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from db import reminder_sources, reminders
from db.reminders import Reminder, Standing
from domain.notification import Kind, Notification
from domain.person import Person
from domain.reminder import Rules
from usecases.competitions import latest
from usecases.notify import when_ended
from usecases.reminder_dates import Matter, dated, matter, place_of
from usecases.reminder_rules import rules_in_force
from usecases.work import Work

TOMORROW = "tomorrow"  # what a step begins with that the person asked for


@dataclass(frozen=True)
class Message:
    """What one message says; `first` names it. `tomorrow`: any of it can be reminded of once more tomorrow."""

    first: int
    matters: tuple[Matter, ...]
    tomorrow: bool


@dataclass(frozen=True)
class _Judged:
    """A reminder looked at anew: SENDING with its matter, None to be forgotten."""

    reminder: Reminder
    standing: Standing | None
    matter: Matter | None = None


def say_due(work: Work, person: Person) -> Message | None:
    """Everything that is to be said to this person now, noted as being on its way; None when there is nothing."""
    rules = rules_in_force(work)
    judged = [_judge(work, rules, person, one) for one in reminders.waiting_of(work.session, person.id, work.now)]
    for one in judged:
        _note(work, one)
    said = [one for one in judged if one.standing is Standing.SENDING]
    if not said:
        return None
    ids = [one.reminder.id for one in said]
    reminders.say(work.session, ids)
    each = {(one.reminder.rule, one.reminder.subject): one.matter for one in said if one.matter}
    matters = tuple(each.values())
    return Message(min(ids), matters, any(one.tomorrow(work.now) for one in matters))


def matter_of(work: Work, rules: Rules, person: Person, one: Reminder) -> Matter | None:
    """What the reminder is about, as it is now; None when that is done, or the rule or its date is no more."""
    rule, competition = rules.get(one.rule), latest(work, one.competition_id) if one.competition_id else None
    if rule is None or not dated(rule, competition):
        return None
    place = place_of(work, competition) if competition else None
    found = reminder_sources.of_person(work.session, rule.who, place, person.id)
    occasion = next((each for each in found if each.subject == one.subject), None)
    return matter(rules, rule, competition, replace(occasion, muted=person.muted)) if occasion else None


def _judge(work: Work, rules: Rules, person: Person, one: Reminder) -> _Judged:
    rule = rules.get(one.rule)
    if rule is None:
        return _Judged(one, Standing.LAPSED)
    if rule.switch in person.muted:
        return _Judged(one, Standing.MUTED)
    if one.competition_id and not dated(rule, latest(work, one.competition_id)):
        return _Judged(one, None)  # called off: should it be held after all, that is told anew
    this = matter_of(work, rules, person, one)
    if this is None:
        return _Judged(one, Standing.DONE)
    return _asked_for(work, one, this) if one.step.startswith(TOMORROW) else _by_calendar(work, one, this)


def _asked_for(work: Work, one: Reminder, this: Matter) -> _Judged:
    in_time = work.now < this.makes_sense_until(one.due_at)
    return _Judged(one, Standing.SENDING if in_time else Standing.LAPSED, this)


def _by_calendar(work: Work, one: Reminder, this: Matter) -> _Judged:
    due = next((due for due in this.dues if str(due.step) == one.step), None)
    if this.mark != one.occasion or due is None or not due.at <= work.now < due.lapses:
        return _Judged(one, None)  # its time is over, or the date is at another time now and brings its own
    return _Judged(one, Standing.SENDING, this)


def _note(work: Work, one: _Judged) -> None:
    if one.standing is None:
        reminders.forget(work.session, one.reminder)
    elif one.standing is not Standing.SENDING:
        reminders.settle(work.session, [one.reminder.id], one.standing, work.now)


@when_ended(Kind.REMINDER)
def ended(work: Work, notification: Notification, message_id: int | None, error: str) -> None:
    """The message stands in the chat, or never will."""
    if error:
        reminders.give_up(work.session, notification.person_id, work.now)
    elif message_id:
        reminders.finish(work.session, notification.person_id, Standing.SENT, work.now)
