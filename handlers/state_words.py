"""Where an application stands, in a word or two: for lists, conditions and the copy of one's data."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.application import State
from handlers.language import _

STATES: Mapping[str, Callable[[], str]] = {
    State.SENT: lambda: _("sent in"),
    State.TECHNICAL_SELECTION: lambda: _("in technical selection"),
    State.RETURNED: lambda: _("returned to be mended"),
    State.NOT_ADMITTED: lambda: _("not admitted"),
    State.COMMISSION: lambda: _("with the commission"),
    State.WINNER: lambda: _("winner"),
    State.RESERVE: lambda: _("in reserve"),
    State.NOT_SELECTED: lambda: _("not selected"),
    State.WITHDRAWN: lambda: _("withdrawn"),
}
