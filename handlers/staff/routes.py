"""The office's side: joining by a link, each role's menu, the staff, leaving."""

from __future__ import annotations

from aiogram.types import Message

from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action, Role
from handlers.conversation import Conversation, Turn
from handlers.screen import Reply, reply
from handlers.shared_buttons import ToWork
from handlers.staff import calls, duty, figures, inviting, ready_answers, screens
from handlers.staff.buttons import (
    Invite,
    InviteAsked,
    ToInvitations,
    ToLeave,
    ToMember,
    ToStaff,
    WithdrawInvitation,
)
from handlers.staff.menu import work_menu
from handlers.staff.texts import role_words
from handlers.staff.warnings import told_due
from usecases import staff
from usecases.staff import PREFIX


def conversation() -> Conversation:
    return Conversation(
        place=Place.WORK,
        commands={"work": work},
        links={PREFIX: join},
        presses={
            ToWork: work,
            ToStaff: see_staff,
            ToMember: see_member,
            ToLeave: leave,
            ToInvitations: inviting.see_invitations,
            WithdrawInvitation: inviting.withdraw,
            Invite: inviting.invite,
            InviteAsked: inviting.asked,
            **duty.PRESSES,
            **figures.PRESSES,
            **calls.PRESSES,
            **ready_answers.PRESSES,
        },
        words=words,
        redraw=redraw,
        notices={Kind.STAFF_JOINED: told_joined, Kind.TICKET_DUE: told_due},
    )


def join(turn: Turn, token: str) -> Reply:
    """/start staff_TOKEN: become a member, and see the work."""
    member = staff.join(turn.work, turn.person, token, turn.first_name)
    turn.person = staff.as_staff(turn.person)
    shown = turn.at(Place.WORK)
    return shown.noting(screens.welcome(member))


def work(turn: Turn, _data: object) -> Reply:
    """The work menu; Refused(NOT_ALLOWED) for whoever does not work here."""
    if not staff.members_of(turn.work, turn.person):
        raise Refused(Reason.NOT_ALLOWED, action="work", lot=None)
    return turn.at(Place.WORK)


def redraw(turn: Turn) -> Reply:
    """The work menu, or what is being written; for whoever left meanwhile, the applicants' menu."""
    members = staff.members_of(turn.work, turn.person)
    if not members:
        return turn.at(Place.MENU)
    if turn.person.focus.startswith(calls.FOCUS) and (shown := calls.redraw(turn)):
        return shown
    if turn.person.focus.startswith(ready_answers.FOCUS) and (wished := ready_answers.redraw(turn)):
        return wished
    if turn.person.focus.startswith(inviting.FOCUS) and (asked := inviting.redraw(turn)):
        return asked
    return reply(work_menu(members))


def words(turn: Turn, message: Message) -> Reply:
    """A caller's words, a ready answer's, a name for the invitation being made; other words belong nowhere."""
    if turn.person.focus.startswith(calls.FOCUS):
        return calls.take_call(turn, message.text or "")
    if turn.person.focus.startswith(ready_answers.FOCUS):
        return ready_answers.take_words(turn, message.text or "")
    if turn.person.focus:
        return inviting.take_name(turn, message.text or "")
    return turn.current().noting(screens.choose_here())


def see_staff(turn: Turn, data: ToStaff) -> Reply:
    found = staff.colleagues(turn.work, turn.person)
    turn.go(Place.WORK)
    return reply(screens.staff(found, staff.members_of(turn.work, turn.person), data.page))


def see_member(turn: Turn, data: ToMember) -> Reply:
    """Look at a colleague, ask, remove."""
    if data.sure == 2:
        gone = staff.remove(turn.work, turn.person, data.id)
        turn.person = staff.refreshed(turn.work, turn.person)
        note = screens.removed(gone)
        if gone.person_id == turn.person.id:
            return turn.at(Place.WORK).noting(note)
        return see_staff(turn, ToStaff()).noting(note)
    staff.demand(turn.work, turn.person, Action.REMOVE_STAFF, None)
    found = {one.id: one for one in staff.colleagues(turn.work, turn.person)}
    if data.id not in found:
        raise Refused(Reason.NOT_FOUND)
    turn.go(Place.WORK)
    return reply(screens.member(found[data.id], asked=data.sure == 1))


def leave(turn: Turn, data: ToLeave) -> Reply:
    """Leave one's own work: which, sure, gone."""
    members = {one.id: one for one in staff.members_of(turn.work, turn.person)}
    if not members:
        raise Refused(Reason.NOT_ALLOWED, action="work", lot=None)
    if data.id and data.id not in members:
        raise Refused(Reason.NOT_FOUND)
    turn.go(Place.WORK)
    if not data.id:
        return reply(screens.leaving(tuple(members.values())))
    if not data.sure:
        return reply(screens.leaving_sure(members[data.id]))
    staff.leave(turn.work, turn.person, data.id)
    turn.person = staff.refreshed(turn.work, turn.person)
    return turn.current().noting(screens.left(members[data.id]))


def told_joined(turn: Turn, facts: object) -> Reply:
    """Who used one's invitation."""
    assert isinstance(facts, dict)
    name = staff.name_of(turn.work, facts["member"])
    return reply(screens.joined(name, role_words(Role(facts["role"]))))
