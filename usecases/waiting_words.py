"""Words that have no ticket yet: which they may belong to, and the ticket they open when nobody says so in time.

The law forbids losing a complaint: whatever an author wrote stands in a ticket they can see, half an hour after
it at the latest, though they never answered what they were asked about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from db import people, ticket_messages, tickets
from db.ticket_messages import StoredVersion
from domain.person import Person, Place
from domain.ticket import Side, Ticket, TicketKind
from usecases.author_tickets import may_reopen
from usecases.deliver_tickets import tell_author
from usecases.meet_person import go
from usecases.open_ticket import open_ticket
from usecases.ticket_words import writers_name
from usecases.work import Work

WAITS = timedelta(minutes=30)


@dataclass(frozen=True)
class Begun:
    """A ticket that its author is about to open: with which kept words, about what, and what they said it is."""

    message: int
    about: str = ""
    kind: TicketKind = TicketKind.QUESTION


BegunBy = Callable[[Person], Begun | None]


def waiting(work: Work, person: Person) -> tuple[int, ...]:
    """The messages that wait for this person to say where they belong, oldest first."""
    return tuple(dict.fromkeys(one.message_id for one in _homeless(work, person)))


def newest_open(work: Work, person: Person) -> int | None:
    """The newest ticket of this person's that is not closed."""
    return next((one.id for one in tickets.not_closed(work.session, person.id)), None)


def may_belong_to(work: Work, person: Person, first: int = 0) -> tuple[Ticket, ...]:
    """The tickets that words may belong to: `first` if it may be written to, then every other that is open."""
    likely = tickets.get(work.session, first) if first else None
    every = [one for one in tickets.not_closed(work.session, person.id) if one.id != first]
    if likely and likely.person_id == person.id and (likely.open or may_reopen(likely, work.now)):
        return (likely, *every)
    return tuple(every)


def register_waiting(work: Work, begun_by: BegunBy) -> bool:
    """Open a ticket with everything that one author wrote WAITS ago and that has none; False when nobody did.

    `begun_by`: what their place tells of it. The author is told its number.
    """
    writer_id = ticket_messages.longest_homeless(work.session, work.now - WAITS)
    writer = people.get_person(work.session, writer_id) if writer_id else None
    if writer is None:
        return False
    author = people.find_person(work.session, writer.telegram_id)  # held: they may be answering at this moment
    parts = _overdue(work, author) if author else ()
    if author and parts:
        _register(work, author, parts, begun_by(author))
    return bool(parts)


def _overdue(work: Work, author: Person) -> tuple[int, ...]:
    """The messages that have waited too long, with the other parts of their albums."""
    homeless = _homeless(work, author)
    late = [one for one in homeless if one.at <= work.now - WAITS]
    albums = {one.album for one in late if one.album}
    return tuple(dict.fromkeys(one.message_id for one in homeless if one in late or one.album in albums))


def _homeless(work: Work, author: Person) -> list[StoredVersion]:
    """What they wrote as an author and what has no ticket yet, oldest first."""
    return [one for one in ticket_messages.homeless(work.session, author.id) if one.side is Side.AUTHOR]


def _register(work: Work, author: Person, parts: tuple[int, ...], begun: Begun | None) -> None:
    chosen = begun if begun and begun.message in parts else None
    what = chosen or Begun(0)
    name = writers_name(work, parts[-1])
    ticket = open_ticket(work, author, what.kind, what.about, name=name, message_ids=parts)
    assert ticket
    if chosen:
        go(work, author, Place.TICKETS, f"t:{ticket.id}")
    tell_author(work, ticket, "registered", f"registered:{ticket.id}")
