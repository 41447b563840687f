"""Laying a ticket on the desk: always a new message, noted as the header that what is typed below it belongs to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.ticket import Ticket
from handlers.conversation import Turn
from handlers.desk import screens
from handlers.screen import Reply, reply
from usecases import held_answers
from usecases.desk import look, seen
from usecases.handle_ticket import Target
from usecases.ticket_cards import note_card
from usecases.work import Work

WRITTEN = frozenset({"note", "close", "pass"})


def lay(turn: Turn, ticket_id: int) -> Reply:
    """From now on what is typed goes to this ticket's author."""
    return turn.at(Place.DESK, f"t:{ticket_id}")


def draw(turn: Turn, ticket_id: int, page: int | None = None) -> Reply:
    """The ticket, its header first. Refused as `desk.look`."""
    view = look(turn.work, turn.person, ticket_id)
    screen, shown = screens.on_desk(view, turn.work.now, page)
    seen(turn.work, view, shown, turn.person)
    waiting = [
        screens.held(one.message_id, screens.short(one), view.ticket, view.author)
        for one in held_answers.waiting(turn.work, turn.person)[: screens.HELD_SHOWN]
        if view.mine and view.ticket.open
    ]
    return as_card(turn, view.ticket, reply(*waiting, screen, fresh=True), header=True)


def draw_writing(turn: Turn, ticket_id: int, what: str) -> Reply:
    """What is typed next is a note, the closing words, or the note with a transfer."""
    if what not in WRITTEN:
        raise Refused(Reason.OLD_BUTTON)
    view = look(turn.work, turn.person, ticket_id)
    return as_card(turn, view.ticket, reply(screens.ask_words(view, what, turn.work.now), fresh=True), header=True)


def as_card(turn: Turn, ticket: Ticket, answer: Reply, *, header: bool = False) -> Reply:
    """A reply to this message will belong to the ticket; a header says whose words come below it."""
    note = partial(_note, person_id=turn.person.id, ticket_id=ticket.id, header=header)
    return replace(answer, shown=note)


def target_of(focus: str) -> Target:
    """The target in "w:7:pass:p:12". Refused(OLD_BUTTON)."""
    match focus.split(":")[3:]:
        case ["r", role]:
            return Target(role=role)
        case ["l", lot]:
            return Target(lot=lot)
        case ["p", person] if person.isdecimal():
            return Target(person_id=int(person))
        case _other:
            raise Refused(Reason.OLD_BUTTON)


def _note(work: Work, message_id: int, *, person_id: int, ticket_id: int, header: bool) -> None:
    note_card(work, person_id, message_id, ticket_id, header=header)
