"""Announcements at a glance."""

from __future__ import annotations

from domain.notification import Kind
from handlers.announcements.notices import NOTICES
from handlers.announcements.showing import NoAnnouncements
from handlers.conversation import Conversation, Turn
from handlers.language import _
from handlers.screen import Reply, Screen, reply, rows, staying
from usecases.mute import mute


def conversation() -> Conversation:
    return Conversation(presses={NoAnnouncements: switch}, notices=NOTICES)


def switch(turn: Turn, data: NoAnnouncements) -> Reply:
    """Announcements off, or on again: for whoever presses it under one."""
    turn.person = mute(turn.work, turn.person, Kind.ANNOUNCEMENT, muted=data.off)
    if data.off:
        text = _("You will get no more announcements. Answers and news of your own application come as before.")
        return reply(Screen(text, rows(staying(_("🔔 Send them again"), NoAnnouncements(off=False)))))
    return reply(Screen(_("You will get announcements again.")))
