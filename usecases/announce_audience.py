"""Whom an announcement would reach: counted and sampled, cut to its lots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db import announcement_lists, applications, audience, people
from db.audience import Counted, Known
from domain.announcement import Announcement
from domain.audience import CHOICES, Field
from domain.local_time import local_day
from domain.notification import Kind
from domain.regions import LANGUAGES
from usecases import staff
from usecases.announce import with_sources
from usecases.announce_approval import WhoDecides
from usecases.competitions import every_competition
from usecases.order import order
from usecases.work import Work

SAMPLE = 5
MOST_SOURCES = 60
LONGEST_SOURCE = 30  # characters that a button can carry


@dataclass(frozen=True)
class Masked:
    """Somebody of an audience, as far as whoever announces may see them."""

    account: str  # the last digits of their Telegram number
    language: str | None
    seen_at: datetime
    applications: tuple[str, ...]  # numbers


@dataclass(frozen=True)
class Reach:
    """Whom a draft would reach."""

    counted: Counted
    sample: tuple[Masked, ...]
    decides: WhoDecides | None  # so many wait for one of these; None: one person may let it go


def known_for(work: Work, one: Announcement) -> Known:
    """What the conditions of this announcement are about, now."""
    regions = {lot: tuple(region.kato for region in order().lot(lot)) for lot in staff.lots()}
    closed = tuple(found.id for found in every_competition(work) if work.now >= found.competition.dates.intake_closes)
    return Known(work.now, local_day(work.now).year, regions, closed, staff.members(work), one.lots)


def count_audience(work: Work, one: Announcement) -> Counted:
    """How many it would reach by language, and who cannot or does not want to be reached."""
    return audience.count(work.session, clause_of(work, one), LANGUAGES[0], Kind.ANNOUNCEMENT)


def sample_audience(work: Work, one: Announcement, turn: int = 0) -> tuple[Masked, ...]:
    """Some of them, so that a mistaken condition is noticed."""
    found = audience.sample(work.session, clause_of(work, one), SAMPLE, turn)
    return tuple(_masked(work, person_id) for person_id in found)


def offered_values(work: Work, one: Announcement, field: Field) -> tuple[str, ...]:
    """The answers that a condition of this announcement may choose from."""
    mine = [region for region in order().regions if not one.lots or region.lot in one.lots]
    match field:
        case Field.LOT:
            return tuple(dict.fromkeys(region.lot for region in mine))
        case Field.REGION:
            return tuple(region.kato for region in mine)
        case Field.SOURCE:
            if one.lots:  # others' links are none of theirs
                return tuple(with_sources(work, one).sources)[:MOST_SOURCES]
            known = audience.sources(work.session, MOST_SOURCES)
            return tuple(name for name, _many in known if len(name) <= LONGEST_SOURCE)
        case Field.LIST:
            own = announcement_lists.of_announcement(work.session, one.id)
            return tuple(map(str, dict.fromkeys((*one.audience.lists(), *own))))
        case _fixed:
            return CHOICES[field]


def clause_of(work: Work, one: Announcement) -> audience.Clause:
    """The audience as SQL."""
    return audience.fitting(one.audience, known_for(work, one))


def _masked(work: Work, person_id: int) -> Masked:
    person = people.get_person(work.session, person_id)
    assert person
    numbers = tuple(one.number for one in applications.of_person(work.session, person_id))
    return Masked(masked_account(person.telegram_id), person.language, person.seen_at, numbers)


def masked_account(telegram_id: int) -> str:
    """A Telegram number of which only the last digits are left."""
    return f"••{str(telegram_id)[-3:]}"
