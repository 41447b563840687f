"""Figures as an XLSX: one sheet a grouping, and one with a line a ticket: nothing of who asked, and what
they wrote with a rating only for whoever may read it.

`xlsx` runs after the transaction, in a thread, and is given words and numbers only. XlsxWriter is imported by the
first spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """A table with its name (at most 31 characters, as Excel has it) and headings."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The file. Words are written as words, whatever they begin with: nothing becomes a formula."""
    import xlsxwriter  # type: ignore[import-untyped]

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.head), 16)
            for column, words in enumerate(sheet.head):
                page.write_string(0, column, words, bold)
            for line, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    _write(page, line, column, cell)
    return file.getvalue()


def _write(page: Worksheet, line: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(line, column, cell)
    elif cell is not None:
        page.write_number(line, column, cell)
