"""The years that the consent names are kept by the program itself, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests import applications
from tests.factories import NOW, a_competition
from tests.in_force import PutInForce
from tests.life import a_life, dump, found_in
from usecases.competitions import InForce
from usecases.forget_after_years import forget_after_years
from usecases.meet_person import known_person
from usecases.work import Work


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def at(work: Work, moment: datetime) -> Work:
    return replace(work, now=moment)


def test_a_moment_before_nothing_goes(work: Work, one: InForce) -> None:
    a_life(work, one)
    before = dump(work)
    assert (
        forget_after_years(at(work, one.competition.kept_until.replace(year=one.competition.kept_until.year - 1))) == 0
    )
    assert dump(work) == before


def test_then_the_application_goes_with_all_its_papers(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    assert forget_after_years(at(work, one.competition.kept_until)) == 1
    assert found_in(work, (life.words[1], life.words[2], life.words[5])) == set()
    content = dump(work)
    assert not any(content[table] for table in ("application", "document", "draft"))
    assert content["discarded_file"]  # the bytes are deleted by another timer


def test_who_works_in_the_office_stays_staff(work: Work, one: InForce) -> None:
    life = a_life(work, one)
    forget_after_years(at(work, one.competition.kept_until))
    assert known_person(work, life.person.telegram_id).staff


def test_who_was_silent_so_long_is_not_known_any_more(work: Work, one: InForce) -> None:
    applications.sent(work, one, 7_001_001)
    forget_after_years(at(work, one.competition.kept_until))
    assert not dump(work)["person"]


def test_who_still_writes_keeps_the_account_and_the_newer_application(
    work: Work, one: InForce, put_in_force: PutInForce
) -> None:
    life = a_life(work, one)
    newer = put_in_force(work.session, replace(a_competition(), code="later", lot="1", quotas={"75": 28}, keep_years=6))
    applications.ready(work, newer, life.person.telegram_id, applications.answers(title="Екінші жоба"))
    assert forget_after_years(at(work, one.competition.kept_until)) == 1
    kept = {table for table, content in dump(work).items() if content}
    assert {"person", "draft", "document"} <= kept
    assert not dump(work)["application"]


def test_strangers_are_forgotten_in_portions(work: Work, one: InForce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("usecases.forget_after_years.AT_ONCE", 2)
    for number in range(3):
        known_person(work, 7_001_001 + number)
    later = at(work, NOW.replace(year=NOW.year + 5, day=NOW.day + 1))
    assert [forget_after_years(later) for _ in range(3)] == [2, 1, 0]


def test_without_a_competition_nobody_is_forgotten(work: Work) -> None:
    known_person(work, 7_001_001)
    assert forget_after_years(at(work, NOW.replace(year=NOW.year + 50))) == 0
