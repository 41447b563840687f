"""The screens of the work menu, the staff and leaving."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import html

from domain.staff import Action, Member, may_rule
from handlers.figures import number
from handlers.language import _, ngettext
from handlers.screen import Button, Screen, button, on_page, rows
from handlers.shared_buttons import ToDesk, work_button
from handlers.staff.buttons import Invite, ToLeave, ToMember, ToStaff
from handlers.staff.texts import membership

PAGE = 8  # colleagues on one screen


def desk_button() -> Button:
    """To the requests themselves."""
    return button(_("🎧 Desk"), ToDesk())


def welcome(member: Member) -> str:
    """The first words to whoever joined by a link."""
    return _("Welcome, {name}! You have joined as: {role}.").format(
        name=html.quote(member.name), role=html.quote(membership(member))
    )


def joined(name: str, role: str) -> Screen:
    """To whoever made the link: it was used, and by whom."""
    text = _("✅ {name} has joined by your invitation as: {role}. If you expected somebody else, remove them at once.")
    return Screen(text.format(name=html.quote(name), role=html.quote(role)), rows(button(_("👥 Staff"), ToStaff())))


def staff(colleagues: Sequence[Member], mine: Sequence[Member], page: int) -> Screen:
    """Who works here; a button for each that may be removed."""
    shown, turns = on_page(colleagues, page, PAGE, lambda there: ToStaff(page=there))
    head = ngettext("<b>Staff: {count} person</b>", "<b>Staff: {count} people</b>", len(colleagues))
    lines = [html.quote(_line(one)) for one in shown]
    text = "\n".join([head.format(count=number(len(colleagues))), *(f"• {line}" for line in lines)])
    removable = [one for one in shown if any(may_rule(me, Action.REMOVE_STAFF, one.lots) for me in mine)]
    buttons = [button(_line(one)[:60], ToMember(id=one.id)) for one in removable]
    return Screen(text, rows(*buttons, turns, work_button()))


def member(one: Member, *, asked: bool) -> Screen:
    """One colleague; asked before removing."""
    if asked:
        text = _("Remove {who}? They lose every right at once; what they hold goes back to the queue.")
        sure = button(_("Yes, remove"), ToMember(id=one.id, sure=2))
    else:
        text, sure = "{who}", button(_("Remove from the staff"), ToMember(id=one.id, sure=1))
    return Screen(text.format(who=f"<b>{html.quote(_line(one))}</b>"), rows(sure, button(_("👥 Staff"), ToStaff())))


def leaving(members: Sequence[Member]) -> Screen:
    """Which of one's roles to leave."""
    choices = [button(membership(one), ToLeave(id=one.id)) for one in members]
    return Screen(_("Which work do you leave?"), rows(*choices, work_button()))


def leaving_sure(one: Member) -> Screen:
    text = _("Leave as {role}? You lose these rights at once and come back only with a new invitation.")
    buttons = rows(button(_("Yes, leave"), ToLeave(id=one.id, sure=1)), work_button())
    return Screen(text.format(role=f"<b>{html.quote(membership(one))}</b>"), buttons)


def left(one: Member) -> str:
    return _("You have left: {role}.").format(role=membership(one))


def removed(one: Member) -> str:
    return _("Removed: {name}.").format(name=one.name)


def choose_here() -> str:
    return _("Please choose one of the buttons of your work. For your own application go to the menu.")


def new_invitation_button() -> Button:
    return button(_("➕ Invite somebody"), Invite())


def _line(one: Member) -> str:
    return _("{name}: {role}").format(name=one.name, role=membership(one))
