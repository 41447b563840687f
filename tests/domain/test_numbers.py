"""Counts and sums of money in people's own writing."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numbers import MOST_MONEY, parse_count, parse_money
from domain.refusal import Reason, Refused


def money_refusal(text: str) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        parse_money(text)
    return refused.value.reason, refused.value.facts


def count_refusal(text: str) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        parse_count(text, 5, 1000)
    return refused.value.reason, refused.value.facts


@pytest.mark.parametrize(
    "text",
    [
        "150000",
        "150 000",
        "150\u00a0000",
        "150\u202f000 ₸",
        "150000 тг",
        "150000тг.",
        "150 000 теңге",
        "150 000 тенге",
        "₸150 000",
        "150.000",
        "150,000",
        "150'000",
        "150 000,00 ₸",
        "150000.00",
        "150.000,00",
        "150,000.00",
        "150 мың",
        "150 мың теңге",
        "150 тыс",
        "150 тыс. тг",
        "150к",
        "150K",
        "0,15 млн",
        "150 000 KZT",
        "１５０ ０００",
    ],
)
def test_one_sum_in_many_writings(text: str) -> None:
    assert parse_money(text) == 150_000


@pytest.mark.parametrize(
    ("text", "tenge"),
    [
        ("1", 1),
        ("1.500", 1500),
        ("1,5 млн", 1_500_000),
        ("1.5 миллиона", 1_500_000),
        ("1,250 млн", 1_250_000),
        ("1 млн 200 тыс", 1_200_000),
        ("1 миллион 200 мың теңге", 1_200_000),
        ("2 млн 300 тыс 50 тг", 2_300_050),
        ("999 500", 999_500),
        ("1 000 000", 1_000_000),
        ("0,001 млн", 1000),
        ("2,5 тыс", 2500),
    ],
)
def test_sums(text: str, tenge: int) -> None:
    assert parse_money(text) == tenge


@pytest.mark.parametrize(
    "text",
    [
        "",
        "тг",
        "млн",
        "нет",
        "$100",
        "100 USD",
        "15 00",
        "1 50 000",
        "150 т",
        "100-200",
        "100 - 200",
        "200 тыс 1 млн",
        "1 млн 2 млн",
        "100 тыс 50000",
        "мың 150",
        "тг 150",
        "1,2,3",
        "1.500,5,0",
        "12.3456",
        "1 млн тыс",
        "٣٠٠",
        "1" * 61,
        "1e6",
        "½",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert money_refusal(text) == (Reason.NOT_A_NUMBER, {})


def test_no_fraction_of_a_tenge() -> None:
    assert money_refusal("150,50") == (Reason.NOT_WHOLE, {})
    assert money_refusal("1 500,5 тг") == (Reason.NOT_WHOLE, {})
    assert money_refusal("0,00015 тыс") == (Reason.NOT_WHOLE, {})


def test_bounds_of_money() -> None:
    assert money_refusal("0") == (Reason.NUMBER_TOO_SMALL, {"limit": 1})
    assert money_refusal("-500") == (Reason.NUMBER_TOO_SMALL, {"limit": 1})
    assert parse_money("1000000000000") == MOST_MONEY
    assert money_refusal("1000000000001") == (Reason.NUMBER_TOO_BIG, {"limit": MOST_MONEY})
    assert money_refusal("9" * 60) == (Reason.NUMBER_TOO_BIG, {"limit": MOST_MONEY})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40", 40),
        (" 40 ", 40),
        ("40 адам", 40),
        ("40 человек", 40),
        ("40 чел.", 40),
        ("1 000", 1000),
        ("0,5 тыс", 500),
    ],
)
def test_counts(text: str, number: int) -> None:
    assert parse_count(text, 5, 1000) == number


def test_bounds_of_a_count() -> None:
    assert parse_count("5", 5, 1000) == 5
    assert count_refusal("4") == (Reason.NUMBER_TOO_SMALL, {"limit": 5})
    assert count_refusal("-40") == (Reason.NUMBER_TOO_SMALL, {"limit": 5})
    assert count_refusal("1001") == (Reason.NUMBER_TOO_BIG, {"limit": 1000})


@pytest.mark.parametrize("text", ["", "много", "40-50", "40 тг", "около 40", "сорок"])
def test_what_is_no_count(text: str) -> None:
    assert count_refusal(text) == (Reason.NOT_A_NUMBER, {})


@given(st.integers(1, MOST_MONEY), st.sampled_from(["{}", "{:,}", "{} тг", "{}.00", "{:,}.00"]))
def test_every_sum(tenge: int, form: str) -> None:
    assert parse_money(form.format(tenge)) == tenge
    assert parse_money(form.format(tenge).replace(",", " ")) == tenge


@given(st.text() | st.text("0123456789 .,-тыс млнк₸", max_size=30))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        assert 1 <= parse_money(text) <= MOST_MONEY
    with suppress(Refused):
        assert 5 <= parse_count(text, 5, 1000) <= 1000
