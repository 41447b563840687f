"""Inviting: role, lots, name, then the link. Nothing is kept on the way but in the buttons and the person's focus."""

from __future__ import annotations

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action, Role, may_rule
from handlers.conversation import Turn
from handlers.screen import Reply, reply
from handlers.staff import invitation_screens as screens
from handlers.staff.buttons import Invite, InviteAsked, ToInvitations, WithdrawInvitation
from handlers.staff.invitation_screens import ALL
from usecases import staff
from usecases.competitions import running_lots

FOCUS = "invite"  # "invite:operator:3": the name is asked for


def see_invitations(turn: Turn, _data: ToInvitations) -> Reply:
    found = staff.invitations(turn.work, turn.person)
    turn.go(Place.WORK)
    return reply(screens.invitations(found))


def withdraw(turn: Turn, data: WithdrawInvitation) -> Reply:
    staff.withdraw_invitation(turn.work, turn.person, data.id)
    return see_invitations(turn, ToInvitations()).noting(screens.withdrawn())


def invite(turn: Turn, data: Invite) -> Reply:
    """The role, then the lots."""
    staff.demand(turn.work, turn.person, Action.INVITE_STAFF, None)
    turn.go(Place.WORK)
    if not data.role:
        return reply(screens.roles())
    return reply(screens.lots(_role(data.role), _offered(turn), data.lots, all_too=_rules(turn, frozenset())))


def asked(turn: Turn, data: InviteAsked) -> Reply:
    """Role and lots are chosen: ask for the name, or make the link without one: one, pressed twice as well."""
    role, of = _role(data.role), _lots(data.lots)
    if not _rules(turn, of):
        raise Refused(Reason.NOT_ALLOWED, action=Action.INVITE_STAFF.value, lot=",".join(sorted(of)) or None)
    naming = f"{FOCUS}:{role}:{data.lots}"
    if not data.plain:
        return turn.at(Place.WORK, naming)
    if turn.person.place is not Place.WORK or turn.person.focus != naming:
        raise Refused(Reason.OLD_BUTTON)
    return _make(turn, role, of, "")


def take_name(turn: Turn, name: str) -> Reply:
    """The name was written: the link."""
    _focus, role, mask = turn.person.focus.split(":")
    name = " ".join(name.split())
    if not name:
        raise Refused(Reason.EMPTY)
    return _make(turn, Role(role), _lots(int(mask)), name)


def redraw(turn: Turn) -> Reply | None:
    """The question for the name, as long as the right to invite is there."""
    _focus, role, mask = turn.person.focus.split(":")
    of = _lots(int(mask))
    return reply(screens.name(Role(role), of, int(mask))) if _rules(turn, of) else None


def _make(turn: Turn, role: Role, of: frozenset[str], name: str) -> Reply:
    made = staff.invite(turn.work, turn.person, role, of, name)
    turn.go(Place.WORK)
    return reply(screens.made(made), fresh=True)  # it is shown once: nothing is drawn over it


def _rules(turn: Turn, of: frozenset[str]) -> bool:
    members = staff.members_of(turn.work, turn.person)
    return any(may_rule(one, Action.INVITE_STAFF, of) for one in members)


def _offered(turn: Turn) -> list[tuple[int, str]]:
    """Bit and name of each lot: those with a competition, or all when there is none yet."""
    running = running_lots(turn.work)
    known = [(1 << place, lot) for place, lot in enumerate(staff.lots())]
    return [(bit, lot) for bit, lot in known if lot in (running or {lot}) and _rules(turn, frozenset({lot}))]


def _lots(mask: int) -> frozenset[str]:
    """The lots of these bits. Refused(OLD_BUTTON) for bits that stand for none."""
    known = staff.lots()
    if mask == ALL:
        return frozenset()
    if not 0 < mask < 1 << len(known):
        raise Refused(Reason.OLD_BUTTON)
    return frozenset(lot for place, lot in enumerate(known) if mask & 1 << place)


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise Refused(Reason.OLD_BUTTON) from None
