"""What the outbox shows of announcements: to recipients the words, to their makers how far it is and what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.announcement import Announcement, Doing
from domain.notification import Kind
from domain.person import Place
from handlers.announcements import lists
from handlers.announcements.buttons import ToOne
from handlers.announcements.place import card_screen, page, standing
from handlers.announcements.screens import trial
from handlers.announcements.showing import shown
from handlers.conversation import Notice, Turn
from handlers.language import _
from handlers.screen import SILENCE, Reply, Screen, reply, rows, staying
from usecases.announcement_lists import listed
from usecases.announcement_outcome import maker_sees, to_show
from usecases.announcement_trial import to_try

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


def tried(turn: Turn, facts: Facts) -> Reply:
    """The announcement in one language, to whoever makes it, under a line that says so."""
    found = to_try(turn.work, turn.person, facts)
    return reply(*trial(*found)) if found else SILENCE


def progress(turn: Turn, facts: Facts) -> Reply:
    """The message with its progress, brought up to date."""
    one = maker_sees(turn.work, turn.person, facts["announcement"])
    if one is None or one.card is None:
        return SILENCE
    return reply(replace(card_screen(turn, one), replaces=one.card))


def news(turn: Turn, facts: Facts) -> Reply:
    """Something to approve, or what became of one's own."""
    one = maker_sees(turn.work, turn.person, facts["announcement"])
    if one is None:
        return SILENCE
    if facts["event"] in ("album", "below"):
        at_it = turn.person.place is Place.ANNOUNCEMENTS and standing(turn)[0] == one.id
        return reply(*page_below(turn, one)) if at_it and one.editable else SILENCE
    if facts["event"] == "list":
        return reply(lists.screen(one, listed(turn.work, one, facts["list"])))
    words = NEWS[facts["event"]]().format(number=one.id)
    return reply(Screen(words, rows(staying(_("📣 Open №{number}").format(number=one.id), ToOne(id=one.id)))))


def page_below(turn: Turn, one: Announcement) -> tuple[Screen, ...]:
    """The draft, while what is typed next still belongs to the album."""
    focus = turn.person.focus
    shown_now = page(turn, one).screens
    turn.go(Place.ANNOUNCEMENTS, focus)
    return shown_now


NEWS: Mapping[str, Callable[[], str]] = {
    "asked": lambda: _("🖊 Announcement №{number} waits for your approval: it goes to many."),
    "asked_correction": lambda: _("🖊 The correction of announcement №{number} waits for your approval."),
    "approved": lambda: _("✅ Announcement №{number} was approved."),
    "sent_back": lambda: _("↩️ Announcement №{number} was sent back: it is a draft again."),
    "sent_back_correction": lambda: _(
        "↩️ The correction of announcement №{number} was not approved: it says what it said before."
    ),
    "nobody": lambda: _("⚠️ Nobody can approve announcement №{number} now. Open it: there it says whom to ask."),
    "grown": lambda: _("🖊 Announcement №{number} reaches more people by now: a colleague has to approve it."),
    "not_taken": lambda: _(
        "⚠️ Telegram did not take the test of announcement №{number}. Look at its files, links and formatting."
    ),
    "corrected": lambda: _("✏️ Announcement №{number} is corrected. It is on hold: whoever waits gets the new words."),
    "done": lambda: _("✅ Announcement №{number}: finished."),
}
NOTICES: Mapping[Kind, Notice] = {
    Kind.ANNOUNCEMENT: announcement,
    Kind.ANNOUNCEMENT_CHANGE: change,
    Kind.ANNOUNCEMENT_TRIAL: tried,
    Kind.ANNOUNCEMENT_CARD: progress,
    Kind.ANNOUNCEMENT_NEWS: news,
}
