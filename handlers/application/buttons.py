"""The buttons of the form. Each carries the question (or row) it was made for, so that an old one is known."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class Choose(CallbackData, prefix="ac"):
    key: str
    option: str


class Tick(CallbackData, prefix="at"):
    """On or off, as the button said: pressed twice it means the same."""

    key: str
    option: str
    on: bool


class Ticked(CallbackData, prefix="atd"):
    key: str


class Skip(CallbackData, prefix="as"):
    key: str


class Keep(CallbackData, prefix="ak"):
    key: str


class Back(CallbackData, prefix="ab"):
    place: str  # the cursor's text


class Pause(CallbackData, prefix="ap"):
    """Everything is saved; to the menu."""


class GoOn(CallbackData, prefix="ag"):
    """Show the question asked now."""


class Confirm(CallbackData, prefix="ay"):
    key: str


class Deny(CallbackData, prefix="an"):
    key: str


class TakeWords(CallbackData, prefix="aw"):
    """What was typed after a long pause is the answer."""

    key: str


class AddRow(CallbackData, prefix="ara"):
    key: str


class OpenRow(CallbackData, prefix="aro"):
    key: str
    mark: str


class EditCell(CallbackData, prefix="are"):
    key: str
    mark: str
    column: str


class RemoveRow(CallbackData, prefix="arr"):
    key: str
    mark: str


class TurnPage(CallbackData, prefix="arp"):
    key: str
    page: int


class FinishTable(CallbackData, prefix="ard"):
    key: str


class ChooseRegion(CallbackData, prefix="arg"):
    """The region to apply in, before there is a draft."""

    kato: str


class Discard(CallbackData, prefix="ax"):
    draft: int
