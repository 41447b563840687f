"""The desk at a glance. Focus: "" the overview · "t:7" a ticket lies here · "w:7:WHAT" what is typed next."""

from __future__ import annotations

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action, actions
from domain.ticket import TicketKind
from handlers.conversation import Conversation, Turn
from handlers.desk import buttons, files, incoming, list_screens, notices, passing, ready, screens
from handlers.desk.laying import draw, draw_writing, lay
from handlers.screen import Reply, reply
from handlers.shared_buttons import ToDesk
from usecases import handle_ticket
from usecases.desk import desk, held, kept_from, queue, watched
from usecases.staff import lots_of, members_of
from usecases.ticket_choice import Wanted, Watched


def conversation() -> Conversation:
    return Conversation(
        place=Place.DESK,
        commands={"desk": lambda turn, rest: to_desk(turn), "next": lambda turn, rest: take_next(turn)},
        presses={
            ToDesk: to_desk,
            buttons.Queue: see_queue,
            buttons.Watch: see_watched,
            buttons.Mine: see_mine,
            buttons.TakeNext: take_next,
            buttons.Take: take,
            buttons.Lay: lay_here,
            buttons.Page: lambda turn, data: draw(turn, data.ticket, data.page),
            buttons.Write: write,
            buttons.CloseNow: close_now,
            buttons.SendHeld: incoming.send_held,
            buttons.TakeInstead: incoming.take_instead,
            **files.PRESSES,
            **passing.PRESSES,
            **ready.PRESSES,
        },
        words=incoming.content,
        content=incoming.content,
        redraw=redraw,
        notices=notices.NOTICES,
        ahead=incoming.ahead,
        changed=incoming.changed,
    )


def to_desk(turn: Turn, _data: object = None) -> Reply:
    """The overview. Refused(NOT_ALLOWED) for whoever answers nobody."""
    desk(turn.work, turn.person)
    return turn.at(Place.DESK)


def redraw(turn: Turn) -> Reply:
    """What the focus says; the overview when that is gone, the menu for whoever left the office."""
    what, *rest = turn.person.focus.split(":")
    try:
        if what == "t":
            return draw(turn, int(rest[0]))
        if what == "w":
            return draw_writing(turn, int(rest[0]), rest[1])
    except (Refused, ValueError, IndexError):
        turn.go(Place.DESK)
    return _overview(turn)


def see_queue(turn: Turn, data: buttons.Queue) -> Reply:
    """A page of the queue; nothing lies on the desk meanwhile."""
    wanted = Wanted(
        kind=None if data.kind == list_screens.ANY else data.kind,
        lot=None if data.lot == list_screens.ANY else data.lot,
        overdue_at=turn.work.now if data.late else None,
    )
    found = queue(turn.work, turn.person, wanted, max(data.page, 0))
    lots = lots_of(turn.work, turn.person, Action.SEE_QUEUE)
    if data.lot not in (list_screens.ANY, *lots) or data.kind not in (list_screens.ANY, *TicketKind):
        raise Refused(Reason.OLD_BUTTON)
    kept = () if data.page > 0 else kept_from(turn.work, turn.person, wanted)
    turn.go(Place.DESK)
    return reply(list_screens.queue(found, kept, data, lots, turn.work.now))


def see_watched(turn: Turn, data: buttons.Watch) -> Reply:
    """A page of a supervisor's lots. Refused(NOT_ALLOWED, OLD_BUTTON)."""
    which, page = Watched(data.which) if data.which in set(Watched) else None, max(data.page, 0)
    found = watched(turn.work, turn.person, which or Watched.OWED, page)
    if which is None:
        raise Refused(Reason.OLD_BUTTON)
    turn.go(Place.DESK)
    return reply(list_screens.watched(found, which, page, turn.work.now))


def see_mine(turn: Turn, data: buttons.Mine) -> Reply:
    """The overview with another page of what one holds. Refused(NOT_ALLOWED)."""
    desk(turn.work, turn.person)
    turn.go(Place.DESK)
    return _overview(turn, data.page)


def take_next(turn: Turn, data: buttons.TakeNext | None = None) -> Reply:
    return lay(turn, handle_ticket.take_next(turn.work, turn.person, held=data.held if data else None).id)


def take(turn: Turn, data: buttons.Take) -> Reply:
    return lay(turn, handle_ticket.take(turn.work, turn.person, data.ticket).id)


def write(turn: Turn, data: buttons.Write) -> Reply:
    if data.what not in {"note", "close"}:
        raise Refused(Reason.OLD_BUTTON)
    held(turn.work, turn.person, data.ticket, Action.NOTE_TICKET if data.what == "note" else Action.CLOSE_TICKET)
    return turn.at(Place.DESK, f"w:{data.ticket}:{data.what}")


def lay_here(turn: Turn, data: buttons.Lay) -> Reply:
    """Refused as `desk.look`, before the desk is cleared for it."""
    turn.go(Place.DESK, f"t:{data.ticket}")
    return draw(turn, data.ticket)


def close_now(turn: Turn, data: buttons.CloseNow) -> Reply:
    ticket = handle_ticket.close(turn.work, turn.person, data.ticket)
    return turn.at(Place.DESK).noting(screens.closed(ticket))


def _overview(turn: Turn, page: int = 0) -> Reply:
    try:
        view = desk(turn.work, turn.person, page)
    except Refused:
        return turn.at(Place.MENU)
    watches = Action.REASSIGN_TICKET in actions(members_of(turn.work, turn.person))
    return reply(list_screens.overview(view, turn.work.now, watches=watches))
