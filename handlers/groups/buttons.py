"""Data of the buttons in staff groups, and of those that end a binding."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class TakeHere(CallbackData, prefix="gtake"):
    """Take this ticket: it comes to the presser's private chat."""

    ticket: int


class EndGroup(CallbackData, prefix="w_ungroup"):
    """This group gets no more cards of this lot; `sure`: not asked again."""

    chat: int
    lot: str
    sure: bool = False
