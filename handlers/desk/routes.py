"""The desk at a glance."""

from __future__ import annotations

from domain.person import Place
from handlers.conversation import Conversation, Turn
from handlers.language import _
from handlers.screen import Reply, Screen, reply, rows
from handlers.shared_buttons import menu_button


def conversation() -> Conversation:
    return Conversation(place=Place.DESK, redraw=redraw)


def redraw(_turn: Turn) -> Reply:
    return reply(Screen(_("Menu"), rows(menu_button())))
