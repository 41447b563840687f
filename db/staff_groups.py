"""Groups of a lot's staff, and the cards in them: which ticket stands in which message."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from db.dialects import insert_new
from db.tables import GroupCardRow, StaffGroupRow, TicketRow
from db.tickets import read
from domain.staff_group import Group, Line, Why


def bind(session: Session, chat_id: int, lot: str, title: str, person_id: int, now: datetime) -> None:
    """This group gets the lot's cards; bound again, it is by whom and since when that changes."""
    values = {"title": title, "set_by": person_id, "set_at": now}
    if not insert_new(session, StaffGroupRow, {"chat_id": chat_id, "lot": lot, **values}):
        row = StaffGroupRow
        session.execute(update(row).where(row.chat_id == chat_id, row.lot == lot).values(values))


def unbind(session: Session, chat_id: int, lot: str | None = None) -> None:
    """It gets them no more; with its last lot its cards are forgotten. None: of no lot."""
    row = StaffGroupRow
    session.execute(delete(row).where(row.chat_id == chat_id, row.lot == lot if lot else row.chat_id == chat_id))
    if lot is None or not of_chat(session, chat_id):
        session.execute(delete(GroupCardRow).where(GroupCardRow.chat_id == chat_id))


def of_chat(session: Session, chat_id: int) -> list[Group]:
    """The bindings of one group."""
    return _read(session, StaffGroupRow.chat_id == chat_id)


def of_lot(session: Session, lot: str) -> list[Group]:
    """The groups of a lot; for a ticket of which nobody knows the lot (""), those of every lot."""
    return _read(session, StaffGroupRow.lot == lot if lot else StaffGroupRow.chat_id < 0)


def every(session: Session) -> list[Group]:
    """Every binding."""
    return _read(session, StaffGroupRow.chat_id < 0)


def move(session: Session, old: int, new: int) -> None:
    """A group has become a supergroup, with another number. What was shown in the old one cannot be changed there."""
    known = {one.lot for one in of_chat(session, new)}
    for one in of_chat(session, old):
        if one.lot not in known:
            row = StaffGroupRow
            session.execute(update(row).where(row.chat_id == old, row.lot == one.lot).values(chat_id=new))
    card = GroupCardRow
    session.execute(delete(StaffGroupRow).where(StaffGroupRow.chat_id == old))
    session.execute(delete(card).where(card.chat_id == old, card.message_id.is_not(None)))
    session.execute(update(card).where(card.chat_id == old).values(chat_id=new))


def quiet_until(session: Session, chat_id: int) -> datetime | None:
    """When the next message may go into the group."""
    row = StaffGroupRow
    found = session.scalars(select(row.quiet_until).where(row.chat_id == chat_id)).all()
    return max((one for one in found if one), default=None)


def hush(session: Session, chat_id: int, until: datetime) -> None:
    """Nothing goes into the group before then."""
    session.execute(update(StaffGroupRow).where(StaffGroupRow.chat_id == chat_id).values(quiet_until=until))


def add_card(session: Session, chat_id: int, ticket_id: int, why: Why) -> None:
    """A ticket is to be shown to a group."""
    session.add(GroupCardRow(chat_id=chat_id, ticket_id=ticket_id, cause=why.value, stale=False, sending=False))
    session.flush()


def unshown(session: Session, chat_id: int, most: int) -> tuple[dict[int, Line], int]:
    """What is to be shown to the group, by the numbers of the rows, oldest first; and how many there are in all."""
    row = GroupCardRow
    waits = (row.chat_id == chat_id, row.message_id.is_(None))
    count = session.scalars(select(func.count()).select_from(row).where(*waits)).one()
    return _lines(session, *waits, most=most) if count else {}, count


def forget_unshown(session: Session, chat_id: int) -> None:
    """What found no room in the message that is going out is not shown by itself."""
    row = GroupCardRow
    session.execute(delete(row).where(row.chat_id == chat_id, row.message_id.is_(None), ~row.sending))


def on_message(session: Session, chat_id: int, message_id: int) -> dict[int, Line]:
    """What stands in a message of the group."""
    row = GroupCardRow
    return _lines(session, row.chat_id == chat_id, row.message_id == message_id)


def stale_message(session: Session, chat_id: int) -> int | None:
    """The oldest message that does not show any more how things are (or was to be changed when the sender died)."""
    row = GroupCardRow
    shown = (row.chat_id == chat_id, row.message_id.is_not(None), or_(row.stale, row.sending))
    return session.scalars(select(row.message_id).where(*shown).order_by(row.id).limit(1)).first()


def to_be_shown(session: Session, chat_id: int) -> bool:
    """Whether anything is to be shown or changed in the group."""
    row = GroupCardRow
    waits = or_(row.message_id.is_(None), row.stale)
    return session.scalars(select(row.id).where(row.chat_id == chat_id, waits).limit(1)).first() is not None


def is_stale(session: Session, card_ids: Collection[int]) -> bool:
    """Whether any of these has changed since it was worded."""
    row = GroupCardRow
    return session.scalars(select(row.id).where(row.id.in_(card_ids), row.stale).limit(1)).first() is not None


def changed(session: Session, ticket_id: int) -> list[int]:
    """Mark every card of a ticket as no longer right; the groups they stand in."""
    row = GroupCardRow
    chats = list(session.scalars(select(row.chat_id).where(row.ticket_id == ticket_id).distinct()))
    if chats:
        session.execute(update(row).where(row.ticket_id == ticket_id).values(stale=True))
    return chats


def goes_out(session: Session, card_ids: Iterable[int]) -> None:
    """These stand in the message that is being sent, as they are now."""
    row = GroupCardRow
    session.execute(update(row).where(row.id.in_(list(card_ids))).values(sending=True, stale=False))


def arrived(session: Session, chat_id: int, message_id: int) -> None:
    """What was being sent to the group stands in this message."""
    row = GroupCardRow
    session.execute(update(row).where(row.chat_id == chat_id, row.sending).values(sending=False, message_id=message_id))


def failed(session: Session, chat_id: int) -> None:
    """What was being sent to the group will not come there."""
    row = GroupCardRow
    session.execute(delete(row).where(row.chat_id == chat_id, row.sending))


def forget(session: Session, card_ids: Collection[int]) -> None:
    """These need no care any more."""
    if card_ids:
        session.execute(delete(GroupCardRow).where(GroupCardRow.id.in_(card_ids)))


def _lines(session: Session, *which: ColumnElement[bool], most: int | None = None) -> dict[int, Line]:
    card, ticket = GroupCardRow, TicketRow
    of = select(card.id, card.cause, ticket).join(ticket, ticket.id == card.ticket_id).where(*which)
    found = session.execute(of.order_by(card.id).limit(most))
    return {card_id: Line(read(row), Why(cause)) for card_id, cause, row in found}


def _read(session: Session, which: ColumnElement[bool]) -> list[Group]:
    row = StaffGroupRow
    found = session.scalars(select(row).where(which).order_by(row.lot, row.chat_id))
    return [Group(one.chat_id, one.lot, one.title, one.set_by, one.set_at) for one in found]
