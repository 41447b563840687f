"""Where a sent application is, in a few words: the menu has one line for it."""

from __future__ import annotations

from collections.abc import Callable

from domain.application import State
from handlers.language import _

STATES: dict[State, Callable[[], str]] = {
    State.SENT: lambda: _("accepted, waiting for applications to close"),
    State.TECHNICAL_SELECTION: lambda: _("being checked by the organiser"),
    State.RETURNED: lambda: _("returned, something is to be put right"),
    State.NOT_ADMITTED: lambda: _("did not pass the technical selection"),
    State.COMMISSION: lambda: _("being judged by the commission"),
    State.WINNER: lambda: _("won a grant"),
    State.RESERVE: lambda: _("on the reserve list"),
    State.NOT_SELECTED: lambda: _("got no grant this time"),
    State.WITHDRAWN: lambda: _("taken back by you"),
}
