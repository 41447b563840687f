"""A request to a person: one for each verdict, numbered, with the answers attached."""

from __future__ import annotations

import pytest

from domain.person import Person
from domain.refusal import Reason, Refused
from domain.ticket import TicketState
from tests.factories import NOW, a_competition, a_person
from tests.in_force import PutInForce
from tests.usecases.test_checks import GOOD, answered
from usecases.checks import open_check, take_answer
from usecases.tickets import ask_a_person, failed_rules, open_tickets, read_ticket, request_about
from usecases.work import Work


@pytest.fixture
def person(work: Work, put_in_force: PutInForce) -> Person:
    put_in_force(work.session, a_competition())
    return a_person(work)


def test_a_request_is_numbered_by_region_and_year(work: Work, person: Person) -> None:
    ticket = ask_a_person(work, person, answered(work, person, working="yes", training="yes"))
    assert (ticket.number, ticket.lot, ticket.state) == ("T-79-2026-000001", "19-5", TicketState.OPEN)
    assert (ticket.opened_at, ticket.person_id) == (NOW, person.id)
    assert failed_rules(ticket) == ("working", "training")


def test_asked_twice_it_is_the_same_request(work: Work, person: Person) -> None:
    check = answered(work, person, working="yes")
    assert ask_a_person(work, person, check) == ask_a_person(work, person, check) == request_about(work, check)
    assert len(open_tickets(work)) == 1


def test_each_verdict_has_its_own(work: Work, person: Person) -> None:
    first = ask_a_person(work, person, answered(work, person, working="yes"))
    second = ask_a_person(work, person, answered(work, person, working="yes"))
    somebody = a_person(work, 1002)
    third = ask_a_person(work, somebody, answered(work, somebody, region="27", training="yes"))
    numbers = ["T-79-2026-000001", "T-79-2026-000002", "T-27-2026-000001"]
    assert [one.number for one in open_tickets(work)] == numbers == [first.number, second.number, third.number]


def test_tickets_of_one_lot(work: Work, person: Person) -> None:
    ask_a_person(work, person, answered(work, person, working="yes"))
    assert len(open_tickets(work, "19-5")) == 1
    assert open_tickets(work, "19") == ()


def test_the_answers_are_attached(work: Work, person: Person) -> None:
    ticket = ask_a_person(work, person, answered(work, person, working="yes"))
    attached = read_ticket(work, ticket.number)
    assert attached.ticket == ticket
    assert attached.answers == {**GOOD, "working": "yes"}
    openings = work.session.connection().exec_driver_sql("SELECT who, whose, what, subject FROM opening").all()
    assert openings == [(None, person.id, "ticket", ticket.number)]


def test_nothing_to_look_at(work: Work, person: Person) -> None:
    begun = take_answer(work, person, open_check(work, person), "region", "79")
    good = answered(work, person)
    for check in (begun, good):
        with pytest.raises(Refused) as refused:
            ask_a_person(work, person, check)
        assert refused.value.reason is Reason.NOT_FOUND
    with pytest.raises(Refused) as refused:
        read_ticket(work, "T-79-2026-000001")
    assert refused.value.reason is Reason.NOT_FOUND
