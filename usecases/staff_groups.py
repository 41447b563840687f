"""Binding a Telegram group to a lot, so that it gets cards of the lot's requests; and what becomes of such a group."""

from __future__ import annotations

from collections.abc import Callable

from db import staff_groups
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, allowed
from domain.staff_group import Group, Lost
from usecases.competitions import running_lots
from usecases.group_cards import lose
from usecases.notify import group_moved
from usecases.return_tickets import return_one
from usecases.staff import demand, lots, members_of
from usecases.ticket_steps import known_ticket
from usecases.work import Work


def lots_to_bind(work: Work, person: Person) -> tuple[str, ...]:
    """The lots with a competition that this person may bind a group to. Refused(NOT_ALLOWED) without the right."""
    binds = _binding(work, person)
    return tuple(sorted(filter(binds, running_lots(work))))


def bind(work: Work, person: Person, chat_id: int, title: str, lot: str) -> None:
    """The group gets the lot's cards from now on. Refused: NOT_ALLOWED; NOT_FOUND for a lot that there is not."""
    demand(work, person, Action.BIND_GROUP, None)
    if lot not in lots():
        raise Refused(Reason.NOT_FOUND)
    demand(work, person, Action.BIND_GROUP, lot)
    staff_groups.bind(work.session, chat_id, lot, title[:255], person.id, work.now)


def unbind(work: Work, person: Person, chat_id: int, lot: str | None = None) -> tuple[str, ...]:
    """The group gets no more cards of this lot (None: of any that this person may bind); of which it got some.

    Refused(NOT_ALLOWED) when it gets some, and none of them are this person's to end.
    """
    binds = _binding(work, person)
    bound = [one.lot for one in staff_groups.of_chat(work.session, chat_id) if lot in (None, one.lot)]
    mine = tuple(one for one in bound if binds(one))
    if bound and not mine:
        raise Refused(Reason.NOT_ALLOWED, action=Action.BIND_GROUP.value, lot=",".join(bound))
    for one in mine:
        staff_groups.unbind(work.session, chat_id, one)
    return mine


def groups_of(work: Work, person: Person) -> tuple[Group, ...]:
    """Every group bound to a lot of which this person may bind groups. Refused(NOT_ALLOWED)."""
    binds = _binding(work, person)
    return tuple(one for one in staff_groups.every(work.session) if binds(one.lot))


def became_supergroup(work: Work, old: int, new: int) -> None:
    """Telegram has given the group another number."""
    staff_groups.move(work.session, old, new)
    group_moved(work, old, new)


def thrown_out(work: Work, chat_id: int) -> None:
    """The bot is no member of the group any more."""
    lose(work, chat_id, Lost.THROWN_OUT)


def put_back(work: Work, person: Person, ticket_id: int) -> None:
    """Somebody has taken a ticket in a group, but cannot be shown it: it goes back into the queue."""
    ticket = known_ticket(work, ticket_id)
    if ticket.holder_id == person.id:
        return_one(work, ticket)


def _binding(work: Work, person: Person) -> Callable[[str], bool]:
    """Whether this person may bind a group to a lot, asked of the database once. Refused(NOT_ALLOWED) for any."""
    demand(work, person, Action.BIND_GROUP, None)
    members = members_of(work, person)
    return lambda lot: any(allowed(one, Action.BIND_GROUP, lot) for one in members)
