"""Taking a consent back: what follows is said before, and is what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.application import State
from domain.consent import ConsentKind
from tests import applications
from tests.factories import a_competition
from tests.in_force import PutInForce
from tests.life import a_life, found_in
from usecases.checks import latest_check
from usecases.competitions import InForce
from usecases.consent import answer_consent, has_consent, standing_answer
from usecases.drafts import open_draft
from usecases.erase_person import what_stays
from usecases.own_applications import standing_of
from usecases.withdraw_consent import Consequence, consequence, withdraw_consent
from usecases.work import Work

PROCESSING, PUBLICATION = ConsentKind.PROCESSING, ConsentKind.PUBLICATION


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def test_without_publication_the_rest_stays(work: Work, one: InForce) -> None:
    ready = applications.ready(work, one)
    answer_consent(work, ready.person, PUBLICATION, agreed=True, language="kk")
    assert withdraw_consent(work, ready.person, PUBLICATION) == Consequence(False, (), ())
    assert standing_answer(work, ready.person, PUBLICATION) is None
    assert has_consent(work, ready.person, PROCESSING)
    assert open_draft(work, ready.person)


def test_a_draft_is_erased_with_its_files(work: Work, one: InForce) -> None:
    ready = applications.ready(work, one, given=applications.answers(title="Ерекше атау"))
    assert consequence(work, ready.person) == Consequence(True, (), ())
    assert withdraw_consent(work, ready.person, PROCESSING) == Consequence(True, (), ())
    assert open_draft(work, ready.person) is None
    assert found_in(work, ("Ерекше атау", "id_card.pdf")) == set()
    assert not has_consent(work, ready.person, PROCESSING)


def test_while_applications_are_open_a_sent_one_is_withdrawn(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    assert withdraw_consent(work, life.person, PROCESSING).withdrawn == (life.application.number,)
    standing = standing_of(work, life.person)
    assert standing
    assert standing.application.state is State.WITHDRAWN


def test_in_the_selection_a_sent_one_stays_and_it_is_said_until_when(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    after = replace(work, now=work.now + timedelta(days=8))
    written_for_them = True  # a draft that an operator filled in on the telephone
    expected = Consequence(written_for_them, (), what_stays(after, life.person))
    assert expected.staying
    assert withdraw_consent(after, life.person, PROCESSING) == expected
    standing = standing_of(after, life.person)
    assert standing
    assert standing.application.state is State.SENT
    assert [has_consent(after, life.person, kind) for kind in ConsentKind] == [False, False]


def test_a_check_goes_unless_a_request_is_about_it(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    withdraw_consent(work, life.person, PROCESSING)
    assert latest_check(work, life.person)
    ready = applications.ready(work, one, 1002)
    withdraw_consent(work, ready.person, PROCESSING)
    assert latest_check(work, ready.person) is None
