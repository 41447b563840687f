"""Uploaded lists: every usual encoding and separator, spreadsheets, and files that are none of it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from domain import list_lines
from domain.list_entries import Entries, entries_of
from domain.list_lines import MOST_BYTES, lines_of
from domain.refusal import Reason, Refused

TEXT = "ФИО;Телефон\r\nАйгерім;8 (701) 000-00-01\r\n\r\nДанила;+7 701 000 00 02\r\n"
KNOWN = Entries((), ("+77010000001", "+77010000002"))


def sheet(*rows: tuple[str | int | float, ...]) -> bytes:
    into = BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet()
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    book.close()
    return into.getvalue()


def archive(**files: bytes) -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return into.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding(encoding: str) -> None:
    assert entries_of(lines_of(TEXT.encode(encoding))) == KNOWN


def test_the_old_encoding() -> None:
    old = TEXT.replace("Айгерім", "Айгерим").encode("cp1251")
    assert lines_of(old)[0] == "ФИО;Телефон"
    assert entries_of(lines_of(old)) == KNOWN


@pytest.mark.parametrize("between", [",", ";", "\t", "|", " ", " ; ", ", ", "\n"])
def test_every_separator(between: str) -> None:
    named = ["27-2026-000001", "+77010000001", "87010000002", "7010000003", "+1 202 555 0143"]
    read = entries_of(between.join(named[:4]).splitlines())
    assert read == Entries(("27-2026-000001",), ("+77010000001", "+77010000002", "+77010000003"))
    assert entries_of([named[4]]).phones == ("+12025550143",)


def test_what_is_named_again_and_what_is_not_understood() -> None:
    lines = ["8 701 000 00 01", "+77010000001", "27–2026–000001 27-2026-000001", "050101123456", "жоқ", *"abcde"]
    read = entries_of(lines)
    assert read == Entries(("27-2026-000001",), ("+77010000001",), 2, 7, ("••••••••••56", "жоқ", "a", "b", "c"))


def test_a_spreadsheet_with_numbers_as_numbers() -> None:
    data = sheet(("Аты", "Телефон"), ("Айгерім", 77010000001), ("Данила", 77010000002.0), ("27-2026-000001",))
    assert entries_of(lines_of(data)) == Entries(("27-2026-000001",), KNOWN.phones)


def refused(data: bytes) -> Reason:
    with pytest.raises(Refused) as caught:
        lines_of(data)
    return caught.value.reason


def test_what_is_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    good = sheet(("+77010000001",))
    assert refused(b" \r\n") is Reason.FILE_EMPTY
    assert refused(b"1" * (MOST_BYTES + 1)) is Reason.FILE_TOO_BIG
    assert refused(b"%PDF-1.7\n\x00\x01\x02\xff\xfe") is Reason.NOT_A_LIST
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is Reason.NOT_A_LIST
    assert refused(archive(word__document_xml=b"<a/>")) is Reason.NOT_A_LIST
    assert refused(archive(xl__workbook_xml=b"<a/>")) is Reason.FILE_BROKEN
    assert refused(good[: len(good) // 2]) is Reason.FILE_BROKEN
    assert lines_of(good.replace(b"xl/worksheets", b"xl/worksheetz")) == []
    monkeypatch.setattr(list_lines, "MOST_LINES", 3)
    assert refused(b"1\n" * 4) is Reason.TOO_MANY_ROWS
    assert refused(sheet(*[("1",)] * 4)) is Reason.TOO_MANY_ROWS


def test_a_bomb_is_not_unpacked() -> None:
    bomb = archive(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=bytes(list_lines.MOST_UNPACKED))
    assert len(bomb) < 200_000
    assert refused(bomb) is Reason.TOO_MANY_ROWS
