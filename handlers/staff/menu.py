"""The work menu: everything that a person's roles let them do, and their own duty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.staff import Action, Member, Role, actions
from handlers.language import _
from handlers.screen import Screen, button, rows
from handlers.shared_buttons import ToAnnouncements, ToCoverage, ToDesk, ToGroups, menu_button
from handlers.staff import duty
from handlers.staff.buttons import ToInvitations, ToLeave, ToStaff
from handlers.staff.calls import RegisterCall, ToCalls
from handlers.staff.duty import ToRoster
from handlers.staff.figures import ToFigures
from handlers.staff.ready_answer_screens import ToReadyAnswers
from handlers.staff.texts import membership
from usecases.duty import duty_of

# What the menu offers: the right it needs, its words, where it leads.
ENTRIES: tuple[tuple[Action, Callable[[], str], Callable[[], CallbackData]], ...] = (
    (Action.SEE_QUEUE, lambda: _("🎧 Desk"), ToDesk),
    (Action.CALL_PEOPLE, lambda: _("📞 People to call"), ToCalls),
    (Action.REGISTER_CALL, lambda: _("☎️ Somebody called us"), RegisterCall),
    (Action.MAKE_READY_ANSWER, lambda: _("📝 Ready answers"), ToReadyAnswers),
    (Action.SEE_DUTY, lambda: _("🕘 Who is on duty"), ToRoster),
    (Action.ANNOUNCE, lambda: _("📣 Announcements"), ToAnnouncements),
    (Action.SEE_FIGURES, lambda: _("📊 Figures"), ToFigures),
    (Action.SEE_COVERAGE, lambda: _("📡 Information coverage"), ToCoverage),
    (Action.BIND_GROUP, lambda: _("💬 Groups"), ToGroups),
    (Action.SEE_STAFF, lambda: _("👥 Staff"), ToStaff),
    (Action.INVITE_STAFF, lambda: _("✉️ Invitations"), ToInvitations),
)


def work_menu(members: Sequence[Member]) -> Screen:
    """One's roles, one's duty, and the ways from here."""
    mine, now = actions(members), duty_of(members)
    roles = "\n".join(f"• {html.quote(membership(one))}" for one in members)
    parts = [_("<b>💼 Work</b>"), _("You are here as:\n{roles}").format(roles=roles)]
    if now:
        parts.append(duty.lines(now))
    if all(one.role is Role.EXPERT for one in members):
        parts.append(_("The commission's work has not begun. You will be told when applications wait for you."))
    entries = [button(say(), data()) for action, say, data in ENTRIES if action in mine]
    steps = duty.buttons(now) if now else []
    ways = rows(*steps, *entries, button(_("Leave this work"), ToLeave()), menu_button())
    return Screen("\n\n".join(parts), ways)
