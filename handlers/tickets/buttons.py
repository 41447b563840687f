"""Data of the author's buttons: each carries the ticket, or the kept words, that it was made for."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from handlers.shared_buttons import About


class ChooseKind(CallbackData, prefix="tkk"):
    """What it is; `message`: words that were kept already, 0 for none."""

    kind: str
    about: About
    message: int


class SeeAnswer(CallbackData, prefix="tka"):
    """A common answer that may be meant; an empty key: back to the list."""

    message: int
    key: str


class Helped(CallbackData, prefix="tkh"):
    """A common answer helped: nothing needs to be asked."""

    message: int


class OpenAnyway(CallbackData, prefix="tko"):
    """A person shall answer."""

    message: int


class ChooseRegion(CallbackData, prefix="tkg"):
    """Whose call centre a registered ticket is for: the region's; empty: ask."""

    ticket: int
    kato: str


class ListPage(CallbackData, prefix="tkn"):
    """A page of one's own tickets, from 0."""

    page: int


class GoOnWaiting(CallbackData, prefix="tkv"):
    """Say where the kept words belong that have waited longest."""


class WhoseWords(CallbackData, prefix="tkw"):
    """A page of the tickets that kept words may belong to; `first` is the likeliest, 0: none is."""

    message: int
    first: int
    here: bool
    page: int


class PutInto(CallbackData, prefix="tkp"):
    """These kept words belong to this ticket; 0: to a new one; -1: to where the person is."""

    message: int
    ticket: int


class ShowEarlier(CallbackData, prefix="tke"):
    """A page of what was said, from 0, the oldest."""

    ticket: int
    page: int


class Close(CallbackData, prefix="tkc"):
    """It is settled."""

    ticket: int


class Reopen(CallbackData, prefix="tkr"):
    """It is not settled after all."""

    ticket: int


class Rate(CallbackData, prefix="tkt"):
    """How it was answered: 1 to 5."""

    ticket: int
    stars: int
