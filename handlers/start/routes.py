"""Language, deep link, menu."""

from __future__ import annotations

import re

from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from handlers.conversation import Conversation, Turn
from handlers.language import guess
from handlers.screen import Reply, Screen, reply
from handlers.shared_buttons import ToLanguages, ToMenu
from handlers.start import screens
from handlers.start.screens import ChooseLanguage
from usecases.meet_person import came_from
from usecases.overview import overview

SOURCE = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Telegram's rule for the payload of a deep link


def conversation() -> Conversation:
    return Conversation(
        place=Place.MENU,
        commands={"start": start, "language": ask_language, "menu": menu},
        presses={ChooseLanguage: choose_language, ToLanguages: languages, ToMenu: menu},
        redraw=redraw,
        notices={Kind.REDRAW: lambda turn, facts: turn.current(), Kind.BROKEN: broken},
    )


def start(turn: Turn, payload: str) -> Reply:
    """/start, possibly with the source of a deep link: remembered, then the language or the menu."""
    if SOURCE.fullmatch(payload):
        turn.person = came_from(turn.work, turn.person, payload)
    return turn.at(Place.MENU)


def ask_language(turn: Turn, _rest: str) -> Reply:
    return reply(screens.languages(turn.person.language or guess(turn.language_code)))


def languages(turn: Turn, _data: ToLanguages) -> Reply:
    return ask_language(turn, "")


def choose_language(turn: Turn, data: ChooseLanguage) -> Reply:
    """Keep the language and go on where the person was, in the new one; a newcomer is greeted first."""
    if data.code not in LANGUAGES:
        raise Refused(Reason.OLD_BUTTON)
    newcomer = turn.person.language is None
    turn.speak(data.code)
    if newcomer and turn.person.place is Place.MENU:
        return reply(_menu(turn, screens.hello(turn.first_name)))
    return turn.current()


def menu(turn: Turn, _data: object = None) -> Reply:
    return turn.at(Place.MENU)


def redraw(turn: Turn) -> Reply:
    """The menu; before a language is chosen, the choice."""
    if turn.person.language is None:
        return reply(screens.hello_languages(guess(turn.language_code)))
    return reply(_menu(turn))


def broken(turn: Turn, _facts: object) -> Reply:
    """Something of theirs could not be handled: say so, and show where they are."""
    return turn.current().noting(screens.broken())


def _menu(turn: Turn, greeting: str = "") -> Screen:
    return screens.menu(overview(turn.work, turn.person), turn.work.now, greeting)
