"""Data of the desk's buttons: each carries the ticket that it was made for."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class Queue(CallbackData, prefix="dq"):
    """A page of the queue; kind and lot "-" for any; `late`: only what is overdue."""

    kind: str
    lot: str
    late: bool
    page: int


class Watch(CallbackData, prefix="dw"):
    """A page of everything in a supervisor's lots; `which`: whose turn it is there (usecases/ticket_choice.py)."""

    page: int
    which: str = "owed"


class Mine(CallbackData, prefix="dm"):
    """A page of what one holds, on the overview."""

    page: int


class TakeNext(CallbackData, prefix="dn"):
    """The most urgent one; `held`: how many one held when it was shown, so that pressing twice takes one."""

    held: int


class Take(CallbackData, prefix="dt"):
    """This one."""

    ticket: int


class Lay(CallbackData, prefix="dl"):
    """Lay a ticket on the desk."""

    ticket: int


class Page(CallbackData, prefix="dp"):
    """A page of what was said, from 0, the oldest."""

    ticket: int
    page: int


class Write(CallbackData, prefix="dv"):
    """What is typed next is something else than an answer: "note" or "close"."""

    ticket: int
    what: str


class CloseNow(CallbackData, prefix="dc"):
    """Close without words."""

    ticket: int


class Files(CallbackData, prefix="df"):
    """The voices, pictures and files of the ticket, sent once more."""

    ticket: int


class PassOn(CallbackData, prefix="dx"):
    """To whom?"""

    ticket: int


class PassTo(CallbackData, prefix="dxt"):
    """To this role ("r"), lot ("l") or colleague ("p")."""

    ticket: int
    kind: str
    target: str


class PassNow(CallbackData, prefix="dxn"):
    """Pass it on without a note."""

    ticket: int


class Ready(CallbackData, prefix="dr"):
    """The ready answers; a number: this one, to look at first."""

    ticket: int
    answer: int


class SendReady(CallbackData, prefix="drs"):
    """Send it; `said`: how many messages the ticket had when it was shown, so that it goes once."""

    ticket: int
    answer: int
    said: int


class Card(CallbackData, prefix="da"):
    """What the ticket is about: the application masked, or in full (that is written down)."""

    ticket: int
    full: bool


class TakeInstead(CallbackData, prefix="di"):
    """What was typed was this ticket's number and no words: they are not sent, it is taken."""

    message: int
    number: str


class SendHeld(CallbackData, prefix="dh"):
    """Words that were typed before it was clear whose ticket lay here; 0: they are not to be sent."""

    message: int
    ticket: int
