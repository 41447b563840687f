"""What an operator is told unasked. An author's words are shown only while their ticket lies on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram import html

from domain.notification import Kind
from handlers.conversation import Notice, Turn
from handlers.desk import screens
from handlers.desk.buttons import Lay
from handlers.language import _
from handlers.screen import SILENCE, Reply, button, reply, rows
from handlers.ticket_texts import carried, carried_together, heading
from usecases.deliver_tickets import album_to_show, news_to_show, ticket_of_holder
from usecases.desk import author_name
from usecases.undelivered import lost_to_show

Facts = Mapping[str, Any]


def news(turn: Turn, facts: Facts) -> Reply:
    """The author wrote, or changed what they wrote."""
    found = news_to_show(turn.work, turn.person, facts)
    if found is None:
        return SILENCE
    ticket, said = found
    author = html.quote(author_name(turn.work, ticket)) or _("author")
    if said is None:
        return reply(
            screens.told(_("✉️ {ticket}: {author} has written.").format(ticket=heading(ticket), author=author), ticket)
        )
    head = f"👤 {heading(ticket)} · {author}" + (" ✏️" if said.number > 1 else "")
    way = rows(button(_("Open {number}").format(number=ticket.number), Lay(ticket=ticket.id)))
    if "album" in facts:
        album = album_to_show(turn.work, turn.person, facts)
        return reply(*carried_together(album[1], head, way)) if album else SILENCE
    return reply(*carried(said, head, way))


def given(turn: Turn, facts: Facts) -> Reply:
    """A colleague passed it on, or it was given out."""
    ticket = ticket_of_holder(turn.work, turn.person, facts["ticket"])
    if ticket is None:
        return SILENCE
    return reply(screens.told(_("🎫 {ticket} is yours now.").format(ticket=heading(ticket)), ticket))


def settled(turn: Turn, facts: Facts) -> Reply:
    """The author has closed it; silence when they have opened it again meanwhile."""
    ticket = ticket_of_holder(turn.work, turn.person, facts["ticket"])
    if ticket is None or ticket.open:
        return SILENCE
    text = _("✅ {ticket}: the author has closed it. You need not do anything more.")
    return reply(screens.told(text.format(ticket=heading(ticket)), ticket))


def undelivered(turn: Turn, facts: Facts) -> Reply:
    """An answer did not arrive."""
    found = lost_to_show(turn.work, turn.person, facts)
    if found is None:
        return SILENCE
    ticket, gone = found
    text = _not_arrived(ticket.open, gone=gone)
    return reply(screens.told(text.format(ticket=heading(ticket)), ticket))


def _not_arrived(still_open: bool, *, gone: bool) -> str:
    match still_open, gone:
        case True, True:
            return _(
                "⛔ {ticket}: your answer has not arrived: the author has blocked the bot or is gone. Please telephone."
            )
        case True, False:
            return _("⛔ {ticket}: your answer has not arrived: Telegram did not deliver it. Please send it once more.")
        case False, True:
            return _(
                "⛔ {ticket} is closed, but your words have not arrived: the author has blocked the bot or is gone. "
                "Please telephone."
            )
        case _other:
            return _(
                "⛔ {ticket} is closed, but your words have not arrived: Telegram did not deliver them. "
                "Please telephone."
            )


NOTICES: Mapping[Kind, Notice] = {
    Kind.TICKET_NEWS: news,
    Kind.TICKET_GIVEN: given,
    Kind.TICKET_UNDELIVERED: undelivered,
    Kind.TICKET_SETTLED: settled,
}
