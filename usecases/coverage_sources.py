"""Links of ours: made for one place each, given out with a QR picture, counted when somebody comes by them."""

from __future__ import annotations

import secrets

from db import sources
from db.sources import Source, Visits
from domain.coverage import LONGEST_NAME, LONGEST_PLACE, SourceKind
from domain.person import Person
from domain.reading import read_text
from domain.refusal import Reason, Refused
from domain.regions import Words
from domain.staff import Action
from usecases.coverage import place_of
from usecases.meet_person import came_from
from usecases.reached import came_by
from usecases.staff import demand
from usecases.work import Work

PREFIX = "via-"  # of the deep link's payload: t.me/BOT?start=via-CODE
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud
CODE_LENGTH = 7


def make_source(work: Work, person: Person, kind: SourceKind, where: str, name: Words, place: str) -> Source:
    """A new link. Refused: NOT_ALLOWED, OLD_BUTTON (`where` is no lot or region), EMPTY, TOO_SHORT, TOO_LONG."""
    lot, region = place_of(where)
    demand(work, person, Action.MAKE_SOURCE, lot)
    number = sources.add(
        work.session,
        code="".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH)),
        lot=lot,
        region=region,
        kind=kind,
        name_kk=read_name(name.kk),
        name_ru=read_name(name.ru),
        place=read_text(place, 1, LONGEST_PLACE) if place else "",
        made_by=person.id,
        made_at=work.now,
    )
    return _found(work, number)


def source_of(work: Work, person: Person, source_id: int) -> tuple[Source, Visits]:
    """A link and what became of those who came by it. Refused: NOT_FOUND, NOT_ALLOWED."""
    demand(work, person, Action.SEE_COVERAGE, None)
    source = _found(work, source_id)
    demand(work, person, Action.SEE_COVERAGE, source.lot)
    return source, sources.visits(work.session, [source_id])[source_id]


def come_by_link(work: Work, person: Person, code: str) -> Person:
    """Somebody opened a link of ours; one that is not known is remembered as any other source."""
    if source := sources.with_code(work.session, code):
        came_by(work, person, source)
    return came_from(work, person, f"{PREFIX}{code}"[:64])


def read_name(text: str) -> str:
    """A source's name. Refused: EMPTY, TOO_SHORT, TOO_LONG."""
    return read_text(text, 2, LONGEST_NAME)


def _found(work: Work, source_id: int) -> Source:
    source = sources.get(work.session, source_id)
    if source is None:
        raise Refused(Reason.NOT_FOUND)
    return source
