"""A check is begun, answered, judged under the rules in force, and made anew when they or time have moved on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.competition import Competition
from domain.eligibility import Rule
from domain.person import Person
from tests.factories import NOW, a_competition, a_person, both
from tests.in_force import PutInForce
from usecases.checks import (
    Check,
    begin_check,
    judge_check,
    latest_check,
    open_check,
    refresh_check,
    standing,
    take_answer,
)
from usecases.work import Work

GOOD = {
    "region": "79",
    "citizenship": "kazakhstan",
    "birth_date": "2001-05-04",
    "registration": "permanent",
    "working": "no",
    "studying": "no",
    "training": "no",
}


@pytest.fixture
def person(work: Work) -> Person:
    return a_person(work)


def answered(work: Work, person: Person, **others: str) -> Check:
    check = begin_check(work, person)
    for key, value in {**GOOD, **others}.items():
        check = take_answer(work, person, check, key, value)
    return judge_check(work, check)


def of_lot(lot: str, regions: dict[str, int], **changes: Any) -> Competition:
    return replace(a_competition(), code=f"{lot}-2026", lot=lot, quotas=regions, **changes)


def later(work: Work, **by: float) -> Work:
    return replace(work, now=work.now + timedelta(**by))


def test_nobody_has_a_check_before_the_first(work: Work, person: Person) -> None:
    assert latest_check(work, person) is None


def test_a_check_is_begun_once_and_stays_open(work: Work, person: Person) -> None:
    first = open_check(work, person)
    assert (first.answers, first.verdict, first.eligible) == ({}, None, None)
    assert open_check(work, person) == first
    assert begin_check(work, person) == first  # no second empty row


def test_the_question_asked_follows_from_the_answers(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, a_competition())
    check, asked = open_check(work, person), []
    while one := standing(work, check).asked():
        asked.append(one.key)
        check = take_answer(work, person, check, one.key, GOOD[one.key])
    assert asked == list(GOOD)
    assert latest_check(work, person) == check


def test_the_question_in_focus_comes_first(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, a_competition())
    check = take_answer(work, person, open_check(work, person), "region", "79")
    now = standing(work, check)
    assert [one.key for one in (now.asked(), now.asked("region"), now.asked("nonsense")) if one] == [
        "citizenship",
        "region",
        "citizenship",
    ]
    assert (now.before("region"), now.before("birth_date")) == (None, "citizenship")


def test_where_time_of_registration_counts_it_is_asked(work: Work, person: Person, put_in_force: PutInForce) -> None:
    rules = replace(a_competition().rules, registered_months=3)
    put_in_force(work.session, replace(a_competition(), rules=rules))
    check = answered(work, person)
    asked = standing(work, check).asked()
    assert asked
    assert (asked.key, check.verdict) == ("registered_long", None)
    check = judge_check(work, take_answer(work, person, check, "registered_long", "no"))
    assert check.verdict
    assert [failure.rule for failure in check.verdict.failures] == [Rule.REGISTERED_SHORT]


def test_the_verdict_is_stored_with_its_version(work: Work, person: Person, put_in_force: PutInForce) -> None:
    one = put_in_force(work.session, a_competition())
    check = answered(work, person)
    assert (check.eligible, check.version_id, check.judged_at) == (True, one.version_id, NOW)
    assert latest_check(work, person) == check


def test_the_birth_date_is_not_readable_in_the_database(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, a_competition())
    check = answered(work, person)
    assert check.answers["birth_date"] == "2001-05-04"
    rows = work.session.connection().exec_driver_sql("SELECT answers, sealed FROM eligibility_check").all()
    assert "2001-05-04" not in str(rows)


def test_every_failed_rule_is_named(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, a_competition())
    bad = {"citizenship": "other", "birth_date": "2010-05-04", "region": "10", "registration": "none"}
    check = answered(work, person, **bad, working="yes", studying="full_time", training="yes")
    assert check.verdict
    assert {failure.rule for failure in check.verdict.failures} == {
        Rule.CITIZENSHIP,
        Rule.TOO_YOUNG,
        Rule.REGION,
        Rule.REGISTRATION,
        Rule.WORKING,
        Rule.STUDYING,
        Rule.TRAINING,
    }


def test_another_answer_after_the_verdict_is_a_new_check(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, a_competition())
    first = answered(work, person, working="yes")
    second = judge_check(work, take_answer(work, person, first, "working", "no"))
    assert second.id != first.id
    assert (first.eligible, second.eligible) == (False, True)


def test_a_check_is_judged_once(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, a_competition())
    check = answered(work, person)
    assert judge_check(later(work, hours=1), check) is check


def test_without_any_competition_nothing_is_judged(work: Work, person: Person) -> None:
    check = answered(work, person)
    assert (check.verdict, standing(work, check).competition) == (None, None)


def test_a_region_without_a_competition_is_judged_by_an_open_one(
    work: Work, person: Person, put_in_force: PutInForce
) -> None:
    ahead = replace(a_competition().dates, intake_opens=NOW + timedelta(days=1), intake_closes=NOW + timedelta(days=9))
    put_in_force(work.session, of_lot("19", {"15": 14, "43": 14}, dates=ahead))
    taking = put_in_force(work.session, of_lot("19-5", {"27": 8, "79": 20}))
    check = answered(work, person, region="10")
    now = standing(work, check)
    assert (now.own, check.version_id) == (False, taking.version_id)
    assert check.verdict
    assert [failure.rule for failure in check.verdict.failures] == [Rule.REGION]


def test_the_region_decides_whose_rules_count(work: Work, person: Person, put_in_force: PutInForce) -> None:
    put_in_force(work.session, of_lot("19-5", {"27": 8, "79": 20}))
    strict = replace(a_competition().rules, age=replace(a_competition().rules.age, upper=24))
    other = put_in_force(work.session, of_lot("19", {"15": 14, "43": 14}, rules=strict))
    check = answered(work, person, region="43")
    assert (check.version_id, check.eligible, standing(work, check).own) == (other.version_id, False, True)


class TestRefresh:
    """The verdict that the menu leads back to."""

    def test_nothing_changed(self, work: Work, person: Person, put_in_force: PutInForce) -> None:
        put_in_force(work.session, a_competition())
        check = answered(work, person)
        assert refresh_check(later(work, hours=20), person) == (check, False)

    def test_a_new_version_that_judges_the_same_by_another_number(
        self, work: Work, person: Person, put_in_force: PutInForce
    ) -> None:
        put_in_force(work.session, a_competition())
        check = answered(work, person)
        newer = put_in_force(work.session, replace(a_competition(), name=both("Renamed")))
        fresh, anew = refresh_check(work, person)
        assert (anew, fresh.version_id, fresh.eligible) == (True, newer.version_id, True)
        assert fresh.answers == check.answers

    def test_a_birthday_makes_it_good(self, work: Work, person: Person, put_in_force: PutInForce) -> None:
        put_in_force(work.session, a_competition())
        too_young = answered(work, person, birth_date="2008-11-24")
        fresh, anew = refresh_check(later(work, days=2), person)
        assert (too_young.eligible, anew, fresh.eligible) == (False, True, True)

    def test_a_birthday_makes_it_bad(self, work: Work, person: Person, put_in_force: PutInForce) -> None:
        put_in_force(work.session, a_competition())
        check = answered(work, person, birth_date="1990-11-24")
        assert check.verdict
        assert check.verdict.eligible_until == date(2026, 11, 23)
        fresh, anew = refresh_check(later(work, days=2), person)
        assert (anew, fresh.eligible) == (True, False)

    def test_new_rules_ask_what_the_old_did_not(self, work: Work, person: Person, put_in_force: PutInForce) -> None:
        put_in_force(work.session, a_competition())
        answered(work, person)
        put_in_force(work.session, replace(a_competition(), rules=replace(a_competition().rules, registered_months=3)))
        fresh, anew = refresh_check(work, person)
        asked = standing(work, fresh).asked()
        assert (anew, fresh.verdict, asked and asked.key) == (True, None, "registered_long")

    def test_when_all_competitions_have_ended_the_old_verdict_stands(
        self, work: Work, person: Person, put_in_force: PutInForce
    ) -> None:
        put_in_force(work.session, a_competition())
        check = answered(work, person)
        assert refresh_check(later(work, days=400), person) == (check, False)

    def test_a_complete_check_is_judged_once_there_is_a_competition(
        self, work: Work, person: Person, put_in_force: PutInForce
    ) -> None:
        answered(work, person)
        put_in_force(work.session, a_competition())
        fresh, anew = refresh_check(work, person)
        assert (fresh.eligible, anew) == (True, False)
