"""Making an invitation step by step (role, lots, name, link) and seeing what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import html

from domain.staff import Role
from handlers.figures import moment
from handlers.language import _
from handlers.screen import Button, Screen, button, in_columns, rows
from handlers.shared_buttons import work_button
from handlers.staff.buttons import Invite, InviteAsked, ToInvitations, WithdrawInvitation
from handlers.staff.screens import new_invitation_button
from handlers.staff.texts import lot_title, lots_words, role_words
from usecases.staff import PREFIX, Invitation, Invited

MOST_SHOWN = 10
ALL = -1


def invitations(found: Sequence[Invitation]) -> Screen:
    """The newest links; an unused one can be made void."""
    lines = [f"• {html.quote(_line(one))}" for one in found[:MOST_SHOWN]]
    text = "\n".join([_("<b>Invitations of the last month</b>"), *(lines or [_("None yet.")])])
    free = [one for one in found[:MOST_SHOWN] if not one.used_at and not one.withdrawn]
    voids = [button(_("Withdraw: {what}").format(what=_what(one))[:60], WithdrawInvitation(id=one.id)) for one in free]
    return Screen(text, rows(new_invitation_button(), *voids, work_button()))


def roles() -> Screen:
    """Who is invited?"""
    buttons = [button(role_words(role), Invite(role=role)) for role in Role]
    text = _("<b>A new invitation</b>\n\nIn which role will this person work?")
    return Screen(text, (*in_columns(buttons, 2), *rows(button(_("✉️ Invitations"), ToInvitations()))))


def lots(role: Role, offered: Sequence[tuple[int, str]], ticked: int, *, all_too: bool) -> Screen:
    """In which lots? `offered`: bit and lot of those the inviter rules over."""
    text = _("Role: <b>{role}</b>\n\nIn which lots? Tick them, then go on.").format(role=role_words(role))
    ticks = [_tick(role, bit, lot, ticked) for bit, lot in offered]
    on = button(_("Go on"), InviteAsked(role=role, lots=ticked)) if ticked else None
    everywhere = button(_("In all lots"), InviteAsked(role=role, lots=ALL)) if all_too else None
    return Screen(text, rows(*ticks, on, everywhere, button(_("Back"), Invite())))


def name(role: Role, of: frozenset[str], mask: int) -> Screen:
    """Under which name will colleagues know them?"""
    text = _(
        "Role: <b>{role}</b>, lots: <b>{lots}</b>\n\n"
        "Write the name by which colleagues will know this person. Or press the button: then it will be the name "
        "they have in Telegram."
    )
    buttons = rows(
        button(_("As in Telegram"), InviteAsked(role=role, lots=mask, plain=True)),
        button(_("Back"), Invite(role=role, lots=max(mask, 0))),
    )
    return Screen(text.format(role=role_words(role), lots=lots_words(of)), buttons)


def made(one: Invited) -> Screen:
    """The link, told this once."""
    text = _(
        "<b>The invitation is ready</b>\n\nRole: {role}, lots: {lots}\nValid until: {until}\n\n"
        "Send this link to the one person it is meant for. It works once, and I tell you who used it. "
        "It is not shown again."
    ).format(role=role_words(one.role), lots=lots_words(one.lots), until=moment(one.expires_at))
    return Screen(text, rows(button(_("✉️ Invitations"), ToInvitations()), work_button()), deep_link=PREFIX + one.token)


def withdrawn() -> str:
    return _("The invitation is void now.")


def _tick(role: Role, bit: int, lot: str, ticked: int) -> Button:
    mark = "☑️" if ticked & bit else "⬜️"
    return button(f"{mark} {lot_title(lot)}"[:60], Invite(role=role, lots=ticked ^ bit))


def _line(one: Invitation) -> str:
    return _("{what}: {state}").format(what=_what(one), state=_state(one))


def _state(one: Invitation) -> str:
    if one.used_at:
        return _("used by {name}, {when}").format(name=one.used_by or "?", when=moment(one.used_at))
    if one.withdrawn:
        return _("made void")
    return _("not used yet, valid until {until}").format(until=moment(one.expires_at))


def _what(one: Invitation) -> str:
    what = _("{role}, {lots}").format(role=role_words(one.role), lots=lots_words(one.lots))
    return _("{name}: {role}").format(name=one.name, role=what) if one.name else what
