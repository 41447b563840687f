"""People who may be reminded, a competition whose dates move, a program that is on now and then; what is promised."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from db import applications as sent_applications
from db import reminder_sources
from db.notifications import counts as notify_counts
from db.tables import CheckRow, TicketRow
from db.vault import Vault
from domain.application import Role, State
from domain.notification import Kind, Notification
from domain.person import Person
from domain.quiet_hours import is_quiet
from domain.reminder import Rule, current
from domain.ticket import TicketKind, TicketState
from tests import applications
from tests.factories import DATA_KEY, NOW, a_competition
from tests.in_force import PutInForce
from usecases import notify, plan_reminders
from usecases.change_application import change_application
from usecases.competitions import InForce
from usecases.drafts import begin_draft, mark_sent, open_draft
from usecases.meet_person import known_person
from usecases.mute import mute
from usecases.open_ticket import open_ticket
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
late = "{late}"{until}
title = {{ kk = "Т", ru = "Т" }}
about = {{ kk = "О", ru = "О" }}
text = {{ kk = "М", ru = "Т" }}
"""
DAYS = '["7 days before", "3 days before", "1 day before", "3 hours before"]'


def a_rule(key: str, who: str, date: str, when: str, late: str = "merge", until: str = "") -> str:
    return RULE.format(key=key, who=who, date=date, when=when, late=late, until=until and f'\nuntil = "{until}"')


RULES = (
    a_rule("draft", "draft_unfinished", "intake_closes", DAYS)
    + a_rule("hours", "draft_unfinished", "intake_closes", '["30 hours before"]', "drop")
    + a_rule("returned", "application_returned", "deadline", '["half of the time", "3 hours before"]')
    + a_rule("opens", "may_apply", "intake_opens", '["at once", "2 hours after"]', until="1 day")
    + a_rule("day", "in_selection", "results", '["on the day", "1 day after"]', until="12 hours")
    + a_rule("ticket", "ticket_waits", "begins", '["3 hours after", "2 days after"]', until="2 days")
)
# RETURNED: whose application comes back; ABLE: who may apply, has not begun, and has asked something.
PEOPLE, RETURNED, ABLE = (1001, 1002, 1003), 1009, 1010
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
    ticket: int = field(init=False)

    def __post_init__(self) -> None:
        self.one = self.put(self.session, a_competition())
        self.application = applications.sent(self.work, self.one, RETURNED).id
        able = known_person(self.work, ABLE)
        check = CheckRow(person_id=able.id, answers={"region": "27"}, eligible=True, sealed=b"", begun_at=NOW)
        self.session.add(check)
        ticket = open_ticket(self.work, able, TicketKind.QUESTION, region="79")
        assert ticket
        self.ticket = ticket.id
        load_rules(self.work, RULES)

    @property
    def work(self) -> Work:
        self.session.info.clear()
        return Work(self.session, self.now, Vault(DATA_KEY))

    def person(self, place: int) -> Person:
        return known_person(self.work, (*PEOPLE, RETURNED, ABLE)[place])

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

    def opens(self, hours: int) -> None:
        """The beginning of the intake, and the day of the results, are so many hours off from where they first were."""
        dates = self.one.competition.dates
        opened, told = NOW + timedelta(days=1, hours=hours), NOW + timedelta(days=3, hours=hours)
        dates = replace(dates, intake_opens=min(opened, dates.intake_closes - MINUTE), results=told)
        self.one = self.put(self.session, replace(self.one.competition, dates=dates))

    def answers(self, back: bool) -> None:
        """It is the author's turn at a request, or the office's again."""
        waits = {"state": TicketState.WAITING, "paused_at": self.now}
        values = waits if back else {"state": TicketState.TAKEN, "paused_at": None}
        self.session.execute(update(TicketRow).where(TicketRow.id == self.ticket).values(values))

    def switches(self, place: int, muted: bool) -> None:
        for key in ("draft", "returned", "opens"):
            mute(self.work, self.person(place), f"reminder.{key}", muted=muted)

    def returns(self, back: bool) -> None:
        """The application comes back for mending, or has been mended."""
        one = sent_applications.find(self.session, self.application)
        found = one.state if one else None
        if back and found in (State.SENT, State.TECHNICAL_SELECTION):
            change_application(self.work, self.application, State.RETURNED, Role.ORGANISER)
        elif not back and found is State.RETURNED and self.now >= self.latest:
            change_application(self.work, self.application, State.TECHNICAL_SELECTION, Role.APPLICANT)
            self.excused |= {key for key in self._due_now() if key[1] == "day"}  # it was not theirs when it was time

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
        self.queues()
        self.drains()
        self._nobody_is_forgotten()

    def queues(self) -> None:
        """The timer looks; nothing is sent yet: the sender is busy, or the program stops."""
        self._excuse()
        for step in plan_reminders.STEPS:
            while step(self.work):
                pass

    def drains(self) -> None:
        """The sender sends what is queued, however long ago that was."""
        self._excuse()
        notify.free_stuck(self.work)
        notify.put_off_unasked(self.work)
        while claimed := notify.claim_due(self.work, 2):
            for notification, person in claimed:
                self._say(person, notification)

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
        assert self.now < one.base or not one.rule.has_end
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
        for person in (self.person(place) for place in range(len(PEOPLE) + 2)):
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
        if is_quiet(self.now) or is_quiet(self.now + MINUTE) or notify_counts(self.session).get("sending"):
            return  # it is night; or the clock was put back, and what a dead sender held is not free yet
        assert [key for key in self._due_now() if key not in self.said and key not in self.excused] == []
