"""What people write in tickets, kept sealed: each message once, each change of it as a further version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import ticket_messages
from db.ticket_messages import StoredVersion
from domain.person import Person
from domain.ticket import Delivery, Side, Ticket, Words
from usecases.work import Work


@dataclass(frozen=True)
class Sent:
    """A message as it came from Telegram: its number in the writer's chat, its album, its words.

    `name`: the writer's, as their account has it; kept with words that have no ticket yet, for the one they will open.
    """

    chat_message_id: int
    words: Words
    album: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Said:
    """A version of a message, readable. `delivery`: how it stands with the reader, where that was asked."""

    message_id: int
    number: int
    side: Side
    writer_id: int | None
    at: datetime
    words: Words
    delivery: Delivery | None = None
    album: str | None = None


def keep(work: Work, writer: Person, sent: Sent, side: Side, ticket_id: int | None) -> int | None:
    """Keep a message; its number. None when it is known: it came twice."""
    message_id = ticket_messages.add(
        work.session,
        ticket_id=ticket_id,
        writer_id=writer.id,
        side=side,
        chat_message_id=sent.chat_message_id,
        album=sent.album,
        at=work.now,
    )
    if message_id is not None:
        keep_version(work, message_id, sent.words, sent.name if ticket_id is None and side is Side.AUTHOR else "")
    return message_id


def keep_version(work: Work, message_id: int, words: Words, name: str = "") -> int:
    """Keep what a message says now; the version's number, from 1."""
    kept = {"text": words.text, "name": name}
    sealed = work.vault.seal_data({part: value for part, value in kept.items() if value})
    return ticket_messages.add_version(
        work.session, message_id, at=work.now, media=words.media, file_id=words.file_id, sealed=sealed
    )


def words_of(work: Work, stored: StoredVersion) -> Words:
    text = str(work.vault.open_data(stored.sealed).get("text", ""))
    return Words(text, stored.media, stored.file_id)


def writers_name(work: Work, message_id: int) -> str:
    """As their account had it when they wrote these words; empty when it was not kept."""
    first = ticket_messages.version(work.session, message_id, 1)
    return str(work.vault.open_data(first.sealed).get("name", "")) if first else ""


def said(work: Work, message_id: int, number: int | None = None) -> Said | None:
    """A version of a message; the newest without a number."""
    stored = ticket_messages.version(work.session, message_id, number)
    return _said(work, stored) if stored else None


def conversation(work: Work, ticket: Ticket, reader_id: int, *, notes: bool) -> tuple[Said, ...]:
    """Everything said in a ticket, in order, each with how it stands in the other side's chat.

    To an author (`notes` False) what the operators wrote between themselves does not exist.
    """
    other = ticket_messages.deliveries(work.session, ticket.id, ticket.person_id if notes else reader_id)
    found = ticket_messages.of_ticket(work.session, ticket.id)
    return tuple(_with_delivery(work, one, other) for one in found if notes or one.side is not Side.NOTE)


def unread(work: Work, ticket: Ticket, reader_id: int) -> int:
    """How many versions of the author's messages this reader has not been shown."""
    seen = ticket_messages.deliveries(work.session, ticket.id, reader_id)
    found = ticket_messages.of_ticket(work.session, ticket.id)
    return sum(one.side is Side.AUTHOR and seen.get(one.message_id, (None, 0))[1] < one.number for one in found)


def mark_shown(work: Work, shown: Sequence[Said], reader_id: int) -> None:
    """These stand on the reader's screen now: they need not come once more."""
    newest = {one.message_id: one.number for one in shown if one.side is Side.AUTHOR}
    for message_id, number in newest.items():
        known = ticket_messages.delivery(work.session, message_id, reader_id)
        if known is None or known[1] < number:
            ticket_messages.delivered(work.session, message_id, reader_id, Delivery.DELIVERED, work.now, version=number)


def _with_delivery(work: Work, stored: StoredVersion, other: dict[int, tuple[Delivery, int]]) -> Said:
    one = _said(work, stored)
    state, version = other.get(one.message_id, (None, 0))
    if state is Delivery.DELIVERED and version < one.number:
        state = Delivery.DUE  # an older version has arrived, this one is on its way
    return Said(**{**vars(one), "delivery": state if one.side is Side.OPERATOR else None})


def _said(work: Work, stored: StoredVersion) -> Said:
    words = words_of(work, stored)
    whose = (stored.side, stored.writer_id)
    return Said(stored.message_id, stored.number, *whose, stored.at, words, album=stored.album)


def parts_said(work: Work, message_id: int, ticket_id: int) -> tuple[Said, ...]:
    """Every part of a message's album that stands in this ticket, in order; the message alone without one."""
    return tuple(
        _said(work, one) for one in ticket_messages.parts_of(work.session, message_id) if one.ticket_id == ticket_id
    )
