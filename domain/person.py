"""Whoever writes to the bot, and where in the conversation they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Place(StrEnum):
    """The conversation that a person's next words belong to. Kept in the database, never in memory."""

    MENU = "menu"
    ELIGIBILITY = "eligibility"
    CONSENT = "consent"
    APPLICATION = "application"
    DOCUMENTS = "documents"
    REVIEW = "review"
    STATUS = "status"
    QUESTIONS = "questions"
    DATA = "data"
    WORK = "work"  # the office's side; focus: what is being written there
    TICKETS = "tickets"  # questions and complaints, the author's side
    DESK = "desk"  # the same, the operator's side
    COVERAGE = "coverage"  # links, events and posts of the information campaign; focus: what is being entered
    ASSIST = "assist"  # an operator fills in an application for a caller; focus: which, and where in it
    TAKEOVER = "takeover"  # the applicant is asked about it; focus: which
    ANNOUNCEMENTS = "announcements"  # focus: handlers/announcements/place.py


@dataclass(frozen=True)
class Person:
    """A person as one update sees them; `focus` is where inside the place they are, as the place says it."""

    id: int
    telegram_id: int
    language: str | None  # "kk", "ru", or not chosen yet
    place: Place
    focus: str
    source: str | None  # the deep link that brought them
    muted: frozenset[str]  # kinds of notification switched off
    met_at: datetime
    seen_at: datetime  # to within SEEN_EVERY
    unreachable: bool
    staff: bool = False  # has a membership (domain/staff.py)
    heard_ticket: int | None = None  # an operator's words came last: what is said next may answer them
    first_this_year: bool = False  # this update is their first in this year of Kazakhstan
    newcomer: bool = False  # met with this very update
