"""The one door through which an application changes its state: the table, the event, the author's news.

Whoever moves an application (its author, the organiser's people, the commission, a timer) comes through here,
so that no step is without its line in the timeline and no author learns of one by chance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db import applications
from domain.application import Application, Role, State, require_move, require_withdrawable
from domain.notification import Kind
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.competitions import latest
from usecases.impartial import keep_away
from usecases.notify import notify
from usecases.work import Work


def change_application(
    work: Work, application_id: int, state: State, role: Role, by: Person | None = None, **facts: Any
) -> Application:
    """Move an application; its author is told unless they did it themselves (then the screen answers).

    `by`: who does it (None: the program itself); of the office, they handle no complaint about it from then on.
    `facts` go into the event: JSON values, no personal data. Refused: NOT_FOUND; NOT_A_MOVE when the table
    knows no such step for this role, or when somebody else was quicker.
    """
    application = applications.find(work.session, application_id)
    if application is None:
        raise Refused(Reason.NOT_FOUND)
    require_move(application.state, state, role)
    if not applications.move(work.session, application, state, work.now):
        raise Refused(Reason.NOT_A_MOVE, state=application.state, new=state)
    key = by.id if by else None
    event = applications.add_event(work.session, application.id, work.now, state, role, facts, key)
    if role is not Role.APPLICANT:
        if by:
            keep_away(work, by, application)
        subject = f"{application.id}:{event}"
        notify(work, application.person_id, Kind.APPLICATION, subject, application=application.id, state=state)
    return replace(application, state=state, withdrawn_at=work.now if state is State.WITHDRAWN else None)


def withdraw_application(work: Work, person: Person, application_id: int) -> Application:
    """The author takes the application back; twice is the same as once.

    Refused: NOT_FOUND (also for somebody else's); WITHDRAWAL_CLOSED once intake has closed.
    """
    application = applications.find(work.session, application_id)
    if application is None or application.person_id != person.id:
        raise Refused(Reason.NOT_FOUND)
    if application.state is State.WITHDRAWN:
        return application
    require_withdrawable(application, latest(work, application.competition_id).competition, work.now)
    return change_application(work, application_id, State.WITHDRAWN, Role.APPLICANT, by=person)
