"""Staff groups: /bind and /unbind in a group, Take under a card there, and in private the list of what is bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff_group import Lost
from handlers.conversation import Conversation, GroupPress, Room, Turn
from handlers.groups import screens
from handlers.groups.buttons import EndGroup, TakeHere
from handlers.screen import SILENCE, Reply, reply
from handlers.shared_buttons import ToGroups
from usecases import handle_ticket, staff_groups
from usecases.group_cards import card_to_show


def conversation() -> Conversation:
    return Conversation(
        commands={"bind": to_groups},
        presses={ToGroups: to_groups, EndGroup: end},
        notices={Kind.STAFF_CARDS: show_card, Kind.GROUP_LOST: told_lost},
        group_commands={"bind": bind, "unbind": unbind},
        group_presses={TakeHere: GroupPress(take, put_back)},
    )


def bind(turn: Turn, room: Room, rest: str) -> Reply:
    """/bind 19-5; without a lot it is the only one there is, or they are named."""
    mine = staff_groups.lots_to_bind(turn.work, turn.person)
    lot = rest or (mine[0] if len(mine) == 1 else "")
    try:
        if lot:
            staff_groups.bind(turn.work, turn.person, room.chat_id, room.title, lot)
            return reply(screens.bound(lot))
    except Refused as refused:
        if refused.reason is not Reason.NOT_FOUND:
            raise
    return reply(screens.which_lot(mine))


def unbind(turn: Turn, room: Room, rest: str) -> Reply:
    """/unbind, or of one lot only /unbind 19-5."""
    return reply(screens.unbound(staff_groups.unbind(turn.work, turn.person, room.chat_id, rest or None)))


def take(turn: Turn, data: TakeHere) -> Reply:
    """The ticket comes to the private chat, onto the desk there."""
    ticket = handle_ticket.take(turn.work, turn.person, data.ticket)
    return turn.at(Place.DESK, f"t:{ticket.id}").noting(screens.taken(ticket.number))


def put_back(turn: Turn, data: TakeHere) -> None:
    staff_groups.put_back(turn.work, turn.person, data.ticket)


def to_groups(turn: Turn, _data: object = None) -> Reply:
    """Which groups get cards, and how to set one up. Refused(NOT_ALLOWED)."""
    found = staff_groups.groups_of(turn.work, turn.person)
    lots = staff_groups.lots_to_bind(turn.work, turn.person)
    turn.go(Place.WORK)
    return reply(screens.groups(found, lots))


def end(turn: Turn, data: EndGroup) -> Reply:
    """From private: the group gets no more cards, also when nobody of us is in it any more."""
    if not data.sure:
        staff_groups.groups_of(turn.work, turn.person)
        turn.go(Place.WORK)
        return reply(screens.sure_to_end(data.chat, data.lot))
    ended = staff_groups.unbind(turn.work, turn.person, data.chat, data.lot)
    return to_groups(turn).noting(screens.unbound(ended).text)


def show_card(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """What is most due in the group."""
    card = card_to_show(turn.work, facts["chat"])
    return reply(screens.card(card, turn.work.now)) if card else SILENCE


def told_lost(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    return reply(screens.lost(facts["title"], facts["lots"], Lost(facts["why"])))
