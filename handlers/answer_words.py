"""The form in words, for every conversation that shows answers: titles, options, an answer as one reads it.

Texts here are plain (no HTML): whoever puts them on a screen quotes what a person typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.contacts import readable
from domain.form import Kind, question, row_sum
from domain.identity import grouped
from handlers.figures import day, money, number
from handlers.form_options import OPTIONS
from handlers.form_titles import COLUMNS, SECTIONS, TITLES
from handlers.language import _, words
from usecases.order import order


def section_title(section: str) -> str:
    return SECTIONS[section]()


def title(key: str) -> str:
    """The question in a word or two, such as in the review."""
    return TITLES[key]()


def option_title(key: str, option: str) -> str:
    return OPTIONS[key][option]()


def column_title(key: str, column: str) -> str:
    return COLUMNS[key][column]()


def region_name(kato: str) -> str:
    return words(order().region(kato).name)


def regions_of(lot: str) -> str:
    """The regions of a lot, by their names."""
    return ", ".join(region_name(region.kato) for region in order().lot(lot))


def answer_text(key: str, value: Any) -> str:
    """An answer for reading, unmasked and unquoted; rows of a table on lines of their own."""
    if value is None or value == []:
        return _("not given")
    one = question(key)
    match one.kind:
        case Kind.CHOICE:
            return option_title(key, value)
        case Kind.MANY:
            return ", ".join(option_title(key, option) for option in value)
        case Kind.TABLE:
            lines = [f"{place}. {row_text(key, row)}" for place, row in enumerate(value, 1)]
            return "\n".join(lines + _total(key, value))
        case _other:
            return _value_text(one.kind, value)


def _total(key: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The last line of a budget."""
    return [_("In all: {total}").format(total=money(sum(map(row_sum, rows))))] if key == "budget" else []


def row_text(key: str, row: Mapping[str, Any]) -> str:
    """One row of a table on one line; what is not filled yet shows as a dash."""
    if key == "budget":
        return "{item}: {quantity} × {price} = {sum}".format(**_budget_cells(row))
    return " – ".join(str(row.get(column.key, "…")) for column in question(key).columns)


def _budget_cells(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "item": str(row.get("item", "…")),
        "quantity": number(row["quantity"]) if "quantity" in row else "…",
        "price": money(row["price"]) if "price" in row else "…",
        "sum": money(row_sum(row)) if "price" in row else "…",
    }


def _value_text(kind: Kind, value: Any) -> str:
    match kind:
        case Kind.DATE:
            return day(date.fromisoformat(value))
        case Kind.IIN:
            return grouped(value)
        case Kind.PHONE:
            return readable(value)
        case Kind.REGION:
            return region_name(value)
        case Kind.COUNT:
            return number(value)
        case Kind.MONEY:
            return money(value)
        case _other:
            return str(value)
