"""An appeal is handled by those who watch, by no way by an operator."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.tables import TicketBarredRow
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Presence, Role
from domain.ticket import Ticket, TicketKind, TicketState, TicketStep, Words
from domain.ticket_rights import QUEUES, queues_for
from tests.factories import a_person, in_force
from tests.staff import hired
from usecases import desk, duty, handle_ticket, staff
from usecases.distribute import give_out_waiting
from usecases.handle_ticket import Target
from usecases.open_ticket import open_ticket
from usecases.ticket_choice import Wanted, other_lots
from usecases.ticket_region import say_region
from usecases.ticket_steps import known_ticket, step
from usecases.ticket_words import Sent
from usecases.work import Work

WORDS = Sent(77, Words("жауап"))


@pytest.fixture
def operator(work: Work) -> Person:
    in_force(work)
    return hired(work, Role.OPERATOR, 1)


@pytest.fixture
def chief(work: Work, operator: Person) -> Person:
    return hired(work, Role.SUPERVISOR, 2)


def appeal(work: Work, *, role: Role = Role.SUPERVISOR) -> Ticket:
    """An appeal; in another role's queue as older versions of the program could leave it."""
    opened = open_ticket(work, a_person(work, 1001), TicketKind.APPEAL)
    assert opened
    return step(work, opened, TicketStep.RELEASE, role=role)


def refused(attempt: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as caught:
        attempt()
    return caught.value.reason


def test_no_queue_of_an_operator_has_it(work: Work, operator: Person, chief: Person) -> None:
    ticket = appeal(work, role=Role.OPERATOR)
    assert refused(lambda: handle_ticket.take_next(work, operator)) is Reason.NOTHING_WAITS
    assert refused(lambda: handle_ticket.take(work, operator, ticket.id)) is Reason.NOT_ALLOWED
    assert desk.queue(work, operator, Wanted(), 0) == ()
    assert desk.desk(work, operator).waiting == 0
    assert handle_ticket.take_next(work, chief).id == ticket.id


def test_it_is_given_out_to_no_operator(work: Work, operator: Person, chief: Person) -> None:
    duty.switch_distribution(work, chief, "19-5", on=True)
    duty.change_duty(work, operator, Presence.ON_DUTY)
    ticket = appeal(work, role=Role.OPERATOR)
    assert give_out_waiting(work) == 0
    assert known_ticket(work, ticket.id).state is TicketState.OPEN


def test_moved_to_its_region_it_leaves_who_watches_over_another_lot(work: Work, operator: Person) -> None:
    hired(work, Role.SUPERVISOR, 3, "19-6")
    both = hired(work, Role.OPERATOR, 3)
    held = step(work, appeal(work), TicketStep.TAKE, holder_id=both.id, lot="")
    moved = say_region(work, a_person(work, 1001), held.id, "79")
    assert (moved.lot, moved.holder_id) == ("19-5", None)


def test_whoever_has_it_without_the_right_can_only_pass_it_on(work: Work, operator: Person, chief: Person) -> None:
    ticket = step(work, appeal(work), TicketStep.TAKE, holder_id=operator.id)
    for attempt in (
        lambda: handle_ticket.answer(work, operator, ticket.id, WORDS),
        lambda: handle_ticket.close(work, operator, ticket.id),
    ):
        assert refused(attempt) is Reason.NOT_ALLOWED
    handle_ticket.pass_on(work, operator, ticket.id, Target(role="supervisor"))
    assert handle_ticket.take_next(work, chief).id == ticket.id


def test_it_is_passed_on_to_those_only_who_may_answer_it(work: Work, operator: Person, chief: Person) -> None:
    ticket = handle_ticket.take(work, chief, appeal(work).id)
    for role in (*(set(Role) - {Role.SUPERVISOR, Role.COORDINATOR}), "nobody"):
        assert refused(lambda role=role: handle_ticket.pass_on(work, chief, ticket.id, Target(role=role))) is (  # type: ignore[misc]
            Reason.NOT_FOUND
        )
    to_operator = Target(person_id=operator.id)
    assert refused(lambda: handle_ticket.pass_on(work, chief, ticket.id, to_operator)) is Reason.NOT_FOUND
    assert queues_for(TicketKind.APPEAL) == (Role.SUPERVISOR, Role.COORDINATOR)
    assert queues_for(TicketKind.QUESTION) == QUEUES


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ADMINISTRATOR])
def test_nothing_is_passed_on_to_whoever_answers_nobody(work: Work, operator: Person, role: Role) -> None:
    opened = open_ticket(work, a_person(work, 1001), TicketKind.QUESTION)
    assert opened
    handle_ticket.take(work, operator, opened.id)
    assert refused(lambda: handle_ticket.pass_on(work, operator, opened.id, Target(role=role))) is Reason.NOT_FOUND


def test_who_is_a_supervisor_no_more_keeps_questions_but_no_appeals(
    work: Work, operator: Person, chief: Person
) -> None:
    hired(work, Role.OPERATOR, 2)
    question = open_ticket(work, a_person(work, 1001), TicketKind.QUESTION)
    assert question
    kept, given_back = (handle_ticket.take(work, chief, key) for key in (question.id, appeal(work).id))
    supervisor = next(one for one in staff.members_of(work, chief) if one.role is Role.SUPERVISOR)
    staff.remove(work, None, supervisor.id)
    assert known_ticket(work, kept.id).holder_id == chief.id
    left = known_ticket(work, given_back.id)
    assert (left.state, left.holder_id) == (TicketState.OPEN, None)


def test_a_lot_is_offered_only_where_somebody_serves_the_queue(work: Work, operator: Person, chief: Person) -> None:
    hired(work, Role.OPERATOR, 5, "19-6")
    opened = open_ticket(work, a_person(work, 1001), TicketKind.QUESTION)
    assert opened
    assert other_lots(work, opened) == ("19-6",)
    assert other_lots(work, appeal(work)) == ()
    handle_ticket.take(work, operator, opened.id)
    empty = Target(lot="19-8")
    assert refused(lambda: handle_ticket.pass_on(work, operator, opened.id, empty)) is Reason.NOT_FOUND
    assert handle_ticket.pass_on(work, operator, opened.id, Target(lot="19-6")).lot == "19-6"


def test_a_lot_in_which_all_are_kept_from_it_is_not_offered(work: Work, operator: Person) -> None:
    kept = hired(work, Role.OPERATOR, 5, "19-6")
    opened = open_ticket(work, a_person(work, 1001), TicketKind.QUESTION)
    assert opened
    work.session.add(TicketBarredRow(ticket_id=opened.id, person_id=kept.id))
    assert other_lots(work, opened) == ()
    handle_ticket.take(work, operator, opened.id)
    there = Target(lot="19-6")
    assert refused(lambda: handle_ticket.pass_on(work, operator, opened.id, there)) is Reason.NOT_FOUND
