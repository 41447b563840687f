"""The application or check that a ticket is about: masked for whoever answers; in full only when it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import applications, tickets
from domain.application import Application
from domain.person import Person
from domain.staff import Action
from domain.ticket import Ticket, TicketEvent
from usecases.desk import served
from usecases.sealed_answers import together
from usecases.ticket_steps import record
from usecases.tickets import check_answers
from usecases.work import Work

SHOWN_MASKED = ("region", "title")  # what says nothing about who somebody is


@dataclass(frozen=True)
class Card:
    """What a ticket is about. `answers`: masked ones, or all of them (`full`)."""

    application: Application | None
    answers: Mapping[str, Any]
    initials: str
    full: bool


def card(work: Work, person: Person, ticket: Ticket, *, full: bool) -> Card:
    """Masked; in full it is recorded in the openings. Refused as `desk.served` with OPEN_APPLICATION."""
    served(work, person, ticket, Action.OPEN_APPLICATION if full else Action.SEE_QUEUE)
    key = ticket.context.get("application")
    application = applications.find(work.session, key) if key else None
    if application is None:
        answers = dict(check_answers(work, ticket))
    else:
        answers = dict(together(work, *applications.answers(work.session, application.id)))
    if full:
        subject = application.number if application else ticket.number
        tickets.record_opening(work.session, work.now, person.id, ticket.person_id, "application", subject)
        record(work, ticket, TicketEvent.CARD_OPENED, person.id)
        return Card(application, answers, "", True)
    # A check asks no names: what it knows tells nobody's identity but the birth date.
    plain = {one: answers[one] for one in (SHOWN_MASKED if application else answers) if one in answers}
    plain.pop("birth_date", None)
    return Card(application, plain, _initials(answers), False)


def _initials(answers: Mapping[str, Any]) -> str:
    names = (str(answers.get(key, "")) for key in ("name", "surname"))
    return " ".join(f"{one[0]}." for one in names if one)
