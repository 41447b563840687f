"""Years of birth and telephones' marks for whoever answered before they were noted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select, update

from db import drafts
from db.tables import CheckRow, DraftRow, PersonRow
from domain.person import Person
from tests import applications
from tests.factories import a_competition, a_person
from tests.in_force import PutInForce
from tests.usecases.test_checks import answered
from usecases import note_in_the_open
from usecases.checks import begin_check, take_answer
from usecases.competitions import InForce
from usecases.drafts import erase, open_draft, phone_mark
from usecases.note_in_the_open import STEPS
from usecases.work import Work

PHONE = "+77010000001"


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


@pytest.fixture(autouse=True, params=(1, 500))
def batch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_in_the_open, "BATCH", request.param)


def forgotten(work: Work) -> None:
    """As before both were noted."""
    work.session.execute(update(PersonRow).values(birth_year=None))
    work.session.execute(update(DraftRow).values(phone_mark=None))


def noted(work: Work) -> None:
    for step in STEPS:
        last: int | None = 0
        while last is not None:
            last = step(work, last)


def years(work: Work) -> Sequence[int | None]:
    return work.session.scalars(select(PersonRow.birth_year).order_by(PersonRow.id)).all()


def callers(work: Work) -> list[Person]:
    return drafts.people_with_phone(work.session, phone_mark(work, PHONE))


def test_the_newest_check_says_when_somebody_was_born(work: Work, one: InForce) -> None:
    people = [a_person(work, number) for number in (1001, 1002, 1003, 1004)]
    answered(work, people[0], birth_date="1999-01-31")
    answered(work, people[1], birth_date="1998-12-31")
    take_answer(work, people[1], begin_check(work, people[1]), "birth_date", "2003-06-01")
    begin_check(work, people[2])
    forgotten(work)
    noted(work)
    assert years(work) == [1999, 2003, None, None]


def test_a_year_that_stands_is_left_alone(work: Work, one: InForce) -> None:
    person = a_person(work)
    answered(work, person, birth_date="1999-01-31")
    work.session.execute(update(PersonRow).values(birth_year=2000))
    noted(work)
    assert years(work) == [2000]


def test_whoever_gave_a_telephone_is_found_by_it(work: Work, one: InForce) -> None:
    sent = applications.sent(work, one, 1001, given=applications.answers(phone=PHONE))
    begun = applications.ready(work, one, 1002, given={"phone": PHONE})
    applications.ready(work, one, 1003, given={"surname": "Әбілқасымова"})
    gone = open_draft(work, applications.ready(work, one, 1004, given={"phone": PHONE}).person)
    assert gone
    erase(work, gone.id)
    forgotten(work)
    assert callers(work) == []
    noted(work)
    assert [person.telegram_id for person in callers(work)] == [1001, begun.person.telegram_id]
    assert sent.person_id == callers(work)[0].id


def test_a_broken_seal_stops_nobody_else(work: Work, one: InForce) -> None:
    for number in (1001, 1002, 1003):
        ready = applications.ready(work, one, number, given={"phone": PHONE})
        answered(work, ready.person, birth_date="1999-01-31")
    forgotten(work)
    broken = work.session.scalars(select(PersonRow.id).order_by(PersonRow.id)).all()[1]
    for table in (CheckRow, DraftRow):
        work.session.execute(update(table).where(table.person_id == broken).values(sealed=b"x" * 40))
    noted(work)
    assert years(work) == [1999, None, 1999]
    assert [person.telegram_id for person in callers(work)] == [1001, 1003]
