"""Who decided about an application comes to no ticket about it, by no way there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db import applications, tickets
from domain.application import Application, Role, State
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Presence
from domain.staff import Role as Work_
from domain.ticket import Side, Ticket, TicketKind, TicketState, Words
from tests.applications import sent
from tests.factories import a_competition, a_person
from tests.in_force import PutInForce
from tests.staff import hired
from usecases import desk, duty, handle_ticket, ready_answers
from usecases.change_application import change_application
from usecases.deliver_tickets import to_holder
from usecases.distribute import give_out, give_out_waiting
from usecases.handle_ticket import Target
from usecases.open_ticket import open_ticket
from usecases.register_call import Called, register_call
from usecases.ticket_application import card
from usecases.ticket_choice import Wanted
from usecases.ticket_steps import known_ticket
from usecases.ticket_words import Sent, keep
from usecases.watch_clock import watch_clocks
from usecases.work import Work

WORDS = Sent(77, Words("жауап"))


@pytest.fixture
def application(work: Work, put_in_force: PutInForce) -> Application:
    return sent(work, put_in_force(work.session, a_competition()))


@pytest.fixture
def chief(work: Work, application: Application) -> Person:
    """A supervisor who is about to decide."""
    return hired(work, Work_.SUPERVISOR, 90)


def returns(work: Work, application: Application, by: Person) -> None:
    change_application(work, application.id, State.RETURNED, Role.ORGANISER, by=by)


def asked(work: Work, application: Application, kind: TicketKind = TicketKind.APPEAL, about: str = "") -> Ticket:
    opened = open_ticket(work, a_person(work), kind, about)
    assert opened
    return opened


def refused(step: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as caught:
        step()
    return caught.value.reason


KINDS = [(kind, "app") for kind in (TicketKind.APPEAL, TicketKind.COMPLAINT, TicketKind.QUESTION)] + [
    (TicketKind.APPEAL, ""),  # against which decision is not said: any of theirs
    (TicketKind.COMPLAINT, ""),
]


@pytest.mark.parametrize(("kind", "about"), KINDS)
@pytest.mark.parametrize("before", [True, False])
def test_every_way_to_a_ticket_is_closed(
    work: Work, application: Application, chief: Person, kind: TicketKind, about: str, before: bool
) -> None:
    other = hired(work, Work_.SUPERVISOR, 91)
    about = f"app:{application.id}" if about else ""
    if before:
        returns(work, application, chief)
    ticket = asked(work, application, kind, about)
    if not before:
        returns(work, application, chief)
    key = ticket.id
    assert refused(lambda: handle_ticket.take_next(work, chief)) is Reason.NOTHING_WAITS
    assert desk.queue(work, chief, Wanted(), 0) == ()
    assert [one.id for one in desk.kept_from(work, chief, Wanted())] == [key]
    assert desk.desk(work, chief).waiting == 0
    for step in (
        lambda: handle_ticket.take(work, chief, key),
        lambda: desk.numbered(work, chief, ticket.number),
        lambda: desk.look(work, chief, key),
        lambda: handle_ticket.pass_on(work, chief, key, Target(person_id=other.id)),
        lambda: handle_ticket.pass_on(work, chief, key, Target(role="coordinator")),
        lambda: card(work, chief, ticket, full=False),
    ):
        assert refused(step) is Reason.ABOUT_YOU
    assert handle_ticket.take(work, other, key).holder_id == other.id
    assert chief.id not in {person_id for person_id, _name in handle_ticket.may_have(work, known_ticket(work, key))}
    assert refused(lambda: handle_ticket.pass_on(work, other, key, Target(person_id=chief.id))) is Reason.NOT_FOUND
    handle_ticket.pass_on(work, other, key, Target(role="supervisor"))
    assert refused(lambda: handle_ticket.take_next(work, chief)) is Reason.NOTHING_WAITS


def test_what_is_given_out_goes_to_somebody_else(work: Work, application: Application, chief: Person) -> None:
    duty.switch_distribution(work, chief, "19-5", on=True)
    duty.change_duty(work, chief, Presence.ON_DUTY)
    returns(work, application, chief)
    waits = asked(work, application)
    assert (waits.state, give_out_waiting(work), give_out(work, waits)) == (TicketState.OPEN, 0, False)
    other = hired(work, Work_.SUPERVISOR, 91)
    duty.change_duty(work, other, Presence.ON_DUTY)
    assert known_ticket(work, waits.id).holder_id == other.id
    duty.change_duty(work, other, Presence.OFF)
    assert known_ticket(work, waits.id).holder_id is None


def test_whoever_decides_loses_what_they_hold(work: Work, application: Application, chief: Person) -> None:
    ticket = asked(work, application)
    handle_ticket.take(work, chief, ticket.id)
    handle_ticket.answer(work, chief, ticket.id, WORDS)
    returns(work, application, chief)
    left = known_ticket(work, ticket.id)
    assert (left.state, left.holder_id) == (TicketState.WAITING, None)
    stored = keep(work, chief, Sent(78, Words("тағы")), Side.OPERATOR, None)
    assert stored
    for step in (
        lambda: handle_ticket.answer(work, chief, ticket.id, Sent(79, Words("тағы"))),
        lambda: handle_ticket.add_note(work, chief, ticket.id, Sent(80, Words("тағы"))),
        lambda: handle_ticket.close(work, chief, ticket.id),
        lambda: handle_ticket.change_words(work, chief, WORDS.chat_message_id, Words("басқаша")),
        lambda: handle_ticket.send_kept(work, chief, stored, ticket.id),
        lambda: ready_answers.send(work, chief, ticket.id, 1, 1),
    ):
        assert refused(step) is Reason.ABOUT_YOU
    to_holder(work, left, stored, 1)
    assert watch_clocks(work) == 0


def test_who_moved_it_stands_with_the_step(work: Work, application: Application, chief: Person) -> None:
    returns(work, application, chief)
    change_application(work, application.id, State.NOT_ADMITTED, Role.ORGANISER)
    by = [event.by for event in applications.events(work.session, application.id)]
    assert by == [application.person_id, chief.id, None]


def test_a_complaint_about_the_answer_to_an_appeal_is_about_the_decision_too(
    work: Work, application: Application, chief: Person
) -> None:
    returns(work, application, chief)
    other = hired(work, Work_.SUPERVISOR, 91)
    first = asked(work, application, about=f"app:{application.id}")
    handle_ticket.take(work, other, first.id)
    handle_ticket.close(work, other, first.id)
    again = asked(work, application, TicketKind.COMPLAINT, f"ticket:{first.id}")
    assert tickets.barred(work.session, again.id) == {chief.id, other.id}


def test_others_are_not_kept_from_other_matters(work: Work, application: Application, chief: Person) -> None:
    returns(work, application, chief)
    question = asked(work, application, TicketKind.QUESTION)
    somebody = open_ticket(work, a_person(work, 5), TicketKind.APPEAL)
    assert somebody
    for one in (question, somebody):
        assert handle_ticket.take(work, chief, one.id).holder_id == chief.id


@pytest.mark.parametrize("before", [True, False])
def test_who_telephones_about_it_is_known_by_the_number(
    work: Work, application: Application, chief: Person, before: bool
) -> None:
    operator = hired(work, Work_.OPERATOR, 91)
    called = Called("+77000000001", "Ұлжан", "Неге қайтарылды?")
    if before:
        returns(work, application, chief)
    ticket = register_call(work, operator, "19-5", TicketKind.APPEAL, called)
    if not before:
        assert chief.id not in tickets.barred(work.session, ticket.id)
        returns(work, application, chief)
    assert chief.id in tickets.barred(work.session, ticket.id)
    assert operator.id not in tickets.barred(work.session, ticket.id)
