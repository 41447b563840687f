"""Words of the author's side: what to write, where a ticket is, when somebody is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.local_time import ALMATY, local_day
from domain.ticket import TicketEvent, TicketKind, TicketState
from handlers.figures import moment, short_moment
from handlers.language import _
from usecases.author_tickets import Step
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

# What its author is told of a ticket's history since it was registered. What was said stands below; nobody is named.
EVENTS: Mapping[TicketEvent, Say] = {
    TicketEvent.TAKEN: lambda: _("an operator took it"),
    TicketEvent.RELEASED: lambda: _("back in the queue"),
    TicketEvent.PASSED: lambda: _("passed on to who can settle it"),
    TicketEvent.ANSWERED: lambda: _("answered"),
    TicketEvent.CLOSED: lambda: _("closed"),
    TicketEvent.REOPENED: lambda: _("opened again"),
}
MOST_EVENTS = 12


def history_lines(steps: Sequence[Step]) -> str:
    """What became of a ticket, oldest first, of very many the newest; what came twice running is told once."""
    told = [one for one in steps if one.what in EVENTS]
    told = [one for before, one in zip([None, *told], told, strict=False) if not before or before.what is not one.what]
    lines = [f"• {short_moment(one.at)}: {EVENTS[one.what]()}" for one in told[-MOST_EVENTS:]]
    more = ["…"] if len(told) > MOST_EVENTS else []
    return "\n".join([_("<b>What has happened</b>"), *more, *lines]) if lines else ""


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
