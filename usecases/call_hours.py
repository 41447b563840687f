"""A lot's working hours and targets: as its competition in force sets them, else the usual ones."""

from __future__ import annotations

from domain.competition import CallCentre
from domain.working_time import TARGETS, Target, WorkingHours
from usecases.competitions import competitions_in_force
from usecases.work import Work


def hours_of(work: Work, lot: str) -> WorkingHours:
    """When the call centre of this lot works."""
    centre = _centre(work, lot)
    return centre.working if centre else WorkingHours()


def target_of(work: Work, lot: str, kind: str) -> Target:
    """How soon a ticket of this kind (a value of domain.ticket.TicketKind) is owed an answer and a solution.

    A kind that has no target of its own has a question's.
    """
    centre = _centre(work, lot)
    targets = centre.targets if centre else TARGETS
    return targets.get(kind, targets["question"])


def _centre(work: Work, lot: str) -> CallCentre | None:
    """Of several competitions of a lot the newest speaks."""
    of_lot = [one for one in competitions_in_force(work) if one.competition.lot == lot]
    return max(of_lot, key=lambda one: one.id).competition.call_centre if of_lot else None
