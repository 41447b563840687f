"""Answers to whatever nobody else answers: never silence, and always the way back."""

from __future__ import annotations

from aiogram.enums import ContentType
from aiogram.types import Message

from domain.person import Place
from handlers.conversation import Conversation, Turn
from handlers.leftovers import texts
from handlers.screen import Reply
from usecases.own_competition import own_competition


def conversation() -> Conversation:
    return Conversation(commands={"help": explain}, words=stray_words, content=stray_content)


def explain(turn: Turn, _rest: str) -> Reply:
    """/help, and every command that nobody knows: what the bot does, where a person answers, then where we are."""
    lines = [texts.what_i_do()]
    if own := own_competition(turn.work, turn.person):
        lines.append(texts.ask_a_person(own.competition.call_centre))
    if turn.person.staff:
        lines.append(texts.for_staff())
    return turn.current().noting("\n\n".join(lines))


def stray_words(turn: Turn, message: Message) -> Reply:
    """Words that belong to no question: the menu, with a hint."""
    return turn.at(Place.MENU).noting(texts.choose_from_menu())


def stray_content(turn: Turn, message: Message) -> Reply:
    """A voice, sticker, place …: say why it cannot be used here, and show the current screen."""
    return turn.current().noting(texts.cannot_use(ContentType(message.content_type)))


def edited(turn: Turn) -> Reply:
    """An edited message: what was saved stays; say how to change it."""
    return turn.current().noting(texts.edited())
