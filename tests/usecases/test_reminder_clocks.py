"""Reminders whatever the clock, the dates, the people and the machine do: the promises of every message, at any time.

Never in quiet hours, never twice, never of what is done or switched off; and whenever the program has looked, whoever
had something due has got it. The long version: `make soak`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from db import applications as sent_applications
from db import reminder_sources
from db.vault import Vault
from domain.application import Role, State
from domain.notification import Kind, Notification
from domain.person import Person
from domain.quiet_hours import is_quiet
from domain.reminder import Rule, current
from tests import applications
from tests.factories import DATA_KEY, NOW, a_competition
from tests.in_force import PutInForce, competitions_from_values
from tests.statements import share_statements
from tests.tables import make_tables
from usecases import notify, plan_reminders
from usecases.change_application import change_application
from usecases.competitions import InForce
from usecases.drafts import begin_draft, mark_sent, open_draft
from usecases.meet_person import known_person
from usecases.mute import mute
from usecases.remind_tomorrow import remind_tomorrow
from usecases.reminder_dates import Matter, matter, places
from usecases.reminder_rules import load_rules, rules_in_force
from usecases.say_reminders import TOMORROW, say_due
from usecases.work import Work

RULE = """
[[reminder]]
key = "{key}"
who = "{who}"
date = "{date}"
when = {when}
late = "{late}"
title = {{ kk = "Т", ru = "Т" }}
about = {{ kk = "О", ru = "О" }}
text = {{ kk = "М", ru = "Т" }}
"""
DAYS = '["7 days before", "3 days before", "1 day before", "3 hours before"]'
RULES = (
    RULE.format(key="draft", who="draft_unfinished", date="intake_closes", when=DAYS, late="merge")
    + RULE.format(key="hours", who="draft_unfinished", date="intake_closes", when='["30 hours before"]', late="drop")
    + RULE.format(
        key="returned",
        who="application_returned",
        date="deadline",
        when='["half of the time", "3 hours before"]',
        late="merge",
    )
)
PEOPLE = (1001, 1002, 1003)
RETURNED = 1009
MINUTE = timedelta(minutes=1)

Key = tuple[int, str, int, str, str]


@dataclass
class World:
    """People, a competition whose dates move, and the program that is on now and then."""

    session: Session
    put: PutInForce
    now: datetime = NOW
    latest: datetime = NOW
    said: dict[Key, datetime] = field(default_factory=dict)
    excused: set[Key] = field(default_factory=set)
    messages: dict[int, int] = field(default_factory=dict)  # person -> the message they got last
    one: InForce = field(init=False)
    application: int = field(init=False)

    def __post_init__(self) -> None:
        self.one = self.put(self.session, a_competition())
        self.application = applications.sent(self.work, self.one, RETURNED).id
        load_rules(self.work, RULES)

    @property
    def work(self) -> Work:
        self.session.info.clear()
        return Work(self.session, self.now, Vault(DATA_KEY))

    def person(self, place: int) -> Person:
        return known_person(self.work, (*PEOPLE, RETURNED)[place])

    # What happens

    def passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.latest = max(self.latest, self.now)

    def begins(self, place: int) -> None:
        """Begin a draft; not in an hour that a clock put back shows again."""
        if self.now >= self.latest and self.now < self.one.competition.dates.intake_closes and place < len(PEOPLE):
            begin_draft(self.work, self.person(place), self.one)

    def sends(self, place: int) -> None:
        if draft := open_draft(self.work, self.person(place)):
            mark_sent(self.work, draft)

    def moves(self, hours: int) -> None:
        """The end of the intake is so many hours from now; it may have been before."""
        dates = replace(self.one.competition.dates, intake_closes=NOW + timedelta(days=7, hours=hours))
        self.one = self.put(self.session, replace(self.one.competition, dates=dates))

    def switches(self, place: int, muted: bool) -> None:
        for key in ("draft", "returned"):
            mute(self.work, self.person(place), f"reminder.{key}", muted=muted)

    def returns(self, back: bool) -> None:
        """The application comes back for mending, or has been mended."""
        one = sent_applications.find(self.session, self.application)
        found = one.state if one else None
        if back and found in (State.SENT, State.TECHNICAL_SELECTION):
            change_application(self.work, self.application, State.RETURNED, Role.ORGANISER)
        elif not back and found is State.RETURNED:
            change_application(self.work, self.application, State.TECHNICAL_SELECTION, Role.APPLICANT)

    def asks_for_tomorrow(self, place: int) -> None:
        person = self.person(place)
        if person.id in self.messages:
            at = remind_tomorrow(self.work, person, self.messages[person.id])
            assert at is None or (at > self.now and not is_quiet(at))

    def dies(self, steps: int) -> None:
        """The program starts, does a little, and is killed: whatever it had claimed is freed later."""
        self._excuse()
        for _ in range(steps):
            plan_reminders.carry_out(self.work)
        for notification, person in notify.claim_due(self.work, 1):
            if notification.kind is Kind.REMINDER:
                say_due(self.work, person)
        self.passes(6)

    def looks(self) -> None:
        """The program is on, and does what it does every minute."""
        notify.free_stuck(self.work)
        notify.put_off_unasked(self.work)
        self._excuse()
        for step in plan_reminders.STEPS:
            while step(self.work):
                pass
        while claimed := notify.claim_due(self.work, 2):
            for notification, person in claimed:
                self._say(person, notification)
        self._nobody_is_forgotten()

    # What is promised

    def _say(self, person: Person, notification: Notification) -> None:
        message = say_due(self.work, person) if notification.kind is Kind.REMINDER else None
        for one in message.matters if message else ():
            self._check(person, one)
        if message:
            assert not is_quiet(self.now)
            self.messages[person.id] = message.first
        notify.sent(self.work, notification, [message.first] if message else [])

    def _check(self, person: Person, one: Matter) -> None:
        assert one.rule.switch not in person.muted
        assert one.occasion in self._standing(person, one.rule), "what is done is not reminded of"
        assert self.now < one.base
        due = current(one.dues, self.now)
        key = self._key(person, one)
        asked = self._asked(person, one)
        assert asked or (due and key not in self.said), "twice, or at the wrong time"
        if key:
            self.said[key] = self.now

    def _asked(self, person: Person, one: Matter) -> bool:
        """Whether the person asked for it, and it is time; then the ledger has it."""
        found = self.session.connection().exec_driver_sql(
            "SELECT count(*) FROM reminder WHERE person_id = ? AND rule = ? AND subject = ? AND step LIKE ? "
            "AND state = 'sending'",
            (person.id, one.rule.key, one.occasion.subject, f"{TOMORROW}%"),
        )
        return bool(found.scalar())

    def _key(self, person: Person, one: Matter) -> Key | None:
        due = current(one.dues, self.now)
        return (person.id, one.rule.key, one.occasion.subject, one.mark, str(due.step)) if due else None

    def _standing(self, person: Person, rule: Rule) -> list[Any]:
        place = next(place for _one, place in places(self.work, rule))
        return reminder_sources.of_person(self.session, rule.who, place, person.id)

    def _due_now(self) -> dict[Key, Person]:
        """An answer of its own to what is due now."""
        found: dict[Key, Person] = {}
        rules = rules_in_force(self.work)
        for person in (self.person(place) for place in range(len(PEOPLE) + 1)):
            for rule in rules.all:
                for occasion in self._standing(person, rule):
                    if key := self._key(person, matter(rules, rule, self.one, occasion)):
                        found[key] = person
        return found

    def _excuse(self) -> None:
        """Whoever has it switched off when the program looks is not told later."""
        for key, person in self._due_now().items():
            if f"reminder.{key[1]}" in person.muted:
                self.excused.add(key)

    def _nobody_is_forgotten(self) -> None:
        if is_quiet(self.now) or is_quiet(self.now + MINUTE):
            return
        assert [key for key in self._due_now() if key not in self.said and key not in self.excused] == []


def steps() -> st.SearchStrategy[list[Callable[[World], None]]]:
    people = st.integers(0, len(PEOPLE))
    far = st.one_of(st.integers(1, 90), st.integers(60, 1500), st.integers(1000, 5000))
    each = st.one_of(
        far.map(lambda minutes: lambda world: (world.passes(minutes), world.looks())),
        far.map(lambda minutes: lambda world: world.passes(minutes)),
        st.integers(-1500, -1).map(lambda minutes: lambda world: world.passes(minutes)),
        people.map(lambda place: lambda world: world.begins(place)),
        people.map(lambda place: lambda world: world.sends(place)),
        st.integers(-120, 240).map(lambda hours: lambda world: world.moves(hours)),
        st.tuples(people, st.booleans()).map(lambda given: lambda world: world.switches(*given)),
        st.booleans().map(lambda back: lambda world: world.returns(back)),
        people.map(lambda place: lambda world: world.asks_for_tomorrow(place)),
        st.integers(0, 3).map(lambda count: lambda world: world.dies(count)),
        st.just(lambda world: world.looks()),
    )
    return st.lists(each, min_size=3, max_size=30)


def lives(happenings: list[Callable[[World], None]]) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    share_statements(engine, "work")
    with engine.connect() as connection:
        make_tables(connection)
    with competitions_from_values() as put, Session(engine, expire_on_commit=False) as session:
        world = World(session, put)
        for place in range(len(PEOPLE)):
            world.begins(place)
        for happens in happenings:
            happens(world)
        world.looks()
    engine.dispose()


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_reminders, "BATCH", 2)


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@settings(UNHURRIED, max_examples=15)
@given(steps())
def test_whatever_happens(happenings: list[Callable[[World], None]]) -> None:
    lives(happenings)


def test_a_clock_that_was_wrong_at_night() -> None:
    """It went on into the night, what was due was put off until the morning, and it was put back into the day."""
    lives(
        [
            lambda world: world.passes(24 * 60 * 5 + 10 * 60 + 30),
            lambda world: world.looks(),
            lambda world: world.passes(-9 * 60),
            lambda world: world.looks(),
        ]
    )


@pytest.mark.soak
@settings(UNHURRIED, max_examples=1000)
@given(steps())
def test_whatever_happens_for_long(happenings: list[Callable[[World], None]]) -> None:
    lives(happenings)
