"""The order's table: what it must add up to."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest

from domain.order_table import OrderFault, read_order
from domain.regions import Region, Words

TABLE = files("programme").joinpath("order-2023.csv").read_text("utf-8")


def test_the_order_of_2023() -> None:
    order = read_order(TABLE, 2023)
    assert order.year == 2023
    assert len(order.regions) == 20
    assert sum(region.quota for region in order.regions) == 280
    assert order.region("79") == Region(
        "79", "19-5", Words("Шымкент қаласы", "город Шымкент"), "Shymkent", quota=20, neet_percent=6.0
    )
    assert [region.kato for region in order.lot("19-5")] == ["27", "79"]
    assert order.lot("19-99") == ()
    with pytest.raises(KeyError):
        order.region("99")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda t: "", "columns are None"),
        (lambda t: t.replace("kato,", "code,"), "columns are ['code'"),
        (lambda t: t[: t.rindex("79,")], "19 regions instead of 20"),
        (lambda t: t.replace("\n79,", "\n75,"), "20 regions instead of 20 different ones"),
        (lambda t: t.replace("79,19-5", "79,19"), "lots are not 10 of 2 regions"),
        (lambda t: t.replace("Shymkent,20", "Shymkent,21"), "lot 19-5 has 29 grants instead of 28"),
        (
            lambda t: t.replace("Shymkent,20", "Shymkent,28").replace("West Kazakhstan Region,8", "West,0"),
            "lot 19-5",
        ),
        (lambda t: t.replace("Shymkent,20", "Shymkent,many"), "line 21: invalid literal"),
        (lambda t: t.replace("Shymkent,20", "Shymkent,"), "line 21: a value is missing"),
        (lambda t: t.replace("Shymkent,20", "Shymkent,20,1"), "line 21: a value is missing or too many"),
    ],
)
def test_a_table_that_does_not_add_up(spoil: Callable[[str], str], message: str) -> None:
    with pytest.raises(OrderFault) as fault:
        read_order(spoil(TABLE), 2023)
    assert message in str(fault.value)
