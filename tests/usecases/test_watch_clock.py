"""The clock: who is warned of a deadline, when, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from db.tables import NotificationRow
from domain.notification import Kind
from domain.regions import Words
from domain.staff import Presence, Role
from domain.ticket import Clock, Ticket, TicketKind, TicketStep
from tests.domain.test_working_time import at
from tests.factories import SAMPLE, a_person, in_force
from tests.staff import hired
from usecases import duty
from usecases.open_ticket import open_ticket
from usecases.put_in_force import put_in_force
from usecases.ticket_steps import known_ticket, step
from usecases.watch_clock import still_due, watch_clocks
from usecases.work import Work

MONDAY = "2026-11-23 10:00"  # a question asked now is due at 15:00


@pytest.fixture
def office(work: Work) -> Work:
    """Lot 19-5 at ten on a Monday, with everybody who is warned."""
    work = replace(work, now=at(MONDAY))
    in_force(work)
    for number, role in enumerate((Role.SUPERVISOR, Role.COORDINATOR, Role.MENTOR, Role.ADMINISTRATOR), 2):
        hired(work, role, number)
    hired(work, Role.SUPERVISOR, 9, "19-6")
    duty.change_duty(work, hired(work, Role.OPERATOR, 1), Presence.ON_DUTY)
    return work


def asked(work: Work) -> Ticket:
    opened = open_ticket(work, a_person(work, 1001), TicketKind.QUESTION)
    assert opened
    return opened


def warned(work: Work, moment: datetime | str) -> dict[str, set[int]]:
    """Who is warned at this moment: by clock and level, Telegram ids 1 operator, 2 supervisor, 3 coordinator."""
    before = set(work.session.scalars(select(NotificationRow.id)))
    watch_clocks(replace(work, now=at(moment) if isinstance(moment, str) else moment))
    people = {hired_id(work, number): number for number in (1, 2, 3, 4, 5, 9)}
    told: dict[str, set[int]] = {}
    for row in work.session.scalars(select(NotificationRow).where(NotificationRow.kind == Kind.TICKET_DUE)):
        if row.id not in before:
            told.setdefault(f"{row.facts['clock']} {row.facts['level']}", set()).add(people[row.person_id])
    return told


def hired_id(work: Work, number: int) -> int:
    return a_person(work, number).id


def test_a_ticket_nobody_takes(office: Work) -> None:
    assert asked(office).due_by == at("2026-11-23 15:00")
    assert warned(office, "2026-11-23 12:59") == {}
    assert warned(office, "2026-11-23 14:00") == {"answer 1": {1}}
    assert warned(office, "2026-11-23 14:01") == {}
    assert warned(office, "2026-11-23 15:00") == {"answer 2": {1, 2}}
    assert warned(office, "2026-11-23 18:30") == {}
    assert warned(office, "2026-11-24 10:00") == {"answer 3": {1, 2, 3}}
    assert warned(office, "2026-11-24 10:01") == {}


def test_who_holds_it_is_warned_and_not_the_others(office: Work) -> None:
    other = hired(office, Role.OPERATOR, 4)
    ticket = step(office, asked(office), TicketStep.TAKE, holder_id=other.id)
    assert warned(office, "2026-11-23 14:30") == {"answer 1": {4}}
    assert known_ticket(office, ticket.id).holder_id == other.id


@pytest.mark.parametrize("what", [TicketStep.PASS, TicketStep.RELEASE])
def test_whoever_has_it_next_is_warned_too(office: Work, what: TicketStep) -> None:
    first, second = (hired(office, Role.OPERATOR, number) for number in (1, 4))
    ticket = step(office, asked(office), TicketStep.TAKE, holder_id=first.id)
    assert warned(office, "2026-11-23 14:10") == {"answer 1": {1}}
    step(office, ticket, what, holder_id=second.id if what is TicketStep.PASS else None)
    assert warned(office, "2026-11-23 14:20") == {"answer 1": {4 if what is TicketStep.PASS else 1}}
    assert warned(office, "2026-11-23 14:21") == {}


def test_while_it_is_the_authors_turn_nobody_is_warned_and_then_anew(office: Work) -> None:
    holder = hired(office, Role.OPERATOR, 1)
    ticket = step(office, asked(office), TicketStep.TAKE, holder_id=holder.id)
    assert warned(office, "2026-11-23 14:30") == {"answer 1": {1}}
    ticket = step(office, ticket, TicketStep.ANSWER, holder_id=holder.id)
    assert warned(office, "2026-11-24 18:00") == {}
    later = replace(office, now=at("2026-11-25 09:00"))
    assert step(later, ticket, TicketStep.WRITE, holder_id=holder.id).due_by == at("2026-11-25 13:00")
    assert warned(office, "2026-11-25 12:00") == {"answer 1": {1}}


def test_the_solution_has_its_own_clock(office: Work) -> None:
    ticket = asked(office)
    assert ticket.solve_by == at("2026-11-26 10:00")  # three working days
    warned(office, "2026-11-24 12:00")
    assert warned(office, "2026-11-25 10:00") == {"solution 1": {1}}
    assert warned(office, "2026-11-26 10:00") == {"solution 2": {1, 2}}
    assert warned(office, "2026-11-27 10:00") == {"solution 3": {1, 2, 3}}


def test_after_a_long_stop_one_warning_says_the_worst(office: Work) -> None:
    asked(office)
    assert warned(office, "2026-12-07 10:00") == {"answer 3": {1, 2, 3}, "solution 3": {1, 2, 3}}


def test_without_a_supervisor_the_coordinator_hears_first(work: Work) -> None:
    office = replace(work, now=at(MONDAY))
    in_force(office)
    hired(office, Role.COORDINATOR, 3, "*")
    asked(office)
    assert warned(office, "2026-11-23 16:00") == {"answer 2": {3}}


@pytest.mark.parametrize(
    ("there", "near", "late", "long_late"),
    [
        ({Role.SUPERVISOR: 2, Role.COORDINATOR: 3, Role.ADMINISTRATOR: 5}, {2}, {2}, {3}),
        ({Role.COORDINATOR: 3, Role.ADMINISTRATOR: 5}, {3}, {3}, {3}),
        ({Role.SUPERVISOR: 2, Role.ADMINISTRATOR: 5}, {2}, {2}, {5}),
        ({Role.EXPERT: 1, Role.ADMINISTRATOR: 5}, {5}, {5}, {5}),
    ],
)
def test_where_a_level_has_nobody_the_next_is_warned(
    work: Work, there: dict[Role, int], near: set[int], late: set[int], long_late: set[int]
) -> None:
    office = replace(work, now=at(MONDAY))
    in_force(office)
    for role, number in there.items():
        hired(office, role, number)
    asked(office)
    assert warned(office, "2026-11-23 14:00") == {"answer 1": near}
    assert warned(office, "2026-11-23 15:00") == {"answer 2": late}
    assert warned(office, "2026-11-24 10:00")["answer 3"] == late | long_late


def test_whose_operators_are_off_duty_is_not_told_to_others_before_it_is_late(work: Work) -> None:
    office = replace(work, now=at(MONDAY))
    in_force(office)
    hired(office, Role.OPERATOR, 1)
    hired(office, Role.SUPERVISOR, 2)
    asked(office)
    assert warned(office, "2026-11-23 14:00") == {}
    assert warned(office, "2026-11-23 15:00") == {"answer 2": {2}}


def test_of_a_ticket_of_their_own_nobody_is_warned(office: Work) -> None:
    opened = open_ticket(office, a_person(office, 2), TicketKind.COMPLAINT)
    assert opened
    assert warned(office, "2026-12-07 10:00")["answer 3"] == {1, 3}


def test_many_come_in_one_message(office: Work) -> None:
    several = [asked(office) for _ in range(25)]
    warned(office, "2026-11-23 15:00")
    rows = office.session.scalars(select(NotificationRow).where(NotificationRow.kind == Kind.TICKET_DUE)).all()
    assert [(row.facts["count"], len(row.facts["tickets"])) for row in rows] == [(25, 20)] * 2
    assert [one.id for one in still_due(office, rows[0].facts["tickets"], Clock.ANSWER)] == [
        one.id for one in several[:20]
    ]


def test_other_hours_leave_as_much_time_as_there_was(office: Work) -> None:
    ticket = asked(office)  # due at 15:00
    text = SAMPLE.replace('["09:00-13:00", "14:00-18:00"]', '["09:00-13:00"]')
    noon = replace(office, now=at("2026-11-23 12:00"))
    put_in_force(noon, text, Words("## Бір\nМәтін", "## Раз\nТекст"))
    moved = known_ticket(noon, ticket.id)
    assert moved.due_by == at("2026-11-24 10:00")  # an hour until 13:00, another in the morning
    put_in_force(noon, text, Words("## Бір\nМәтін", "## Раз\nТекст"))
    assert known_ticket(noon, ticket.id) == moved


def test_hours_that_change_in_the_authors_turn_leave_as_much_as_there_was_too(office: Work) -> None:
    """Of two alike one waits for its author: when they write at the moment of the change, both are due at once."""
    holder = hired(office, Role.OPERATOR, 1)
    ours, theirs = (step(office, asked(office), TicketStep.TAKE, holder_id=holder.id) for _ in range(2))
    theirs = step(office, theirs, TicketStep.ANSWER, holder_id=holder.id)
    assert ours.solve_by == theirs.solve_by == at("2026-11-26 10:00")
    put_in_force(
        office,
        SAMPLE.replace('["09:00-13:00", "14:00-18:00"]', '["09:00-13:00"]'),
        Words("## Бір\nМәтін", "## Раз\nТекст"),
    )
    written = step(office, known_ticket(office, theirs.id), TicketStep.WRITE, holder_id=holder.id)
    assert written.solve_by == known_ticket(office, ours.id).solve_by == at("2026-12-01 10:00")
