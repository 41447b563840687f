"""Telephone numbers and e-mail addresses in people's own writing."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contacts import Phone, masked, parse_email, parse_phone, readable
from domain.refusal import Reason, Refused


@pytest.mark.parametrize(
    "text",
    [
        "87001234567",
        "77001234567",
        "+77001234567",
        "7001234567",
        "8 (700) 123-45-67",
        "+7 700 123 45 67",
        "+7(700)1234567",
        "8-700-123-45-67",
        "8 700 123 4567 ",
        "８７００１２３４５６７",
        "тел. 8 700 123 45 67",
        "Тел: +7 700 123 45 67",
        "+7\u00a0700\u00a0123\u00a045\u00a067",
    ],
)
def test_every_form_of_a_mobile_number(text: str) -> None:
    assert parse_phone(text) == Phone("+77001234567", foreign=False, mobile=True)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("8 7172 12 34 56", Phone("+77172123456", foreign=False, mobile=False)),
        ("7252123456", Phone("+77252123456", foreign=False, mobile=False)),
        ("8 800 080 12 34", Phone("+78000801234", foreign=False, mobile=False)),
        ("+7 789 123 45 67", Phone("+77891234567", foreign=False, mobile=False)),  # a prefix not issued yet
        ("8 916 123 45 67", Phone("+79161234567", foreign=True, mobile=True)),
        ("+998 90 123 45 67", Phone("+998901234567", foreign=True, mobile=True)),
        ("998901234567", Phone("+998901234567", foreign=True, mobile=True)),
        ("00998901234567", Phone("+998901234567", foreign=True, mobile=True)),
        ("8 10 998 90 123 45 67", Phone("+998901234567", foreign=True, mobile=True)),
        ("+44 20 7946 0958", Phone("+442079460958", foreign=True, mobile=False)),
    ],
)
def test_other_numbers(text: str, phone: Phone) -> None:
    assert parse_phone(text) == phone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "нет",
        "102",
        "8700123456",
        "870012345678",
        "87001234567, 87011234567",
        "1-800-FLOWERS",
        "130523100017",
        "+",
        "1" * 500,
    ],
)
def test_what_is_no_phone(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_phone(text)
    assert refused.value.reason is Reason.NOT_A_PHONE


def test_how_a_phone_is_shown() -> None:
    assert readable("+77001234567") == "+7 700 123 45 67"
    assert readable("+998901234567") == "+998 90 123 45 67"
    assert masked("+77001234567") == "+7 700 ••• •• 67"
    assert masked("+998901234567") == "+998 ••• •• 67"


@given(st.integers(700_000_0000, 708_999_9999))
def test_what_is_shown_is_read_again(national: int) -> None:
    phone = parse_phone(str(national))
    assert phone.e164 == f"+7{national}"
    assert parse_phone(readable(phone.e164)) == phone


@given(st.text() | st.text("0123456789+() -", max_size=25))
def test_any_text_is_a_phone_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        phone = parse_phone(text)
        assert parse_phone(readable(phone.e164)) == phone


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("aigerim@example.kz", "aigerim@example.kz"),
        (" Aigerim.S+zhas@Example.KZ ", "Aigerim.S+zhas@example.kz"),
        ("aigerim @ example.kz", "aigerim@example.kz"),
        ("<aigerim@example.kz>", "aigerim@example.kz"),
        ("mailto:aigerim@example.kz", "aigerim@example.kz"),
        ("aigerim@example.kz.", "aigerim@example.kz"),
        ("a_b-c@sub.example-site.com", "a_b-c@sub.example-site.com"),
        ("aigerim@пошта.қаз", "aigerim@пошта.қаз"),
    ],
)
def test_addresses(text: str, email: str) -> None:
    assert parse_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        "",
        "нет",
        "aigerim",
        "aigerim@",
        "@example.kz",
        "aigerim@example",
        "a b@example.kz",
        "a@b@example.kz",
        "aigerim@example..kz",
        "a..b@example.kz",
        "aigerim@-example.kz",
        "әйгерім@example.kz",
        "aigerim@1.2",
        "a" * 65 + "@example.kz",
        "a@" + "b." * 200 + "kz",
        "a@example.kz, b@example.kz",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_email(text)
    assert refused.value.reason is Reason.NOT_AN_EMAIL


@given(st.text() | st.emails())
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        assert parse_email(parse_email(text)) == parse_email(text)
