"""What an operator may choose from: lots to narrow the queue by, roles, lots and colleagues to pass a ticket on to."""

from __future__ import annotations

from db.ticket_queue import Wanted
from domain.person import Person
from domain.staff import Action, Role, allowed
from usecases.staff import lots, members_of
from usecases.work import Work

# Roles whose people answer authors; experts do not.
QUEUES = (Role.OPERATOR, Role.SUPERVISOR, Role.COORDINATOR, Role.ACCOUNTANT, Role.MENTOR)


def lots_of(work: Work, person: Person) -> tuple[str, ...]:
    """The lots whose queue this person serves."""
    mine = [one for one in members_of(work, person) if allowed(one, Action.SEE_QUEUE, None)]
    return tuple(lot for lot in lots() if any(one.serves(lot) for one in mine))


def other_lots(lot: str) -> tuple[str, ...]:
    """Lots that a ticket may be passed on to."""
    return tuple(one for one in lots() if one != lot)


__all__ = ["QUEUES", "Wanted", "lots_of", "other_lots"]
