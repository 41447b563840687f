"""What a staff group is shown: cards of new, unanswered and overdue tickets, changed when they are taken.

Everything that goes into a group goes one after another, at most every four seconds: what is to be shown stands in
`group_card`, one row of the outbox at a time looks there for what is most due, and what came in meanwhile goes into
one card. A card holds a number, a kind and a deadline: nothing that was written, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from db import notifications, staff, staff_groups
from domain.notification import Kind, Lane, Notification
from domain.staff import Action, Member, allowed
from domain.staff_group import EVERY, MOST_LINES, Card, Group, Lost, Why
from domain.ticket import Ticket
from usecases import notify as outbox
from usecases.notify import notify, when_ended
from usecases.work import Work

LOOKED_THROUGH = 100  # of what waits to be shown: most of it is merely counted


def show_in_groups(work: Work, ticket: Ticket, why: Why) -> None:
    """Show a ticket to the groups of its lot."""
    for chat_id in dict.fromkeys(group.chat_id for group in staff_groups.of_lot(work.session, ticket.lot)):
        staff_groups.add_card(work.session, chat_id, ticket.id, why)
        _stir(work, chat_id)


def changed_in_groups(work: Work, ticket: Ticket) -> None:
    """A ticket was taken, given, answered, closed: its cards are to show it."""
    for chat_id in staff_groups.changed(work.session, ticket.id):
        _stir(work, chat_id)


def card_to_show(work: Work, chat_id: int) -> Card | None:
    """What goes into the group now: something new, else an earlier card as it is to become. None: not now."""
    groups = _kept(work, staff_groups.of_chat(work.session, chat_id))
    quiet = staff_groups.quiet_until(work.session, chat_id)
    if not groups:
        return None
    if quiet and work.now < quiet:
        _stir(work, chat_id)
        return None
    card = _new(work, chat_id, {one.lot for one in groups}) or _changed(work, chat_id)
    if card:
        staff_groups.hush(work.session, chat_id, work.now + EVERY)
    return card


def lose(work: Work, chat_id: int, why: Lost, lot: str | None = None) -> None:
    """A group gets no cards any more (None: of no lot): whoever may bind it is told."""
    lost = [one for one in staff_groups.of_chat(work.session, chat_id) if lot in (None, one.lot)]
    staff_groups.unbind(work.session, chat_id, lot)
    for person_id, groups in _who_binds(staff.members(work.session), lost).items():
        facts: dict[str, Any] = {"title": groups[0].title, "lots": [one.lot for one in groups], "why": why.value}
        notify(work, person_id, Kind.GROUP_LOST, f"{chat_id}:{uuid4().hex}", lane=Lane.REMINDER, **facts)


def _kept(work: Work, groups: list[Group]) -> list[Group]:
    """The bindings whose makers may still make them; the others end here."""
    kept = []
    for one in groups:
        members = staff.members_of(work.session, one.set_by)
        if any(allowed(member, Action.BIND_GROUP, one.lot) for member in members):
            kept.append(one)
        else:
            lose(work, one.chat_id, Lost.MAKER_LEFT, one.lot)
    return kept


def _new(work: Work, chat_id: int, lots: set[str]) -> Card | None:
    """What the group has not seen; each ticket once, and only what still waits."""
    found, count = staff_groups.unshown(work.session, chat_id, LOOKED_THROUGH)
    last = {line.ticket.id: card_id for card_id, line in found.items()}
    due = {
        card_id: line
        for card_id, line in found.items()
        if last[line.ticket.id] == card_id and line.wanted(work.now) and line.ticket.lot in lots | {""}
    }
    shown = dict(list(due.items())[:MOST_LINES])
    staff_groups.goes_out(work.session, shown)
    if count:
        staff_groups.forget_unshown(work.session, chat_id)
    more = len(due) - len(shown) + count - len(found)
    return Card(tuple(shown.values()), more) if shown else None


def _changed(work: Work, chat_id: int) -> Card | None:
    message_id = staff_groups.stale_message(work.session, chat_id)
    if message_id is None:
        return None
    found = staff_groups.on_message(work.session, chat_id, message_id)
    staff_groups.goes_out(work.session, found)
    return Card(tuple(found.values()), message_id=message_id)


def _stir(work: Work, chat_id: int) -> None:
    """Something is to be shown in the group, as soon as it may be written to."""
    groups = staff_groups.of_chat(work.session, chat_id)
    stream = f"group:{chat_id}"
    if not groups or notifications.waiting_in(work.session, stream):
        return
    at = max(work.now, staff_groups.quiet_until(work.session, chat_id) or work.now)
    to, subject = groups[0].set_by, uuid4().hex
    notify(work, to, Kind.STAFF_CARDS, subject, lane=Lane.REMINDER, at=at, stream=stream, chat=chat_id)


@when_ended(Kind.STAFF_CARDS)
def _ended(work: Work, notification: Notification, message_id: int | None, error: str) -> None:
    chat_id = notification.chat or 0
    if error == outbox.UNREACHABLE or "chat not found" in error:
        lose(work, chat_id, Lost.THROWN_OUT)
    elif error:
        staff_groups.failed(work.session, chat_id)
    elif message_id is not None:
        staff_groups.arrived(work.session, chat_id, message_id)
        lines = staff_groups.on_message(work.session, chat_id, message_id)
        done = not any(one.free or one.ticket.overdue(work.now) for one in lines.values())
        if done and not staff_groups.is_stale(work.session, lines):
            staff_groups.forget(work.session, lines)
    if staff_groups.to_be_shown(work.session, chat_id):
        _stir(work, chat_id)


def _who_binds(members: Iterable[Member], groups: list[Group]) -> Mapping[int, list[Group]]:
    """Who may bind which of these, by person id."""
    able: dict[int, list[Group]] = {}
    for one in groups:
        for person_id in {who.person_id for who in members if allowed(who, Action.BIND_GROUP, one.lot)}:
            able.setdefault(person_id, []).append(one)
    return able
