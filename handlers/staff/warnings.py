"""Warnings of the clock: to operators before it is late, to supervisors and coordinators after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.staff import Action, actions
from domain.ticket import Clock, Ticket
from handlers.conversation import Turn
from handlers.figures import moment, number
from handlers.language import _, ngettext
from handlers.screen import SILENCE, Reply, Screen, button, reply, rows
from handlers.shared_buttons import work_button
from handlers.staff.buttons import ToInvitations
from handlers.staff.screens import desk_button
from usecases.staff import members_of
from usecases.watch_clock import Level, still_due


def told_due(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """The tickets that are still owed an answer; silence when all have been answered meanwhile."""
    clock, level = Clock(facts["clock"]), Level(facts["level"])
    found = still_due(turn.work, facts["tickets"], clock)
    if not found:
        return SILENCE
    more = facts["count"] - len(facts["tickets"])
    answers = Action.SEE_QUEUE in actions(members_of(turn.work, turn.person))
    return reply(_screen(found, clock, level, more, answers=answers))


def _screen(found: Sequence[Ticket], clock: Clock, level: Level, more: int, *, answers: bool) -> Screen:
    """`answers`: whether the reader answers requests; whoever does not is told since the lot has nobody else."""
    lines = [_line(one, _deadline(one, clock)) for one in found]
    if more > 0:
        lines.append(ngettext("… and {count} more", "… and {count} more", more).format(count=number(more)))
    if not answers:
        lines.append(_("Nobody in this lot can answer. Please invite somebody."))
    first = desk_button() if answers else button(_("✉️ Invitations"), ToInvitations())
    return Screen("\n".join([f"<b>{_head(clock, level)}</b>", *lines]), rows((first, work_button())))


def _head(clock: Clock, level: Level) -> str:
    match level, clock:
        case Level.NEAR, Clock.ANSWER:
            return _("⏳ An answer is due soon")
        case Level.NEAR, Clock.SOLUTION:
            return _("⏳ The time to settle it is running out")
        case Level.LATE, Clock.ANSWER:
            return _("⚠️ The answer is late")
        case Level.LATE, Clock.SOLUTION:
            return _("⚠️ Not settled in time")
        case Level.LONG_LATE, Clock.ANSWER:
            return _("🚨 The answer is very late")
        case _other:
            return _("🚨 Still not settled, long after the time")


def _line(one: Ticket, by: datetime | None) -> str:
    return _("• {number}: until {until}").format(number=one.number, until=moment(by or one.opened_at))


def _deadline(one: Ticket, clock: Clock) -> datetime | None:
    return one.due_by if clock is Clock.ANSWER else one.solve_by
