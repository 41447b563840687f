"""The order's table and what lots owe, as they ship with the program, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from domain.order_table import read_order
from domain.regions import Order

LATEST = 2023


@cache
def order(year: int = LATEST) -> Order:
    """The ministerial order of this year; FileNotFoundError for a year whose order does not ship."""
    return read_order(files("programme").joinpath(f"order-{year}.csv").read_text("utf-8"), year)


@cache
def coverage_owed() -> int:
    """How many people a year a lot's information campaign has to reach, unless its competition says otherwise."""
    return int(tomllib.loads(files("programme").joinpath("duties.toml").read_text("utf-8"))["coverage"])
