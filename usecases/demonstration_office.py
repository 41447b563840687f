"""The demonstration's office: people in several roles, and requests in several states, made once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import Any

from db import tickets
from domain.person import Person
from domain.staff import Role
from domain.ticket import Side, Ticket, TicketEvent, TicketKind, TicketStep, Words
from usecases.checks import open_check, take_answer
from usecases.meet_person import known_person, speak
from usecases.open_ticket import open_ticket
from usecases.order import order
from usecases.ready_answers import load_ready_answers
from usecases.staff import invite, join, members
from usecases.ticket_steps import record, step
from usecases.ticket_words import Sent, keep
from usecases.work import Work

About = Mapping[str, Any]  # a table of the file


def load_office(work: Work, lot: str) -> None:
    """Make the office of the demonstration in this lot, unless somebody works there already."""
    if members(work):
        return
    answers = files("programme").joinpath("samples", "ready_answers.toml")
    load_ready_answers(work, "", answers.read_text("utf-8"))
    told = tomllib.loads(files("programme").joinpath("samples", "office.toml").read_text("utf-8"))
    for about in told["staff"]:
        _hire(work, about, lot)
    for about in {one["author"]: one for one in told["tickets"]}.values():
        _applicant(work, about, lot)
    for number, about in enumerate(sorted(told["tickets"], key=lambda one: -one["days_ago"]), 1):
        _ticket(replace(work, now=work.now - timedelta(days=about["days_ago"])), about, number)


def _hire(work: Work, about: About, lot: str) -> None:
    person = speak(work, known_person(work, about["id"]), about["language"])
    join(work, person, invite(work, None, Role(about["role"]), frozenset({lot}), about["name"]).token, "")


def _applicant(work: Work, about: About, lot: str) -> None:
    """Somebody who has told a region of the lot: so an announcement to the lot reaches them."""
    person = speak(work, known_person(work, about["author"]), about["language"])
    take_answer(work, person, open_check(work, person), "region", order().lot(lot)[0].kato)


def _ticket(work: Work, about: About, number: int) -> None:
    author = speak(work, known_person(work, about["author"]), about["language"])
    said = _said(work, author, Side.AUTHOR, number, about["text"], None)
    ticket = open_ticket(work, author, TicketKind(about["kind"]), name=about["name"], message_ids=(said,))
    assert ticket
    if "holder" in about:
        _handled(replace(work, now=work.now + timedelta(minutes=40)), ticket, about, number)


def _handled(work: Work, ticket: Ticket, about: About, number: int) -> None:
    """Taken, and whatever else the file tells."""
    holder = known_person(work, about["holder"])
    ticket = step(work, ticket, TicketStep.TAKE, holder_id=holder.id)
    record(work, ticket, TicketEvent.TAKEN, holder.id)
    if "answer" in about:
        _said(work, holder, Side.OPERATOR, number, about["answer"], ticket.id)
        ticket = step(work, ticket, TicketStep.ANSWER, holder_id=holder.id)
        record(work, ticket, TicketEvent.ANSWERED, holder.id)
    if about.get("closed"):
        ended = {"closed_at": work.now, "closed_by": "operator"}
        ticket = step(work, ticket, TicketStep.CLOSE, holder_id=holder.id, **ended)
        record(work, ticket, TicketEvent.CLOSED, holder.id)
    if "rating" in about:
        tickets.change(work.session, ticket, rating=about["rating"], rated_at=work.now)


def _said(work: Work, writer: Person, side: Side, number: int, text: str, ticket_id: int | None) -> int:
    """A message that stands in no chat; below zero no message of a chat has its number."""
    message_id = keep(work, writer, Sent(-number, Words(text)), side, ticket_id)
    assert message_id
    return message_id
