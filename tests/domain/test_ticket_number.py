"""Numbers of tickets as people type them."""

from __future__ import annotations

import pytest

from domain.ticket_number import last_digits, whole_number


@pytest.mark.parametrize(
    "typed",
    [
        "T-19-5-2026-000001",
        "t-19-5-2026-000001",
        "Т-19-5-2026-000001",  # a Cyrillic Т
        " т–19–5–2026–1 ",
        "№ Т-19-5-2026-000001",
    ],
)
def test_a_whole_number(typed: str) -> None:
    assert whole_number(typed) == "T-19-5-2026-000001"
    assert last_digits(typed) is None


def test_of_a_region_and_of_no_lot() -> None:
    assert whole_number("т-79-2026-12") == "T-79-2026-000012"
    assert whole_number("T-0-2026-1000000") == "T-0-2026-1000000"


@pytest.mark.parametrize(
    "typed", ["", "сәлем", "T-19-5-2026", "T-19-5-2026-000001 рақмет", "12 мың", "T" * 5000, "1" * 50]
)
def test_anything_else_is_words(typed: str) -> None:
    assert whole_number(typed) is None
    assert last_digits(typed) is None


def test_last_digits() -> None:
    assert [last_digits(typed) for typed in ("1", " 000001 ", "1234567")] == ["000001", "000001", "1234567"]
