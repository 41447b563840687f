"""What is typed or sent while somebody writes an announcement. Every part of an album is kept as it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aiogram.types import Message

from domain.announcement import Said
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from handlers.announcements import lists, screens
from handlers.announcements.place import go, let_go, list_pick, page, standing
from handlers.announcements.reading import link_of, moment_of, said_of
from handlers.conversation import Turn
from handlers.screen import SILENCE, Reply, reply
from usecases import announce, announce_correction, announce_sending

ALBUM_PAUSE = timedelta(seconds=1.5)  # without a further part: the album is complete


def content(turn: Turn, message: Message) -> Reply:
    """The answer to whatever was asked last; other words belong nowhere."""
    number, rest = standing(turn)
    what = rest[0] if rest else ""
    if what in LANGUAGES:
        return _said(turn, message, number, what, rest[1] if len(rest) > 1 else "")
    if what.removeprefix("correct_") in LANGUAGES:
        return _corrected(turn, message, number, what.removeprefix("correct_"))
    if what == "list" and (pick := list_pick(number, rest)):
        return lists.taken(turn, pick, message)
    if what == "link":
        one = announce.add_link(turn.work, turn.person, number, link_of(message.text or ""))
        go(turn, number)
        return reply(screens.buttons(one))
    if what == "at":
        return let_go(turn, number, moment_of(message.text or "", turn.work.now))
    return turn.current().noting(screens.choose_here())


def _said(turn: Turn, message: Message, number: int, language: str, album: str) -> Reply:
    said, of_album = said_of(message), message.media_group_id or ""
    if of_album:
        return _part(turn, number, language, said, of_album, first=of_album != album)
    known = announce.draft_of(turn.work, turn.person, number).content.said.get(language)
    if known and not said.media and (album or not known.length):
        said = replace(said, media=known.media)  # words for files that came without any
    one = announce.say(turn.work, turn.person, number, language, said)
    return page(turn, one)


def _part(turn: Turn, number: int, language: str, said: Said, album: str, *, first: bool) -> Reply:
    """A part of an album: it is answered once, when no further part comes."""
    if first:
        announce.say(turn.work, turn.person, number, language, said)
        go(turn, number, f"{language}:{album}")
    else:
        announce.add_medium(turn.work, turn.person, number, language, said.media[0], said)
    announce_sending.tell_album(turn.work, turn.person, number, album, turn.work.now + ALBUM_PAUSE)
    return SILENCE


def _corrected(turn: Turn, message: Message, number: int, language: str) -> Reply:
    said = said_of(message)
    if said.media:
        raise Refused(Reason.WORDS_WANTED)
    return page(turn, announce_correction.correct_sent(turn.work, turn.person, number, language, said))
