"""What the outbox has brought into a chat about a ticket: where it stands now, and where its reader is then.

What did not arrive: `usecases/undelivered.py`.
"""

from __future__ import annotations

from db import people, ticket_messages, tickets
from domain.notification import Kind, Notification
from domain.person import Place
from domain.ticket import Delivery
from usecases.deliver_tickets import shown_together
from usecases.meet_person import go
from usecases.notify import when_ended
from usecases.ticket_words import parts_said, said
from usecases.work import Work

IDLE = frozenset({Place.MENU, Place.STATUS})  # where typed words answer nothing: a reply takes the person along


def reply_arrived(work: Work, notification: Notification, message_id: int) -> None:
    """An operator's words stand in the author's chat. Where they could not: `usecases/undelivered.py`."""
    facts, author_id = notification.facts, notification.person_id
    if "album" in facts:
        _album_arrived(work, notification, message_id)
    else:
        _message_arrived(work, notification)
        for number in notification.messages:
            _shown(work, author_id, number, facts["ticket"])
    _heard(work, author_id, facts["ticket"])


@when_ended(Kind.TICKET_STATE)
@when_ended(Kind.TICKET_GIVEN)
@when_ended(Kind.TICKET_UNDELIVERED)
@when_ended(Kind.TICKET_SETTLED)
def _card_ended(work: Work, notification: Notification, message_id: int | None, _error: str) -> None:
    if message_id is not None:
        _shown(work, notification.person_id, message_id, notification.facts["ticket"])


@when_ended(Kind.TICKET_NEWS)
def _news_ended(work: Work, notification: Notification, message_id: int | None, _error: str) -> None:
    if message_id is None:
        return
    facts, holder_id = notification.facts, notification.person_id
    if "album" in facts and _album_arrived(work, notification, message_id):
        return
    state = ticket_messages.delivery(work.session, facts["message"], holder_id)
    if state and state[0] is Delivery.DUE:
        arrived = {"version": facts["version"], "chat_messages": list(notification.messages)}
        ticket_messages.delivered(work.session, facts["message"], holder_id, Delivery.DELIVERED, work.now, **arrived)
    _shown(work, holder_id, message_id, facts["ticket"], header=state is not None)


def _message_arrived(work: Work, notification: Notification) -> None:
    """It is there, or its change is: with it stand the parts of an album that were sent anew for its sake."""
    facts, reader_id = notification.facts, notification.person_id
    newest, now = said(work, facts["message"]), list(notification.messages)
    state = ticket_messages.delivery(work.session, facts["message"], reader_id)
    before = state[2] if state else []
    together = shown_together(work, reader_id, newest, before) if newest and before else ()
    if len(together) > 1 and now and set(now) < set(before):
        # the files stand where they stood; only the words below them are others, and what was too many is gone
        now = before[: before.index(now[-1]) + 1]
    for part in together:
        ticket_messages.delivered(
            work.session, part.message_id, reader_id, Delivery.DELIVERED, work.now, chat_messages=now
        )
    arrived = {"version": newest.number if newest else facts["version"], "chat_messages": now}
    ticket_messages.delivered(work.session, facts["message"], reader_id, Delivery.DELIVERED, work.now, **arrived)


def _album_arrived(work: Work, notification: Notification, message_id: int) -> bool:
    """Those parts that were on their way are there; every message that shows them can be replied to."""
    facts, reader_id = notification.facts, notification.person_id
    known = ticket_messages.deliveries(work.session, facts["ticket"], reader_id)
    parts = parts_said(work, facts["message"], facts["ticket"])
    arrived = [one for one in parts if known.get(one.message_id, (None, 0)) == (Delivery.DUE, one.number)]
    for one in arrived:
        there = {"version": one.number, "chat_messages": list(notification.messages)}
        ticket_messages.delivered(work.session, one.message_id, reader_id, Delivery.DELIVERED, work.now, **there)
    for number in {*notification.messages, message_id} if arrived else ():
        _shown(work, reader_id, number, facts["ticket"], header=notification.kind is Kind.TICKET_NEWS)
    return bool(arrived)


def _shown(work: Work, person_id: int, message_id: int, ticket_id: int, *, header: bool = False) -> None:
    if tickets.get(work.session, ticket_id):
        ticket_messages.add_card(work.session, person_id, message_id, ticket_id, header=header)


def _heard(work: Work, author_id: int, ticket_id: int) -> None:
    """What the author says next may answer this: idle, they are taken to the ticket; busy, they will be asked."""
    author = people.get_person(work.session, author_id)
    if author is None or (author.place is Place.TICKETS and author.focus == f"t:{ticket_id}"):
        return
    if author.place in IDLE or (author.place is Place.TICKETS and not author.focus):
        go(work, author, Place.TICKETS, f"t:{ticket_id}")
    else:
        people.change_person(work.session, author_id, heard_ticket=ticket_id)
