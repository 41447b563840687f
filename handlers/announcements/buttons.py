"""Button data of announcements. What each may do is asked for again at the press."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ToOne(CallbackData, prefix="an_o"):
    """One announcement: its draft, or how far it is. `fresh`: in a new message, since this one shows something else."""

    id: int
    fresh: bool = False


class New(CallbackData, prefix="an_n"):
    """Begin a draft; with a number, from an old one."""

    id: int = 0


class Do(CallbackData, prefix="an_d"):
    """A step with an announcement (`handlers/announcements/steps.py`); `sure` once it was asked for again."""

    id: int
    what: str
    sure: bool = False


class Decide(CallbackData, prefix="an_a"):
    """A second person's word on what was shown: `mark` is the announcement's at that moment."""

    id: int
    agree: bool
    mark: str


class Group(CallbackData, prefix="an_g"):
    """A group of conditions (`part`: include, exclude).

    `drop`: without it, if there are still so many groups; pressed twice it takes one away.
    """

    id: int
    part: str
    place: int
    drop: int = 0


class Pick(CallbackData, prefix="an_f"):
    """What a group asks about: its possible values, this page of them."""

    id: int
    part: str
    place: int
    field: str
    page: int = 0


class Tick(CallbackData, prefix="an_v"):
    """A value in or out of a group, as the button said: pressed twice it means the same."""

    id: int
    part: str
    place: int
    field: str
    value: str
    on: bool


class SendAt(CallbackData, prefix="an_t"):
    """Let it go: at once (0), or at this minute (Unix time in minutes)."""

    id: int
    minute: int = 0


class Sample(CallbackData, prefix="an_s"):
    """Before sending: whom it reaches, with some of them; another `turn`, others."""

    id: int
    turn: int = 0
