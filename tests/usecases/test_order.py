"""The order that ships with the program."""

from __future__ import annotations

import pytest

from usecases.order import order


def test_the_latest_order_is_read_once() -> None:
    assert order().year == 2023
    assert order() is order()


def test_an_order_that_does_not_ship() -> None:
    with pytest.raises(FileNotFoundError):
        order(1999)
