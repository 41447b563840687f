"""Consent to keep personal data, and apart from it, to publish a name and a project."""

from __future__ import annotations

from db import consents
from domain.consent import VERSION, Consent, ConsentKind
from domain.person import Person
from usecases.own_competition import own_competition
from usecases.work import Work


def has_consent(work: Work, person: Person, kind: ConsentKind) -> bool:
    """Whether this person agreed to today's words, about the organiser who concerns them, and still does."""
    consent = _standing(work, person, kind)
    return consent is not None and consent.agreed


def was_asked(work: Work, person: Person, kind: ConsentKind) -> bool:
    """Whether this person answered today's words, with yes or no."""
    return _standing(work, person, kind) is not None


def standing_answer(work: Work, person: Person, kind: ConsentKind) -> Consent | None:
    """The answer that holds now: with its date; None when today's words were not answered or it was taken back."""
    return _standing(work, person, kind)


def answer_consent(work: Work, person: Person, kind: ConsentKind, *, agreed: bool, language: str) -> None:
    """Keep the answer to today's words, read in this language; the same answer again changes nothing."""
    standing = _standing(work, person, kind)
    if standing and standing.agreed == agreed:
        return
    consents.withdraw(work.session, person.id, kind, work.now)
    own = own_competition(work, person)
    consent = Consent(kind, VERSION, own.id if own else None, agreed, work.now, None)
    consents.add(work.session, person.id, consent, language)


def _standing(work: Work, person: Person, kind: ConsentKind) -> Consent | None:
    consent = consents.latest(work.session, person.id, kind)
    if consent is None:
        return None
    own = own_competition(work, person) if consent.competition_id else None
    return consent if consent.answers(own.id if own else None) else None
