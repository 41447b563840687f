"""Calling whom the bot cannot reach, and those who call us."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import drafts, tickets
from db.tables import OpeningRow
from domain.application import Role as Actor
from domain.application import State
from domain.call import CallOutcome
from domain.notification import Kind
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, Role, allowed
from domain.ticket import Side, Ticket, TicketKind, TicketState, Words
from tests import applications
from tests.domain.test_working_time import at
from tests.factories import in_force
from tests.staff import hired
from usecases import call_tasks, staff
from usecases.competitions import competitions_in_force
from usecases.deliver_tickets import to_author
from usecases.meet_person import came_back, known_person, mark_unreachable
from usecases.must_be_called import must_be_called
from usecases.notify import claim_due, notify
from usecases.open_ticket import open_ticket
from usecases.register_call import read_call, register_call
from usecases.sealed_answers import sealed_apart
from usecases.ticket_words import Sent, conversation, keep
from usecases.work import Work

AUTHOR = 1001
NOTE = "8 701 000 00 00\nАйгерім\nСырттай оқитындар қатыса ала ма?\nЖауабын қоңыраумен күтеді"


@pytest.fixture
def office(work: Work) -> Work:
    """Ten o'clock on a Monday; somebody applied and has blocked the bot."""
    work = replace(work, now=at("2026-11-23 10:00"))
    one = in_force(work)
    applications.sent(work, one, AUTHOR, given=applications.answers(phone="+77010000001"))
    mark_unreachable(work, known_person(work, AUTHOR).id)
    return work


def test_news_of_an_application_that_does_not_arrive_becomes_a_call(office: Work) -> None:
    author = known_person(office, AUTHOR)
    operator = hired(office, Role.OPERATOR, 1)
    assert call_tasks.calls_due(office, operator) == ()
    for number in "12":
        notify(office, author.id, Kind.APPLICATION, number, application=1, state=State.RETURNED, role=Actor.ORGANISER)
    assert claim_due(office, 10) == []
    (task,) = call_tasks.calls_due(office, operator)
    assert (task.person_id, task.lot, task.why, task.tries) == (author.id, "19-5", "application", 0)
    call = call_tasks.open_call(office, operator, task.id)
    assert (call.phone, call.task) == ("+77010000001", task)
    opening = office.session.scalars(select(OpeningRow).where(OpeningRow.what == "phone")).one()
    assert (opening.who, opening.whose) == (operator.id, author.id)
    assert call_tasks.note_call(office, operator, task.id, CallOutcome.REACHED, 0)
    assert call_tasks.calls_due(office, operator) == ()
    with pytest.raises(Refused):
        call_tasks.open_call(office, operator, task.id)


def test_who_does_not_answer_is_called_again_three_times_in_all(office: Work) -> None:
    must_be_called(office, known_person(office, AUTHOR).id, Kind.APPLICATION)
    operator = hired(office, Role.OPERATOR, 1)
    now = office
    for over in (False, False, True):
        (task,) = call_tasks.calls_due(now, operator)
        assert call_tasks.note_call(now, operator, task.id, CallOutcome.NO_ANSWER, task.tries) is over
        with pytest.raises(Refused):  # pressed twice, it is one call
            call_tasks.note_call(now, operator, task.id, CallOutcome.NO_ANSWER, task.tries)
        assert call_tasks.calls_due(replace(now, now=now.now + timedelta(minutes=119)), operator) == ()
        now = replace(now, now=now.now + timedelta(hours=3))  # two of them at work
    assert call_tasks.calls_due(now, operator) == ()


def test_whoever_is_back_in_the_chat_is_not_called(office: Work) -> None:
    author = known_person(office, AUTHOR)
    must_be_called(office, author.id, Kind.APPLICATION)
    came_back(office, author)
    assert call_tasks.calls_due(office, hired(office, Role.OPERATOR, 1)) == ()


def unheard(office: Work, author: Person, words: str) -> tuple[Ticket, Person]:
    """An answer that did not arrive at this author, and its operator."""
    operator = hired(office, Role.OPERATOR, 1)
    mark_unreachable(office, author.id)
    ticket = open_ticket(office, author, TicketKind.COMPLAINT, name="Ерлан")
    assert ticket
    said = keep(office, operator, Sent(1, Words(words)), Side.OPERATOR, ticket.id)
    assert said
    to_author(office, ticket, said, 1)
    assert author.id not in {person.id for _row, person in claim_due(office, 10)}
    return ticket, operator


def test_who_has_sent_no_application_is_called_about_the_ticket(office: Work) -> None:
    ticket, operator = unheard(office, known_person(office, 5), "Шағымыңыз қаралды")
    (task,) = call_tasks.calls_due(office, operator)
    assert (task.application_id, task.number, task.lot) == (None, ticket.number, "19-5")
    call = call_tasks.open_call(office, operator, task.id)
    assert (call.name, call.phone, call.may_fill) == ("Ерлан", "", True)
    assert [(one.number, one.words.text) for one in call.unheard] == [(ticket.number, "Шағымыңыз қаралды")]
    assert not must_be_called(office, ticket.person_id, Kind.TICKET_REPLY, ticket)
    assert not must_be_called(office, known_person(office, 6).id, Kind.TICKET_REPLY)


def test_the_number_in_an_open_draft_is_used(office: Work) -> None:
    author, one = known_person(office, 5), competitions_in_force(office)[0]
    plain, sealed = sealed_apart(office, {"surname": "Серікұлы", "name": "Ерлан", "phone": "+77010000005"})
    given = {"version_id": one.version_id, "cursor": "", "answers": plain, "sealed": sealed, "pending": b""}
    drafts.begin(office.session, author.id, one.id, office.now, **given)
    _ticket, operator = unheard(office, author, "Жауап")
    call = call_tasks.open_call(office, operator, call_tasks.calls_due(office, operator)[0].id)
    assert (call.name, call.phone) == ("Серікұлы Ерлан", "+77010000005")


def test_who_telephoned_is_called_back_by_that_number(office: Work) -> None:
    operator = hired(office, Role.OPERATOR, 1)
    ticket = register_call(office, operator, "19-5", TicketKind.QUESTION, read_call(NOTE))
    said = keep(office, operator, Sent(1, Words("Иә")), Side.OPERATOR, ticket.id)
    assert said
    to_author(office, ticket, said, 1)
    claim_due(office, 10)
    call = call_tasks.open_call(office, operator, call_tasks.calls_due(office, operator)[0].id)
    assert (call.name, call.phone) == ("Айгерім", "+77010000000")


def test_what_is_about_the_caller_is_not_read_out_by_them(office: Work) -> None:
    ticket, operator = unheard(office, known_person(office, 5), "Жауап")
    tickets.bar(office.session, ticket.id, [operator.id])
    assert call_tasks.open_call(office, operator, call_tasks.calls_due(office, operator)[0].id).unheard == ()


@pytest.mark.parametrize("role", Role)
def test_rights(office: Work, role: Role) -> None:
    must_be_called(office, known_person(office, AUTHOR).id, Kind.APPLICATION)
    person, elsewhere = hired(office, role, 1), hired(office, role, 2, "19-6")
    (member,) = staff.members_of(office, person)
    if allowed(member, Action.CALL_PEOPLE, "19-5"):
        assert len(call_tasks.calls_due(office, person)) == 1
        assert call_tasks.calls_due(office, elsewhere) == ()
    else:
        with pytest.raises(Refused) as error:
            call_tasks.calls_due(office, person)
        assert error.value.reason is Reason.NOT_ALLOWED
    for who, may in ((person, allowed(member, Action.CALL_PEOPLE, "19-5")), (elsewhere, False)):
        if not may:
            for attempt in (
                call_tasks.open_call,
                lambda w, p, n: call_tasks.note_call(w, p, n, CallOutcome.REACHED, 0),
            ):
                with pytest.raises(Refused) as error:
                    attempt(office, who, 1)
                assert error.value.reason is Reason.NOT_ALLOWED
    called = read_call(NOTE)
    if not allowed(member, Action.REGISTER_CALL, "19-5"):
        with pytest.raises(Refused):
            register_call(office, person, "19-5", TicketKind.QUESTION, called)


def test_a_call_becomes_a_ticket_in_the_operators_hands(office: Work) -> None:
    operator = hired(office, Role.OPERATOR, 1)
    ticket = register_call(office, operator, "19-5", TicketKind.COMPLAINT, read_call(NOTE))
    assert (ticket.kind, ticket.lot, ticket.state, ticket.holder_id) == (
        TicketKind.COMPLAINT,
        "19-5",
        TicketState.TAKEN,
        operator.id,
    )
    (said,) = conversation(office, ticket, operator.id, notes=True)
    assert (said.side, said.words.text) == (Side.AUTHOR, "Сырттай оқитындар қатыса ала ма?\nЖауабын қоңыраумен күтеді")
    later = replace(office, now=office.now + timedelta(minutes=1))
    again = register_call(later, operator, "19-5", TicketKind.QUESTION, read_call(NOTE.replace("8 701", "+7701")))
    assert (again.person_id, again.number) == (ticket.person_id, "T-19-5-2026-000002")
    notify(office, ticket.person_id, Kind.TICKET_REPLY, "1", ticket=ticket.id, message=said.message_id, version=1)
    assert ticket.person_id not in {person.id for _row, person in claim_due(later, 10)}


def test_a_call_stays_in_its_lot_though_only_another_has_a_competition(office: Work) -> None:
    operator = hired(office, Role.OPERATOR, 1, "19-6")
    ticket = register_call(office, operator, "19-6", TicketKind.QUESTION, read_call(NOTE))
    assert (ticket.lot, ticket.number, ticket.competition_id) == ("19-6", "T-19-6-2026-000001", None)
    named = register_call(office, hired(office, Role.OPERATOR, 2), "19-5", TicketKind.QUESTION, read_call(NOTE), "79")
    assert (named.lot, named.number) == ("19-5", "T-79-2026-000001")


def test_an_appeal_by_telephone_goes_to_the_supervisors(office: Work) -> None:
    operator = hired(office, Role.OPERATOR, 1)
    ticket = register_call(office, operator, "19-5", TicketKind.APPEAL, read_call(NOTE))
    assert (ticket.state, ticket.role, ticket.holder_id) == (TicketState.OPEN, Role.SUPERVISOR, None)


@pytest.mark.parametrize(
    ("note", "reason"),
    [("Айгерім\nСұрақ бар", Reason.NOT_A_PHONE), ("87010000000\nАйгерім", Reason.TOO_SHORT), ("", Reason.NOT_A_PHONE)],
)
def test_a_note_without_number_or_matter(note: str, reason: Reason) -> None:
    with pytest.raises(Refused) as error:
        read_call(note)
    assert error.value.reason is reason


def test_an_answer_that_does_not_arrive_becomes_a_call_too(office: Work) -> None:
    author, operator = known_person(office, AUTHOR), hired(office, Role.OPERATOR, 1)
    ticket = open_ticket(office, author, TicketKind.QUESTION)
    assert ticket
    said = keep(office, operator, Sent(1, Words("Жауап")), Side.OPERATOR, ticket.id)
    assert said
    to_author(office, ticket, said, 1)
    assert author.id not in {person.id for _row, person in claim_due(office, 10)}
    assert [one.why for one in call_tasks.calls_due(office, operator)] == ["ticket_reply"]
