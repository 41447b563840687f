"""An office with one of each thing that a button may name: tickets of every kind, a call, a source, a group …"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from db.tables import CallTaskRow, StaffInvitationRow, StaffMemberRow
from domain.coverage import OutreachKind
from domain.notification import Kind
from domain.person import Place
from domain.staff import Role
from domain.ticket import TicketKind, TicketStep, Words
from tests import applications
from tests.announcing import written
from tests.coverage import a_source
from tests.person import Person
from tests.staff import LOT
from usecases import held_answers
from usecases.begin_assistance import begin_for_ticket
from usecases.competitions import competitions_in_force
from usecases.coverage_outreach import enter
from usecases.meet_person import go, known_person
from usecases.must_be_called import must_be_called
from usecases.open_ticket import open_ticket
from usecases.ready_answers import load_ready_answers, ready_answers
from usecases.staff import invite
from usecases.staff_groups import bind
from usecases.ticket_steps import step
from usecases.ticket_words import Sent
from usecases.work import Work

OPERATOR, COORDINATOR = 60, 61  # who holds, made and began what is somebody else's
CALLER, GROUP = 901, -777
SAMPLE = Path("programme/samples/ready_answers.toml").read_text(encoding="utf-8")
TOLD = {"day": date(2026, 11, 20), "people": 10, "place": "Мектеп", "link": ""}


@dataclass(frozen=True)
class Things:
    """Numbers of one of each. `mine` and `kept` are the presser's: a ticket they hold, words that wait."""

    waiting: dict[TicketKind, int]
    theirs: int
    call: int
    member: int
    invitation: int
    source: int
    entry: int
    announcement: int
    assistance: int
    answer: int
    mine: int = 0
    kept: int = 0


def made(work: Work) -> Things:
    """One of each thing; what has an owner is the other operator's, or the other coordinator's."""
    operator, coordinator = known_person(work, OPERATOR), known_person(work, COORDINATOR)
    waiting = {kind: a_ticket(work, kind) for kind in TicketKind}
    theirs = a_ticket(work, TicketKind.QUESTION, OPERATOR)
    applications.sent(work, competitions_in_force(work)[0], CALLER)
    assert must_be_called(work, known_person(work, CALLER).id, Kind.APPLICATION)
    invite(work, None, Role.MENTOR, frozenset({LOT}))
    load_ready_answers(work, "", SAMPLE)
    load_ready_answers(work, LOT, SAMPLE)
    bind(work, coordinator, GROUP, "Кеңсе", LOT)
    assistance = begin_for_ticket(work, operator, theirs)
    assert isinstance(assistance, int)
    return Things(
        waiting,
        theirs,
        call=work.session.scalars(select(CallTaskRow.id)).one(),
        member=work.session.scalars(select(StaffMemberRow.id).where(StaffMemberRow.person_id == operator.id)).one(),
        invitation=max(work.session.scalars(select(StaffInvitationRow.id))),
        source=a_source(work, "abcdefgh", LOT).id,
        entry=enter(work, coordinator, next(iter(OutreachKind)), LOT, TOLD).id,
        announcement=written(work, coordinator).id,
        assistance=assistance,
        answer=ready_answers(work, LOT)[0].id,
    )


def owned(work: Work, phone: Person, every: Things, *, at_desk: bool) -> Things:
    """The same with what this person has: a ticket in their hands, about to be passed on, and words that wait."""
    person = known_person(work, phone.account.id)
    mine = a_ticket(work, TicketKind.QUESTION, phone.account.id)
    kept = held_answers.hold(work, person, Sent(500, Words("күткен сөз")))
    assert kept
    if at_desk:
        go(work, person, Place.DESK, f"w:{mine}:pass:r:mentor")
    return replace(every, mine=mine, kept=kept)


def a_ticket(work: Work, kind: TicketKind, holder: int | None = None) -> int:
    """Of somebody outside, in the hands of the person with this Telegram number."""
    ticket = open_ticket(work, known_person(work, 900), kind)
    assert ticket
    if holder is not None:
        step(work, ticket, TicketStep.TAKE, holder_id=known_person(work, holder).id)
    return ticket.id


__all__ = ["COORDINATOR", "GROUP", "OPERATOR", "Things", "a_ticket", "made", "owned"]
