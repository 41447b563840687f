"""The table of an announcement's recipients, opened as a coordinator opens it."""

from __future__ import annotations

from io import BytesIO

import openpyxl  # type: ignore[import-untyped]

from domain.announcement import Announcement, Content, Doing, Fate, Stage
from domain.audience import Audience
from handlers.announcements.report import Report
from tests.factories import NOW
from usecases.announcement_report import Row

ONE = Announcement(
    7, 1, frozenset(), Content({}), Audience(), Stage.DONE, Doing.SEND, 1, NOW, 3, None, NOW, NOW, NOW, 3, 3
)
ROWS = [
    Row(1, "••001", ("79-2026-000001",), "kk", Fate.SENT, NOW, None),
    Row(2, "••002", (), "ru", Fate.BLOCKED, NOW, "unreachable"),
    Row(3, "••003", (), None, Fate.FAILED, NOW, "refused: Bad Request: chat not found"),
    Row(4, "••004", (), "kk", Fate.SENT, NOW, "older than 48 hours"),
    Row(5, "=1+1", (), "kk", Fate.MUTED, None, "no consent"),
]


def test_the_table_tells_why_and_sorts() -> None:
    report = Report(ONE, "ru")
    report.add(ROWS)
    sheet = openpyxl.load_workbook(BytesIO(report.content())).active
    assert report.content() == report.content(), "an upload that failed is made again"
    assert sheet
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][3:] == ("Итог", "Когда", "Причина")
    assert [(line[0], line[3], line[5] or "") for line in lines[1:]] == [
        ("••001", "отправлено", ""),
        ("••002", "заблокировали бота", ""),
        ("••003", "не дошло", "Telegram: Bad Request: chat not found"),
        ("••004", "отправлено", "прошло больше 48 часов: остаётся"),
        ("=1+1", "отказались", "согласие на хранение данных отозвано"),
    ]
    assert (sheet.freeze_panes, sheet["A1"].font.b, sheet["A2"].font.b) == ("A2", True, False)
    assert sheet.auto_filter.ref == "A1:F1000001"
