"""The call centre: tickets, what was written in them, where it was delivered, and who may not handle them.

Words stand sealed. A message that was changed gets a further version; nothing is written over.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, Key, PersonKey, Table, Word

OfTicket = Annotated[int, mapped_column(Big, ForeignKey("ticket.id", ondelete="CASCADE"), index=True)]
TicketPart = Annotated[int, mapped_column(Big, ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)]
OfMessage = Annotated[int, mapped_column(Big, ForeignKey("ticket_message.id", ondelete="CASCADE"))]
VersionOf = Annotated[int, mapped_column(Big, ForeignKey("ticket_message.id", ondelete="CASCADE"), primary_key=True)]
Theirs = Annotated[int, mapped_column(Big, ForeignKey("person.id", ondelete="CASCADE"))]
TheirPart = Annotated[int, mapped_column(Big, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)]
# An operator's account may go; what they did stays.
Colleague = Annotated[int | None, mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))]


class TicketRow(Table):
    """A request that a living person must answer; the call centre's queue."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        Index("ix_ticket_queue", "state", "lot", "queue", "due_by"),
        Index("ix_ticket_holder", "holder_id", "state", "due_by"),
        Index("ix_ticket_due", "state", "due_by"),
        Index("ix_ticket_solve", "state", "solve_by"),
        Index("ix_ticket_person_id", "person_id", "state"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[Word]
    person_id: Mapped[Theirs]
    competition_id: Mapped[int | None] = mapped_column(Big, ForeignKey("competition.id"), index=True)
    lot: Mapped[Word]  # empty: no competition tells which
    subject: Mapped[str | None] = mapped_column(String(64))  # what it is about, once only: "check:12"
    state: Mapped[Word]
    role: Mapped[Word] = mapped_column("queue", server_default="operator")  # whose queue it is in
    holder_id: Mapped[Colleague]
    language: Mapped[str] = mapped_column(String(8), server_default="kk")
    context: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the author's name as their account has it
    opened_at: Mapped[datetime] = mapped_column(index=True)
    due_by: Mapped[datetime | None]  # when our next answer is due; none while it is the author's turn
    answer_by: Mapped[datetime | None]  # the target of the first answer
    solve_by: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]  # first answer
    paused_at: Mapped[datetime | None]  # since when it has been the author's turn
    waited: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # seconds at work that were the author's
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(64))  # author, operator
    reopened: Mapped[int] = mapped_column(default=0, server_default="0")
    rating: Mapped[int | None]
    rating_words: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed
    rated_at: Mapped[datetime | None]
    warned: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # how far its answer was warned of
    warned_solution: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    told_at: Mapped[datetime | None]  # when its author was last told that their words have arrived


class TicketMessageRow(Table):
    """A message of a ticket; without a ticket while its writer is asked which one it belongs to.

    Buttons and notifications name it by its number, also when it is deleted since: no number comes twice.
    """

    __tablename__ = "ticket_message"
    __table_args__ = (UniqueConstraint("writer_id", "chat_message_id"), {"sqlite_autoincrement": True})

    id: Mapped[Key]
    ticket_id: Mapped[int | None] = mapped_column(Big, ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    writer_id: Mapped[Colleague]
    side: Mapped[Word]  # author, operator, note
    chat_message_id: Mapped[int] = mapped_column(Big)  # in the writer's chat
    album: Mapped[str | None] = mapped_column(String(64))  # media_group_id
    at: Mapped[datetime]


class TicketVersionRow(Table):
    """What a message said at first, and after each change."""

    __tablename__ = "ticket_version"

    message_id: Mapped[VersionOf]
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    media: Mapped[Word]
    file_id: Mapped[str | None] = mapped_column(Text)  # Telegram's, to show it again
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class TicketDeliveryRow(Table):
    """A message on its way into somebody's chat."""

    __tablename__ = "ticket_delivery"
    __table_args__ = (UniqueConstraint("message_id", "recipient_id"),)

    id: Mapped[Key]
    message_id: Mapped[OfMessage]
    recipient_id: Mapped[int] = mapped_column(Big, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state: Mapped[Word]  # due, delivered, blocked, failed
    version: Mapped[int]  # the newest that has arrived there
    chat_messages: Mapped[list[int] | None]  # those that show it in the recipient's chat, in order
    at: Mapped[datetime | None]


class TicketCardRow(Table):
    """A message of ours in somebody's chat that shows a ticket: a reply to it belongs to that ticket."""

    __tablename__ = "ticket_card"

    person_id: Mapped[TheirPart]
    chat_message_id: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    ticket_id: Mapped[OfTicket]
    header: Mapped[bool]  # it shows whose ticket is on the desk from there on


class TicketEventRow(Table):
    """One line of a ticket's history."""

    __tablename__ = "ticket_event"

    id: Mapped[Key]
    ticket_id: Mapped[OfTicket]
    at: Mapped[datetime]
    what: Mapped[Word]
    who_id: Mapped[Colleague]
    facts: Mapped[dict[str, Any]]


class TicketBarredRow(Table):
    """Who may not handle a ticket, since it is about a decision or an answer of theirs."""

    __tablename__ = "ticket_barred"

    ticket_id: Mapped[TicketPart]
    person_id: Mapped[TheirPart]


class ReadyAnswerRow(Table):
    """An answer that a lot's operators use often, in both languages.

    Buttons name it by its number, and what it says never changes: a changed one gets another number. No number comes
    twice.
    """

    __tablename__ = "ready_answer"
    __table_args__ = (UniqueConstraint("lot", "key"), {"sqlite_autoincrement": True})

    id: Mapped[Key]
    lot: Mapped[Word]  # empty: every lot's
    key: Mapped[Word]
    place: Mapped[int]
    title_kk: Mapped[str] = mapped_column(String(64))
    title_ru: Mapped[str] = mapped_column(String(64))
    text_kk: Mapped[str] = mapped_column(Text)
    text_ru: Mapped[str] = mapped_column(Text)
    draft: Mapped[bool] = mapped_column(server_default=false())  # being written: nobody can send it
    replaces: Mapped[int | None] = mapped_column(Big)  # a draft: the answer whose place it is to take


class StaffGroupRow(Table):
    """A group of a lot's staff that is shown cards without personal data."""

    __tablename__ = "staff_group"

    chat_id: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    lot: Mapped[Word] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(255), server_default="")
    set_by: Mapped[PersonKey]
    set_at: Mapped[datetime]
    quiet_until: Mapped[datetime | None]  # the next message into the group goes no earlier


class GroupCardRow(Table):
    """A ticket on a card in a staff group; deleted when the card shows that there is nothing to do any more."""

    __tablename__ = "group_card"
    __table_args__ = (Index("ix_group_card_chat", "chat_id", "message_id"),)

    id: Mapped[Key]
    chat_id: Mapped[int] = mapped_column(Big)
    ticket_id: Mapped[OfTicket]
    cause: Mapped[Word]  # domain.staff_group.Why
    message_id: Mapped[int | None] = mapped_column(Big)  # none: not shown yet
    stale: Mapped[bool] = mapped_column(server_default=false())  # the ticket has changed since
    sending: Mapped[bool] = mapped_column(server_default=false())  # it stands in the message on its way
