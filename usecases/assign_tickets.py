"""Who is told of a ticket that waits for anybody: staff groups, and the operators on duty."""

from __future__ import annotations

from domain.staff_group import Why
from domain.ticket import Ticket
from usecases.distribute import give_out
from usecases.group_cards import show_in_groups
from usecases.work import Work


def opened(work: Work, ticket: Ticket, *, new: bool = False) -> None:
    """A ticket came into the queue, newly or again."""
    if not give_out(work, ticket):
        show_in_groups(work, ticket, Why.NEW if new else Why.BACK)
