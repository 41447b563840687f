"""All conversations, in one visible list."""

from __future__ import annotations

from bot.routing import Routes
from handlers.consent import routes as consent
from handlers.leftovers import routes as leftovers
from handlers.start import routes as start


def routes() -> Routes:
    return Routes([start.conversation(), consent.conversation()], leftovers.conversation(), leftovers.edited)
