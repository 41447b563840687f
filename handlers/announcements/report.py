"""The table of recipients as an XLSX, written row by row into a file: a million rows need no more memory than ten."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from domain.announcement import Announcement
from domain.local_time import ALMATY
from handlers.announcements.texts import FATES, LANGUAGES
from handlers.language import _, speaking
from handlers.screen import Attachment, Screen
from usecases.announcement_feed import TOO_OLD
from usecases.announcement_outcome import NO_CONSENT
from usecases.announcement_report import Row
from usecases.notify import MUTED, REFUSED, UNREACHABLE

MOST_ROWS = 1_000_000  # of a sheet; Excel has 1 048 576
WIDTHS = (36, 18, 12, 20, 20, 44)  # of the columns, in characters


class Report:
    """Made in a thread, page by page, in its reader's language; `content` closes it."""

    def __init__(self, one: Announcement, language: str | None) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        self.one, self._language, self._rows = one, language, 0
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name, "report.xlsx")
        self._book = xlsxwriter.Workbook(str(self._path), {"constant_memory": True, "tmpdir": self._folder.name})
        self._sheet: Any = None
        self._data: bytes | None = None

    def add(self, rows: Sequence[Row]) -> None:
        """The next rows. Words are written as words, whatever they begin with: nothing becomes a formula."""
        with speaking(self._language):
            for row in rows:
                self._write(_cells(row))

    def content(self) -> bytes:
        """The file, however often it is asked for; nothing of it stays on the disk."""
        if self._data is None:
            self._book.close()
            self._data = self._path.read_bytes()
            self.drop()
        return self._data

    def drop(self) -> None:
        """Nothing of it is wanted on the disk any more."""
        self._folder.cleanup()

    def screen(self) -> Screen:
        with speaking(self._language):
            text = _("📄 Announcement №{number}: what became of it for each recipient.").format(number=self.one.id)
        return Screen(text, attachment=Attachment(f"announcement-{self.one.id}.xlsx", self.content))

    def _write(self, cells: Sequence[str]) -> None:
        if self._sheet is None or self._rows > MOST_ROWS:
            self._begin()
        self._line(cells)

    def _begin(self) -> None:
        """A sheet with its head, which stays in sight and sorts and filters."""
        sheet, self._rows = self._book.add_worksheet(), 0
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, MOST_ROWS, len(WIDTHS) - 1)
        self._sheet = sheet
        self._line(_head(), self._book.add_format({"bold": True}))

    def _line(self, cells: Sequence[str], style: Any = None) -> None:
        assert self._sheet
        for column, cell in enumerate(cells):
            self._sheet.write_string(self._rows, column, cell, style)
        self._rows += 1


def _head() -> list[str]:
    return [
        _("Person (last digits of the account)"),
        _("Applications"),
        _("Language"),
        _("Outcome"),
        _("When"),
        _("Reason"),
    ]


def _cells(row: Row) -> list[str]:
    language = LANGUAGES[row.language]() if row.language and row.language in LANGUAGES else ""
    at = row.at.astimezone(ALMATY).strftime("%Y-%m-%d %H:%M:%S") if row.at else ""
    return [row.account, ", ".join(row.applications), language, FATES[row.fate](), at, _reason(row.error or "")]


def _reason(error: str) -> str:
    """Why, where the outcome does not say it already; Telegram's own words are left as they are."""
    if error in (UNREACHABLE, MUTED):
        return ""
    known = {NO_CONSENT: _("took back the consent to keep data"), TOO_OLD: _("older than 48 hours: it stays")}
    return known.get(error) or error.replace(REFUSED, "Telegram: ", 1)
