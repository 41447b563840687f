"""Consent: asked by version, answered with yes or no, taken back at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db import consents
from domain import consent as words
from domain.consent import VERSION, ConsentKind
from tests.factories import a_person
from usecases import consent
from usecases.consent import answer_consent, has_consent, was_asked
from usecases.work import Work

PROCESSING, PUBLICATION = ConsentKind.PROCESSING, ConsentKind.PUBLICATION


def test_nobody_has_agreed_unasked(work: Work) -> None:
    person = a_person(work)
    assert [has_consent(work, person, kind) for kind in ConsentKind] == [False, False]
    assert [was_asked(work, person, kind) for kind in ConsentKind] == [False, False]


def test_the_two_consents_are_apart(work: Work) -> None:
    person = a_person(work)
    answer_consent(work, person, PROCESSING, agreed=True, language="kk")
    assert has_consent(work, person, PROCESSING)
    assert not was_asked(work, person, PUBLICATION)
    answer_consent(work, person, PUBLICATION, agreed=False, language="kk")
    assert was_asked(work, person, PUBLICATION)
    assert not has_consent(work, person, PUBLICATION)


def test_only_the_person_who_agreed_has_consented(work: Work) -> None:
    answer_consent(work, a_person(work), PROCESSING, agreed=True, language="ru")
    assert not has_consent(work, a_person(work, 1002), PROCESSING)


def test_a_new_version_asks_again(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(work)
    answer_consent(work, person, PROCESSING, agreed=True, language="kk")
    for module in (words, consent):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    assert not has_consent(work, person, PROCESSING)
    answer_consent(work, person, PROCESSING, agreed=True, language="kk")
    assert has_consent(work, person, PROCESSING)


def test_a_changed_mind_dates_the_old_answer(work: Work) -> None:
    person = a_person(work)
    answer_consent(work, person, PUBLICATION, agreed=True, language="kk")
    later = replace(work, now=work.now + timedelta(hours=1))
    answer_consent(later, person, PUBLICATION, agreed=False, language="kk")
    answer_consent(later, person, PUBLICATION, agreed=False, language="kk")
    assert not has_consent(later, person, PUBLICATION)
    assert consents.latest(work.session, person.id, PUBLICATION) == words.Consent(
        PUBLICATION, VERSION, None, False, later.now, None
    )
