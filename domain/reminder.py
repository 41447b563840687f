"""Reminders as rules: to whom, counted from which date, when, and for how long each still makes sense.

Nothing is planned ahead: what is due follows from the dates in force at this moment. So a date that moves takes its
reminders along, and whatever the clock or the machine did meanwhile, `current` says what to do now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from domain.competition import MeetingKind
from domain.local_time import ALMATY, local_day
from domain.quiet_hours import USUAL, QuietHours, allowed_at, allowed_before
from domain.regions import Words

LATE = timedelta(hours=1)  # what is dropped when late may still be so late: a restart is no outage
EVER = datetime(1970, 1, 1, tzinfo=UTC)
MARKED_OFF = "reminder."  # how a rule stands among what a person has switched off


class Who(StrEnum):
    """Whom a rule concerns; each is one query in `db/reminder_sources.py`."""

    MAY_APPLY = "may_apply"  # could apply in the competition and has not begun
    REGION_UNKNOWN = "region_unknown"  # the same where there are several competitions, and no region says which
    DRAFT_UNFINISHED = "draft_unfinished"
    APPLICATION_RETURNED = "application_returned"
    IN_SELECTION = "in_selection"  # has sent an application, no outcome yet
    IN_COMMISSION = "in_commission"  # has passed the technical selection, no outcome yet
    WINNER = "winner"
    TICKET_WAITS = "ticket_waits"  # an operator answered, and it is the author's turn


class Base(StrEnum):
    """The date a rule counts from: one of the competition's, or of what the person has to do."""

    CAMPAIGN_FROM = "campaign_from"
    INTAKE_OPENS = "intake_opens"
    INTAKE_CLOSES = "intake_closes"
    TECHNICAL_UNTIL = "technical_until"
    COMMISSION_UNTIL = "commission_until"
    RESULTS = "results"
    PROJECTS_UNTIL = "projects_until"
    TRAINING = "training"
    PITCH = "pitch"
    FINAL_EVENT = "final_event"
    BEGINS = "begins"  # when it became the person's turn
    DEADLINE = "deadline"  # the end of the person's time for it


OWN = (Base.BEGINS, Base.DEADLINE)
MEETINGS = tuple(Base(kind) for kind in MeetingKind)  # not every competition has them
OF_COMPETITION = tuple(base for base in Base if base not in OWN)
# Which dates a rule about these people may count from.
BASES = {
    Who.MAY_APPLY: OF_COMPETITION,
    Who.REGION_UNKNOWN: OF_COMPETITION,
    Who.DRAFT_UNFINISHED: OF_COMPETITION,
    Who.APPLICATION_RETURNED: OWN,
    Who.IN_SELECTION: OF_COMPETITION,
    Who.IN_COMMISSION: OF_COMPETITION,
    Who.WINNER: OF_COMPETITION,
    Who.TICKET_WAITS: (Base.BEGINS,),
}
WITHOUT_COMPETITION = frozenset({Who.TICKET_WAITS})
# Told of one competition for all of a year, the first that comes.
ONCE_A_YEAR = frozenset({Who.REGION_UNKNOWN})
# What may stand in braces in a rule's texts.
ALWAYS = ("date", "day", "left")
PLACEHOLDERS = {
    Who.MAY_APPLY: (*ALWAYS, "competition", "closes"),
    Who.REGION_UNKNOWN: ALWAYS,
    Who.DRAFT_UNFINISHED: (*ALWAYS, "competition", "closes", "missing"),
    Who.APPLICATION_RETURNED: (*ALWAYS, "competition", "number"),
    Who.IN_SELECTION: (*ALWAYS, "competition", "number"),
    Who.IN_COMMISSION: (*ALWAYS, "competition", "number"),
    Who.WINNER: (*ALWAYS, "competition", "number", "report"),
    Who.TICKET_WAITS: ("number",),
}
OF_MEETING = ("place",)  # the same in a rule that counts from a meeting


class How(StrEnum):
    """The shapes of a step."""

    AT_ONCE = "at once"
    ON_THE_DAY = "on the day"
    HALF = "half of the time"
    BEFORE = "before"
    AFTER = "after"


class Late(StrEnum):
    """What becomes of a reminder whose moment passed while the program was off."""

    DROP = "drop"
    MERGE = "merge"  # sent while it makes sense, in one message with whatever else is due


@dataclass(frozen=True, order=True)
class Step:
    """One reminder of a rule: "7 days before", "3 hours after", "at once", "half of the time"."""

    how: How
    count: int = 0
    days: bool = False  # the count is of days, at the rule's hour; else of hours

    def __str__(self) -> str:
        unit = ("day" if self.days else "hour") + ("" if self.count == 1 else "s")
        return f"{self.count} {unit} {self.how}" if self.how in (How.BEFORE, How.AFTER) else str(self.how)


@dataclass(frozen=True)
class Rule:
    """A kind of reminder, as people switch it on and off. `until`: how long after its moment a step makes sense."""

    key: str
    who: Who
    base: Base
    steps: tuple[Step, ...]
    hour: time
    late: Late
    until: timedelta | None
    title: Words  # a button and a line in lists
    about: Words  # a sentence: what it is, in the list of notifications
    text: Words  # Telegram's HTML, with placeholders
    passed: Words | None = None  # the text once the date has passed, if that is another

    report_days: int = 0  # so many days before the date the report is due

    def text_at(self, now: datetime, base: datetime) -> Words:
        """What it says at this moment of that date."""
        return self.passed if self.passed and now > base else self.text

    @property
    def switch(self) -> str:
        """Its name among what a person has switched off."""
        return f"{MARKED_OFF}{self.key}"

    @property
    def has_end(self) -> bool:
        """Whether the date is an end, past which nothing can be done any more."""
        return any(step.how in (How.BEFORE, How.HALF) for step in self.steps)


@dataclass(frozen=True)
class Rules:
    """All rules in force, and the hours in which nobody is written to."""

    all: tuple[Rule, ...]
    quiet: QuietHours = USUAL

    def get(self, key: str) -> Rule | None:
        return next((rule for rule in self.all if rule.key == key), None)


@dataclass(frozen=True)
class Occasion:
    """Why one person is reminded: a draft, a return, a ticket. `since`: from when on it concerns them."""

    person_id: int
    subject: int
    since: datetime
    ends: datetime | None = None
    number: str = ""
    muted: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Due:
    """A step on the calendar: from `at` on, until before `lapses`."""

    step: Step
    at: datetime
    lapses: datetime


def calendar(rule: Rule, base: datetime, since: datetime, quiet: QuietHours) -> tuple[Due, ...]:
    """The steps of a rule for an occasion, in order; each is replaced by the next. Never in quiet hours.

    What would have been due before `since` is left out: nobody is reminded of a week left on their first day.
    """
    moments = sorted(
        (_sensible(rule, step, base, since, quiet), _exact(rule, step, base, since), step) for step in rule.steps
    )
    kept = [(at, step) for at, _exactly, step in moments if at >= since]
    following = [at for at, _step in kept[1:]] + [datetime.max.replace(tzinfo=UTC)]
    return tuple(
        Due(step, at, min(_lapses(rule, step, base, at), until))
        for (at, step), until in zip(kept, following, strict=False)
    )


def current(dues: tuple[Due, ...], now: datetime) -> Due | None:
    """The step to remind of at this moment, if any."""
    return next((due for due in dues if due.at <= now < due.lapses), None)


def coming(dues: tuple[Due, ...], now: datetime) -> Due | None:
    """The next step after this moment."""
    return next((due for due in dues if now < due.at < due.lapses), None)


def mark(rule: Rule, base: datetime, since: datetime) -> str:
    """What tells one occasion of the same thing from the next: the day the rule counts to, or the exact beginning.

    A competition's date that moves to another day brings its reminders once more; within the day it does not.
    """
    if rule.who in ONCE_A_YEAR:
        return str(local_day(base).year)
    return since.isoformat() if rule.base in OWN else local_day(base).isoformat()


def tomorrow(rule: Rule, now: datetime) -> datetime:
    """The next day at the rule's hour."""
    return _at_hour(rule, local_day(now) + timedelta(days=1))


def _exact(rule: Rule, step: Step, base: datetime, since: datetime) -> datetime:
    """The moment of a step, were there no night."""
    match step.how:
        case How.AT_ONCE:
            return base
        case How.HALF:
            return since + (base - since) / 2
        case How.ON_THE_DAY:
            return _at_hour(rule, local_day(base))
        case How.BEFORE if step.days:
            last_day = local_day(base - timedelta(seconds=1))  # of an end at midnight: the day before
            return _at_hour(rule, last_day - timedelta(days=step.count))
        case How.AFTER if step.days:
            return _at_hour(rule, local_day(base) + timedelta(days=step.count))
        case How.BEFORE:
            return base - timedelta(hours=step.count)
        case How.AFTER:
            return base + timedelta(hours=step.count)


def _sensible(rule: Rule, step: Step, base: datetime, since: datetime, quiet: QuietHours) -> datetime:
    """The same outside the quiet hours: what comes before an end rather earlier, everything else later."""
    exact = _exact(rule, step, base, since)
    if step.how is How.BEFORE and (earlier := allowed_before(exact, quiet)) >= (since if rule.base in OWN else EVER):
        return earlier
    return allowed_at(exact, quiet)


def _lapses(rule: Rule, step: Step, base: datetime, at: datetime) -> datetime:
    ends = [base] if step.how in (How.BEFORE, How.HALF) else []
    ends += [at + rule.until] if rule.until else []
    ends += [at + LATE] if rule.late is Late.DROP else []
    return min(ends)


def _at_hour(rule: Rule, day: date) -> datetime:
    return datetime.combine(day, rule.hour, ALMATY).astimezone(UTC)
