"""What an application's states, milestones and roles are called for the person who sent it."""

from __future__ import annotations

from collections.abc import Callable

from domain.application import Mark, Milestone, Role, State
from domain.documents import Document, DocumentState
from handlers.language import _

Say = Callable[[], str]

SIGNS = {Mark.DONE: "✅", Mark.NOW: "⏳", Mark.AHEAD: "▫️", Mark.STOPPED: "⏹"}
SHORT_HASH = 12  # hexadecimal digits: enough to tell two files apart by eye

STATES: dict[State, Say] = {
    State.SENT: lambda: _("Your application is accepted and waits for the day when applications close."),
    State.TECHNICAL_SELECTION: lambda: _("The organiser is checking whether everything in it is in order."),
    State.RETURNED: lambda: _("It has come back to you: something in it needs to be put right."),
    State.NOT_ADMITTED: lambda: _("It did not pass the technical selection."),
    State.COMMISSION: lambda: _("The commission is reading and scoring your project."),
    State.WINNER: lambda: _("Your project has won a grant. Congratulations!"),
    State.RESERVE: lambda: _("Your project is on the reserve list. Grants that become free go down the list in order."),
    State.NOT_SELECTED: lambda: _("This time your project did not get a grant."),
    State.WITHDRAWN: lambda: _("You took this application back. It takes no part in the competition."),
}

ROLES: dict[Role, Say] = {
    Role.APPLICANT: lambda: _("It is your turn now."),
    Role.ORGANISER: lambda: _("The organiser acts now; nothing is wanted from you."),
    Role.COMMISSION: lambda: _("The commission acts now; nothing is wanted from you."),
}

MILESTONES: dict[Milestone, Say] = {
    Milestone.SENT: lambda: _("Application sent"),
    Milestone.TECHNICAL: lambda: _("Technical selection"),
    Milestone.COMMISSION: lambda: _("Competition commission"),
    Milestone.RESULTS: lambda: _("Results"),
}


def file_mark(document: Document) -> str:
    """Behind a file's name: the beginning of its fingerprint (SHA-256), or why it has none yet."""
    if document.sha256:
        return document.sha256[:SHORT_HASH]
    if document.state is DocumentState.REFUSED:
        return _("could not be read")
    return _("still arriving")
