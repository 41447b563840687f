"""Reminders: their words at the moment they go out, and "remind me tomorrow"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.notification import Kind
from handlers.conversation import Conversation, Turn
from handlers.reminders import screens
from handlers.reminders.screens import Tomorrow
from handlers.screen import SILENCE, Reply, reply
from usecases.remind_tomorrow import remind_tomorrow
from usecases.review_draft import review_draft
from usecases.say_reminders import say_due


def conversation() -> Conversation:
    return Conversation(presses={Tomorrow: tomorrow}, notices={Kind.REMINDER: remind})


def remind(turn: Turn, _facts: Mapping[str, Any]) -> Reply:
    """Everything that is due to the person now, in one message; silence when it is done or makes no sense any more."""
    message = say_due(turn.work, turn.person)
    if message is None:
        return SILENCE
    return reply(screens.message(message, review_draft(turn.work, turn.person), turn.work.now))


def tomorrow(turn: Turn, data: Tomorrow) -> Reply:
    """The message stays as it is; a note says when it comes again."""
    at = remind_tomorrow(turn.work, turn.person, data.first)
    return Reply(toast=screens.promised(at) if at else screens.needless(), alarm=at is None)
