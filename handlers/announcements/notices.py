"""What the outbox shows of announcements: to recipients the words, to their makers how far it is and what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.announcement import Doing
from domain.notification import Kind
from handlers.announcements.showing import shown
from handlers.conversation import Notice, Turn
from handlers.screen import SILENCE, Reply, Screen, reply
from usecases.announcement_outcome import to_show

Facts = Mapping[str, Any]


def announcement(turn: Turn, facts: Facts) -> Reply:
    """The announcement itself, if it may still go to this person at this moment."""
    found = to_show(turn.work, turn.person, facts)
    return reply(shown(found[0].content)) if found else SILENCE


def change(turn: Turn, facts: Facts) -> Reply:
    """What was sent gets its words as they are now, or goes."""
    found = to_show(turn.work, turn.person, facts)
    if found is None or not found[1].messages:
        return SILENCE
    one, line = found
    if one.doing is Doing.DELETE:
        return reply(Screen("", removes=line.messages))
    return reply(replace(shown(one.content), album=(), corrects=line.messages[-1]))


NOTICES: Mapping[Kind, Notice] = {Kind.ANNOUNCEMENT: announcement, Kind.ANNOUNCEMENT_CHANGE: change}
