"""What an operator sees: what waits for them, what they hold, what is overdue; and who may handle which ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db import people, staff, ticket_queue, tickets
from db.ticket_queue import Share, Wanted
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, allowed, lots_for
from domain.ticket import Ticket, TicketKind
from usecases.staff import demand, may, members_of
from usecases.ticket_steps import known_ticket
from usecases.ticket_words import Said, conversation, mark_shown, unread
from usecases.work import Work

MOST_HELD = 20
PAGE = 8
KEPT_SHOWN = 3
MOST_COUNTED = ticket_queue.MOST_COUNTED


@dataclass(frozen=True)
class Desk:
    """An operator's desk. Counts stop at MOST_COUNTED (db/ticket_queue.py)."""

    waiting: int
    overdue: int
    mine: tuple[Ticket, ...]
    unread: frozenset[int]  # those of mine in which the author has written something not seen yet
    held: int  # mine, all of them


@dataclass(frozen=True)
class OnDesk:
    """A ticket that lies on the desk: whose it is, and everything said in it."""

    ticket: Ticket
    author: str  # as their account calls them; empty when unknown
    said: tuple[Said, ...]
    names: dict[int, str]  # of colleagues, by person id
    mine: bool
    author_gone: bool  # they blocked the bot
    held: int  # how many this person holds
    may_fill: bool = False  # an application may be filled in for the author
    rating_words: str = ""  # what the author wrote with their rating


def desk(work: Work, person: Person) -> Desk:
    """What waits, what is overdue, what this person holds. Refused(NOT_ALLOWED) for whoever answers nobody."""
    shares = shares_of(work, person)
    waiting = ticket_queue.count_waiting(work.session, person.id, shares, Wanted())
    overdue = ticket_queue.count_waiting(work.session, person.id, shares, Wanted(overdue_at=work.now))
    mine = tuple(ticket_queue.held_by(work.session, person.id, MOST_HELD))
    news = frozenset(one.id for one in mine if unread(work, one, person.id))
    return Desk(waiting, overdue, mine, news, ticket_queue.count_held(work.session, person.id))


def queue(work: Work, person: Person, wanted: Wanted, page: int) -> tuple[Ticket, ...]:
    """A page of what this person may take, the most urgent first; one more than PAGE when there are further ones."""
    return tuple(ticket_queue.waiting(work.session, person.id, shares_of(work, person), wanted, PAGE + 1, page * PAGE))


def kept_from(work: Work, person: Person, wanted: Wanted) -> tuple[Ticket, ...]:
    """What waits in this person's queue and may not be theirs, being about a decision or an answer of theirs."""
    return tuple(ticket_queue.kept_from(work.session, person.id, shares_of(work, person), wanted, KEPT_SHOWN))


def watched(work: Work, person: Person, page: int) -> tuple[Ticket, ...]:
    """Everything that is owed an answer in a supervisor's lots, whoever holds it; one more than PAGE if there are."""
    demand(work, person, Action.REASSIGN_TICKET, None)
    lots = lots_for(members_of(work, person), Action.REASSIGN_TICKET)
    return tuple(ticket_queue.watched(work.session, sorted(lots) if lots else None, PAGE + 1, page * PAGE))


def shares_of(work: Work, person: Person) -> tuple[Share, ...]:
    """The parts of the queue that this person's memberships let them serve. Refused(NOT_ALLOWED) without any."""
    demand(work, person, Action.SEE_QUEUE, None)
    shares: dict[Share, None] = {}
    for member in members_of(work, person):
        if allowed(member, Action.TAKE_TICKET, None):
            roles = queues_of(member)
            for lot in [*sorted(member.lots), ""] if member.lots else [None]:
                shares[Share(lot, roles)] = None
    return tuple(shares)


def queues_of(member: Member) -> tuple[str, ...]:
    """Whose queues a membership serves: its own role's; who watches over a lot serves appeals and operators', too."""
    own = member.role.value
    if not allowed(member, Action.ANSWER_APPEAL, None):
        return (own,)
    return tuple(dict.fromkeys((own, "supervisor", "operator")))


def served(work: Work, person: Person, ticket: Ticket, action: Action) -> Member:
    """The membership by which this person may do this to the ticket.

    Refused: NOT_ALLOWED; OWN_TICKET; ABOUT_YOU when it is about a decision or an answer of theirs.
    """
    needed = Action.ANSWER_APPEAL if ticket.kind is TicketKind.APPEAL and action is Action.TAKE_TICKET else action
    member = demand(work, person, needed, ticket.lot or None)
    if ticket.person_id == person.id:
        raise Refused(Reason.OWN_TICKET)
    if person.id in tickets.barred(work.session, ticket.id):
        raise Refused(Reason.ABOUT_YOU)
    return member


def held(work: Work, person: Person, ticket_id: int, action: Action) -> Ticket:
    """A ticket that this person holds and may do this to. Refused as `served`; NOT_HELD when they do not hold it."""
    demand(work, person, action, None)
    ticket = known_ticket(work, ticket_id)
    served(work, person, ticket, action)
    if ticket.holder_id != person.id:
        raise Refused(Reason.NOT_HELD, number=ticket.number)
    return ticket


def look(work: Work, person: Person, ticket_id: int) -> OnDesk:
    """Lay a ticket open: one's own, or for a supervisor any of their lots (that is written down).

    What its author wrote counts as seen by its holder from now on. Refused as `served`; NOT_HELD for an operator.
    """
    demand(work, person, Action.SEE_QUEUE, None)
    ticket = known_ticket(work, ticket_id)
    mine = ticket.holder_id == person.id
    served(work, person, ticket, Action.SEE_QUEUE if mine else Action.REASSIGN_TICKET)
    said = conversation(work, ticket, person.id, notes=True)
    if not mine:
        tickets.record_opening(work.session, work.now, person.id, ticket.person_id, "ticket", ticket.number)
    author = people.get_person(work.session, ticket.person_id)
    gone = author is not None and author.unreachable
    held = ticket_queue.count_held(work.session, person.id)
    fills = may(work, person, Action.FILL_FOR_CALLER, ticket.lot or None)
    return OnDesk(
        ticket,
        author_name(work, ticket),
        said,
        _names(work, said),
        mine,
        gone,
        held,
        fills,
        _rating_words(work, ticket),
    )


def seen(work: Work, view: OnDesk, shown: Sequence[Said], person: Person) -> None:
    """These words stand on the holder's screen."""
    if view.mine:
        mark_shown(work, shown, person.id)


def author_name(work: Work, ticket: Ticket) -> str:
    """As their account calls them; empty when it is not known."""
    return str(work.vault.open_data(tickets.sealed_of(work.session, ticket.id) or b"").get("name", ""))


def numbered(work: Work, person: Person, number: str) -> Ticket:
    """The ticket of this number, or of its last digits when they tell it. Refused(NOT_FOUND)."""
    demand(work, person, Action.SEE_QUEUE, None)
    found = tickets.named(work.session, number.strip().upper())
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    served(work, person, found, Action.SEE_QUEUE)
    return found


def _rating_words(work: Work, ticket: Ticket) -> str:
    return str(work.vault.open_data(tickets.rating_words(work.session, ticket.id) or b"").get("text", ""))


def _names(work: Work, said: Sequence[Said]) -> dict[int, str]:
    writers = {one.writer_id for one in said if one.writer_id is not None}
    return {one.person_id: one.name for one in staff.members(work.session) if one.person_id in writers}
