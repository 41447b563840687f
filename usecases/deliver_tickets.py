"""What is written in a ticket goes to the other side through the outbox: never lost, in order, and only to them.

Each ticket has one stream to each recipient, so nothing in it overtakes. What a holder is shown is decided when it
is sent: who has passed the ticket on meanwhile is shown nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db import notifications, ticket_messages, tickets
from domain.notification import Kind, Lane
from domain.person import Person, Place
from domain.ticket import TOGETHER, Delivery, Ticket
from usecases.notify import notify, put_off
from usecases.ticket_words import Said, parts_said, said
from usecases.work import Work

# The parts of an album come one by one; what comes later than this after the one before goes by itself.
ALBUM_WAITS = timedelta(seconds=4)


def to_author(work: Work, ticket: Ticket, message_id: int, version: int) -> None:
    """Send an operator's message, or its change, to the ticket's author."""
    ticket_messages.deliver(work.session, message_id, ticket.person_id)
    _queue(work, ticket.person_id, Kind.TICKET_REPLY, ticket, message_id, version)


def to_holder(work: Work, ticket: Ticket, message_id: int, version: int) -> None:
    """Tell the ticket's holder what its author wrote; while nobody holds it, it stands in the ticket."""
    if ticket.holder_id is not None:
        _queue(work, ticket.holder_id, Kind.TICKET_NEWS, ticket, message_id, version)


def tell_author(work: Work, ticket: Ticket, event: str, subject: str) -> None:
    """Tell the author what became of the ticket (closed, passed on …), after all that was written before."""
    stream = stream_of(ticket, ticket.person_id)
    facts: dict[str, Any] = {"ticket": ticket.id, "event": event}
    notify(work, ticket.person_id, Kind.TICKET_STATE, subject, lane=Lane.REPLY, stream=stream, **facts)


def give(work: Work, ticket: Ticket, holder_id: int, subject: str) -> None:
    """Tell a colleague that this ticket is theirs now."""
    stream = stream_of(ticket, holder_id)
    notify(work, holder_id, Kind.TICKET_GIVEN, subject, lane=Lane.REPLY, stream=stream, ticket=ticket.id)


def tell_settled(work: Work, ticket: Ticket) -> None:
    """Tell the holder that the author has closed the ticket: nothing need be done any more."""
    if ticket.holder_id is not None:
        subject, stream = f"{ticket.id}:{ticket.reopened}", stream_of(ticket, ticket.holder_id)
        notify(work, ticket.holder_id, Kind.TICKET_SETTLED, subject, lane=Lane.REPLY, stream=stream, ticket=ticket.id)


@dataclass(frozen=True)
class ToShow:
    """An operator's message as its author is to be shown it; where it stands changed, what was shown and where."""

    ticket: Ticket
    now: tuple[Said, ...]  # with the other parts of its album, where they came together
    before: tuple[Said, ...] = ()
    messages: tuple[int, ...] = ()


def reply_to_show(work: Work, author: Person, facts: Any) -> ToShow | None:
    """What an author is to be shown of an operator's message.

    A change that has arrived already (the first sending took the newest words) is None; so is an erased one.
    """
    ticket, newest = tickets.get(work.session, facts["ticket"]), said(work, facts["message"])
    if ticket is None or newest is None or ticket.person_id != author.id:
        return None
    state = ticket_messages.delivery(work.session, newest.message_id, author.id)
    if state and state[0] is Delivery.DELIVERED and state[1] >= facts["version"]:
        return None
    there = said(work, newest.message_id, state[1]) if state and state[2] else None
    if state is None or there is None:
        return ToShow(ticket, (newest,))
    parts = shown_together(work, author.id, newest, state[2])
    before = tuple(there if one.message_id == newest.message_id else one for one in parts)
    return ToShow(ticket, parts, before, tuple(state[2]))


def shown_together(work: Work, reader_id: int, one: Said, messages: list[int]) -> tuple[Said, ...]:
    """The parts of a message's album that these messages show; the message alone when it came by itself."""
    if one.album is None or len(messages) == 1:
        return (one,)
    parts = list(ticket_messages.parts_of(work.session, one.message_id))
    known = {part.message_id: ticket_messages.delivery(work.session, part.message_id, reader_id) for part in parts}
    together = [key for key, state in known.items() if state and state[2] == messages]
    found = (said(work, key) for key in together)
    return tuple(part for part in found if part)


def album_to_show(work: Work, reader: Person, facts: Any) -> tuple[Ticket, tuple[Said, ...]] | None:
    """The parts of an album that have not arrived at this reader; None when all have, or nothing is theirs to see.

    They are noted as on their way, so that what comes while they are being sent goes afterwards.
    """
    ticket = tickets.get(work.session, facts["ticket"])
    if ticket is None or reader.id not in (ticket.person_id, ticket.holder_id):
        return None
    due = _due_parts(work, reader, ticket, facts)
    for one in due:
        ticket_messages.delivered(work.session, one.message_id, reader.id, Delivery.DUE, work.now, version=one.number)
    return (ticket, due) if due else None


def news_to_show(work: Work, holder: Person, notification: Any) -> tuple[Ticket, Said | None] | None:
    """What a holder is to be shown of an author's message: with its words only while the ticket lies on their desk.

    None when they do not hold the ticket any more, have seen the words, or more of the same is about to come.
    """
    ticket = tickets.get(work.session, notification["ticket"])
    words = said(work, notification["message"], notification["version"])
    if ticket is None or words is None or ticket.holder_id != holder.id:
        return None
    state = ticket_messages.delivery(work.session, words.message_id, holder.id)
    if "album" in notification:
        if not _due_parts(work, holder, ticket, notification):
            return None
    elif state and state[0] is Delivery.DELIVERED and state[1] >= words.number:
        return None
    if not on_desk(holder, ticket.id):
        return None if notifications.waiting_in(work.session, stream_of(ticket, holder.id)) else (ticket, None)
    ticket_messages.deliver(work.session, words.message_id, holder.id)
    return ticket, words


def _due_parts(work: Work, reader: Person, ticket: Ticket, facts: Any) -> tuple[Said, ...]:
    """The parts of an album that have not arrived at this reader."""
    known = ticket_messages.deliveries(work.session, ticket.id, reader.id)
    parts = parts_said(work, facts["message"], ticket.id)
    return tuple(one for one in parts if known.get(one.message_id, (None, 0))[0] is not Delivery.DELIVERED)


def ticket_of_holder(work: Work, holder: Person, ticket_id: int) -> Ticket | None:
    """The ticket, while this person holds it."""
    ticket = tickets.get(work.session, ticket_id)
    return ticket if ticket and ticket.holder_id == holder.id else None


def on_desk(person: Person, ticket_id: int) -> bool:
    """Whether this ticket lies on the person's desk."""
    return person.place is Place.DESK and person.focus.split(":")[:2] in (["t", str(ticket_id)], ["w", str(ticket_id)])


def _queue(work: Work, person_id: int, kind: Kind, ticket: Ticket, message_id: int, version: int) -> None:
    facts: dict[str, Any] = {"ticket": ticket.id, "message": message_id, "version": version}
    stream = stream_of(ticket, person_id)
    stored = ticket_messages.version(work.session, message_id) if version == 1 else None
    if stored and stored.album and any(stored.media in some for some in TOGETHER):
        _queue_album(work, person_id, kind, stream, facts | {"album": stored.album})
        return
    notify(work, person_id, kind, f"{message_id}:{version}", lane=Lane.REPLY, stream=stream, **facts)


def _queue_album(work: Work, person_id: int, kind: Kind, stream: str, facts: dict[str, Any]) -> None:
    """Once for all parts, a while after the last; for what comes after that, once more."""
    subject, at = f"album:{facts['album']}:{facts['ticket']}", work.now + ALBUM_WAITS

    def queue(key: str) -> bool:
        return notify(work, person_id, kind, key, lane=Lane.REPLY, at=at, stream=stream, **facts)

    if not queue(subject) and not put_off(work, person_id, kind, subject, at):
        queue(f"{subject}:{facts['message']}")


def stream_of(ticket: Ticket, person_id: int) -> str:
    """What goes to this person about this ticket goes in order."""
    return f"ticket:{ticket.id}:{person_id}"
