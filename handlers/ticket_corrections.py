"""Changed words in the other side's chat: they take the place of what stands there, or all of it comes anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.ticket import Media
from handlers.screen import Rows, Screen
from handlers.ticket_texts import carried_together
from usecases.deliver_tickets import ToShow

# Whose file Telegram lets us change (editMessageMedia); of a voice only the caption.
SWAPPABLE = frozenset({Media.PHOTO, Media.VIDEO, Media.DOCUMENT, Media.AUDIO, Media.ANIMATION})


def corrected(shown: ToShow, head: str, buttons: Rows) -> tuple[Screen, ...]:
    """Each message becomes what it is to be, what is too many goes; where that cannot be, all comes anew.

    A piece more than before comes anew with the others: alone it would stand below what was written since.
    """
    old = carried_together(shown.before, head, buttons)
    new = carried_together(shown.now, head, buttons)
    places = _places(old, shown.messages)
    if len(new) > len(places) or not all(map(_becomes, old, new)):
        return (*new, Screen("", removes=shown.messages))
    there = tuple(_in_place(*one) for one in zip(old, new, places, strict=False))
    surplus = places[len(new) :]
    return (*there, *((Screen("", removes=surplus),) if surplus else ()))


def _places(old: Sequence[Screen], messages: tuple[int, ...]) -> tuple[int, ...]:
    """The message in which each screen's words stand; () when that cannot be told.

    The files of an album stand before its words, and some of them may have been refused.
    """
    ends, end = [], 0
    for one in old:
        end += len(one.album) + 1
        ends.append(end)
    if end == len(messages):
        return tuple(messages[place - 1] for place in ends)
    only_first = not any(one.album for one in old[1:])
    return messages[-len(old) :] if old[0].album and only_first and len(messages) > len(old) else ()


def _becomes(old: Screen, new: Screen) -> bool:
    """Whether Telegram lets a message that shows the one become the other."""
    if old.album != new.album or old.media != new.media:
        return False
    return old.file_id == new.file_id or new.media in SWAPPABLE


def _in_place(old: Screen, new: Screen, place: int) -> Screen:
    return replace(new, album=(), lost="", replaces=place, swaps=old.file_id != new.file_id)
