"""What a ticket carries besides words: its files once more, and what it is about, masked or in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.filters.callback_data import CallbackData

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.ticket import WITHOUT_CAPTION, Media
from handlers.conversation import Turn
from handlers.desk import screens
from handlers.desk.about import about_screen
from handlers.desk.buttons import Card, Files
from handlers.desk.laying import as_card
from handlers.screen import Reply, Screen, reply
from handlers.ticket_texts import content
from usecases.desk import look
from usecases.ticket_application import card

MOST_AT_ONCE = 10


def send_files(turn: Turn, data: Files) -> Reply:
    """Every file of the ticket, oldest first, each with who sent it; the ticket comes after them."""
    view = look(turn.work, turn.person, data.ticket)
    turn.go(Place.DESK, f"t:{data.ticket}")
    carried = [one for one in view.said if one.words.media is not Media.TEXT][-MOST_AT_ONCE:]
    if not carried:
        raise Refused(Reason.OLD_BUTTON)
    shown = [
        Screen(
            "" if one.words.media in WITHOUT_CAPTION else f"{screens.who(one, view)}: {content(one.words, 800)}",
            file_id=one.words.file_id,
            media=one.words.media,
        )
        for one in carried
    ]
    ticket, _said = screens.on_desk(view, turn.work.now)
    return as_card(turn, view.ticket, reply(*shown, ticket, fresh=True), header=True)


def see_card(turn: Turn, data: Card) -> Reply:
    """What the ticket is about; in full it is written down who saw it."""
    view = look(turn.work, turn.person, data.ticket)
    turn.go(Place.DESK, f"t:{data.ticket}")
    screen = about_screen(view, card(turn.work, turn.person, view.ticket, full=data.full), turn.work.now)
    return as_card(turn, view.ticket, reply(screen, fresh=True), header=True)


PRESSES: Mapping[type[CallbackData], Callable[[Turn, Any], Reply]] = {Files: send_files, Card: see_card}
