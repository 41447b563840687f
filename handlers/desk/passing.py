"""Passing a ticket on: to a role, to another lot, to a colleague, with a note or without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.filters.callback_data import CallbackData

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Role
from handlers.conversation import Turn
from handlers.desk import screens
from handlers.desk.buttons import Lay, PassNow, PassOn, PassTo
from handlers.desk.laying import as_card, target_of
from handlers.language import _
from handlers.role_words import ROLES
from handlers.screen import Reply, Screen, button, in_columns, reply, rows
from usecases import handle_ticket
from usecases.desk import look
from usecases.ticket_choice import other_lots, other_roles

MOST_COLLEAGUES = 8


def to_whom(turn: Turn, data: PassOn) -> Reply:
    """Roles, colleagues, lots."""
    view = look(turn.work, turn.person, data.ticket)
    turn.go(Place.DESK, f"t:{data.ticket}")
    key, ticket = data.ticket, view.ticket
    others = [role for role in other_roles(turn.work, ticket) if role != ticket.role or ticket.holder_id]
    roles = [button(ROLES[role](), _to(key, "r", role)) for role in others]
    able = handle_ticket.may_have(turn.work, ticket)[:MOST_COLLEAGUES]
    people = [button(f"👤 {name}", _to(key, "p", person_id)) for person_id, name in able]
    lots = [button(_("Lot {lot}").format(lot=lot), _to(key, "l", lot)) for lot in other_lots(turn.work, ticket)]
    ways = (*in_columns(roles, 2), *in_columns(people, 2), *in_columns(lots, 3))
    say = _("Whom shall it be passed on to?") if ways else _("There is nobody yet to pass it on to.")
    text = f"{screens.header(view, turn.work.now)}\n\n{say}"
    screen = Screen(text, (*ways, *rows(button(_("Back"), Lay(ticket=key)))))
    return as_card(turn, ticket, reply(screen, fresh=True), header=True)


def chosen(turn: Turn, data: PassTo) -> Reply:
    """Then a note for whoever gets it."""
    focus = f"w:{data.ticket}:pass:{data.kind}:{data.target}"
    look(turn.work, turn.person, data.ticket)
    target_of(focus)
    return turn.at(Place.DESK, focus)


def pass_now(turn: Turn, data: PassNow) -> Reply:
    """Without a note."""
    look(turn.work, turn.person, data.ticket)
    if not turn.person.focus.startswith(f"w:{data.ticket}:pass:"):
        raise Refused(Reason.OLD_BUTTON)
    ticket = handle_ticket.pass_on(turn.work, turn.person, data.ticket, target_of(turn.person.focus))
    return turn.at(Place.DESK).noting(_("{number} is passed on.").format(number=ticket.number))


def _to(ticket: int, kind: str, target: Role | str | int) -> PassTo:
    return PassTo(ticket=ticket, kind=kind, target=str(target))


PRESSES: Mapping[type[CallbackData], Callable[[Turn, Any], Reply]] = {
    PassOn: to_whom,
    PassTo: chosen,
    PassNow: pass_now,
}
