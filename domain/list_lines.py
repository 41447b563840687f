"""An uploaded list as lines of words: a text in any of the usual encodings, or a spreadsheet.

What it really is, its bytes say. A spreadsheet is an archive and may unpack to far more than it is: what its own list
of contents promises is added up first (reading stops at what was promised), and no more rows and columns are read
than a list has.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from domain.refusal import Reason, Refused

MOST_BYTES = 5 << 20
MOST_LINES = 200_000
MOST_UNPACKED = 100 << 20  # bytes; 200 000 rows of ten columns are some 60 MB of XML
MOST_COLUMNS = 30
LONGEST_LINE = 2_000  # characters looked at
ZIP = b"PK\x03\x04"
BINARY = re.compile("[\x00-\x08\x0e-\x1f]")  # no text has these
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def lines_of(data: bytes) -> list[str]:
    """The lines that say something; the cells of a spreadsheet's row are parted by tabs.

    Refused: FILE_EMPTY, FILE_TOO_BIG (size, limit), TOO_MANY_ROWS (limit), NOT_A_LIST for what is neither text nor
    spreadsheet, FILE_BROKEN for a spreadsheet that cannot be read.
    """
    if not data.strip():
        raise Refused(Reason.FILE_EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(Reason.FILE_TOO_BIG, size=len(data), limit=MOST_BYTES)
    lines: list[str] = []
    for number, line in enumerate(_rows(data) if data.startswith(ZIP) else _text(data).splitlines()):
        if number >= MOST_LINES:
            raise Refused(Reason.TOO_MANY_ROWS, limit=MOST_LINES)
        if said := line[:LONGEST_LINE].strip():
            lines.append(said)
    return lines


def _text(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text
    raise Refused(Reason.NOT_A_LIST)


def _encodings(data: bytes) -> tuple[str, ...]:
    """Those it may be in, the surest first. Digits in UTF-16 are every second byte a zero."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return (encoding,)
    head = data[:1000]
    if head.count(0) * 4 > len(head):
        return ("utf-16-be",) if head[::2].count(0) > head[1::2].count(0) else ("utf-16-le",)
    return ("utf-8", "cp1251")


def _rows(data: bytes) -> Iterator[str]:
    try:
        yield from _of_workbook(data)
    except Refused:
        raise
    except Exception as error:  # whatever a damaged archive makes a reader stumble over
        raise Refused(Reason.FILE_BROKEN) from error


def _of_workbook(data: bytes) -> Iterator[str]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            raise Refused(Reason.NOT_A_LIST)
        if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
            raise Refused(Reason.TOO_MANY_ROWS, limit=MOST_LINES)
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield "\t".join(_cell(value) for value in row if value is not None)


def _cell(value: Any) -> str:
    """A telephone number that was typed into a cell is a number to a spreadsheet."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"\s+", " ", str(value))
