"""An announcement as its recipients see it: the same for the preview, the test and the sending."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from domain.announcement import Content, Said
from handlers.language import _, language
from handlers.screen import Button, Rows, Screen, rows, staying
from handlers.shared_buttons import Ask, ToApplication


class NoAnnouncements(CallbackData, prefix="an_off"):
    """No more announcements, please; `off` False: again."""

    off: bool = True


def shown(content: Content) -> Screen:
    """What somebody who speaks the language of this moment is shown.

    Files of an album carry no buttons, so its words and buttons follow as a message of their own.
    """
    said = content.for_reader(language()) or Said("", 0)
    buttons = _buttons(content)
    if len(said.media) == 1:
        medium = said.media[0]
        return Screen(said.text, buttons, file_id=medium.file_id, media=medium.kind)
    album = tuple((medium.kind, medium.file_id) for medium in said.media)
    return Screen(said.text, buttons, album=album)


def _buttons(content: Content) -> Rows:
    links = [Button(one.label(content.only or language()), url=one.url) for one in content.links]
    apply = staying(_("📝 Apply"), ToApplication()) if content.apply else None
    ask = staying(_("💬 Ask"), Ask()) if content.ask else None
    return rows(*links, apply, ask, staying(_("🔕 No more announcements"), NoAnnouncements()))
