"""Where an author's words belong: to the ticket they answer, to the one on the screen, or else they are asked.

A message is kept before anything is decided. The question goes through the outbox, so a message that waits for its
answer is never forgotten. Typed words cost no statement here for people without tickets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from aiogram.types import Message

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.ticket import Media, Ticket, TicketKind
from handlers.conversation import Turn
from handlers.screen import SILENCE, Reply, reply
from handlers.ticket_content import sent_of, words_of
from handlers.tickets import screens
from handlers.tickets.buttons import PutInto
from handlers.tickets.opening import as_card, go_on
from handlers.tickets.position import Asking, asking, held_in, kind_focus, number_after
from usecases import author_tickets, rate_ticket
from usecases.author_tickets import own_ticket
from usecases.ticket_cards import card_of
from usecases.ticket_words import Sent
from usecases.waiting_words import newest_open

# Where typed words answer something else than a ticket.
FORMS = frozenset(
    {
        *(Place.APPLICATION, Place.ELIGIBILITY, Place.QUESTIONS, Place.DATA, Place.REVIEW, Place.TAKEOVER),
        *(Place.DESK, Place.WORK, Place.ASSIST, Place.COVERAGE, Place.ANNOUNCEMENTS),
    }
)
# Where files and the like are wanted: everything, or what Telegram calls so.
TAKE_ALL = frozenset({Place.TICKETS, Place.DESK, Place.ANNOUNCEMENTS})
TAKEN: Mapping[Place, tuple[str, ...]] = {
    Place.DOCUMENTS: ("photo", "document", "video", "audio"),
    Place.APPLICATION: ("contact",),
}
NEW, HERE = 0, -1


def ahead(turn: Turn, message: Message) -> Reply | None:
    """A reply to a ticket's message belongs to it, wherever the author is; after an operator's words they are asked.

    So they are of a photo, a voice, a file … that nothing takes where they are, while a ticket of theirs is open.
    """
    answered = message.reply_to_message
    if answered and (ticket := card_of(turn.work, turn.person, answered.message_id)):
        return _replied(turn, message, ticket) if ticket.person_id == turn.person.id else None
    sent = sent_of(message)
    if sent is None:
        return None
    if (album := author_tickets.part_of_album(turn.work, turn.person, sent)) is not None:
        return _more_of_album(turn, sent, album)
    first = _may_be_about(turn, message)
    if first is None:
        return None
    if turn.person.heard_ticket is not None:
        author_tickets.heard_nothing(turn.work, turn.person)
    return _unclear(turn, sent, first)


def content(turn: Turn, message: Message) -> Reply:
    """Anything at all that was sent while the author is among their tickets."""
    sent = sent_of(message)
    if sent is None:
        raise Refused(Reason.WORDS_WANTED)
    focus = turn.person.focus
    if (ticket := number_after(focus, "t")) is not None:
        return _add(turn, ticket, sent)
    if (rated := number_after(focus, "rate")) is not None and sent.words.text:
        ticket_rated = rate_ticket.comment_rating(turn.work, turn.person, rated, sent.words.text)
        return turn.at(Place.TICKETS, f"t:{ticket_rated.id}")
    if focus.startswith("words:"):
        return _first_words(turn, asking(focus), sent)
    return _somewhere(turn, sent)


def changed(turn: Turn, message: Message) -> Reply | None:
    """An edited message: a further version, if it stands in a ticket."""
    words = words_of(message)
    if words is None or not author_tickets.is_of_ticket(turn.work, turn.person, message.message_id):
        return None
    ticket = author_tickets.change_words(turn.work, turn.person, message.message_id, words)
    return reply(screens.note(screens.changed(ticket), ticket))


def put_into(turn: Turn, data: PutInto) -> Reply:
    """The author has said where kept words belong."""
    if data.ticket == HERE:
        return _meant_here(turn, data.message)
    if data.ticket == NEW:
        author_tickets.held_words(turn.work, turn.person, data.message)
        return turn.at(Place.TICKETS, kind_focus("", data.message))
    ticket = author_tickets.put_words(turn.work, turn.person, data.message, data.ticket)
    turn.go(Place.TICKETS, f"t:{ticket.id}")
    return as_card(turn, ticket, reply(screens.added(ticket)))


def _meant_here(turn: Turn, message_id: int) -> Reply:
    """The kept words answer what is asked here: as if typed now, they open no ticket, also when they are no answer.

    Refused, and then they wait on: OLD_BUTTON; WORDS_WANTED for a file.
    """
    sent = author_tickets.forget_words(turn.work, turn.person, message_id)
    if sent.words.media is not Media.TEXT:
        raise Refused(Reason.WORDS_WANTED)
    try:
        return turn.says(sent.words.text, sent.chat_message_id)
    except Refused as refused:
        if refused.reason is not Reason.OLD_BUTTON:
            refused.anyway = partial(_forget, message_id=message_id)
        raise


def _forget(turn: Turn, message_id: int) -> None:
    if author_tickets.waits(turn.work, message_id):
        author_tickets.forget_words(turn.work, turn.person, message_id)


def _may_be_about(turn: Turn, message: Message) -> int | None:
    """The likeliest ticket that it is for, though its author is elsewhere; None for what is wanted where they are."""
    place, heard = turn.person.place, turn.person.heard_ticket
    if message.text is None and place is not Place.TICKETS:
        if place in TAKE_ALL or any(getattr(message, kind) for kind in TAKEN.get(place, ())):
            return None
        if heard is None:
            return newest_open(turn.work, turn.person)
    return heard


def _replied(turn: Turn, message: Message, ticket: Ticket) -> Reply:
    sent = sent_of(message)
    if sent is None:
        raise Refused(Reason.WORDS_WANTED)
    if not ticket.open:
        return _unclear(turn, sent, ticket.id)
    return _told(turn, author_tickets.add_words(turn.work, turn.person, ticket.id, sent))


def _add(turn: Turn, ticket_id: int, sent: Sent) -> Reply:
    """To the ticket on the screen; to a closed one only when the author says so."""
    try:
        open_still = own_ticket(turn.work, turn.person, ticket_id).ticket.open
    except Refused:
        turn.go(Place.TICKETS)  # it is gone: these words are a matter of their own
        return _somewhere(turn, sent)
    if not open_still:
        return _unclear(turn, sent, ticket_id)
    return _told(turn, author_tickets.add_words(turn.work, turn.person, ticket_id, sent))


def _told(turn: Turn, added: author_tickets.Added) -> Reply:
    return as_card(turn, added.ticket, reply(screens.added(added.ticket))) if added.tell else SILENCE


def _first_words(turn: Turn, one: Asking, sent: Sent) -> Reply:
    message_id = author_tickets.hold_words(turn.work, turn.person, sent)
    if message_id is None:
        return turn.current()
    return go_on(turn, Asking(TicketKind(one.kind), one.about, message_id))


def _more_of_album(turn: Turn, sent: Sent, ticket_id: int) -> Reply:
    """A further part of an album goes where its first part went; that one was answered."""
    if ticket_id:
        author_tickets.add_words(turn.work, turn.person, ticket_id, sent)
    else:
        author_tickets.hold_words(turn.work, turn.person, sent)
    return SILENCE


def _somewhere(turn: Turn, sent: Sent) -> Reply:
    """No ticket is on the screen: one about to be opened takes it along; else it is a new matter, or they are asked."""
    held = held_in(turn.person.focus)
    if held and author_tickets.waits(turn.work, held):
        author_tickets.hold_with(turn.work, turn.person, sent, held)
        return turn.current()
    if (newest := newest_open(turn.work, turn.person)) is not None:
        return _unclear(turn, sent, newest)
    message_id = author_tickets.hold_words(turn.work, turn.person, sent)
    return turn.at(Place.TICKETS, kind_focus("", message_id)) if message_id else turn.current()


def _unclear(turn: Turn, sent: Sent, first: int) -> Reply:
    """Kept, and asked through the outbox which ticket it belongs to: most likely this one."""
    author_tickets.ask_whose(turn.work, turn.person, sent, first, here=_answers_here(turn, sent))
    return SILENCE


def _answers_here(turn: Turn, sent: Sent) -> bool:
    """Whether this may be an answer to what is asked where the person is: only words can be."""
    return turn.person.place in FORMS and sent.words.media is Media.TEXT
