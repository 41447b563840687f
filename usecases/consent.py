"""Consent to keep personal data, and apart from it, to publish a name and a project."""

from __future__ import annotations

from db import consents
from domain.consent import VERSION, Consent, ConsentKind
from domain.person import Person
from usecases.work import Work


def has_consent(work: Work, person: Person, kind: ConsentKind) -> bool:
    """Whether this person agreed to today's words and has not taken it back."""
    consent = _standing(work, person, kind)
    return consent is not None and consent.agreed


def was_asked(work: Work, person: Person, kind: ConsentKind) -> bool:
    """Whether this person answered today's words, with yes or no."""
    return _standing(work, person, kind) is not None


def answer_consent(work: Work, person: Person, kind: ConsentKind, *, agreed: bool, language: str) -> None:
    """Keep the answer to today's words, read in this language; the same answer again changes nothing."""
    standing = _standing(work, person, kind)
    if standing and standing.agreed == agreed:
        return
    consents.withdraw(work.session, person.id, kind, work.now)
    consent = Consent(kind, VERSION, None, agreed, work.now, None)
    consents.add(work.session, person.id, consent, language)


def _standing(work: Work, person: Person, kind: ConsentKind) -> Consent | None:
    consent = consents.latest(work.session, person.id, kind)
    return consent if consent and consent.answers(None) else None
