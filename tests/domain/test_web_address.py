"""What counts as the address of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.web_address import LONGEST_ADDRESS, is_web_address

GOOD = (
    "https://example.kz",
    "http://example.kz/a/b?c=1&d=2#e",
    "HTTPS://Example.kz/",
    "https://example.kz:8443/p",
    "https://example.kz?from=bot",
    "https://жастар.қаз/өтінім",
    "https://t.me/c/1/2",
)
BAD = (
    "",
    "example.kz",
    "ftp://example.kz",
    "javascript:alert(1)",
    "https://",
    "https://localhost",
    "https://.kz",
    "https://a..kz",
    "https://example.kz/a b",
    "https://example.kz/\n",
    "https://[::1",
    "\x01https://example.kz",
    "tg://resolve?domain=example.kz",
)


@pytest.mark.parametrize("text", GOOD)
def test_a_page_in_the_web(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize("text", BAD)
def test_anything_else(text: str) -> None:
    assert not is_web_address(text)


def test_the_longest() -> None:
    longest = "https://example.kz/".ljust(LONGEST_ADDRESS, "a")
    assert is_web_address(longest)
    assert not is_web_address(longest + "a")


@given(st.text(max_size=600))
def test_whatever_is_typed_is_judged(text: str) -> None:
    if is_web_address(text):
        assert text.lower().startswith(("http://", "https://"))
        assert not any(sign.isspace() for sign in text)
