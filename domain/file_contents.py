"""What a file really is, from its bytes: nothing is unpacked, decoded or run.

A name and a sender's word prove nothing. Pictures are walked through to their end mark, a PDF must begin and
end as one and have a page, and a .docx is a zip archive whose list of contents names a Word document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from domain.documents import check_pixels
from domain.refusal import Reason, Refused

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
JPEG_END = b"\xff\xd9"
# Markers that carry a picture's size (ITU-T T.81, table B.1: SOF0-SOF15 but DHT, JPG and DAC).
JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_SCAN = 0xDA
# Readers accept a PDF whose mark stands within the first kilobyte (Adobe's implementation note to PDF 1.7, 3.4.1).
PDF_HEAD = 1024
ZIP = b"PK\x03\x04"
ZIP_ENTRY = b"PK\x01\x02"
MOST_ENTRIES = 5_000  # a real document has some dozens
MOST_UNPACKED = 200 << 20  # bytes that the archive's list may promise
ENCRYPTED = 0x1

Check = Callable[[bytes], None]


def check_contents(data: bytes, formats: Sequence[str]) -> str:
    """The real type of the bytes: jpg, png, pdf or docx.

    Refused(FILE_EMPTY), Refused(FILE_NOT_WHAT_IT_SAYS) for anything not among `formats`, Refused(FILE_BROKEN)
    for what is cut short or damaged, Refused(PICTURE_TOO_SMALL).
    """
    if not data:
        raise Refused(Reason.FILE_EMPTY)
    kind = real_type(data)
    if kind not in formats:
        raise Refused(Reason.FILE_NOT_WHAT_IT_SAYS, formats=tuple(formats), sent=kind or _name(data))
    assert kind
    CHECKS[kind](data)
    return kind


def real_type(data: bytes) -> str | None:
    """jpg, png, pdf or docx by the bytes; None for anything else."""
    if data.startswith(JPEG):
        return "jpg"
    if data.startswith(PNG):
        return "png"
    if data.startswith(ZIP):
        return "docx" if _word_document(data) else None
    return "pdf" if b"%PDF-" in data[:PDF_HEAD] else None


def _name(data: bytes) -> str:
    """What else it may be: a guess at its ending, such as "heif"; "" when there is none."""
    if data.startswith(ZIP):
        return "zip"
    import puremagic  # needed for none of the types that we take

    try:
        return puremagic.from_string(data[:4096]).lstrip(".")
    except (puremagic.PureError, ValueError):
        return ""


def _jpg(data: bytes) -> None:
    """Walks the segments to the scan, where the picture's end must follow."""
    at, size = 2, None
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in JPEG_SIZES:
            size = _number(data, at + 7), _number(data, at + 5)
        if marker == JPEG_SCAN:
            # Looked for once: a file full of scans without an end would be gone through for each of them.
            return _whole_picture(size, ended=data.find(JPEG_END, at) > 0)
        at += 2 + _number(data, at + 2)
    raise Refused(Reason.FILE_BROKEN)


def _whole_picture(size: tuple[int, int] | None, *, ended: bool) -> None:
    if not size or not ended:
        raise Refused(Reason.FILE_BROKEN)
    check_pixels(*size)


def _png(data: bytes) -> None:
    """Walks the chunks from the header to the end mark."""
    at = len(PNG)
    if data[at + 4 : at + 8] != b"IHDR":
        raise Refused(Reason.FILE_BROKEN)
    width, height = _number(data, at + 8, 4), _number(data, at + 12, 4)
    while at + 12 <= len(data):
        if data[at + 4 : at + 8] == b"IEND":
            return check_pixels(width, height)
        at += 12 + _number(data, at, 4)
    raise Refused(Reason.FILE_BROKEN)


def _pdf(data: bytes) -> None:
    """A PDF that was cut short lacks its end mark; one whose list of pages is empty shows nothing."""
    if b"%%EOF" not in data:
        raise Refused(Reason.FILE_BROKEN)
    pages_hidden = b"/ObjStm" in data  # packed: not looked into
    if not pages_hidden and not re.search(rb"/Type\s*/Page(?![A-Za-z])", data):
        raise Refused(Reason.FILE_EMPTY)


def _docx(_data: bytes) -> None:
    """Whether it is one was already seen in the archive's list."""


def _word_document(data: bytes) -> bool:
    if data.count(ZIP_ENTRY) > MOST_ENTRIES:
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
    except (BadZipFile, LargeZipFile, ValueError, NotImplementedError, OverflowError):
        return False
    return _is_word(entries)


def _is_word(entries: dict[str, ZipInfo]) -> bool:
    """Word's own parts are there, readable and of a sane size, and no program hides among them."""
    body = entries.get("word/document.xml")
    if body is None or "[Content_Types].xml" not in entries or "word/vbaProject.bin" in entries:
        return False
    return not body.flag_bits & ENCRYPTED and sum(entry.file_size for entry in entries.values()) <= MOST_UNPACKED


def _number(data: bytes, at: int, width: int = 2) -> int:
    return int.from_bytes(data[at : at + width], "big")


CHECKS: dict[str, Check] = {"jpg": _jpg, "png": _png, "pdf": _pdf, "docx": _docx}
