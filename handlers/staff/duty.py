"""On duty, on a pause, off; how many tickets at once; who else is here; whether tickets are given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, Presence, allowed
from handlers.conversation import Press, Turn
from handlers.figures import clock, number
from handlers.language import _
from handlers.screen import Button, Reply, Screen, button, reply, rows
from handlers.shared_buttons import work_button
from handlers.staff.texts import lot_title, membership
from usecases import duty, staff
from usecases.competitions import running_lots
from usecases.duty import CAPACITIES, Duty


class ChangeDuty(CallbackData, prefix="w_duty"):
    """Go on duty, pause, off (a value of domain.staff.Presence)."""

    to: str


class ChangeCapacity(CallbackData, prefix="w_cap"):
    """Choose how many tickets at once (0), or take this number."""

    to: int = 0


class ToRoster(CallbackData, prefix="w_roster"):
    """Who is on duty."""


class SwitchDistribution(CallbackData, prefix="w_give"):
    """Give out this lot's tickets, or not."""

    lot: str
    on: bool


def change(turn: Turn, data: ChangeDuty) -> Reply:
    if data.to not in set(Presence):
        raise Refused(Reason.OLD_BUTTON)
    changed = duty.change_duty(turn.work, turn.person, Presence(data.to))
    return turn.at(Place.WORK).noting(_told(changed))


def capacity(turn: Turn, data: ChangeCapacity) -> Reply:
    if data.to:
        duty.change_capacity(turn.work, turn.person, data.to)
        return turn.at(Place.WORK)
    staff.demand(turn.work, turn.person, Action.GO_ON_DUTY, None)
    turn.go(Place.WORK)
    text = _("How many requests may you be given at once? You can take more yourself.")
    numbers = tuple(button(number(one), ChangeCapacity(to=one)) for one in CAPACITIES)
    return reply(Screen(text, rows(numbers, work_button())))


def roster(turn: Turn, _data: object) -> Reply:
    found = duty.roster(turn.work, turn.person)
    turn.go(Place.WORK)
    return reply(_roster(found, _switches(turn)))


def switch(turn: Turn, data: SwitchDistribution) -> Reply:
    duty.switch_distribution(turn.work, turn.person, data.lot, on=data.on)
    return roster(turn, None)


def lines(now: Duty) -> str:
    """One's own duty, for the work menu."""
    text = _("{state} (since {time}). At once at most: {count}.")
    since = clock(now.since) if now.since else ""
    return text.format(state=_state(now.presence), time=since, count=number(now.capacity))


def buttons(now: Duty) -> list[Button | tuple[Button, ...]]:
    """The steps from here, for the work menu."""
    on = button(_("▶️ Go on duty"), ChangeDuty(to=Presence.ON_DUTY))
    pause = button(_("⏸ Pause"), ChangeDuty(to=Presence.PAUSE))
    off = button(_("⏹ End my duty"), ChangeDuty(to=Presence.OFF))
    steps = {Presence.OFF: (on,), Presence.ON_DUTY: (pause, off), Presence.PAUSE: (on, off)}
    return [steps[now.presence], button(_("Requests at once: {count}").format(count=now.capacity), ChangeCapacity())]


def _state(presence: Presence) -> str:
    match presence:
        case Presence.ON_DUTY:
            return _("🟢 On duty")
        case Presence.PAUSE:
            return _("🟡 On a pause")
        case Presence.OFF:
            return _("⚪️ Not on duty")


def _told(now: Duty) -> str:
    match now.presence:
        case Presence.ON_DUTY:
            return _("You are on duty. Good work!")
        case Presence.PAUSE:
            return _("A pause: you keep your requests and get no new ones.")
        case Presence.OFF:
            return _("Your duty has ended. Requests you had not finished are back in the queue.")


def _switches(turn: Turn) -> list[Button]:
    """A switch for each lot with a competition that this person may switch."""
    mine = staff.members_of(turn.work, turn.person)
    on = duty.distributing(turn.work)
    running = sorted(running_lots(turn.work))
    may = [lot for lot in running if any(allowed(one, Action.SWITCH_DISTRIBUTION, lot) for one in mine)]
    return [_switch(lot, on=lot in on) for lot in may]


def _switch(lot: str, *, on: bool) -> Button:
    label = _("✅ Given out: {lot}") if on else _("⬜️ Given out: {lot}")
    return button(label.format(lot=lot_title(lot))[:60], SwitchDistribution(lot=lot, on=not on))


def _roster(found: Sequence[Member], switches: list[Button]) -> Screen:
    parts = [_("<b>Who is on duty</b>"), "\n".join(_line(one) for one in found) or _("Nobody has duties here yet.")]
    if switches:
        parts.append(_("Where requests are given out, each new one goes to whoever is on duty and has the fewest."))
    return Screen("\n\n".join(parts), rows(*switches, work_button()))


def _line(one: Member) -> str:
    text = _("{state}: {name} ({role})")
    return text.format(state=_state(one.presence), name=html.quote(one.name), role=html.quote(membership(one)))


PRESSES: Mapping[type[CallbackData], Press] = {
    ChangeDuty: change,
    ChangeCapacity: capacity,
    ToRoster: roster,
    SwitchDistribution: switch,
}
