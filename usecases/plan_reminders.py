"""Finds out whom to remind now, and queues one notification for each person to whom anything is due.

A timer asks every minute and runs each of STEPS until it has nothing more to do, every batch in a transaction of its
own. Wherever it is stopped it goes on from there: how far a step was carried out stands in the database, and so does
who was reminded. What a message says is found when it is sent (`usecases/say_reminders.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from db import notifications, reminder_sources, reminders
from domain.notification import Kind, Lane
from domain.reminder import EVER, OWN, Due, Occasion, Rule, Rules, calendar, current, mark
from usecases.competitions import InForce
from usecases.reminder_dates import competition_date, matter, place_of, places
from usecases.reminder_rules import rules_in_force
from usecases.work import Work

BATCH = reminder_sources.BATCH


def carry_out(work: Work) -> bool:
    """One batch of a step that counts from a competition's date; whether there was one."""
    rules = rules_in_force(work)
    for rule, one, due in _steps_now(work, rules):
        run = reminders.run_of(work.session, rule.key, str(due.step), one.id, due.at)
        if not run.ended:
            _batch(work, rule, one, due, run)
            return True
    return False


def find_own(work: Work) -> bool:
    """What counts from each person's own dates (a return, an answer): few enough to be looked at every time."""
    rules = rules_in_force(work)
    for rule in rules.all:
        if rule.base in OWN:
            for one, place in places(work, rule):
                for found in reminder_sources.every(work.session, rule.who, place):
                    reminders.add(work.session, list(_own(work, rules, rule, one, found)))
    return False


def queue(work: Work) -> bool:
    """A notification for each of a batch of people to whom something is due; whether there may be more.

    It is due since the last of them is: a clock that is put back meanwhile does not make it wait. It is named by the
    first of them and that moment; so a date that moves away, or away and back, has its own.
    """
    first = reminders.unqueued(work.session, work.now, BATCH)
    if first:
        rows = [
            (person_id, f"{one}:{due_at:%Y-%m-%dT%H:%MZ}", stream_of(person_id), due_at)
            for person_id, one, due_at in first
        ]
        notifications.add_many(work.session, Kind.REMINDER, Lane.REMINDER, rows)
        reminders.mark_queued(work.session, [person_id for person_id, *_ in first], work.now)
    return bool(first)


STEPS: tuple[Callable[[Work], bool], ...] = (carry_out, find_own, queue)


def stream_of(person_id: int) -> str:
    """A person's reminders go one after another: the second finds what the first has said already."""
    return f"reminder:{person_id}"


def row_of(
    rule: Rule, one: InForce | None, occasion: Occasion, occasion_mark: str, step: str, at: datetime
) -> dict[str, Any]:
    """A reminder as it is stored, due at this moment."""
    return {
        "person_id": occasion.person_id,
        "rule": rule.key,
        "step": step,
        "subject": occasion.subject,
        "occasion": occasion_mark,
        "competition_id": one.id if one else None,
        "due_at": at,
    }


def wanted(rule: Rule, occasion: Occasion) -> bool:
    """Whether the person has not switched it off."""
    return rule.switch not in occasion.muted


def _steps_now(work: Work, rules: Rules) -> Iterable[tuple[Rule, InForce, Due]]:
    """The steps counted from a competition's date whose time is now."""
    for rule in rules.all:
        for one, _place in places(work, rule) if rule.base not in OWN else ():
            if one and (due := current(calendar(rule, competition_date(rule, one), EVER, rules.quiet), work.now)):
                yield rule, one, due


def _batch(work: Work, rule: Rule, one: InForce, due: Due, run: reminders.Run) -> None:
    found = reminder_sources.batch(work.session, rule.who, place_of(work, one), run.upto, BATCH)
    base = competition_date(rule, one)
    rows = [
        row_of(rule, one, each, mark(rule, base, each.since), str(due.step), due.at)
        for each in found
        if each.since <= due.at and wanted(rule, each)
    ]
    reminders.add(work.session, rows)
    upto = found[-1].person_id if found else run.upto
    reminders.advance(work.session, run, upto, None if len(found) == BATCH else work.now)


def _own(work: Work, rules: Rules, rule: Rule, one: InForce | None, found: list[Occasion]) -> Iterable[dict[str, Any]]:
    for each in found:
        this = matter(rules, rule, one, each)
        if wanted(rule, each) and (due := current(this.dues, work.now)):
            yield row_of(rule, one, each, this.mark, str(due.step), due.at)
