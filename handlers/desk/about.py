"""What a ticket is about, on a screen: the application's card masked, or in full."""

from __future__ import annotations

from datetime import datetime

from aiogram import html

from handlers.answer_words import answer_text, title
from handlers.desk import screens
from handlers.desk.buttons import Card, Lay
from handlers.form_titles import TITLES
from handlers.language import _
from handlers.screen import Screen, button, rows
from usecases.desk import OnDesk
from usecases.ticket_application import Card as AboutCard

ROOM = 3000


def about_screen(view: OnDesk, card: AboutCard, now: datetime) -> Screen:
    """The card under the ticket's header."""
    lines = [screens.header(view, now), ""]
    if card.application:
        lines.append(_("Application {number}").format(number=card.application.number))
    if card.initials:
        lines.append(_("Applicant: {initials} (masked)").format(initials=html.quote(card.initials)))
    text = "\n".join(lines)
    for key, value in card.answers.items():
        line = f"\n<b>{html.quote(_title(key))}</b>: {html.quote(_answer(key, value))}"
        if len(text) + len(line) > ROOM:
            text += "\n…"
            break
        text += line
    if card.full:
        text += "\n\n" + _("<i>That you opened this is written down.</i>")
    opening = (
        None if card.full else button(_("Open in full (it is written down)"), Card(ticket=view.ticket.id, full=True))
    )
    return Screen(text, rows(opening, button(_("Back"), Lay(ticket=view.ticket.id))))


def _title(key: str) -> str:
    return title(key) if key in TITLES else key


def _answer(key: str, value: object) -> str:
    return answer_text(key, value)[:400] if key in TITLES else str(value)
