"""Members of the staff and the invitations they join by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from db.dialects import affected
from db.tables import PersonRow, StaffInvitationRow, StaffMemberRow
from domain.staff import Member, Presence, Role


@dataclass(frozen=True)
class StoredInvitation:
    """A link to join by, as stored; `used_name` is the name its user has as a member."""

    id: int
    role: Role
    lots: frozenset[str]
    name: str
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    used_by: int | None
    used_at: datetime | None
    withdrawn_at: datetime | None


def members_of(session: Session, person_id: int) -> tuple[Member, ...]:
    """The memberships of a person that have not ended, oldest first."""
    return _read(session, _members().where(StaffMemberRow.person_id == person_id))


def members(session: Session) -> tuple[Member, ...]:
    """Everybody who works here, oldest first."""
    return _read(session, _members())


def get(session: Session, member_id: int) -> Member | None:
    """The membership of this number; None when there is none or it has ended."""
    return next(iter(_read(session, _members().where(StaffMemberRow.id == member_id))), None)


def named(session: Session, member_ids: list[int]) -> dict[int, str]:
    """The names of these memberships, ended ones too."""
    row = StaffMemberRow
    found = session.execute(select(row.id, row.name).where(row.id.in_(member_ids)))
    return {member_id: name for member_id, name in found}  # noqa: C416 - rows are no pairs to mypy


def names_of_people(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people at work, of those who left too; of several memberships the newest speaks."""
    row = StaffMemberRow
    found = session.execute(select(row.person_id, row.name).where(row.person_id.in_(list(person_ids))).order_by(row.id))
    return {person_id: name for person_id, name in found}  # noqa: C416 - rows are no pairs to mypy


def add(session: Session, person_id: int, role: Role, lots: frozenset[str], name: str, now: datetime) -> int:
    """A new membership; the person is marked as staff. Its number."""
    row = StaffMemberRow(
        person_id=person_id,
        role=role,
        lots=sorted(lots),
        name=name,
        joined_at=now,
        presence=Presence.OFF,
        presence_since=now,
        capacity=Member.capacity,
    )
    session.add(row)
    session.flush()
    _mark(session, person_id, staff=True)
    return row.id


def change(session: Session, member_id: int, **values: Any) -> None:
    row = StaffMemberRow
    session.execute(update(row).where(row.id == member_id, row.left_at.is_(None)).values(**values))


def end(session: Session, member: Member, now: datetime) -> bool:
    """End a membership; with the last one the person is staff no more. False when it had ended before."""
    row = StaffMemberRow
    ended = update(row).where(row.id == member.id, row.left_at.is_(None)).values(left_at=now, presence=Presence.OFF)
    if not affected(session, ended):
        return False
    if not members_of(session, member.person_id):
        _mark(session, member.person_id, staff=False)
    return True


def add_invitation(session: Session, **values: Any) -> int:
    """A new link; the number of its row."""
    row = StaffInvitationRow(**values)
    session.add(row)
    session.flush()
    return row.id


def invitation(session: Session, token_hash: str) -> StoredInvitation | None:
    """The link of this token, in whatever state."""
    found = session.scalars(select(StaffInvitationRow).where(StaffInvitationRow.token_hash == token_hash))
    return next(map(_invitation, found), None)


def invitations(session: Session, since: datetime) -> tuple[StoredInvitation, ...]:
    """Links made since then, newest first."""
    row = StaffInvitationRow
    return tuple(map(_invitation, session.scalars(select(row).where(row.made_at >= since).order_by(row.id.desc()))))


def use_invitation(session: Session, invitation_id: int, person_id: int, now: datetime) -> bool:
    """Use a link up; False when it is used, withdrawn or expired: of two at once only one gets it."""
    row = StaffInvitationRow
    free = (row.id == invitation_id) & row.used_at.is_(None) & row.withdrawn_at.is_(None) & (row.expires_at > now)
    return affected(session, update(row).where(free).values(used_by=person_id, used_at=now)) == 1


def withdraw_invitation(session: Session, invitation_id: int, now: datetime) -> bool:
    """Make a link void; False when it was used or withdrawn before."""
    row = StaffInvitationRow
    free = (row.id == invitation_id) & row.used_at.is_(None) & row.withdrawn_at.is_(None)
    return affected(session, update(row).where(free).values(withdrawn_at=now)) == 1


def _mark(session: Session, person_id: int, *, staff: bool) -> None:
    session.execute(update(PersonRow).where(PersonRow.id == person_id).values(staff=staff))


def _members() -> Select[Any]:
    row = StaffMemberRow
    columns: list[Any] = [row.id, row.person_id, row.role, row.lots, row.name, PersonRow.language]
    columns += [row.presence, row.presence_since, row.capacity]
    present = select(*columns).join(PersonRow, PersonRow.id == row.person_id).where(row.left_at.is_(None))
    return present.order_by(row.id)


def _read(session: Session, statement: Select[Any]) -> tuple[Member, ...]:
    return tuple(map(_member, session.execute(statement)))


def _member(row: Row[Any]) -> Member:
    return Member(
        row.id,
        row.person_id,
        Role(row.role),
        frozenset(row.lots),
        row.name,
        row.language,
        Presence(row.presence),
        row.presence_since,
        row.capacity,
    )


def _invitation(row: StaffInvitationRow) -> StoredInvitation:
    return StoredInvitation(
        row.id,
        Role(row.role),
        frozenset(row.lots),
        row.name,
        row.made_by,
        row.made_at,
        row.expires_at,
        row.used_by,
        row.used_at,
        row.withdrawn_at,
    )
