"""What was written in tickets: messages, their versions, and the messages of ours that show them in people's chats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_new
from db.tables import TicketCardRow, TicketDeliveryRow, TicketMessageRow, TicketVersionRow
from domain.ticket import Delivery, Media, Side


@dataclass(frozen=True)
class StoredVersion:
    """One version of a message, its words sealed."""

    message_id: int
    number: int
    ticket_id: int | None
    writer_id: int | None
    side: Side
    chat_message_id: int
    album: str | None
    at: datetime  # of this version
    media: Media
    file_id: str | None
    sealed: bytes


def add(session: Session, **values: Any) -> int | None:
    """A message; its number. None when this message of this writer is known (it came twice)."""
    if not insert_new(session, TicketMessageRow, values):
        return None
    row = TicketMessageRow
    return session.scalars(
        select(row.id).where(row.writer_id == values["writer_id"], row.chat_message_id == values["chat_message_id"])
    ).one()


def add_version(session: Session, message_id: int, **values: Any) -> int:
    """One version more of a message; its number, from 1."""
    row = TicketVersionRow
    last = session.scalars(select(func.max(row.number)).where(row.message_id == message_id)).one()
    number = (last or 0) + 1
    session.add(TicketVersionRow(message_id=message_id, number=number, **values))
    session.flush()
    return number


def version(session: Session, message_id: int, number: int | None = None) -> StoredVersion | None:
    """A version of a message; the newest without a number."""
    found = _versions().where(TicketMessageRow.id == message_id)
    if number is not None:
        found = found.where(TicketVersionRow.number == number)
    return _first(session, found.order_by(TicketVersionRow.number.desc()).limit(1))


def written(session: Session, writer_id: int, chat_message_id: int) -> StoredVersion | None:
    """The newest version of what this person wrote as that message of their chat."""
    row = TicketMessageRow
    mine = _versions().where(row.writer_id == writer_id, row.chat_message_id == chat_message_id)
    return _first(session, mine.order_by(TicketVersionRow.number.desc()).limit(1))


def of_ticket(session: Session, ticket_id: int) -> list[StoredVersion]:
    """Every version of every message of a ticket, in the order in which they came."""
    return _read(session, _versions().where(TicketMessageRow.ticket_id == ticket_id).order_by(*_IN_ORDER))


def of_album(session: Session, writer_id: int, album: str) -> StoredVersion | None:
    """The first part of an album of this writer that came."""
    row = TicketMessageRow
    parts = _versions().where(row.writer_id == writer_id, row.album == album)
    return _first(session, parts.order_by(row.id).limit(1))


def parts_of(session: Session, message_id: int) -> list[StoredVersion]:
    """Every part of this message's album, the newest version of each, as its writer sent them; itself without one."""
    one = version(session, message_id)
    if one is None or one.album is None:
        return [one] if one else []
    row = TicketMessageRow
    same = (row.writer_id == one.writer_id, row.album == one.album)
    found = _read(session, _versions().where(*same).order_by(row.chat_message_id, TicketVersionRow.number))
    return list({part.message_id: part for part in found}.values())


def homeless(session: Session, writer_id: int) -> list[StoredVersion]:
    """What this person wrote and has not said yet where it belongs, oldest first."""
    row = TicketMessageRow
    return _read(session, _versions().where(row.writer_id == writer_id, row.ticket_id.is_(None)).order_by(*_IN_ORDER))


def longest_homeless(session: Session, until: datetime) -> int | None:
    """The author whose words have waited longest for a ticket, if they were written by then."""
    row = TicketMessageRow
    homeless = row.ticket_id.is_(None), row.side == Side.AUTHOR, row.writer_id.is_not(None)
    return session.scalars(select(row.writer_id).where(*homeless, row.at <= until).order_by(row.at).limit(1)).first()


def with_its_album(session: Session, message_id: int) -> list[StoredVersion]:
    """A message that has no ticket yet, with the other parts of its album."""
    one = version(session, message_id)
    if one is None or one.ticket_id is not None or one.writer_id is None:
        return []
    waiting = homeless(session, one.writer_id)
    return [part for part in waiting if part.message_id == message_id or (one.album and part.album == one.album)]


def place(session: Session, message_id: int, ticket_id: int) -> bool:
    """Say to which ticket a message belongs; False when that was said before."""
    row = TicketMessageRow
    free = (row.id == message_id) & row.ticket_id.is_(None)
    return affected(session, update(row).where(free).values(ticket_id=ticket_id)) == 1


def next_pressed(session: Session, writer_id: int) -> int:
    """A number for a message that its writer sent by a button: below zero, so no message of the chat has it."""
    row = TicketMessageRow
    lowest = session.scalars(select(func.min(row.chat_message_id)).where(row.writer_id == writer_id)).one()
    return min(lowest or 0, 0) - 1


def into_album(session: Session, message_id: int, album: str) -> None:
    """Make a message the first part of an album."""
    row = TicketMessageRow
    session.execute(update(row).where(row.id == message_id).values(album=album))


def discard(session: Session, message_ids: Iterable[int]) -> None:
    """Delete messages that were no matter for a ticket after all."""
    row = TicketMessageRow
    session.execute(delete(row).where(row.id.in_(list(message_ids)), row.ticket_id.is_(None)))


def count_since(session: Session, ticket_id: int, side: Side, since: datetime) -> int:
    """How many messages of this side came since a moment."""
    row = TicketMessageRow
    recent = select(func.count()).where(row.ticket_id == ticket_id, row.side == side, row.at >= since)
    return session.scalars(recent).one()


def deliver(session: Session, message_id: int, recipient_id: int) -> None:
    """A message is on its way to somebody."""
    values = {"message_id": message_id, "recipient_id": recipient_id, "state": Delivery.DUE, "version": 0}
    insert_new(session, TicketDeliveryRow, values)


def delivered(
    session: Session, message_id: int, recipient_id: int, state: Delivery, now: datetime, **values: Any
) -> None:
    """What became of a message on its way; the row is made if need be."""
    deliver(session, message_id, recipient_id)
    row = TicketDeliveryRow
    mine = (row.message_id == message_id) & (row.recipient_id == recipient_id)
    session.execute(update(row).where(mine).values(state=state, at=now, **values))


def delivery(session: Session, message_id: int, recipient_id: int) -> tuple[Delivery, int, list[int]] | None:
    """How a message stands with somebody: state, newest version there, and the messages that show it in their chat."""
    row = TicketDeliveryRow
    found = session.execute(
        select(row.state, row.version, row.chat_messages).where(
            row.message_id == message_id, row.recipient_id == recipient_id
        )
    ).one_or_none()
    return (Delivery(found.state), found.version, found.chat_messages or []) if found else None


def deliveries(session: Session, ticket_id: int, recipient_id: int) -> dict[int, tuple[Delivery, int]]:
    """State and newest version of every message of a ticket that is, or was, on its way to somebody."""
    row, message = TicketDeliveryRow, TicketMessageRow
    found = session.execute(
        select(row.message_id, row.state, row.version)
        .join(message, message.id == row.message_id)
        .where(message.ticket_id == ticket_id, row.recipient_id == recipient_id)
    )
    return {one.message_id: (Delivery(one.state), one.version) for one in found}


def add_card(session: Session, person_id: int, chat_message_id: int, ticket_id: int, *, header: bool) -> None:
    """A message of ours in this person's chat shows a ticket; what it showed before counts no more."""
    key = {"person_id": person_id, "chat_message_id": chat_message_id}
    if not insert_new(session, TicketCardRow, {**key, "ticket_id": ticket_id, "header": header}):
        row = TicketCardRow
        same = (row.person_id == person_id) & (row.chat_message_id == chat_message_id)
        session.execute(update(row).where(same).values(ticket_id=ticket_id, header=header))


def card(session: Session, person_id: int, chat_message_id: int) -> int | None:
    """The ticket that this message of ours shows."""
    row = TicketCardRow
    same = (row.person_id == person_id) & (row.chat_message_id == chat_message_id)
    return session.scalars(select(row.ticket_id).where(same)).one_or_none()


def header_above(session: Session, person_id: int, chat_message_id: int) -> int | None:
    """The ticket of the last header above this message of the chat."""
    row = TicketCardRow
    above = select(row.ticket_id).where(row.person_id == person_id, row.chat_message_id < chat_message_id, row.header)
    return session.scalars(above.order_by(row.chat_message_id.desc()).limit(1)).one_or_none()


_IN_ORDER = (TicketVersionRow.at, TicketMessageRow.id, TicketVersionRow.number)


def _versions() -> Select[Any]:
    row, one = TicketMessageRow, TicketVersionRow
    whose: tuple[Any, ...] = (row.id, one.number, row.ticket_id, row.writer_id, row.side, row.chat_message_id)
    said: tuple[Any, ...] = (row.album, one.at, one.media, one.file_id, one.sealed)
    return select(*whose, *said).join(one, one.message_id == row.id)


def _first(session: Session, statement: Select[Any]) -> StoredVersion | None:
    return next(iter(_read(session, statement)), None)


def _read(session: Session, statement: Select[Any]) -> list[StoredVersion]:
    return [_stored(*row) for row in session.execute(statement)]


def _stored(*values: Any) -> StoredVersion:
    known = StoredVersion(*values)
    return replace(known, side=Side(known.side), media=Media(known.media))
