"""Words of the author's side: what to write, where a ticket is, when somebody is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.local_time import ALMATY, local_day
from domain.ticket import TicketKind, TicketState
from handlers.figures import moment
from handlers.language import _
from usecases.ticket_clock import Office

Say = Callable[[], str]

PROMPTS: Mapping[TicketKind, Say] = {
    TicketKind.QUESTION: lambda: _("What would you like to know?"),
    TicketKind.COMPLAINT: lambda: _(
        "What happened, and when? A complaint is always registered, and whoever it is about does not handle it."
    ),
    TicketKind.APPEAL: lambda: _(
        "Which decision do you not agree with, and why? Somebody who did not decide it looks at it again."
    ),
    TicketKind.TECHNICAL: lambda: _("What does not work? A screenshot helps."),
}
AUTHOR_STATES: Mapping[TicketState, Say] = {
    TicketState.OPEN: lambda: _("waiting for an operator"),
    TicketState.TAKEN: lambda: _("an operator is on it"),
    TicketState.WAITING: lambda: _("answered, your turn"),
    TicketState.CLOSED: lambda: _("closed"),
}


def hours_lines(office: Office) -> str:
    """The hours of today; outside them what happens next."""
    today = office.hours.on(local_day(office.now.astimezone(ALMATY)))
    spans = ", ".join(f"{_clock(since)}–{_clock(until)}" for since, until in today)
    if office.open_now:
        return _("The call centre is working now. Today's hours: {hours}.").format(hours=spans)
    return _(
        "The call centre is closed now. It opens {moment}; your message waits in the queue, and nothing is lost."
    ).format(moment=moment(office.opens))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
