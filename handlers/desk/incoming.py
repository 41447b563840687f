"""Whose words an operator's message becomes: the ticket's whose header stands last above it, or whose card it answers.

Words that were typed before the header of the ticket on the desk was shown are not sent: they are kept, and the
operator is asked.
"""

from __future__ import annotations

from aiogram.types import Message

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action
from domain.ticket import Ticket
from handlers.conversation import Turn
from handlers.desk import screens
from handlers.desk.buttons import SendHeld, TakeInstead
from handlers.desk.laying import as_card, lay, target_of
from handlers.screen import SILENCE, Reply, Screen, reply
from handlers.ticket_content import sent_of, words_of
from handlers.ticket_texts import content as content_of
from usecases import handle_ticket, held_answers
from usecases.desk import answerable, author_name, known_number, numbered, only_seen
from usecases.desk import held as held_ticket
from usecases.ticket_cards import card_of, header_above
from usecases.ticket_words import Sent


def ahead(turn: Turn, message: Message) -> Reply | None:
    """A reply to a card goes to that card's ticket, whatever lies on the desk."""
    if not turn.person.staff:
        return None
    sent = sent_of(message) if message.media_group_id else None
    if sent and handle_ticket.more_of_album(turn.work, turn.person, sent):
        return SILENCE
    if not message.reply_to_message:
        return None
    ticket = card_of(turn.work, turn.person, message.reply_to_message.message_id)
    if ticket is None or ticket.person_id == turn.person.id:
        return None
    return _answer(turn, ticket.id, _sent(message))


def content(turn: Turn, message: Message) -> Reply:
    """Anything typed or sent at the desk."""
    what, *rest = turn.person.focus.split(":")
    if what not in {"t", "w"}:
        return _by_number(turn, message)
    ticket_id, sent = int(rest[0]), _sent(message)
    if what == "t" or rest[1] == "close":
        found = known_number(turn.work, message.text or "")
        if found:
            return _number_typed(turn, ticket_id, found, sent)
    if header_above(turn.work, turn.person, message.message_id) != ticket_id:
        return _ask(turn, ticket_id, sent)
    if what == "t":
        return _answer(turn, ticket_id, sent)
    return _written(turn, ticket_id, rest[1], sent)


def changed(turn: Turn, message: Message) -> Reply | None:
    """An operator's message was edited: its author's message is, too."""
    words = words_of(message)
    if not turn.person.staff or words is None:
        return None
    ticket = handle_ticket.change_words(turn.work, turn.person, message.message_id, words)
    if ticket is None:
        return None
    return reply(screens.corrected(ticket, author_name(turn.work, ticket)))


def send_held(turn: Turn, data: SendHeld) -> Reply:
    """The operator has said whether kept words go to this author."""
    if not data.ticket:
        held_answers.drop(turn.work, turn.person, data.message)
        return reply(Screen(screens.dropped()))
    ticket = held_answers.send(turn.work, turn.person, data.message, data.ticket)
    return _sent_to(turn, ticket)


def take_instead(turn: Turn, data: TakeInstead) -> Reply:
    """The operator has said that what they typed was a number. Refused(OLD_BUTTON) when it was sent or dropped."""
    held_answers.drop(turn.work, turn.person, data.message)
    return _to_number(turn, data.number)


def _answer(turn: Turn, ticket_id: int, sent: Sent) -> Reply:
    return _sent_to(turn, handle_ticket.answer(turn.work, turn.person, ticket_id, sent))


def _sent_to(turn: Turn, ticket: Ticket) -> Reply:
    return as_card(turn, ticket, reply(screens.sent_to(ticket, author_name(turn.work, ticket)), fresh=True))


def _written(turn: Turn, ticket_id: int, what: str, sent: Sent) -> Reply:
    """A note, the closing words, or the note that goes with a transfer."""
    if what == "note":
        handle_ticket.add_note(turn.work, turn.person, ticket_id, sent)
        return lay(turn, ticket_id)
    if what == "close":
        handle_ticket.close(turn.work, turn.person, ticket_id, sent)
    else:
        handle_ticket.pass_on(turn.work, turn.person, ticket_id, target_of(turn.person.focus), sent)
    return turn.at(Place.DESK)


def _by_number(turn: Turn, message: Message) -> Reply:
    """Nothing lies on the desk: a number takes its ticket, or shows it to whoever watches over it."""
    if not message.text:
        raise Refused(Reason.WORDS_WANTED)
    return _to_number(turn, message.text)


def _to_number(turn: Turn, number: str) -> Reply:
    found = numbered(turn.work, turn.person, number)
    if found.holder_id != turn.person.id and not only_seen(turn.work, turn.person, found):
        handle_ticket.take(turn.work, turn.person, found.id)
    return lay(turn, found.id)


def _number_typed(turn: Turn, ticket_id: int, found: Ticket, sent: Sent) -> Reply:
    """A whole number: words for the author whose ticket lies here, or the ticket of that number? They are asked."""
    here = answerable(turn.work, turn.person, ticket_id)
    if here is None:
        return _to_number(turn, found.number)
    message_id = held_answers.hold(turn.work, turn.person, sent)
    if message_id is None:
        return turn.current()
    return reply(screens.number_typed(message_id, found, here, author_name(turn.work, here)))


def _ask(turn: Turn, ticket_id: int, sent: Sent) -> Reply:
    """Keep the words, and ask whether they are for the author whose ticket lies here now."""
    ticket = held_ticket(turn.work, turn.person, ticket_id, Action.ANSWER_TICKET)
    message_id = held_answers.hold(turn.work, turn.person, sent)
    if message_id is None:
        return turn.current()
    return reply(screens.held(message_id, content_of(sent.words, 500), ticket, author_name(turn.work, ticket)))


def _sent(message: Message) -> Sent:
    sent = sent_of(message)
    if sent is None:
        raise Refused(Reason.WORDS_WANTED)
    return sent
