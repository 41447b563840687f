"""Verdicts: every rule, every setting, the days where an age changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.check_form import ELSEWHERE, CheckAnswers, Studying
from domain.competition import AgeRule, Competition, ReferenceDate, Registration
from domain.eligibility import Failure, Rule, Verdict, counted_on, judge, last_day
from domain.local_time import ALMATY, day_begins, local_day
from tests.factories import a_competition

TODAY = date(2026, 11, 22)
OPENS = datetime(2026, 11, 16, tzinfo=ALMATY).astimezone(UTC)
CLOSES = datetime(2026, 12, 1, tzinfo=ALMATY).astimezone(UTC)
SOMEBODY = CheckAnswers(
    citizen=True,
    birth_date=date(2001, 5, 4),
    region="79",
    registration=Registration.PERMANENT,
    working=False,
    studying=Studying.NO,
    training=False,
)


def competition(**rules: Any) -> Competition:
    one = a_competition()
    dates = replace(one.dates, intake_opens=OPENS, intake_closes=CLOSES)
    return replace(one, dates=dates, rules=replace(one.rules, **rules))


def counting(reference: ReferenceDate, fixed: date | None = None, upper: int = 35) -> Competition:
    return competition(age=AgeRule(18, upper, reference, fixed))


def failures(answers: CheckAnswers, one: Competition | None = None, today: date = TODAY) -> tuple[Failure, ...]:
    return judge(answers, one or competition(), today).failures


def born(day: date) -> CheckAnswers:
    return replace(SOMEBODY, birth_date=day)


def test_somebody_who_may_apply() -> None:
    assert judge(SOMEBODY, competition(), TODAY, rule_version=3) == Verdict((), 3)
    assert judge(SOMEBODY, competition(), TODAY).eligible


def test_every_failed_rule_is_named() -> None:
    answers = CheckAnswers(
        citizen=False,
        birth_date=date(2010, 1, 1),
        region=ELSEWHERE,
        registration=Registration.NONE,
        working=True,
        studying=Studying.FULL_TIME,
        training=True,
    )
    verdict = judge(answers, competition(), TODAY)
    assert not verdict.eligible
    assert [failure.rule for failure in verdict.failures] == [
        Rule.CITIZENSHIP,
        Rule.TOO_YOUNG,
        Rule.REGION,
        Rule.REGISTRATION,
        Rule.WORKING,
        Rule.STUDYING,
        Rule.TRAINING,
    ]
    assert verdict.failed(Rule.REGION) == Failure(Rule.REGION, {"regions": ("27", "79")})
    assert verdict.failed(Rule.TOO_OLD) is None


def test_citizenship_is_a_setting() -> None:
    foreigner = replace(SOMEBODY, citizen=False)
    assert failures(foreigner) == (Failure(Rule.CITIZENSHIP),)
    assert failures(foreigner, competition(citizenship=False)) == ()


def test_too_young_but_in_time() -> None:
    """Eighteen on 30 November, the last day of intake."""
    facts = {
        "age": 17,
        "lower": 18,
        "counted_on": TODAY,
        "eligible_from": date(2026, 11, 30),
        "in_time": True,
    }
    assert failures(born(date(2008, 11, 30))) == (Failure(Rule.TOO_YOUNG, facts),)
    assert failures(born(date(2008, 11, 30)), today=date(2026, 11, 30)) == ()


def test_too_young_for_this_intake() -> None:
    facts = {"age": 17, "lower": 18, "counted_on": TODAY, "eligible_from": date(2026, 12, 1), "in_time": False}
    assert failures(born(date(2008, 12, 1))) == (Failure(Rule.TOO_YOUNG, facts),)


def test_eighteen_today() -> None:
    assert failures(born(date(2008, 11, 22))) == ()
    assert failures(born(date(2008, 11, 23)))[0].rule is Rule.TOO_YOUNG


def test_born_on_29_february() -> None:
    leap = born(date(2008, 2, 29))
    one = replace(competition(), dates=replace(competition().dates, intake_opens=day_begins(date(2026, 2, 1))))
    assert failures(leap, one, date(2026, 2, 28))[0].facts["eligible_from"] == date(2026, 3, 1)
    assert failures(leap, one, date(2026, 3, 1)) == ()


def test_the_last_day_of_thirty_five() -> None:
    thirty_six_tomorrow = born(date(1990, 11, 23))
    verdict = judge(thirty_six_tomorrow, competition(), TODAY)
    assert verdict.eligible
    assert verdict.eligible_until == TODAY
    facts = {"age": 36, "upper": 35, "counted_on": date(2026, 11, 23), "last_eligible_day": TODAY}
    assert failures(thirty_six_tomorrow, today=date(2026, 11, 23)) == (Failure(Rule.TOO_OLD, facts),)


def test_who_turns_thirty_six_after_intake_need_not_hurry() -> None:
    assert judge(born(date(1990, 12, 1)), competition(), TODAY).eligible_until is None
    assert judge(born(date(1990, 11, 30)), competition(), TODAY).eligible_until == date(2026, 11, 29)


def test_the_upper_bound_is_a_setting() -> None:
    thirty_five = born(date(1991, 6, 1))
    assert failures(thirty_five) == ()
    facts = {"age": 35, "upper": 34, "counted_on": TODAY, "last_eligible_day": date(2026, 5, 31)}
    one = counting(ReferenceDate.APPLICATION, upper=34)
    assert failures(thirty_five, one) == (Failure(Rule.TOO_OLD, facts),)


@pytest.mark.parametrize(
    ("reference", "fixed", "today", "day"),
    [
        (ReferenceDate.APPLICATION, None, TODAY, TODAY),
        (ReferenceDate.APPLICATION, None, date(2026, 11, 1), date(2026, 11, 16)),  # nobody applies before it opens
        (ReferenceDate.INTAKE_OPENS, None, TODAY, date(2026, 11, 16)),
        (ReferenceDate.INTAKE_CLOSES, None, TODAY, date(2026, 11, 30)),
        (ReferenceDate.FIXED, date(2026, 1, 1), TODAY, date(2026, 1, 1)),
    ],
)
def test_the_day_an_age_is_counted_on(reference: ReferenceDate, fixed: date | None, today: date, day: date) -> None:
    assert counted_on(counting(reference, fixed), today) == day


def test_by_a_fixed_day_waiting_does_not_help() -> None:
    one = counting(ReferenceDate.FIXED, date(2026, 11, 20))
    facts = {
        "age": 17,
        "lower": 18,
        "counted_on": date(2026, 11, 20),
        "eligible_from": date(2026, 11, 21),
        "in_time": False,
    }
    assert failures(born(date(2008, 11, 21)), one) == (Failure(Rule.TOO_YOUNG, facts),)
    assert judge(born(date(1990, 11, 23)), one, TODAY).eligible_until is None


def test_registered_in_another_region() -> None:
    assert failures(replace(SOMEBODY, region="75")) == (Failure(Rule.REGION, {"regions": ("27", "79")}),)


def test_registration() -> None:
    temporary = replace(SOMEBODY, registration=Registration.TEMPORARY)
    assert failures(temporary) == ()
    permanent_only = competition(registrations=(Registration.PERMANENT,))
    facts = {"registration": "temporary", "accepted": ("permanent",)}
    assert failures(temporary, permanent_only) == (Failure(Rule.REGISTRATION, facts),)


def test_how_long_registered() -> None:
    three = competition(registered_months=3)
    short, long = replace(SOMEBODY, registered_long=False), replace(SOMEBODY, registered_long=True)
    assert failures(short, three) == (Failure(Rule.REGISTERED_SHORT, {"months": 3}),)
    assert failures(long, three) == failures(short) == ()
    nowhere = replace(short, registration=Registration.NONE)
    assert [failure.rule for failure in failures(nowhere, three)] == [Rule.REGISTRATION]


def test_part_time_study_is_a_setting() -> None:
    part, full = replace(SOMEBODY, studying=Studying.PART_TIME), replace(SOMEBODY, studying=Studying.FULL_TIME)
    facts = {"studying": "part_time", "part_time_allowed": False}
    assert failures(part) == (Failure(Rule.STUDYING, facts),)
    allowing = competition(part_time_study_allowed=True)
    assert failures(part, allowing) == ()
    facts = {"studying": "full_time", "part_time_allowed": True}
    assert failures(full, allowing) == (Failure(Rule.STUDYING, facts),)


def test_the_last_day_of_intake() -> None:
    """Closing at midnight the last day is the day before; closing a second later it is the day itself."""
    assert last_day(competition()) == date(2026, 11, 30)
    later = replace(competition().dates, intake_closes=CLOSES + timedelta(seconds=1))
    assert last_day(replace(competition(), dates=later)) == date(2026, 12, 1)


people = st.builds(
    CheckAnswers,
    citizen=st.booleans(),
    birth_date=st.dates(date(1907, 1, 1), TODAY),
    region=st.sampled_from(["27", "79", "75", ELSEWHERE]),
    registration=st.sampled_from(Registration),
    working=st.booleans(),
    studying=st.sampled_from(Studying),
    training=st.booleans(),
    registered_long=st.none() | st.booleans(),
)


@given(people, st.sampled_from(ReferenceDate), st.integers(0, 6))
def test_a_verdict_is_kept_as_json(answers: CheckAnswers, reference: ReferenceDate, months: int) -> None:
    one = competition(age=AgeRule(18, 35, reference, date(2026, 11, 1)), registered_months=months)
    verdict = judge(answers, one, TODAY, rule_version=2)
    assert Verdict.of(json.loads(json.dumps(verdict.kept()))) == verdict


@given(st.dates(date(1985, 1, 1), date(2015, 12, 31)))
def test_the_day_a_verdict_names_is_the_day_it_changes(birth: date) -> None:
    found = failures(born(birth))
    if found and found[0].rule is Rule.TOO_YOUNG:
        day = found[0].facts["eligible_from"]
        assert failures(born(birth), today=day) == ()
        assert failures(born(birth), today=day - timedelta(days=1)) != ()
        assert found[0].facts["in_time"] == (day <= local_day(CLOSES - timedelta(seconds=1)))
    if found and found[0].rule is Rule.TOO_OLD:
        past = replace(competition().dates, intake_opens=day_begins(date(2000, 1, 1)))
        day = found[0].facts["last_eligible_day"]
        assert failures(born(birth), replace(competition(), dates=past), day) == ()
