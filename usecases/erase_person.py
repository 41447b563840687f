"""Erase a person on demand (law 94-V): everything goes but an application that a decision is, or will be, about.

An application that is withdrawn, or can still be withdrawn, goes as well. One that takes part in the selection
stays, with its protocol, until the years named in the consent have passed: others are ranked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db import applications, personal_data
from domain.application import MOVES, Application, State
from domain.person import Person
from usecases.competitions import latest
from usecases.staff import leave, members_of
from usecases.work import Work


@dataclass(frozen=True)
class Staying:
    """An application that must be kept, and until when."""

    number: str
    until: datetime


def what_stays(work: Work, person: Person) -> tuple[Staying, ...]:
    """What `erase_person` would keep, so that it can be said before."""
    return tuple(stays for _id, stays in _staying(work, person))


def erase_person(work: Work, person: Person) -> tuple[Staying, ...]:
    """Erase everything that may be; what had to stay. With nothing left the next message is a stranger's."""
    for membership in members_of(work, person):
        leave(work, person, membership.id)  # what they held goes back to the queue
    staying = _staying(work, person)
    if staying:
        personal_data.erase_all_but(work.session, person.id, [one for one, _stays in staying], work.now)
    else:
        personal_data.erase_all(work.session, person.id, work.now)
    return tuple(stays for _id, stays in staying)


def _staying(work: Work, person: Person) -> list[tuple[int, Staying]]:
    found = ((one, _stays(work, one)) for one in reversed(applications.of_person(work.session, person.id)))
    return [(one.id, stays) for one, stays in found if stays]


def _stays(work: Work, application: Application) -> Staying | None:
    competition = latest(work, application.competition_id).competition
    until = competition.kept_until
    withdrawable = (State(application.state), State.WITHDRAWN) in MOVES and work.now < competition.dates.intake_closes
    kept = application.withdrawn_at is None and not withdrawable and work.now < until
    return Staying(application.number, until) if kept else None
