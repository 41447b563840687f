"""Answers that do not meet the competition's rules are known one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.form_rules import fits_rules
from tests.drafts import ANSWERS
from tests.factories import a_competition

TODAY = date(2026, 11, 22)
COMPETITION = a_competition()


@pytest.mark.parametrize("key", list(ANSWERS))
def test_a_fitting_form(key: str) -> None:
    assert fits_rules(key, ANSWERS[key], COMPETITION, TODAY)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("citizenship", "other"),
        ("birth_date", "1990-11-22"),
        ("birth_date", "2008-11-23"),
        ("registration", "none"),
        ("working", "yes"),
        ("studying", "full_time"),
        ("studying", "part_time"),
        ("training", "yes"),
        ("funded_elsewhere", "yes"),
    ],
)
def test_an_answer_that_does_not_fit(key: str, value: Any) -> None:
    assert not fits_rules(key, value, COMPETITION, TODAY)


@pytest.mark.parametrize("born", ["1990-11-23", "2008-11-22", "2004-02-29"])
def test_the_bounds_of_age_fit(born: str) -> None:
    assert fits_rules("birth_date", born, COMPETITION, TODAY)


def test_a_rule_is_the_competitions() -> None:
    lenient = replace(COMPETITION, rules=replace(COMPETITION.rules, part_time_study_allowed=True))
    assert fits_rules("studying", "part_time", lenient, TODAY)
