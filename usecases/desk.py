"""What an operator sees: what waits for them, what they hold, what is overdue; and who may handle which ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db import people, staff, ticket_queue, tickets
from db.ticket_queue import Share, Wanted, Watched
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, allowed, lots_for
from domain.ticket import Ticket, TicketState
from domain.ticket_number import last_digits, whole_number
from domain.ticket_rights import may_take, needed, queues_of
from usecases.staff import demand, may, members_of
from usecases.ticket_steps import known_ticket
from usecases.ticket_words import Said, conversation, mark_shown, unread
from usecases.work import Work

PAGE = 8
MINE = 10  # of one's own on a page of the overview
KEPT_SHOWN = 3
MOST_ALIKE = 30  # tickets whose numbers end alike: of more none is meant
MOST_COUNTED = ticket_queue.MOST_COUNTED


@dataclass(frozen=True)
class Desk:
    """An operator's desk. Counts stop at MOST_COUNTED (db/ticket_queue.py)."""

    waiting: int
    overdue: int
    mine: tuple[Ticket, ...]  # this page of them
    unread: frozenset[int]  # those of mine in which the author has written something not seen yet
    held: int  # mine, all of them
    page: int  # of mine, from 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.held // MINE))


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


def desk(work: Work, person: Person, page: int = 0) -> Desk:
    """What waits, what is overdue, a page of what this person holds. Refused(NOT_ALLOWED) for whoever answers nobody.

    Where there is no such page it is the nearest.
    """
    shares = shares_of(work, person)
    waiting = ticket_queue.count_waiting(work.session, person.id, shares, Wanted())
    overdue = ticket_queue.count_waiting(work.session, person.id, shares, Wanted(overdue_at=work.now))
    held = ticket_queue.count_held(work.session, person.id)
    page = min(max(page, 0), max(0, held - 1) // MINE)
    mine = tuple(ticket_queue.held_by(work.session, person.id, MINE, page * MINE))
    news = frozenset(one.id for one in mine if unread(work, one, person.id))
    return Desk(waiting, overdue, mine, news, held, page)


def queue(work: Work, person: Person, wanted: Wanted, page: int) -> tuple[Ticket, ...]:
    """A page of what this person may take, the most urgent first; one more than PAGE when there are further ones."""
    return tuple(ticket_queue.waiting(work.session, person.id, shares_of(work, person), wanted, PAGE + 1, page * PAGE))


def kept_from(work: Work, person: Person, wanted: Wanted) -> tuple[Ticket, ...]:
    """What waits in this person's queue and may not be theirs, being about a decision or an answer of theirs."""
    return tuple(ticket_queue.kept_from(work.session, person.id, shares_of(work, person), wanted, KEPT_SHOWN))


def watched(work: Work, person: Person, which: Watched, page: int) -> tuple[Ticket, ...]:
    """Everything of this kind in a supervisor's lots, whoever holds it; one more than PAGE if there are."""
    demand(work, person, Action.REASSIGN_TICKET, None)
    lots = lots_for(members_of(work, person), Action.REASSIGN_TICKET)
    return tuple(ticket_queue.watched(work.session, sorted(lots) if lots else None, which, PAGE + 1, page * PAGE))


def shares_of(work: Work, person: Person) -> tuple[Share, ...]:
    """The parts of the queue that this person's memberships let them serve. Refused(NOT_ALLOWED) without any."""
    demand(work, person, Action.SEE_QUEUE, None)
    shares: dict[Share, None] = {}
    for member in members_of(work, person):
        if allowed(member, Action.TAKE_TICKET, None):
            roles, appeals = queues_of(member), allowed(member, Action.ANSWER_APPEAL, None)
            for lot in [*sorted(member.lots), ""] if member.lots else [None]:
                shares[Share(lot, roles, appeals)] = None
    return tuple(shares)


def served(work: Work, person: Person, ticket: Ticket, action: Action) -> Member:
    """The membership by which this person may do this to the ticket.

    Refused: NOT_ALLOWED; OWN_TICKET; ABOUT_YOU when it is about a decision or an answer of theirs.
    """
    member = demand(work, person, needed(ticket.kind, action), ticket.lot or None)
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
    """The ticket of this number, or of its last digits when they tell it. Refused: NOT_FOUND; NUMBER_UNCLEAR."""
    demand(work, person, Action.SEE_QUEUE, None)
    digits = last_digits(number)
    found = known_number(work, number) if digits is None else _ending(work, person, digits)
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    served(work, person, found, Action.SEE_QUEUE)
    return found


def known_number(work: Work, text: str) -> Ticket | None:
    """The ticket whose whole number this text is, whoever may see it."""
    number = whole_number(text)
    return tickets.named(work.session, number) if number else None


def _ending(work: Work, person: Person, digits: str) -> Ticket | None:
    """The only one of those that this person may see; one that is not closed goes before those that are."""
    lots = lots_for(members_of(work, person), Action.SEE_QUEUE)
    among = [*sorted(lots), ""] if lots else None
    found = tickets.ending(work.session, digits, among, MOST_ALIKE)
    seen = [one for one in found if person.id not in {one.person_id, *tickets.barred(work.session, one.id)}]
    meant = [one for one in seen if one.open] or seen
    if len(meant) > 1:
        raise Refused(Reason.NUMBER_UNCLEAR)
    return meant[0] if meant else None


def answerable(work: Work, person: Person, ticket_id: int) -> Ticket | None:
    """The ticket, if what this person types is for its author: it is theirs and not closed."""
    ticket = tickets.get(work.session, ticket_id)
    return ticket if ticket and ticket.open and ticket.holder_id == person.id else None


def only_seen(work: Work, person: Person, ticket: Ticket) -> bool:
    """Whether its number shows them the ticket instead of taking it: they watch, and it is not theirs to take now."""
    free = ticket.state is TicketState.OPEN and any(may_take(one, ticket) for one in members_of(work, person))
    return not free and may(work, person, Action.REASSIGN_TICKET, ticket.lot or None)


def _rating_words(work: Work, ticket: Ticket) -> str:
    return str(work.vault.open_data(tickets.rating_words(work.session, ticket.id) or b"").get("text", ""))


def _names(work: Work, said: Sequence[Said]) -> dict[int, str]:
    writers = {one.writer_id for one in said if one.writer_id is not None}
    return {one.person_id: one.name for one in staff.members(work.session) if one.person_id in writers}
