"""An audience as one condition of SQL on people, the same on both databases, and what is found with it.

Every condition is true or false of everybody, never unknown (NULL): an exclusion is a plain "not".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.tables import (
    AnnouncementListedRow,
    ApplicationRow,
    CheckRow,
    CompetitionRow,
    DraftRow,
    PersonRow,
    TicketRow,
)
from domain.application import State
from domain.audience import EVER, NONE, OPEN, Audience, Condition, Field, Group, within, years
from domain.staff import Member
from domain.ticket import TicketState

Clause = ColumnElement[bool]
Column = InstrumentedAttribute[int]


@dataclass(frozen=True)
class Known:
    """What conditions are about beside the rows of people: the moment, the order, the staff, intakes that are over.

    `lots`: the audience is cut to these; none: to none.
    """

    now: datetime
    year: int
    regions: Mapping[str, tuple[str, ...]]  # lot -> KATO codes
    closed: tuple[int, ...]  # competitions whose sent applications are in technical selection by now
    members: tuple[Member, ...]
    lots: frozenset[str]


def fitting(audience: Audience, known: Known) -> Clause:
    """Whether a row of PersonRow belongs to the audience."""
    among = or_(*(_all_of(group, known) for group in audience.include)) if audience.include else true()
    without = [not_(_all_of(group, known)) for group in audience.exclude]
    cut = [_of_lots(tuple(sorted(known.lots)), known)] if known.lots else []
    return and_(among, *without, *cut)


@dataclass(frozen=True)
class Counted:
    """How many an audience has: those that can be reached by language, and those that cannot or do not want to be."""

    languages: Mapping[str, int]
    blocked: int
    muted: int

    @property
    def total(self) -> int:
        return sum(self.languages.values()) + self.blocked + self.muted


def count(session: Session, clause: Clause, language: str, kind: str) -> Counted:
    """Count an audience. `language`: of those who have chosen none; `kind`: what they may have switched off."""
    row = PersonRow
    spoken, gone = func.coalesce(row.language, language), row.unreachable_since.is_not(None)
    muted = cast(row.muted, Text).like(f'%"{kind}"%')
    each = select(spoken.label("spoken"), gone.label("gone"), muted.label("muted")).where(clause).subquery()
    rows = session.execute(select(each.c.spoken, each.c.gone, each.c.muted, func.count()).group_by(*each.c))
    found = [(str(of), bool(away), bool(off), int(many)) for of, away, off, many in rows]
    languages: dict[str, int] = {}
    for of, away, off, many in found:
        if not away and not off:
            languages[of] = languages.get(of, 0) + many
    blocked = sum(many for _of, away, _off, many in found if away)
    return Counted(languages, blocked, sum(many for _of, away, off, many in found if off and not away))


def sample(session: Session, clause: Clause, most: int, turn: int) -> list[int]:
    """Some people of an audience, as if by chance; another `turn`, others."""
    row = PersonRow
    mixed = (row.id * 7919 + turn * 104_729) % 65_521
    return list(session.scalars(select(row.id).where(clause).order_by(mixed, row.id).limit(most)))


def sources(session: Session, most: int) -> list[tuple[str, int]]:
    """The links that brought most people, and how many."""
    row = PersonRow
    asked = select(row.source, func.count()).where(row.source.is_not(None)).group_by(row.source)
    found = session.execute(asked.order_by(func.count().desc(), row.source).limit(most))
    return [(str(source), many) for source, many in found]


def _all_of(group: Group, known: Known) -> Clause:
    lots = within(group, known.lots)
    return and_(*(_ANY[one.field](one, known, lots) for one in group))


def _lot(one: Condition, known: Known, _lots: frozenset[str]) -> Clause:
    return _of_lots(one.values, known)


def _of_lots(lots: tuple[str, ...], known: Known) -> Clause:
    regions = [kato for lot in lots for kato in known.regions.get(lot, ())]
    staff = [one.person_id for one in known.members if not one.lots or one.lots & set(lots)]
    return or_(
        _check_in(regions),
        exists().where(DraftRow.person_id == PersonRow.id, _standing(), _in_lots(DraftRow.competition_id, lots)),
        exists().where(ApplicationRow.person_id == PersonRow.id, _in_lots(ApplicationRow.competition_id, lots)),
        PersonRow.id.in_(staff) if staff else false(),
    )


def _region(one: Condition, _known: Known, _lots: frozenset[str]) -> Clause:
    regions = list(one.values)
    written = DraftRow.answers["region"].as_string()
    return or_(
        _check_in(regions),
        exists().where(DraftRow.person_id == PersonRow.id, _standing(), written.in_(regions)),
        exists().where(ApplicationRow.person_id == PersonRow.id, ApplicationRow.region.in_(regions)),
    )


def _check_in(regions: list[str]) -> Clause:
    named = CheckRow.answers["region"].as_string()
    return exists().where(CheckRow.person_id == PersonRow.id, named.in_(regions))


def _standing() -> Clause:
    return DraftRow.state != "discarded"


def _in_lots(competition: Column, lots: tuple[str, ...] | frozenset[str]) -> Clause:
    if not lots:
        return true()
    return competition.in_(select(CompetitionRow.id).where(CompetitionRow.lot.in_(sorted(lots))))


def _language(one: Condition, _known: Known, _lots: frozenset[str]) -> Clause:
    return func.coalesce(PersonRow.language, "kk").in_(one.values)


def _age(one: Condition, known: Known, _lots: frozenset[str]) -> Clause:
    born = PersonRow.birth_year
    return and_(born.is_not(None), or_(*(born.between(*years(band, known.year)) for band in one.values)))


def _state(one: Condition, known: Known, lots: frozenset[str]) -> Clause:
    return or_(*(_in_state(value, known, lots) for value in one.values))


def _in_state(value: str, known: Known, lots: frozenset[str]) -> Clause:
    row = ApplicationRow
    theirs = and_(row.person_id == PersonRow.id, _in_lots(row.competition_id, lots))
    if value == NONE:
        return not_(exists().where(theirs, row.withdrawn_at.is_(None)))
    if value == State.WITHDRAWN:
        return exists().where(theirs, row.withdrawn_at.is_not(None))
    over = row.competition_id.in_(known.closed) if known.closed else false()
    now = row.state == value
    if value == State.SENT:
        now = and_(now, not_(over))
    if value == State.TECHNICAL_SELECTION:
        now = or_(now, and_(row.state == State.SENT, over))
    return exists().where(theirs, row.withdrawn_at.is_(None), now)


def _draft(one: Condition, _known: Known, lots: frozenset[str]) -> Clause:
    row = DraftRow
    unfinished = exists().where(row.person_id == PersonRow.id, row.state == "open", _in_lots(row.competition_id, lots))
    return or_(*(unfinished if value == OPEN else not_(unfinished) for value in one.values))


def _source(one: Condition, _known: Known, _lots: frozenset[str]) -> Clause:
    return and_(PersonRow.source.is_not(None), PersonRow.source.in_(one.values))


def _seen(one: Condition, known: Known, _lots: frozenset[str]) -> Clause:
    return or_(*(_seen_within(int(value), known.now) for value in one.values))


def _seen_within(days: int, now: datetime) -> Clause:
    since = now - timedelta(days=abs(days))
    return PersonRow.seen_at >= since if days > 0 else PersonRow.seen_at < since


def _role(one: Condition, known: Known, lots: frozenset[str]) -> Clause:
    return or_(*(_in_role(value, known, lots) for value in one.values))


def _in_role(value: str, known: Known, lots: frozenset[str]) -> Clause:
    if value == NONE:
        return PersonRow.id.not_in([one.person_id for one in known.members])
    shared = (one for one in known.members if not (lots and one.lots) or one.lots & lots)
    return PersonRow.id.in_([one.person_id for one in shared if one.role == value])


def _tickets(one: Condition, _known: Known, lots: frozenset[str]) -> Clause:
    row = TicketRow
    theirs = and_(row.person_id == PersonRow.id, row.lot.in_(sorted(lots)) if lots else true())
    ever, unsettled = exists().where(theirs), exists().where(theirs, row.state != TicketState.CLOSED)
    clauses = {EVER: ever, OPEN: unsettled, NONE: not_(ever)}
    return or_(*(clauses[value] for value in one.values))


def _list(one: Condition, _known: Known, _lots: frozenset[str]) -> Clause:
    row = AnnouncementListedRow
    return exists().where(row.person_id == PersonRow.id, row.list_id.in_([int(value) for value in one.values]))


_ANY: Mapping[Field, Callable[[Condition, Known, frozenset[str]], Clause]] = {
    Field.LOT: _lot,
    Field.REGION: _region,
    Field.LANGUAGE: _language,
    Field.AGE: _age,
    Field.STATE: _state,
    Field.DRAFT: _draft,
    Field.SOURCE: _source,
    Field.SEEN: _seen,
    Field.ROLE: _role,
    Field.TICKETS: _tickets,
    Field.LIST: _list,
}
