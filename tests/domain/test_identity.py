"""The identification number: its check digit, what it suggests, how it is shown. All numbers are invented."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.identity import Sex, birth_date_of, check_digit, grouped, masked, parse_iin, sex_of
from domain.refusal import Reason, Refused

IIN = "130523100017"


@st.composite
def iins(draw: st.DrawFn) -> str:
    """A number with a valid check digit, of somebody born in the 1800s."""
    born = draw(st.dates(date(1800, 1, 1), date(1899, 12, 31)))
    eleven = f"{born:%y%m%d}{draw(st.sampled_from('12'))}{draw(st.integers(0, 9999)):04}"
    last = check_digit(eleven)
    assume(last is not None)
    return f"{eleven}{last}"


def refusal(text: str) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        parse_iin(text)
    return refused.value.reason, refused.value.facts


@pytest.mark.parametrize(
    "text",
    [
        IIN,
        f"  {IIN}\n",
        "130523 100017",
        "1305-2310-0017",
        "130523\u00a01\u00a00001\u00a07",
        "130523 – 100017",
        f"ЖСН: {IIN}",
        f"ИИН {IIN}.",
    ],
)
def test_one_number_in_many_writings(text: str) -> None:
    assert parse_iin(text) == IIN


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("", 0),
        ("ИИН", 0),
        ("13052310001", 11),
        ("1305231000178", 13),
        ("13052310OO18", 10),
        ("13 05 23, 10 00 18", 12),
        ("١٣٠٥٢٣١٠٠٠١٨", 0),
    ],
)
def test_twelve_digits_are_wanted(text: str, digits: int) -> None:
    assert refusal(text) == (Reason.IIN_LENGTH, {"digits": digits})


def test_first_six_digits_must_be_some_date() -> None:
    assert refusal("131323100018") == (Reason.IIN_BIRTH_DATE, {})
    assert refusal("130230100018") == (Reason.IIN_BIRTH_DATE, {})
    assert refusal("230140012345") == (Reason.IIN_BIRTH_DATE, {})  # the form of a company's number


def test_the_check_digit_by_the_second_weights() -> None:
    """The first sum of 13052310080 is 142, 10 modulo 11; the second is 100, 1 modulo 11."""
    assert check_digit("13052310080") == 1
    assert parse_iin("130523100801") == "130523100801"


def test_some_numbers_are_never_issued() -> None:
    assert check_digit("13052310160") is None
    for last in range(10):
        assert refusal(f"13052310160{last}") == (Reason.IIN_CHECK_DIGIT, {})


@given(iins())
def test_a_valid_number_is_taken_in_groups_too(iin: str) -> None:
    assert parse_iin(iin) == iin
    assert parse_iin(grouped(iin)) == iin


@given(iins(), st.integers(1, 9))
def test_no_other_last_digit_passes(iin: str, step: int) -> None:
    wrong = iin[:-1] + str((int(iin[-1]) + step) % 10)
    assert refusal(wrong) == (Reason.IIN_CHECK_DIGIT, {})


@given(iins())
def test_suggestions_follow_the_digits(iin: str) -> None:
    born = birth_date_of(iin)
    assert born is not None
    assert f"{born:%y%m%d}" == iin[:6]
    assert born.year // 100 == 18
    assert sex_of(iin) is (Sex.MALE if iin[6] == "1" else Sex.FEMALE)


def test_suggestions_in_every_century() -> None:
    suggested = [(birth_date_of(f"130523{c}00018"), sex_of(f"130523{c}00018")) for c in "0123456789"]
    years = (None, 1813, 1813, 1913, 1913, 2013, 2013, None, None, None)
    sexes = (None, *(Sex.MALE, Sex.FEMALE) * 3, None, None, None)
    expected = [(year and date(year, 5, 23), sex) for year, sex in zip(years, sexes, strict=True)]
    assert suggested == expected


def test_29_february_exists_in_some_centuries_only() -> None:
    assert birth_date_of("000229100012") is None
    assert birth_date_of("000229500012") == date(2000, 2, 29)


def test_how_it_is_shown() -> None:
    assert grouped(IIN) == "130523 1 0001 7"
    assert masked(IIN) == "••••••••0017"


@given(st.text() | st.from_regex(r"\d{12}", fullmatch=True) | st.text("0123456789 -", max_size=20))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        assert len(parse_iin(text)) == 12
