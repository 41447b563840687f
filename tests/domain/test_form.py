"""The form as data: who is asked what, and when an answer is whole."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from domain.form import (
    FORM,
    Kind,
    Section,
    answered,
    budget_total,
    kept,
    missing,
    path,
    question,
    row_sum,
)
from tests.drafts import ANSWERS, answers
from tests.factories import a_competition

COMPETITION = a_competition()


def keys(given: dict[str, Any]) -> list[str]:
    return [one.key for one in path(given, COMPETITION)]


def test_every_key_stands_once_and_the_sections_in_their_order() -> None:
    assert Counter(one.key for one in FORM).most_common(1)[0][1] == 1
    sections = [one.section for one in FORM]
    assert sections == sorted(sections, key=list(Section).index)


def test_what_a_kind_needs_is_there() -> None:
    for one in FORM:
        assert bool(one.options) == (one.kind in (Kind.CHOICE, Kind.MANY)), one.key
        assert bool(one.columns) == (one.kind is Kind.TABLE), one.key
        assert one.alone is None or one.alone in one.options, one.key
        if one.kind in (Kind.TEXT, Kind.COUNT, Kind.TABLE):
            assert 1 <= one.least <= one.most, one.key


def test_whoever_works_is_not_asked_how_long_without_work() -> None:
    assert "unemployed_for" in keys({})
    assert "unemployed_for" in keys({"working": "no"})
    assert "unemployed_for" not in keys({"working": "yes"})


def test_the_other_programme_is_asked_for_when_ticked() -> None:
    assert "earlier_other" not in keys({})
    assert "earlier_other" not in keys({"earlier_programmes": ["none"]})
    assert "earlier_other" in keys({"earlier_programmes": ["zhasyl_el", "other"]})


def test_a_whole_form_misses_nothing() -> None:
    assert missing(ANSWERS, COMPETITION) == ()
    assert kept(ANSWERS, COMPETITION) == ANSWERS


@pytest.mark.parametrize("key", list(ANSWERS))
def test_each_answer_is_missed(key: str) -> None:
    wanted = () if key == "earlier_programmes" else (key,)
    assert missing(answers(key), COMPETITION)[: len(wanted)] == wanted
    assert key in missing(answers(key), COMPETITION)


def test_skipping_counts_only_where_it_may() -> None:
    assert answered(question("flat"), {"flat": None})
    assert not answered(question("house"), {"house": None})
    assert not answered(question("vulnerable_groups"), {"vulnerable_groups": []})


def test_a_table_is_answered_by_whole_rows() -> None:
    budget = question("budget")
    assert not answered(budget, {"budget": []})
    assert not answered(budget, {"budget": [{"item": "Мата", "quantity": 2}]})
    assert answered(budget, {"budget": [{"item": "Мата", "quantity": 2, "price": 10}]})


def test_what_is_not_asked_any_more_is_not_sent() -> None:
    assert "unemployed_for" not in kept(answers(working="yes"), COMPETITION)


def test_the_budget_is_summed_and_an_unfinished_row_counts_nothing() -> None:
    assert budget_total(ANSWERS) == 5 * 90_000 + 100 * 1_500
    assert budget_total({}) == 0
    assert row_sum({"item": "Мата", "quantity": 2}) == 0
