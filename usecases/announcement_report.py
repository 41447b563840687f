"""The table of an announcement's recipients: wished for in the chat, made in pages by a job, sent as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db import announcement_ledger, announcements, people
from domain.announcement import Announcement, Fate
from domain.person import Person
from usecases.announce import announcement_of
from usecases.announce_audience import masked_account
from usecases.work import Work

PAGE = 2_000


@dataclass(frozen=True)
class Row:
    """What became of one recipient; nobody is named."""

    person_id: int
    account: str  # masked
    applications: tuple[str, ...]  # numbers
    language: str | None
    fate: Fate
    at: datetime | None
    error: str | None


def want_report(work: Work, person: Person, announcement_id: int) -> None:
    """Have the table made for this person."""
    one = announcement_of(work, person, announcement_id)
    announcements.change(work.session, one.id, report_for=person.id)


def wanted(work: Work) -> tuple[Announcement, Person | None] | None:
    """An announcement whose table somebody waits for; None as the second when they are gone."""
    found = announcements.report_wanted(work.session)
    one = announcements.get(work.session, found[0]) if found else None
    return (one, people.get_person(work.session, found[1])) if one and found else None


def page(work: Work, announcement_id: int, after: int) -> list[Row]:
    """The next rows after this person."""
    lines = announcement_ledger.lines(work.session, announcement_id, after, PAGE)
    numbers = announcement_ledger.application_numbers(work.session, [line.person_id for line in lines])
    return [
        Row(
            line.person_id,
            masked_account(line.telegram_id),
            numbers.get(line.person_id, ()),
            line.language,
            line.fate,
            line.at,
            line.error,
        )
        for line in lines
    ]


def given(work: Work, announcement_id: int) -> None:
    """It was sent, or cannot be."""
    announcements.change(work.session, announcement_id, report_for=None)
