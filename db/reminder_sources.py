"""Whom each kind of rule concerns: one query each, the same for everybody and for one person.

A query gives a row for each occasion: whose, the id of what it is about, since when, until when if that stands in the
table, a number to name it by, and what the person has switched off. What is done has no row any more: so the same
query tells, when a reminder is about to go out, that there is nothing to remind of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, null, or_, select
from sqlalchemy.orm import Session, aliased

from db.drafts import OPEN
from db.tables import ApplicationEventRow, ApplicationRow, CheckRow, DraftRow, PersonRow, TicketRow
from domain.application import State
from domain.reminder import Occasion, Who
from domain.ticket import TicketState

BATCH = 250  # people; a transaction is short, so that nobody who writes meanwhile waits for it
Source = Select[int, int, Any, datetime | None, str, list[str]]
IN_SELECTION = (State.SENT, State.TECHNICAL_SELECTION, State.COMMISSION)


@dataclass(frozen=True)
class Place:
    """The competition asked about: its regions; whether there is no other, and whether there are, to apply in."""

    competition_id: int
    regions: frozenset[str]
    alone: bool
    among: bool


def _may_apply(place: Place) -> Source:
    """Whoever named a region of the lot and was not told no; if there is no other competition, also who named none."""
    check = aliased(CheckRow)
    region = check.answers["region"].as_string()
    fitting = and_(region.in_(sorted(place.regions)), check.eligible.is_not(False))
    begun = exists().where(DraftRow.person_id == PersonRow.id, DraftRow.competition_id == place.competition_id)
    concerned = or_(fitting, _unnamed(check)) if place.alone else fitting
    return _people(check, place.competition_id).where(concerned, ~begun)


def _region_unknown(place: Place) -> Source:
    """Of several competitions: whoever named no region, was not told no and has begun in none; one subject for all."""
    check = aliased(CheckRow)
    begun = exists().where(DraftRow.person_id == PersonRow.id)
    return _people(check, 0).where(literal(place.among), _unnamed(check), ~begun)


def _people(check: Any, subject: int) -> Source:
    """Everybody but staff, with their newest check."""
    person = PersonRow
    newest = select(func.max(CheckRow.id)).where(CheckRow.person_id == person.id).scalar_subquery()
    columns = (person.id, literal(subject), person.met_at, null(), literal(""), person.muted)
    return select(*columns).outerjoin(check, check.id == newest).where(person.staff.is_(False))


def _unnamed(check: Any) -> ColumnElement[bool]:
    no_region = or_(check.id.is_(None), check.answers["region"].as_string().is_(None))
    return and_(no_region, check.eligible.is_not(False))


def _of(row: Any, subject: Any, since: Any, number: Any) -> Source:
    """What a table has of whoever its rows belong to; none of it says until when."""
    told = select(row.person_id, subject, since, null(), number, PersonRow.muted)
    return told.join(PersonRow, PersonRow.id == row.person_id)


def _draft_unfinished(place: Place) -> Source:
    row = DraftRow
    return _of(row, row.id, row.begun_at, literal("")).where(
        row.competition_id == place.competition_id, row.state == OPEN
    )


def _application_returned(place: Place) -> Source:
    """Each return is an occasion of its own: the subject is its event."""
    row, event = ApplicationRow, aliased(ApplicationEventRow)
    found = _of(row, event.id, event.at, row.number).join(event, event.id == _last_event(State.RETURNED))
    return found.where(row.competition_id == place.competition_id, row.state == State.RETURNED)


def _in_selection(place: Place) -> Source:
    row = ApplicationRow
    found = _of(row, row.id, row.sent_at, row.number)
    return found.where(row.competition_id == place.competition_id, row.state.in_(IN_SELECTION))


def _in_commission(place: Place) -> Source:
    row = ApplicationRow
    found = _of(row, row.id, row.sent_at, row.number)
    return found.where(row.competition_id == place.competition_id, row.state == State.COMMISSION)


def _winner(place: Place) -> Source:
    row, event = ApplicationRow, aliased(ApplicationEventRow)
    found = _of(row, row.id, event.at, row.number).join(event, event.id == _last_event(State.WINNER))
    return found.where(row.competition_id == place.competition_id, row.state == State.WINNER)


def _ticket_waits(_place: Place | None) -> Source:
    row = TicketRow
    found = _of(row, row.id, row.paused_at, row.number)
    return found.where(row.state == TicketState.WAITING, row.paused_at.is_not(None))


def _last_event(state: State) -> Any:
    event = ApplicationEventRow
    of_this = (event.application_id == ApplicationRow.id, event.state == state)
    return select(func.max(event.id)).where(*of_this).scalar_subquery()


SOURCES: Mapping[Who, Callable[[Any], Source]] = {
    Who.MAY_APPLY: _may_apply,
    Who.REGION_UNKNOWN: _region_unknown,
    Who.DRAFT_UNFINISHED: _draft_unfinished,
    Who.APPLICATION_RETURNED: _application_returned,
    Who.IN_SELECTION: _in_selection,
    Who.IN_COMMISSION: _in_commission,
    Who.WINNER: _winner,
    Who.TICKET_WAITS: _ticket_waits,
}


def of_person(session: Session, who: Who, place: Place | None, person_id: int) -> list[Occasion]:
    """What of this kind concerns one person now."""
    theirs = SOURCES[who](place)
    return _read(session, theirs.where(_whose(theirs) == person_id))


def batch(session: Session, who: Who, place: Place | None, after: int, most: int = BATCH) -> list[Occasion]:
    """Occasions of up to `most` reachable people, by person, after the person with this id.

    For kinds in which a person has one occasion a competition at most.
    """
    reached = SOURCES[who](place).where(PersonRow.unreachable_since.is_(None))
    whose = _whose(reached)
    return _read(session, reached.where(whose > after).order_by(whose).limit(most))


def every(session: Session, who: Who, place: Place | None) -> Iterator[list[Occasion]]:
    """All occasions of this kind of reachable people, in batches; a person may have several."""
    reached, last = SOURCES[who](place).where(PersonRow.unreachable_since.is_(None)), (0, 0)
    person, subject = list(reached.selected_columns)[:2]
    while found := _read(session, reached.where(_after(person, subject, *last)).order_by(person, subject).limit(BATCH)):
        yield found
        last = (found[-1].person_id, found[-1].subject)


def _whose(source: Source) -> Any:
    """The column of the table in which the occasion stands: its index has it behind competition and state."""
    return next(iter(source.selected_columns))


def _after(person: Any, subject: Any, person_id: int, subject_id: int) -> ColumnElement[bool]:
    return or_(person > person_id, and_(person == person_id, subject > subject_id))


def _read(session: Session, statement: Source) -> list[Occasion]:
    return [
        Occasion(person, subject, since, ends, number, frozenset(muted))
        for person, subject, since, ends, number, muted in session.execute(statement)
    ]
