"""Cards in a staff group: a number, a kind, a deadline. Nothing that was written, nobody's name. And setting one up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from aiogram import html

from domain.staff_group import Card, Group, Line, Lost, Why
from handlers.figures import number, short_moment
from handlers.groups.buttons import EndGroup, TakeHere
from handlers.language import _, ngettext
from handlers.screen import Screen, button, rows
from handlers.shared_buttons import ToGroups, work_button
from handlers.ticket_texts import KINDS, STATES, heading

MOST_LISTED = 20  # groups on one screen
SIGNS: Mapping[Why, str] = {Why.NEW: "🆕", Why.BACK: "↩️", Why.UNANSWERED: "⏳", Why.OVERDUE: "🔴"}
HEADS: Mapping[Why, Callable[[], str]] = {
    Why.NEW: lambda: _("New request"),
    Why.BACK: lambda: _("Back in the queue"),
    Why.UNANSWERED: lambda: _("Nobody has taken it, and the answer is due soon"),
    Why.OVERDUE: lambda: _("The answer is late"),
}


def card(shown: Card, now: datetime) -> Screen:
    """One message in a group: one ticket with its particulars, or several in a list."""
    several = len(shown.lines) > 1 or shown.more
    text = _list(shown, now) if several else _one(shown.lines[0], now)
    takes = [
        button(_("Take {number}").format(number=line.ticket.number), TakeHere(ticket=line.ticket.id))
        for line in shown.lines
        if line.free
    ]
    return Screen(text, rows(*takes), replaces=shown.message_id, only_there=shown.message_id is not None)


def _one(line: Line, now: datetime) -> str:
    ticket, why = line.ticket, _why(line, now)
    head = f"{SIGNS[why]} {HEADS[why]()}" if why else f"✅ {_state(line)}"
    if why and not line.free:
        head += f" · {_state(line)}"
    lines = [head, heading(ticket)]
    if ticket.lot:
        lines.append(_("Lot {lot}").format(lot=ticket.lot))
    if ticket.due_by and ticket.open:
        lines.append(_("answer by {moment}").format(moment=short_moment(ticket.due_by)))
    return "\n".join(lines)


def _list(shown: Card, now: datetime) -> str:
    lines = [_("<b>Requests</b>"), *(_listed(line, now) for line in shown.lines)]
    if shown.more:
        more = ngettext(
            "… and {count} more: they wait at the desk", "… and {count} more: they wait at the desk", shown.more
        )
        lines.append(more.format(count=number(shown.more)))
    return "\n".join(lines)


def _listed(line: Line, now: datetime) -> str:
    """A ticket on a line of its own."""
    ticket, why = line.ticket, _why(line, now)
    if why is None:
        return f"✅ {ticket.number} · {_state(line)}"
    state = "" if line.free else f" · {_state(line)}"
    due = f" · {short_moment(ticket.due_by)}" if ticket.due_by else ""
    return f"{SIGNS[why]} <b>{ticket.number}</b> · {KINDS[ticket.kind]()}{state}{due}"


def _why(line: Line, now: datetime) -> Why | None:
    """What a line warns of: whatever is late looks late, also in somebody's hands; None: all is well."""
    if line.ticket.overdue(now):
        return Why.OVERDUE
    return line.why if line.free else None


def _state(line: Line) -> str:
    return STATES[line.ticket.state]()


def taken(ticket_number: str) -> str:
    return _("{number} is yours now: it is in your chat with me.").format(number=ticket_number)


def write_privately(name: str) -> str:
    """To somebody in a group whom the bot cannot write to."""
    return _("I cannot write to you yet. Open a chat with me, @{name}, press Start, then come back here.").format(
        name=name
    )


def bound(lot: str) -> Screen:
    """In the group: what comes here from now on."""
    return Screen(
        _(
            "This group now gets cards of lot {lot}: new requests, those that nobody has answered, those that are "
            "late. No names and nothing that was written.\n\nWhoever presses Take gets the request in their own chat "
            "with me. To stop the cards: /unbind"
        ).format(lot=lot)
    )


def which_lot(lots: Sequence[str]) -> Screen:
    """In the group: a lot is wanted."""
    if not lots:
        return Screen(_("There is no competition yet in a lot of yours."))
    text = _("For which lot? Write it like this: /bind {lot}\nYour lots: {lots}")
    return Screen(text.format(lot=lots[0], lots=", ".join(lots)))


def unbound(lots: Sequence[str]) -> Screen:
    if not lots:
        return Screen(_("This group gets no cards."))
    return Screen(_("This group gets no more cards of lot {lots}.").format(lots=", ".join(lots)))


def groups(found: Sequence[Group], lots: Sequence[str]) -> Screen:
    """In private: which groups get cards, and how to set one up."""
    parts = [
        _("<b>💬 Groups</b>"),
        _(
            "A group of your office can get cards of requests: new ones, those that nobody has answered, those that "
            "are late. A card holds a number, a kind and a deadline, no names and nothing that was written."
        ),
    ]
    if lots:
        parts.append(
            _("To set one up: add me to the group and write there\n<code>/bind {lot}</code>").format(lot=lots[0])
        )
    if found:
        parts.append("\n".join(f"• {html.quote(_named(one))}" for one in found[:MOST_LISTED]))
    ends = [
        button(_("Stop: {group}").format(group=_named(one))[:60], EndGroup(chat=one.chat_id, lot=one.lot))
        for one in found[:MOST_LISTED]
    ]
    return Screen("\n\n".join(parts), rows(*ends, work_button()))


def sure_to_end(chat: int, lot: str) -> Screen:
    """Asked before a group gets no more cards."""
    text = _("Stop the cards of lot {lot} in this group? They can be set up again from the group only.")
    sure = button(_("Yes, stop them"), EndGroup(chat=chat, lot=lot, sure=True))
    return Screen(text.format(lot=lot), rows(sure, button(_("Back"), ToGroups())))


def lost(title: str, lots: Sequence[str], why: Lost) -> Screen:
    """To whoever may set groups up: one gets no cards any more."""
    match why:
        case Lost.THROWN_OUT:
            text = _("The group “{title}” gets no more cards of lot {lots}: I was removed from it.")
        case Lost.MAKER_LEFT:
            text = _(
                "The group “{title}” gets no more cards of lot {lots}: whoever set it up may not any more. To go on, "
                "write /bind there."
            )
    words = text.format(title=html.quote(title), lots=", ".join(lots))
    return Screen(words, rows(button(_("💬 Groups"), ToGroups())))


def _named(one: Group) -> str:
    return _("{title}, lot {lot}").format(title=one.title or "?", lot=one.lot)
