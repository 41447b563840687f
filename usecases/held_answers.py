"""An operator's words that wait: typed before it was clear whose ticket lay on the desk. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from db import ticket_messages
from db.ticket_messages import StoredVersion
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from domain.ticket import Side, Ticket
from usecases.handle_ticket import send_kept
from usecases.staff import demand
from usecases.ticket_words import Said, Sent, keep, said
from usecases.work import Work


def hold(work: Work, person: Person, sent: Sent) -> int | None:
    """Keep words that are not sent yet; None when they are known."""
    return keep(work, person, sent, Side.OPERATOR, None)


def waiting(work: Work, person: Person) -> Sequence[Said]:
    """The operator's words that wait, oldest first; of an album its first part."""
    found = {one.message_id for one in ticket_messages.homeless(work.session, person.id) if one.side is Side.OPERATOR}
    every = [one for key in sorted(found) if (one := said(work, key))]
    return list({one.album or one.message_id: one for one in reversed(every)}.values())[::-1]


def send(work: Work, person: Person, message_id: int, ticket_id: int) -> Ticket:
    """They go to this ticket's author. Refused(OLD_BUTTON) when they have gone; as `desk.held`."""
    _own(work, person, message_id)
    for one in _with_its_album(work, message_id):
        ticket = send_kept(work, person, one, ticket_id)
    return ticket


def drop(work: Work, person: Person, message_id: int) -> None:
    """They are not to be sent. Refused(OLD_BUTTON)."""
    _own(work, person, message_id)
    ticket_messages.discard(work.session, _with_its_album(work, message_id))


def _own(work: Work, person: Person, message_id: int) -> StoredVersion:
    demand(work, person, Action.ANSWER_TICKET, None)
    found = ticket_messages.version(work.session, message_id)
    if found is None or found.writer_id != person.id or found.side is not Side.OPERATOR or found.ticket_id is not None:
        raise Refused(Reason.OLD_BUTTON)
    return found


def _with_its_album(work: Work, message_id: int) -> list[int]:
    """It and the other parts of its album, in order."""
    return list(dict.fromkeys(one.message_id for one in ticket_messages.with_its_album(work.session, message_id)))
