"""Where somebody stands among announcements, in the person's focus.

"" the list · "12" one of them · "12:kk" its words are typed next (with the number of an album that is arriving) ·
"12:correct_kk" its correction · "12:link", "12:at", "12:list:include:0".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.announcement import Announcement, Stage
from domain.audience import Field, Part
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from handlers.announcements import audience_screens, card, screens
from handlers.announcements.buttons import Pick
from handlers.conversation import Turn
from handlers.figures import short_moment
from handlers.language import _
from handlers.screen import Reply, Screen, reply
from usecases import announce, announce_sending
from usecases.announce_approval import who_decides
from usecases.announce_audience import offered_values
from usecases.announcement_feed import progress_of
from usecases.announcement_outcome import card_shown
from usecases.reminder_rules import quiet_hours


def go(turn: Turn, announcement_id: int, what: str = "") -> None:
    """The next words belong to this step of this announcement."""
    turn.go(Place.ANNOUNCEMENTS, f"{announcement_id}:{what}" if what else str(announcement_id))


def standing(turn: Turn) -> tuple[int, list[str]]:
    """The announcement in focus (0: none), and what is typed next."""
    number, *rest = turn.person.focus.split(":")
    return (int(number), rest) if number.isdecimal() else (0, [])


def page(turn: Turn, one: Announcement) -> Reply:
    """A draft to be written, or how far it is."""
    go(turn, one.id)
    if one.editable:
        return reply(screens.draft(one))
    return with_card(turn, one)


def with_card(turn: Turn, one: Announcement) -> Reply:
    """Its progress; for its author the message that is kept up to date from here on."""
    shown = reply(card_screen(turn, one))
    if one.author_id != turn.person.id:
        return shown
    return replace(shown, shown=lambda work, number: card_shown(work, one, number))


def let_go(turn: Turn, number: int, at: datetime | None) -> Reply:
    """Send it now or at this moment; who chose a quiet hour is told when it goes."""
    one = announce_sending.send(turn.work, turn.person, number, at)
    shown = page(turn, one)
    if one.planned_at and one.planned_at > max(at or turn.work.now, turn.work.now):
        quiet, note = quiet_hours(turn.work), _("From {since} to {until} nobody is written to. It goes out: {moment}.")
        hours = {"since": f"{quiet.since:%H:%M}", "until": f"{quiet.until:%H:%M}"}
        return shown.noting(note.format(moment=short_moment(one.planned_at), **hours), alarm=True)
    return shown


def card_screen(turn: Turn, one: Announcement) -> Screen:
    """How far it is, as a screen."""
    decides = who_decides(turn.work, one) if one.stage is Stage.ASKED else None
    return card.card(one, progress_of(turn.work, one), decides, turn.person.id)


def list_pick(number: int, rest: list[str]) -> Pick | None:
    """The condition that a list is sent for, out of the focus "12:list:include:0"."""
    if len(rest) != 3 or rest[1] not in set(Part) or not rest[2].isdecimal():
        return None
    return Pick(id=number, part=rest[1], place=int(rest[2]), field=Field.LIST)


def language_of(word: str) -> str:
    """A language out of a button. Refused(OLD_BUTTON)."""
    if word not in LANGUAGES:
        raise Refused(Reason.OLD_BUTTON)
    return word


def redraw(turn: Turn) -> Reply:
    """The current screen, from the database alone; the list when it is gone, the menu without the right."""
    number, rest = standing(turn)
    try:
        if number and rest:
            return asked(turn, number, rest)
        if number:
            return page(turn, announce.announcement_of(turn.work, turn.person, number))
        return overview(turn, 0)
    except Refused as refused:
        if refused.reason is Reason.NOT_ALLOWED:
            return turn.at(Place.MENU)
        return overview(turn, 0)


def overview(turn: Turn, number: int) -> Reply:
    found = announce.announcements_of(turn.work, turn.person)
    turn.go(Place.ANNOUNCEMENTS)
    return reply(screens.overview(found, number))


def asked(turn: Turn, number: int, rest: list[str]) -> Reply:
    """The question whose answer is typed next."""
    one = announce.announcement_of(turn.work, turn.person, number)
    what = rest[0]
    if what == "link":
        return reply(screens.link(one))
    if what == "at":
        return reply(screens.at(one, turn.work.now))
    if what == "list" and (data := list_pick(number, rest)):
        return reply(audience_screens.values(one, data, offered_values(turn.work, one, Field.LIST)))
    if what.removeprefix("correct_") in LANGUAGES and len(rest) == 1:
        return reply(screens.writing(one, what.removeprefix("correct_"), sent=what.startswith("correct_")))
    return page(turn, one)
