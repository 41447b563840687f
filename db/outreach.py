"""Events and posts entered by hand, with every version of what was entered, and their proofs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_new
from db.tables import OutreachRow, OutreachVersionRow, ProofRow, StaffMemberRow
from domain.coverage import Outreach, OutreachKind, OutreachVersion, Proof
from domain.local_time import local_day


def add(session: Session, lot: str, kind: OutreachKind, **values: Any) -> int:
    """A new entry with its first version; its number."""
    row = OutreachRow(lot=lot, kind=kind, version=0)
    session.add(row)
    session.flush()
    assert correct(session, row.id, 0, **values)
    return row.id


def correct(session: Session, outreach_id: int, version: int, **values: Any) -> bool:
    """A further version after this one; False when somebody else has added it meanwhile."""
    row = OutreachRow
    onward = update(row).where(row.id == outreach_id, row.version == version).values(version=version + 1)
    if not affected(session, onward):
        return False
    session.add(OutreachVersionRow(outreach_id=outreach_id, number=version + 1, **values))
    session.flush()
    return True


def prove(session: Session, outreach_id: int, **values: Any) -> bool:
    """Attach a photo or file; False when this very file is attached already."""
    return insert_new(session, ProofRow, {"outreach_id": outreach_id, **values})


def get(session: Session, outreach_id: int) -> Outreach | None:
    return next(iter(_read(session, OutreachRow.id == outreach_id)), None)


def of_year(session: Session, lots: Collection[str], first: date, last: date) -> list[Outreach]:
    """The entries of these lots whose day (as it stands now) lies between these, newest day first."""
    row, version = OutreachRow, OutreachVersionRow
    current = select(row.id).join(version, (version.outreach_id == row.id) & (version.number == row.version))
    found = _read(session, row.id.in_(current.where(row.lot.in_(lots), version.day.between(first, last))))
    return sorted(found, key=lambda one: (one.now.day, one.id), reverse=True)


def with_link(session: Session, lot: str, link: str) -> int | None:
    """The entry of this lot that has this address now."""
    row, version = OutreachRow, OutreachVersionRow
    current = (version.outreach_id == row.id) & (version.number == row.version)
    found = select(row.id).join(version, current).where(row.lot == lot, version.link == link, ~version.withdrawn)
    return session.scalars(found.limit(1)).one_or_none()


def _read(session: Session, which: ColumnElement[bool]) -> list[Outreach]:
    row = OutreachRow
    heads = session.execute(select(row.id, row.lot, row.kind).where(which)).all()
    ids = [one.id for one in heads]
    versions, proofs = _versions(session, ids), _proofs(session, ids)
    return [Outreach(one.id, one.lot, OutreachKind(one.kind), versions[one.id], proofs[one.id]) for one in heads]


def _versions(session: Session, ids: Sequence[int]) -> dict[int, list[OutreachVersion]]:
    row = OutreachVersionRow
    found = session.execute(select(row).where(row.outreach_id.in_(ids)).order_by(row.number)).scalars().all()
    names = _names(session, {one.made_by for one in found if one.made_by})
    apart: dict[int, list[OutreachVersion]] = defaultdict(list)
    for one in found:
        apart[one.outreach_id].append(_version(one, names.get(one.made_by, "")))
    return apart


def _version(row: OutreachVersionRow, name: str) -> OutreachVersion:
    told = (row.number, row.region, row.day, row.people, row.place, row.link, row.withdrawn)
    return OutreachVersion(*told, by=name, on=local_day(row.made_at))


def _proofs(session: Session, ids: Sequence[int]) -> dict[int, list[Proof]]:
    row = ProofRow
    apart: dict[int, list[Proof]] = defaultdict(list)
    for one in session.scalars(select(row).where(row.outreach_id.in_(ids)).order_by(row.id)):
        apart[one.outreach_id].append(Proof(one.file_id, one.photo))
    return apart


def _names(session: Session, people: Collection[int]) -> dict[int | None, str]:
    """Names at work, of those who left too; the newest of several."""
    row = StaffMemberRow
    found = select(row.person_id, row.name).where(row.person_id.in_(people)).order_by(row.id)
    return {person: name for person, name in session.execute(found)}  # noqa: C416 - rows are no pairs to mypy
