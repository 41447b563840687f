"""The check's questions: whom they are asked of, and how answers are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.check_form import CHECK, CheckAnswers, Studying, check_path
from domain.competition import Registration
from domain.form import question
from tests.factories import a_competition

RULES = a_competition().rules
KEPT = {
    "citizenship": "kazakhstan",
    "birth_date": "2001-05-04",
    "region": "79",
    "registration": "temporary",
    "working": "no",
    "studying": "part_time",
    "training": "yes",
}


def keys(answers: dict[str, str], months: int | None) -> list[str]:
    rules = None if months is None else replace(RULES, registered_months=months)
    return [one.key for one in check_path(answers, rules)]


def test_how_long_registered_is_asked_only_where_it_matters() -> None:
    without = ["region", "citizenship", "birth_date", "registration", "working", "studying", "training"]
    assert keys({}, None) == without
    assert keys({}, 0) == without
    assert keys({}, 3) == [*without[:4], "registered_long", *without[4:]]
    assert keys({"registration": "none"}, 3) == without


def test_answers_as_they_are_kept() -> None:
    answers = CheckAnswers.of(KEPT)
    assert answers == CheckAnswers(
        citizen=True,
        birth_date=date(2001, 5, 4),
        region="79",
        registration=Registration.TEMPORARY,
        working=False,
        studying=Studying.PART_TIME,
        training=True,
    )
    assert CheckAnswers.of({**KEPT, "registered_long": "no", "surname": "x"}) == replace(answers, registered_long=False)


@pytest.mark.parametrize("key", KEPT)
def test_a_missing_answer_is_a_fault_of_the_caller(key: str) -> None:
    with pytest.raises(KeyError):
        CheckAnswers.of({other: value for other, value in KEPT.items() if other != key})


def test_an_application_begins_with_the_same_keys_and_options() -> None:
    for one in CHECK:
        if one.key != "registered_long":
            assert set(question(one.key).options) == set(one.options)
