"""Typed words as answers to the form's questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.draft import Doubt
from domain.form import FORM, Kind, question
from domain.reading import Known, Reading, dates_differ, length, read, read_cell, read_text
from domain.refusal import Reason, Refused
from usecases.order import order

IIN = "030504200019"  # 4 May 1803


def known(**answers: Any) -> Known:
    return Known(answers, date(2026, 11, 22), order().regions, ("27", "79"))


def refused(key: str, text: str, **answers: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        read(question(key), text, known(**answers))
    return caught.value


@pytest.mark.parametrize(
    ("key", "text", "reading"),
    [
        ("surname", "  ЫСҚАҚОВА ", Reading("Ысқақова")),
        ("iin", "030504 2 0001 9", Reading(IIN, Doubt.READ_BACK)),
        ("birth_date", "4 мамыр 2003", Reading("2003-05-04")),
        ("phone", "8 (701) 000-00-00", Reading("+77010000000")),
        ("phone", "+49 30 901820", Reading("+4930901820", Doubt.FOREIGN_PHONE)),
        ("email", "Aigerim@Example.KZ", Reading("Aigerim@example.kz")),
        ("house", "12а", Reading("12а")),
        ("people_planned", "1 500 адам", Reading(1500)),
        ("region", "чимкент", Reading("79")),
        ("contact_name", "Сәуле,\tанам", Reading("Сәуле, анам")),
    ],
)
def test_an_answer_in_words(key: str, text: str, reading: Reading) -> None:
    assert read(question(key), text, known()) == reading


def test_a_birth_date_that_differs_from_the_iin_is_only_asked_about() -> None:
    assert read(question("birth_date"), "04.05.2003", known(iin=IIN)) == Reading("2003-05-04", Doubt.DATES_DIFFER)
    assert read(question("iin"), IIN, known(birth_date="2003-05-04")) == Reading(IIN, Doubt.DATES_DIFFER)
    assert read(question("iin"), IIN, known(birth_date="1803-05-04")) == Reading(IIN, Doubt.READ_BACK)


@pytest.mark.parametrize(("iin", "born"), [(None, "2003-05-04"), (IIN, None), (IIN, "1803-05-04")])
def test_nothing_to_ask_about(iin: str | None, born: str | None) -> None:
    assert not dates_differ(iin, born)


def test_a_region_of_another_competition_is_named() -> None:
    refusal = refused("region", "Алматы қаласы")
    assert (refusal.reason, refusal.facts) == (Reason.REGION_ELSEWHERE, {"region": "75", "regions": ("27", "79")})


@pytest.mark.parametrize("key", [one.key for one in FORM if one.kind in (Kind.CHOICE, Kind.MANY, Kind.TABLE)])
def test_where_buttons_are_asked_words_are_no_answer(key: str) -> None:
    assert refused(key, "Сәлем").reason is Reason.NOT_A_CHOICE


def test_limits_are_told() -> None:
    assert refused("title", "Аула").facts == {"limit": 5}
    assert refused("title", "а" * 151).facts == {"limit": 150, "length": 151}
    assert refused("house", "…").reason is Reason.EMPTY


def test_spaces_and_breaks_are_tidied_and_what_is_not_seen_is_dropped() -> None:
    assert read_text("  бір\t екі \n\n\n\n үш\u202e\x00  ", 1, 100) == "бір екі\n\nүш"


def test_length_is_telegrams() -> None:
    assert length("😀а") == 3
    with pytest.raises(Refused):
        read_text("а😀", 1, 2)


def test_cells() -> None:
    plan, budget = question("plan"), question("budget")
    assert read_cell(plan.column("dates"), " 1 маусым\nбастап ") == "1 маусым бастап"
    assert read_cell(budget.column("quantity"), "5 шт") == 5
    assert read_cell(budget.column("price"), "90 мың") == 90_000
    with pytest.raises(Refused) as caught:
        read_cell(budget.column("quantity"), "0")
    assert caught.value.reason is Reason.NUMBER_TOO_SMALL


@settings(deadline=None)  # the machine may be busy
@given(st.sampled_from(FORM), st.text(max_size=300))
def test_anything_typed_is_an_answer_or_a_refusal(one: Any, text: str) -> None:
    try:
        value = read(one, text, known()).value
    except Refused:
        return
    if one.kind is Kind.TEXT:
        assert one.least <= length(value) <= one.most
        assert read(one, value, known()).value == value
