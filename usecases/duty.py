"""Who is at work now: on duty, on a pause, off; how many tickets at once; and whether tickets are given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import distribution, staff
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, Presence, allowed
from usecases.distribute import give_out_waiting
from usecases.return_tickets import return_all
from usecases.staff import colleagues, demand, members_of
from usecases.work import Work

CAPACITIES = (1, 3, 5, 10, 20)


@dataclass(frozen=True)
class Duty:
    """How somebody stands; `since` is when that began."""

    presence: Presence
    since: datetime | None
    capacity: int


def duty_of(members: Sequence[Member]) -> Duty | None:
    """The duty of a person with these memberships; None for roles that have none. It is one for all of them."""
    first = next((one for one in members if allowed(one, Action.GO_ON_DUTY, None)), None)
    return Duty(first.presence, first.present_since, first.capacity) if first else None


def change_duty(work: Work, person: Person, presence: Presence) -> Duty:
    """Go on duty, pause, or off. The same again changes nothing. Refused(NOT_ALLOWED)."""
    demand(work, person, Action.GO_ON_DUTY, None)
    members = members_of(work, person)
    now = duty_of(members)
    assert now
    others = [one for one in _on_duty_roles(members) if one.presence is not presence]
    if not others:
        return now
    since = now.since if now.presence is presence else work.now
    for one in others:
        staff.change(work.session, one.id, presence=presence, presence_since=since)
    if presence is Presence.OFF:
        return_all(work, person.id)
    elif presence is Presence.ON_DUTY:
        give_out_waiting(work)
    return Duty(presence, since, now.capacity)


def change_capacity(work: Work, person: Person, capacity: int) -> None:
    """How many tickets distribution may leave in one's hands. Refused(NOT_ALLOWED, OLD_BUTTON)."""
    demand(work, person, Action.GO_ON_DUTY, None)
    if capacity not in CAPACITIES:
        raise Refused(Reason.OLD_BUTTON)
    for one in _on_duty_roles(members_of(work, person)):
        staff.change(work.session, one.id, capacity=capacity)


def roster(work: Work, person: Person) -> tuple[Member, ...]:
    """Those of the staff that have duties, of the lots whose duty this person may see: on duty first."""
    demand(work, person, Action.SEE_DUTY, None)
    order = (Presence.ON_DUTY, Presence.PAUSE, Presence.OFF)
    seen = _on_duty_roles(colleagues(work, person))
    return tuple(sorted(seen, key=lambda one: order.index(one.presence)))


def distributing(work: Work) -> frozenset[str]:
    """The lots whose tickets are given out by themselves."""
    return distribution.switched_on(work.session)


def switch_distribution(work: Work, person: Person, lot: str, *, on: bool) -> None:
    """Give out a lot's tickets from now on, or let them be taken. Refused(NOT_ALLOWED)."""
    demand(work, person, Action.SWITCH_DISTRIBUTION, lot)
    distribution.switch(work.session, lot, person.id, work.now, on=on)


def _on_duty_roles(members: Sequence[Member]) -> list[Member]:
    return [one for one in members if allowed(one, Action.GO_ON_DUTY, None)]
