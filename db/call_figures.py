"""What the figures of the call centre are made of: a line a ticket, nothing of what was said or who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from db.tables import StaffMemberRow, TicketEventRow, TicketRow
from domain.figures import Case
from domain.reckoner import Elapsed
from domain.ticket import TicketEvent, TicketState

Event = tuple[TicketEvent, int | None, Mapping[str, Any]]  # what, who (person id), facts


@dataclass(frozen=True)
class Hands:
    """Through whose hands a ticket went: who answered first, who had it last, who owed a further answer."""

    first: str
    last: str
    further: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Place:
    """How far the tickets have been read, in the order they were opened in."""

    opened_at: datetime
    id: int


def first_opened(session: Session, lots: Collection[str] | None) -> datetime | None:
    """When the oldest ticket of these lots (None: of all) was opened."""
    row = TicketRow
    oldest = select(row.opened_at).where(_among(lots)).order_by(row.opened_at).limit(1)
    return session.scalars(oldest).first()


def cases(
    session: Session, lots: Collection[str] | None, after: Place, most: int, elapsed: Elapsed
) -> tuple[list[Case], Place]:
    """The next tickets of these lots (None: of all), oldest first, and how far that was."""
    row = TicketRow
    times = (row.due_by, row.opened_at, row.answered_at, row.closed_at, row.answer_by, row.solve_by, row.paused_at)
    statement = select(row.id, row.person_id, row.number, row.lot, row.kind, row.state, *times, row.waited, row.rating)
    further = or_(row.opened_at > after.opened_at, row.id > after.id)
    found = session.execute(
        statement.where(row.opened_at >= after.opened_at, further, _among(lots))
        .order_by(row.opened_at, row.id)
        .limit(most)
    ).all()
    names, events = _names(session), _events(session, [one.id for one in found])
    read = [_case(one, _hands(events.get(one.id, ()), one.person_id, names), elapsed) for one in found]
    return read, Place(found[-1].opened_at, found[-1].id) if found else after


@dataclass(frozen=True)
class Commented:
    """A rating with words, as it is stored."""

    ticket_id: int
    author_id: int
    number: str
    lot: str
    kind: str
    operator: str  # whoever answered or closed last before it was rated
    rating: int
    sealed: bytes
    rated_at: datetime


def commented(
    session: Session, lots: Collection[str] | None, since: datetime, before: Place | None, most: int
) -> list[tuple[Commented, Place]]:
    """Ratings with words of these lots' tickets opened since then, the newest tickets first, each with its place."""
    row = TicketRow
    asked = select(
        row.id, row.person_id, row.number, row.lot, row.kind, row.rating, row.rating_words, row.rated_at, row.opened_at
    ).where(row.opened_at >= since, row.rating_words.is_not(None), row.rating.is_not(None), _among(lots))
    if before:
        older = or_(row.opened_at < before.opened_at, row.id < before.id)
        asked = asked.where(row.opened_at <= before.opened_at, older)
    found = session.execute(asked.order_by(row.opened_at.desc(), row.id.desc()).limit(most)).all()
    names, events = _names(session), _events(session, [one.id for one in found])
    return [
        (_commented(one, _hands(events.get(one.id, ()), one.person_id, names)), Place(one.opened_at, one.id))
        for one in found
    ]


def _commented(one: Row[*tuple[Any, ...]], hands: Hands) -> Commented:
    whose = (one.id, one.person_id, one.number, one.lot, one.kind, hands.last)
    return Commented(*whose, one.rating, one.rating_words, one.rated_at or one.opened_at)


def _case(one: Row[*tuple[Any, ...]], hands: Hands, elapsed: Elapsed) -> Case:
    return Case(
        number=one.number,
        lot=one.lot,
        kind=one.kind,
        operator=hands.first,
        waiting=one.state == TicketState.WAITING,
        opened_at=one.opened_at,
        answered_at=one.answered_at,
        closed_at=one.closed_at,
        answer_by=one.answer_by,
        solve_by=one.solve_by,
        rating=one.rating,
        answer_took=elapsed(one.lot, one.opened_at, one.answered_at) if one.answered_at else None,
        solution_took=_solution_took(one, elapsed) if one.closed_at else None,
        due_by=one.due_by,
        rated_for=hands.last,
        further=hands.further,
        paused_at=one.paused_at,
    )


def _solution_took(one: Row[*tuple[Any, ...]], elapsed: Elapsed) -> timedelta:
    """Until it was closed, without the working time in which it was the author's turn."""
    ours = elapsed(one.lot, one.opened_at, one.paused_at or one.closed_at)
    return max(timedelta(0), ours - timedelta(seconds=one.waited))


def _events(session: Session, ids: Collection[int]) -> dict[int, list[Event]]:
    """Who answered and who closed each of these tickets, until it was rated; further answers after that, too."""
    row = TicketEventRow
    said = row.what.in_((TicketEvent.ANSWERED, TicketEvent.CLOSED, TicketEvent.RATED))
    found: dict[int, list[Event]] = {}
    for one in session.execute(
        select(row.ticket_id, row.what, row.who_id, row.facts).where(row.ticket_id.in_(ids), said).order_by(row.id)
    ):
        found.setdefault(one.ticket_id, []).append((TicketEvent(one.what), one.who_id, one.facts))
    return found


def _hands(events: Sequence[Event], author: int, names: Mapping[int | None, str]) -> Hands:
    """What the author did themselves (closing it, for one) is no work of ours, though they may be staff."""
    ours = [(what, names.get(who, ""), facts) for what, who, facts in events if who != author]
    first = next((name for what, name, _facts in ours if what is TicketEvent.ANSWERED), "")
    rated = next((place for place, (what, _who, _facts) in enumerate(events) if what is TicketEvent.RATED), None)
    last = [names.get(who, "") for _what, who, _facts in events[:rated] if who != author]
    owed = [(first if who == author else names.get(who, ""), facts) for _what, who, facts in events]
    further = tuple((name, bool(facts["in_time"])) for name, facts in owed if "in_time" in facts)
    return Hands(first, last[-1] if last else "", further)


def _among(lots: Collection[str] | None) -> ColumnElement[bool]:
    """As the desk has it: what nobody knows the lot of is everybody's."""
    return TicketRow.lot.in_([*lots, ""]) if lots is not None else TicketRow.id > 0


def _names(session: Session) -> dict[int | None, str]:
    """Everybody's name at work by person, of those who left too; equal names with the number of the membership."""
    row = StaffMemberRow
    newest = {one.person_id: one for one in session.execute(select(row.person_id, row.id, row.name).order_by(row.id))}
    alike = Counter(one.name for one in newest.values())
    return {person: one.name if alike[one.name] == 1 else f"{one.name} №{one.id}" for person, one in newest.items()}
