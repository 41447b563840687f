"""Small real files made by hand: the smallest that other programs open too."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def a_png(width: int = 800, height: int = 600, shade: int = 0) -> bytes:
    """A grey picture; another shade is another file."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_jpg(width: int = 1280, height: int = 960, note: bytes = b"") -> bytes:
    """The segments of a JPEG with a scan of a few bytes; another note is another file."""
    exif = b"Exif\0\0 a thumbnail ends so: \xff\xd9" + note
    return b"".join(
        (
            b"\xff\xd8",
            b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif,
            b"\xff\xff\xdb" + struct.pack(">H", 67) + bytes(65),  # after a fill byte
            b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00",
            b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00",
            b"\x12\x34\x56",
            b"\xff\xd9",
        )
    )


def a_pdf(pages: int = 1, note: str = "") -> bytes:
    """A PDF of empty pages; another note is another file."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj",
        f"2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {pages} >>\nendobj",
        *(
            f"{number + 3} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj"
            for number in range(pages)
        ),
    ]
    trailer = f"trailer\n<< /Root 1 0 R >>\n% {note}\n%%EOF\n"
    return ("%PDF-1.4\n" + "\n".join(objects) + "\n" + trailer).encode()


def a_docx(words: str = "Bir", **more: str) -> bytes:
    """A Word document of one paragraph; `more` adds parts by name."""
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    )
    return a_zip({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": body, **more})


def a_zip(parts: dict[str, str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def an_exe() -> bytes:
    return b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(200)


def a_heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
