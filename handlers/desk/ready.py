"""Ready answers: seen first as the author will read them, in the author's language, then sent with one press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.person import Place
from handlers.conversation import Turn
from handlers.desk import screens
from handlers.desk.buttons import Lay, Ready, SendReady
from handlers.desk.laying import as_card
from handlers.language import _, words
from handlers.screen import Reply, Screen, button, reply, rows
from usecases import ready_answers
from usecases.desk import author_name, look


def choose(turn: Turn, data: Ready) -> Reply:
    """The list, or one of them to look at."""
    view = look(turn.work, turn.person, data.ticket)
    turn.go(Place.DESK, f"t:{data.ticket}")
    head = screens.header(view, turn.work.now)
    back = button(_("Back"), Lay(ticket=data.ticket))
    if not data.answer:
        every = ready_answers.ready_answers(turn.work, view.ticket.lot)
        chosen = [button(words(one.title), Ready(ticket=data.ticket, answer=one.id)) for one in every]
        say = _("Choose an answer to look at.") if every else _("This lot has no ready answers yet.")
        return as_card(
            turn, view.ticket, reply(Screen(f"{head}\n\n{say}", rows(*chosen, back)), fresh=True), header=True
        )
    text = ready_answers.filled(turn.work, view.ticket, data.answer)
    send = SendReady(ticket=data.ticket, answer=data.answer, said=len(view.said))
    screen = Screen(f"{head}\n\n{html.quote(text)}", rows(button(_("Send this"), send), back))
    return as_card(turn, view.ticket, reply(screen, fresh=True), header=True)


def send(turn: Turn, data: SendReady) -> Reply:
    """Send it, once."""
    ticket = ready_answers.send(turn.work, turn.person, data.ticket, data.answer, data.said)
    turn.go(Place.DESK, f"t:{data.ticket}")
    return as_card(turn, ticket, reply(screens.sent_to(ticket, author_name(turn.work, ticket)), fresh=True))


PRESSES: Mapping[type[CallbackData], Callable[[Turn, Any], Reply]] = {Ready: choose, SendReady: send}
