"""Button data of the office's side. Rights are asked for at each press, so an open button gives nothing."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ToStaff(CallbackData, prefix="w_staff"):
    """Who works here, this page of them (from 0)."""

    page: int = 0


class ToMember(CallbackData, prefix="w_member"):
    """One membership; `sure`: 0 look, 1 ask before removing, 2 remove."""

    id: int
    sure: int = 0


class ToLeave(CallbackData, prefix="w_leave"):
    """Leave: choose which membership (0), ask once more (`sure` 0), leave (1)."""

    id: int = 0
    sure: int = 0


class ToInvitations(CallbackData, prefix="w_links"):
    """The links made, with what became of them."""


class WithdrawInvitation(CallbackData, prefix="w_unlink"):
    """Make an unused link void."""

    id: int


class Invite(CallbackData, prefix="w_invite"):
    """A new link, step by step: no role yet, then lots (bits in the order of the lots; 0: none ticked)."""

    role: str = ""
    lots: int = 0


class InviteAsked(CallbackData, prefix="w_name"):
    """Role and lots are chosen (`lots` -1: all): ask for the name; `plain`: make the link without one."""

    role: str
    lots: int
    plain: bool = False
