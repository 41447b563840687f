"""Giving tickets out, and taking them back from whoever goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import tickets
from db.tables import NotificationRow
from domain.notification import Kind
from domain.person import Person
from domain.staff import Presence, Role
from domain.ticket import Ticket, TicketEvent, TicketKind, TicketState, TicketStep, Words
from tests.factories import NOW, a_person, in_force
from tests.staff import hired
from usecases import duty, staff
from usecases.author_tickets import close_own, hold_words, put_words
from usecases.distribute import AT_ONCE, give_out_waiting
from usecases.erase_person import erase_person
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.ticket_steps import known_ticket, step
from usecases.ticket_words import Sent, conversation
from usecases.work import Work


@pytest.fixture
def office(work: Work) -> Work:
    """Lot 19-5 with a competition and distribution switched on."""
    in_force(work)
    duty.switch_distribution(work, hired(work, Role.SUPERVISOR, 90), "19-5", on=True)
    return work


def at_work(work: Work, telegram_id: int, role: Role = Role.OPERATOR, *lots: str) -> Person:
    person = hired(work, role, telegram_id, *lots)
    duty.change_duty(work, person, Presence.ON_DUTY)
    return person


def asked(work: Work, kind: TicketKind = TicketKind.QUESTION, author: int = 1001) -> Ticket:
    opened = open_ticket(work, a_person(work, author), kind)
    assert opened
    return opened


def test_a_new_ticket_goes_to_whoever_has_the_fewest(office: Work) -> None:
    first = at_work(office, 1)
    second = at_work(replace(office, now=NOW + timedelta(minutes=1)), 2)
    held = [asked(office).holder_id for _ in range(4)]
    assert held == [first.id, second.id, first.id, second.id]
    given = office.session.scalars(select(NotificationRow.person_id).where(NotificationRow.kind == Kind.TICKET_GIVEN))
    assert list(given) == held
    ticket = asked(office)
    lines = [(what, who, facts) for _at, what, who, facts in tickets.history(office.session, ticket.id)]
    assert lines[-1] == (TicketEvent.PASSED, None, {"to": first.id})
    assert ticket.state is TicketState.TAKEN


def test_nobody_gets_what_is_not_theirs(office: Work) -> None:
    at_work(office, 1, Role.OPERATOR, "19-6")
    at_work(office, 2, Role.MENTOR)
    duty.change_duty(office, at_work(office, 3), Presence.PAUSE)
    author = at_work(office, 1001)
    assert asked(office).state is TicketState.OPEN
    chief = at_work(office, 4, Role.SUPERVISOR)
    assert asked(office, TicketKind.APPEAL).holder_id == chief.id
    barred = open_ticket(office, a_person(office, 5), TicketKind.QUESTION)
    assert barred
    assert barred.holder_id == author.id  # an operator, though the author of another
    step(office, barred, TicketStep.RELEASE)
    tickets.bar(office.session, barred.id, [author.id])
    assert give_out_waiting(office) == 0


def test_where_it_is_switched_off_everything_waits(office: Work) -> None:
    person = at_work(office, 1)
    chief = hired(office, Role.SUPERVISOR, 90)
    duty.switch_distribution(office, chief, "19-5", on=False)
    assert asked(office).state is TicketState.OPEN
    assert give_out_waiting(office) == 0
    duty.switch_distribution(office, chief, "19-5", on=True)
    assert give_out_waiting(office) == 1
    assert known_ticket(office, 1).holder_id == person.id


def test_nobody_gets_more_than_they_said(office: Work) -> None:
    person = at_work(office, 1)
    duty.change_capacity(office, person, 3)
    assert [asked(office).holder_id for _ in range(5)] == [person.id] * 3 + [None] * 2
    answered = known_ticket(office, 1)
    step(office, answered, TicketStep.ANSWER, holder_id=person.id)
    assert give_out_waiting(office) == 1


def test_what_is_for_others_keeps_nobody_waiting(office: Work) -> None:
    duty.change_capacity(office, at_work(office, 90, Role.SUPERVISOR), 1)  # who is soon full
    for _ in range(AT_ONCE + 10):
        asked(office, TicketKind.APPEAL)
    barred = [asked(office) for _ in range(2)]
    question = asked(replace(office, now=NOW + timedelta(hours=1)))
    person = hired(office, Role.OPERATOR, 1)
    for one in barred:
        tickets.bar(office.session, one.id, [person.id])
    duty.change_duty(office, person, Presence.ON_DUTY)
    assert known_ticket(office, question.id).holder_id == person.id
    assert [known_ticket(office, one.id).holder_id for one in barred] == [None, None]


def test_whoever_comes_on_duty_finds_what_waited(office: Work) -> None:
    waiting = [asked(office) for _ in range(2)]
    person = at_work(office, 1)
    assert [known_ticket(office, one.id).holder_id for one in waiting] == [person.id] * 2


def test_what_somebody_held_returns_when_they_go_off(office: Work) -> None:
    first = at_work(office, 1)
    taken, waiting = asked(office), asked(office)
    step(office, waiting, TicketStep.ANSWER, holder_id=first.id)
    second = at_work(office, 2)
    duty.change_duty(office, first, Presence.PAUSE)
    assert known_ticket(office, taken.id).holder_id == first.id
    duty.change_duty(office, first, Presence.OFF)
    assert known_ticket(office, taken.id).holder_id == second.id
    unheld = known_ticket(office, waiting.id)
    assert (unheld.state, unheld.holder_id) == (TicketState.WAITING, None)
    events = [what for _at, what, _who, _facts in tickets.history(office.session, taken.id)]
    assert events == [TicketEvent.OPENED, TicketEvent.PASSED, TicketEvent.RELEASED, TicketEvent.PASSED]


def test_whoever_is_removed_holds_nothing_any_more(office: Work) -> None:
    person = at_work(office, 1)
    ticket = asked(office)
    assert ticket.holder_id == person.id
    staff.remove(office, None, staff.members_of(office, person)[0].id)
    assert known_ticket(office, ticket.id).state is TicketState.OPEN


def test_a_role_that_is_left_takes_only_its_own_along(office: Work) -> None:
    person = at_work(office, 1)
    hired(office, Role.MENTOR, 1, "19-5")
    ticket = asked(office)
    operator, _mentor = staff.members_of(office, person)
    staff.leave(office, person, operator.id)
    assert known_ticket(office, ticket.id).holder_id == person.id  # a mentor of this lot may answer it
    staff.leave(office, person, staff.members_of(office, person)[0].id)
    assert known_ticket(office, ticket.id).holder_id is None


def test_whoever_has_everything_erased_holds_nothing_any_more(office: Work) -> None:
    person = at_work(office, 1)
    ticket = asked(office)
    erase_person(office, known_person(office, 1))
    returned = known_ticket(office, ticket.id)
    assert (returned.state, returned.holder_id) == (TicketState.OPEN, None)
    assert staff.members(office) == tuple(one for one in staff.members(office) if one.person_id != person.id)
    assert not known_person(office, 1).staff


def test_words_for_a_closed_request_open_it_again_though_it_is_given_out_at_once(office: Work) -> None:
    """Its author was told that a colleague of theirs had taken it, and the words went nowhere."""
    author, ticket = a_person(office, 1001), asked(office)
    close_own(office, author, ticket.id)
    operator = at_work(office, 1)
    held = hold_words(office, author, Sent(77, Words("тағы бір сөз")))
    assert held
    again = put_words(office, author, held, ticket.id)
    assert (again.state, again.holder_id) == (TicketState.TAKEN, operator.id)
    assert [one.words.text for one in conversation(office, again, operator.id, notes=True)] == ["тағы бір сөз"]
