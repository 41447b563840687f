"""Who is writing, and was this update handled before?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db import people
from domain.local_time import local_day
from domain.person import Person, Place
from usecases.reached import wrote
from usecases.remind_returned import remind_returned
from usecases.work import Work

SEEN_EVERY = timedelta(minutes=5)  # how exactly "last seen" is kept: a write with every press would buy nothing
# Telegram keeps an update for 24 hours (Bot API, "Getting updates"); the rest is a margin.
UPDATES_KEPT = timedelta(days=7)


class Redelivered(Exception):
    """Telegram sent this update before and it was handled: nothing may change, only the screen is redrawn."""


def meet_person(work: Work, telegram_id: int, update_id: int) -> Person:
    """The writer of a fresh update, held until the transaction ends.

    Raises Redelivered when the update's number is known. The person comes first and the number second, so
    that on PostgreSQL two processes with one person's updates wait for each other at the person's row.
    """
    met = people.meet(work.session, telegram_id, update_id, work.now)
    person, fresh = met or _met_first(work, telegram_id, update_id)
    if not fresh:
        raise Redelivered
    last_year = local_day(person.seen_at).year < local_day(work.now).year
    if met is None or last_year:
        person = replace(person, first_this_year=True, newcomer=met is None)
        wrote(work, person, newcomer=met is None)
    if last_year or person.unreachable or work.now - person.seen_at >= SEEN_EVERY:
        people.change_person(work.session, person.id, seen_at=work.now, unreachable_since=None)
        if person.unreachable:
            remind_returned(work, person)
    return replace(person, unreachable=False)


def known_person(work: Work, telegram_id: int) -> Person:
    """The person of this Telegram account; met for the first time if need be."""
    return people.find_person(work.session, telegram_id) or _newcomer(work, telegram_id)


def stored_person(work: Work, telegram_id: int) -> Person | None:
    """The person of this Telegram account; None for a stranger, also for one who had everything erased."""
    return people.find_person(work.session, telegram_id)


def go(work: Work, person: Person, place: Place, focus: str = "") -> Person:
    """Move a person to a place of the conversation: their next words belong there."""
    if (person.place, person.focus) == (place, focus):
        return person
    people.change_person(work.session, person.id, place=place, focus=focus)
    return replace(person, place=place, focus=focus)


def speak(work: Work, person: Person, language: str) -> Person:
    """Keep the language this person chose."""
    people.change_person(work.session, person.id, language=language)
    return replace(person, language=language)


def came_from(work: Work, person: Person, source: str) -> Person:
    """Remember the deep link that first brought a person (for the information coverage); later ones change nothing."""
    if person.source is not None or not source:
        return person
    people.change_person(work.session, person.id, source=source)
    return replace(person, source=source)


def mark_unreachable(work: Work, person_id: int) -> None:
    """This person blocked the bot or left Telegram: nothing is sent to them until they come back."""
    people.change_person(work.session, person_id, unreachable_since=work.now)


def came_back(work: Work, person: Person) -> None:
    """This person may be written to again."""
    if person.unreachable:
        people.change_person(work.session, person.id, unreachable_since=None)
        remind_returned(work, person)


def forget_updates(work: Work) -> int:
    """Forget the numbers of updates that can no longer come again; how many."""
    return people.forget_updates(work.session, work.now - UPDATES_KEPT)


def _met_first(work: Work, telegram_id: int, update_id: int) -> tuple[Person, bool]:
    return _newcomer(work, telegram_id), people.record_update(work.session, update_id, work.now)


def _newcomer(work: Work, telegram_id: int) -> Person:
    people.add_person(work.session, telegram_id, work.now)
    person = people.find_person(work.session, telegram_id)
    assert person is not None
    return person
