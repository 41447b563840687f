"""Events and posts, entered by hand: who entered what stands for ever; a correction is a further version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import outreach
from domain.coverage import FIRST_YEAR, LONGEST_PLACE, MOST_PEOPLE, Outreach, OutreachKind, read_link
from domain.dates import parse_date
from domain.local_time import local_day
from domain.numbers import parse_count
from domain.person import Person
from domain.reading import read_text
from domain.refusal import Reason, Refused
from domain.staff import Action
from usecases.coverage import place_of
from usecases.staff import demand
from usecases.work import Work

FIELDS = ("day", "people", "place", "link")  # in the order in which they are asked


@dataclass(frozen=True)
class File:
    """A photo or a document that somebody sent."""

    file_id: str
    file_unique_id: str
    photo: bool


def read_field(work: Work, field: str, text: str) -> Any:
    """What was typed for a field: a date, a number, words. Refused: with the reasons of each kind of reading."""
    match field:
        case "day":
            return _day(text, local_day(work.now))
        case "people":
            return parse_count(text, 1, MOST_PEOPLE)
        case "place":
            return read_text(text, 3, LONGEST_PLACE)
        case "link":
            return read_link(text)
        case _other:
            raise Refused(Reason.OLD_BUTTON)


def enter(work: Work, person: Person, kind: OutreachKind, where: str, told: Mapping[str, Any]) -> Outreach:
    """A new entry of these fields. Refused: NOT_ALLOWED, OLD_BUTTON, LINK_TWICE."""
    lot, region = place_of(where)
    demand(work, person, Action.REPORT_COVERAGE, lot)
    _single(work, lot, told["link"])
    values = {field: told[field] for field in FIELDS}
    number = outreach.add(work.session, lot, kind, region=region, withdrawn=False, **values, **_signed(work, person))
    return _found(work, number)


def correct(work: Work, person: Person, outreach_id: int, version: int, **changes: Any) -> Outreach:
    """A further version with these fields changed; `withdrawn` takes the entry out of the count, or puts it back.

    Refused: NOT_FOUND, NOT_ALLOWED, LINK_TWICE, OLD_BUTTON (somebody else has corrected it meanwhile).
    """
    one = _found(work, outreach_id)
    demand(work, person, Action.REPORT_COVERAGE, one.lot)
    _single(work, one.lot, changes.get("link", ""), but=one.id)
    values = {field: getattr(one.now, field) for field in ("region", "withdrawn", *FIELDS)} | changes
    if not outreach.correct(work.session, outreach_id, version, **values, **_signed(work, person)):
        raise Refused(Reason.OLD_BUTTON)
    return _found(work, outreach_id)


def prove(work: Work, person: Person, outreach_id: int, file: File) -> Outreach:
    """Attach a proof. Refused: NOT_FOUND, NOT_ALLOWED, FILE_TWICE."""
    one = _found(work, outreach_id)
    demand(work, person, Action.REPORT_COVERAGE, one.lot)
    if not outreach.prove(work.session, outreach_id, **vars(file), **_signed(work, person)):
        raise Refused(Reason.FILE_TWICE)
    return _found(work, outreach_id)


def entry_of(work: Work, person: Person, outreach_id: int) -> Outreach:
    """An entry with its history. Refused: NOT_FOUND, NOT_ALLOWED."""
    demand(work, person, Action.SEE_COVERAGE, None)
    one = _found(work, outreach_id)
    demand(work, person, Action.SEE_COVERAGE, one.lot)
    return one


def _found(work: Work, outreach_id: int) -> Outreach:
    one = outreach.get(work.session, outreach_id)
    if one is None:
        raise Refused(Reason.NOT_FOUND)
    return one


def _day(text: str, today: date) -> date:
    day = parse_date(text, today=today)
    if day.year < FIRST_YEAR:
        raise Refused(Reason.BEFORE_PROGRAMME, year=FIRST_YEAR)
    return day


def _single(work: Work, lot: str, link: str, but: int | None = None) -> None:
    """The same address is not entered twice in a lot: it would be counted twice."""
    other = outreach.with_link(work.session, lot, link) if link else None
    if other not in (None, but):
        raise Refused(Reason.LINK_TWICE, number=other)


def _signed(work: Work, person: Person) -> dict[str, Any]:
    return {"made_by": person.id, "made_at": work.now}
