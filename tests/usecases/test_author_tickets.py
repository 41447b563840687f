"""What an author does with a ticket comes to whoever must know of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.tables import NotificationRow
from domain.notification import Kind
from domain.person import Person
from domain.staff import Presence, Role
from domain.ticket import Ticket, TicketKind, TicketState, Words
from tests.factories import NOW, a_person, in_force
from tests.staff import hired
from usecases import author_tickets, duty, handle_ticket
from usecases.handle_ticket import Target
from usecases.open_ticket import open_ticket
from usecases.ticket_region import regions_to_ask
from usecases.ticket_steps import known_ticket
from usecases.ticket_words import Sent, conversation
from usecases.work import Work


@pytest.fixture
def operator(work: Work) -> Person:
    in_force(work)
    return hired(work, Role.OPERATOR, 1)


@pytest.fixture
def answered(work: Work, operator: Person) -> Ticket:
    """A question with words, that its holder has answered."""
    opened = open_ticket(work, a_person(work), TicketKind.QUESTION)
    assert opened
    author_tickets.add_words(work, a_person(work), opened.id, Sent(10, Words("сұрақ")))
    handle_ticket.take(work, operator, opened.id)
    return handle_ticket.answer(work, operator, opened.id, Sent(20, Words("жауап")))


def told(work: Work, kind: Kind) -> list[int]:
    return list(work.session.scalars(select(NotificationRow.person_id).where(NotificationRow.kind == kind)))


def test_words_changed_after_the_answer_come_into_the_queue(work: Work, operator: Person, answered: Ticket) -> None:
    duty.change_duty(work, operator, Presence.ON_DUTY)
    duty.change_duty(work, operator, Presence.OFF)
    assert known_ticket(work, answered.id).holder_id is None
    later = replace(work, now=NOW + timedelta(hours=1))
    author_tickets.change_words(later, a_person(work), 10, Words("сұрақ, басқаша"))
    waits = known_ticket(work, answered.id)
    assert (waits.state, waits.due_by is not None) == (TicketState.OPEN, True)
    said = [(one.number, one.words.text) for one in conversation(work, waits, operator.id, notes=True)]
    assert said == [(1, "сұрақ"), (1, "жауап"), (2, "сұрақ, басқаша")]
    assert handle_ticket.take_next(later, operator).id == answered.id


def test_words_changed_after_the_answer_are_its_holders_turn(work: Work, operator: Person, answered: Ticket) -> None:
    author_tickets.change_words(work, a_person(work), 10, Words("сұрақ"))  # the same words: nothing was changed
    assert known_ticket(work, answered.id).state is TicketState.WAITING
    author_tickets.change_words(work, a_person(work), 10, Words("сұрақ, басқаша"))
    turn = known_ticket(work, answered.id)
    assert (turn.state, turn.holder_id) == (TicketState.TAKEN, operator.id)
    author_tickets.close_own(work, a_person(work), answered.id)
    author_tickets.change_words(work, a_person(work), 10, Words("жабылған соң"))
    assert known_ticket(work, answered.id).state is TicketState.CLOSED


def test_a_complaint_about_an_answer_goes_where_the_earlier_ticket_is_now(
    work: Work, operator: Person, answered: Ticket
) -> None:
    there = hired(work, Role.OPERATOR, 2, "19-6")
    handle_ticket.pass_on(work, operator, answered.id, Target(lot="19-6"))
    handle_ticket.take(work, there, answered.id)
    handle_ticket.close(work, there, answered.id)
    about = f"ticket:{answered.id}"
    complaint = open_ticket(work, a_person(work), TicketKind.COMPLAINT, about)
    assert complaint
    assert (complaint.lot, complaint.number) == ("19-6", "T-19-6-2026-000001")
    assert complaint.context["ticket"] == answered.number
    assert regions_to_ask(work, complaint) == ()
