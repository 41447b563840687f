"""The tables of words: whole, and without names that would defeat each other."""

from __future__ import annotations

import pytest

from domain.region_names import LISTS
from domain.spelling import plain
from domain.tables import table
from usecases.order import order


def test_every_region_of_the_order_has_names() -> None:
    assert set(table("regions")) == {region.kato for region in order().regions} | {"kinds"}
    assert set(table("regions")["kinds"]) == {"region", "town", "district", "fillers"}
    lists = {name for names in LISTS.values() for name in names}
    assert {name for kato, names in table("regions").items() if kato != "kinds" for name in names} <= lists


def test_no_name_of_a_month_is_another_months() -> None:
    months = table("months")["months"]
    assert set(months) == {str(number) for number in range(1, 13)}
    spelt = [{plain(name) for name in names} for names in months.values()]
    assert sum(map(len, spelt)) == len(set().union(*spelt))
    assert set().union(*spelt).isdisjoint(map(plain, table("months")["fillers"]))


def test_no_multiplier_is_a_unit() -> None:
    numbers = table("numbers")
    multipliers = {plain(name) for names in numbers["multipliers"].values() for name in names}
    assert multipliers.isdisjoint(map(plain, numbers["currency"] + numbers["counted"]))


def test_a_table_is_read_once() -> None:
    assert table("months") is table("months")
    with pytest.raises(FileNotFoundError):
        table("days")
