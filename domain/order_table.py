"""Reading the order's table of lots and regions, and holding it to what the order itself says.

The table is data that ships with the program (`programme/order-<year>.csv`); a slip of the pen in it would
give away somebody's grant, so it is counted each time it is read.
"""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from domain.regions import Order, Region, Words

REGIONS = 20
LOTS = 10
REGIONS_A_LOT = 2
GRANTS_A_LOT = 28
GRANTS = GRANTS_A_LOT * LOTS
COLUMNS = ("kato", "lot", "name_kk", "name_ru", "name_en", "quota", "neet_2022_percent")


class OrderFault(ValueError):
    """The table is not the order's: the message says where, for whoever maintains the program."""


def read_order(text: str, year: int) -> Order:
    """The order of a year from its table (CSV with the columns of `COLUMNS`).

    OrderFault unless there are 20 regions in 10 lots of two, with 28 grants a lot.
    """
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")), strict=True)
    try:
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise OrderFault(f"columns are {rows.fieldnames}, not {COLUMNS}")
        order = Order(year, tuple(_region(row, line) for line, row in enumerate(rows, 2)))
    except csv.Error as error:
        raise OrderFault(f"is no CSV: {error}") from None
    _check(order)
    return order


def _region(row: dict[str, str], line: int) -> Region:
    if None in row or not all(row.values()):
        raise OrderFault(f"line {line}: a value is missing or too many")
    try:
        quota, percent = int(row["quota"]), float(row["neet_2022_percent"])
    except ValueError as error:
        raise OrderFault(f"line {line}: {error}") from None
    return Region(row["kato"], row["lot"], Words(row["name_kk"], row["name_ru"]), row["name_en"], quota, percent)


def _check(order: Order) -> None:
    if len({region.kato for region in order.regions}) != REGIONS or len(order.regions) != REGIONS:
        raise OrderFault(f"{len(order.regions)} regions instead of {REGIONS} different ones")
    sizes = Counter(region.lot for region in order.regions)
    if len(sizes) != LOTS or set(sizes.values()) != {REGIONS_A_LOT}:
        raise OrderFault(f"lots are not {LOTS} of {REGIONS_A_LOT} regions: {dict(sizes)}")
    for lot in sizes:
        grants = sum(region.quota for region in order.lot(lot))
        if grants != GRANTS_A_LOT or any(region.quota < 1 for region in order.lot(lot)):
            raise OrderFault(f"lot {lot} has {grants} grants instead of {GRANTS_A_LOT}")
