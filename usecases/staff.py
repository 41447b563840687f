"""Who works here: they join by a link that works once, rights are asked for at every step, whoever leaves is gone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db import staff
from db.staff import StoredInvitation
from domain.notification import Kind
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, Role, allowed, may_rule
from usecases.announce_approval import ask_again
from usecases.assistances import end_of_unserved
from usecases.notify import notify
from usecases.order import order
from usecases.return_tickets import return_unserved
from usecases.same_duty import same_duty
from usecases.work import Work

INVITATION_LASTS = timedelta(days=3)
INVITATIONS_SHOWN = timedelta(days=30)
LONGEST_NAME = 60
PREFIX = "staff_"  # of the deep link's payload: t.me/BOT?start=staff_TOKEN


@dataclass(frozen=True)
class Invited:
    """A link just made. Its token is told now and never again: only a hash is kept."""

    token: str
    role: Role
    lots: frozenset[str]
    name: str
    expires_at: datetime


@dataclass(frozen=True)
class Invitation:
    """A link as its maker sees it later."""

    id: int
    role: Role
    lots: frozenset[str]
    name: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_by: str  # the name of whoever used it, empty until then
    withdrawn: bool


def members_of(work: Work, person: Person) -> tuple[Member, ...]:
    """What this person is in the office; nothing is asked of the database for those who are not staff."""
    return staff.members_of(work.session, person.id) if person.staff else ()


def as_staff(person: Person) -> Person:
    """The same person, from now on a member."""
    return replace(person, staff=True)


def refreshed(work: Work, person: Person) -> Person:
    """The same person, after a membership may have ended."""
    return replace(person, staff=bool(staff.members_of(work.session, person.id)))


def demand(work: Work, person: Person, action: Action, lot: str | None) -> Member:
    """The membership that allows this person the action in this lot (None: in any lot of theirs).

    Refused(NOT_ALLOWED, action, lot) when none does; `bot/turns.py` writes that into the log.
    """
    for member in members_of(work, person):
        if allowed(member, action, lot):
            return member
    raise _not_allowed(action, lot)


def may(work: Work, person: Person, action: Action, lot: str | None) -> bool:
    """Whether to offer it; each press asks again."""
    return any(allowed(member, action, lot) for member in members_of(work, person))


def lots() -> tuple[str, ...]:
    """Every lot of the order."""
    return tuple(dict.fromkeys(region.lot for region in order().regions))


def lots_of(work: Work, person: Person, action: Action) -> tuple[str, ...]:
    """The lots in which this person may do that, in the order's order."""
    mine = [one for one in members_of(work, person) if allowed(one, action, None)]
    return tuple(lot for lot in lots() if any(one.serves(lot) for one in mine))


def invite(work: Work, by: Person | None, role: Role, of: frozenset[str], name: str = "") -> Invited:
    """A link by which one person joins in this role, for these lots (none: all). `by` None: on the machine itself.

    Refused(NOT_ALLOWED) when the inviter does not rule over each of these lots, NOT_FOUND for a lot that the
    order does not have, TOO_LONG for a name.
    """
    if by:
        _ruling(work, by, Action.INVITE_STAFF, of)
    if not of <= set(lots()):
        raise Refused(Reason.NOT_FOUND)
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG, limit=LONGEST_NAME, length=len(name))
    token, expires_at = secrets.token_urlsafe(24), work.now + INVITATION_LASTS
    staff.add_invitation(
        work.session,
        token_hash=work.vault.keyed_hash(token),
        role=role,
        lots=sorted(of),
        name=name,
        made_by=by.id if by else None,
        made_at=work.now,
        expires_at=expires_at,
    )
    return Invited(token, role, of, name, expires_at)


def join(work: Work, person: Person, token: str, first_name: str) -> Member:
    """Become a member by a link. Whoever opens their own used link again finds the membership as it is.

    Refused(INVITATION_UNKNOWN, INVITATION_USED or INVITATION_EXPIRED) otherwise.
    """
    found = staff.invitation(work.session, work.vault.keyed_hash(token))
    if found is None:
        raise Refused(Reason.INVITATION_UNKNOWN)
    if found.used_by == person.id and (joined := _as(work, person.id, found.role)):
        return joined
    if not staff.use_invitation(work.session, found.id, person.id, work.now):
        raise Refused(Reason.INVITATION_USED if found.used_at else Reason.INVITATION_EXPIRED)
    _enter(work, person, found, found.name or first_name[:LONGEST_NAME] or f"#{person.id}")
    member = _as(work, person.id, found.role)
    assert member
    ask_again(work)
    if found.made_by:
        notify(work, found.made_by, Kind.STAFF_JOINED, f"invitation:{found.id}", member=member.id, role=member.role)
    return member


def invitations(work: Work, person: Person) -> tuple[Invitation, ...]:
    """The links of the last month in the lots that this person invites to, newest first."""
    mine = [one for one in members_of(work, person) if allowed(one, Action.INVITE_STAFF, None)]
    if not mine:
        raise _not_allowed(Action.INVITE_STAFF, None)
    found = staff.invitations(work.session, work.now - INVITATIONS_SHOWN)
    shown = [one for one in found if any(may_rule(member, Action.INVITE_STAFF, one.lots) for member in mine)]
    names = staff.names_of_people(work.session, [one.used_by for one in shown if one.used_by])
    return tuple(_shown(one, names) for one in shown)


def withdraw_invitation(work: Work, person: Person, invitation_id: int) -> None:
    """Make an unused link void. Refused(NOT_FOUND) for one that is not this person's to withdraw, or used."""
    if invitation_id not in {one.id for one in invitations(work, person)}:
        raise Refused(Reason.NOT_FOUND)
    if not staff.withdraw_invitation(work.session, invitation_id, work.now):
        raise Refused(Reason.NOT_FOUND)


def colleagues(work: Work, person: Person) -> tuple[Member, ...]:
    """Everybody who works in a lot that this person sees the staff of."""
    mine = [one for one in members_of(work, person) if allowed(one, Action.SEE_STAFF, None)]
    if not mine:
        raise _not_allowed(Action.SEE_STAFF, None)
    return tuple(one for one in staff.members(work.session) if any(_share(one, member) for member in mine))


def members(work: Work) -> tuple[Member, ...]:
    """Everybody who works here, oldest first: for the command line and for distribution."""
    return staff.members(work.session)


def name_of(work: Work, member_id: int) -> str:
    """The name of a membership, an ended one too; empty when it was erased."""
    return staff.named(work.session, [member_id]).get(member_id, "")


def remove(work: Work, by: Person | None, member_id: int) -> Member:
    """End somebody's membership, at once. Refused(NOT_FOUND) when it has ended, NOT_ALLOWED without the right."""
    member = staff.get(work.session, member_id)
    if member is None:
        if by:
            demand(work, by, Action.REMOVE_STAFF, None)
        raise Refused(Reason.NOT_FOUND)
    if by:
        _ruling(work, by, Action.REMOVE_STAFF, member.lots)
    _end(work, member)
    return member


def leave(work: Work, person: Person, member_id: int) -> Member:
    """End a membership of one's own. Refused(NOT_FOUND) for any other."""
    member = next((one for one in members_of(work, person) if one.id == member_id), None)
    if member is None:
        raise Refused(Reason.NOT_FOUND)
    _end(work, member)
    return member


def _end(work: Work, member: Member) -> None:
    staff.end(work.session, member, work.now)
    left = staff.members_of(work.session, member.person_id)
    return_unserved(work, member.person_id, left)
    end_of_unserved(work, member.person_id, left)
    ask_again(work)


def _enter(work: Work, person: Person, invited: StoredInvitation, name: str) -> None:
    """A membership, or further lots for the one of this role."""
    before = staff.members_of(work.session, person.id)
    old = next((one for one in before if one.role is invited.role), None)
    if old is None:
        new = staff.add(work.session, person.id, invited.role, invited.lots, name, work.now)
        same_duty(work, new, invited.role, before)
    else:
        wider = frozenset() if not (old.lots and invited.lots) else old.lots | invited.lots
        staff.change(work.session, old.id, lots=sorted(wider))


def _as(work: Work, person_id: int, role: Role) -> Member | None:
    return next((one for one in staff.members_of(work.session, person_id) if one.role is role), None)


def _ruling(work: Work, person: Person, action: Action, of: frozenset[str]) -> None:
    if not any(may_rule(member, action, of) for member in members_of(work, person)):
        raise _not_allowed(action, ",".join(sorted(of)) or None)


def _share(one: Member, other: Member) -> bool:
    return not one.lots or not other.lots or bool(one.lots & other.lots)


def _shown(one: StoredInvitation, names: dict[int, str]) -> Invitation:
    return Invitation(
        one.id,
        one.role,
        one.lots,
        one.name,
        one.made_at,
        one.expires_at,
        one.used_at,
        names.get(one.used_by, "") if one.used_by else "",
        one.withdrawn_at is not None,
    )


def _not_allowed(action: Action, lot: str | None) -> Refused:
    return Refused(Reason.NOT_ALLOWED, action=action.value, lot=lot)
