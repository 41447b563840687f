"""Who is told of a ticket that waits for anybody: staff groups, and the operators on duty."""

from __future__ import annotations

from domain.ticket import Ticket
from usecases.distribute import give_out
from usecases.work import Work


def opened(work: Work, ticket: Ticket) -> None:
    """A ticket came into the queue, newly or again."""
    give_out(work, ticket)
