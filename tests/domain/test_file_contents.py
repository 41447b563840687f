"""What a file really is."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import file_contents
from domain.file_contents import check_contents, real_type
from domain.refusal import Reason, Refused
from tests.files import a_docx, a_heic, a_jpg, a_pdf, a_png, a_zip, an_exe

ALL = ("jpg", "png", "pdf", "docx")
REAL = [("png", a_png()), ("jpg", a_jpg()), ("pdf", a_pdf()), ("docx", a_docx())]


def refusal(data: bytes, formats: tuple[str, ...] = ALL) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        check_contents(data, formats)
    return refused.value.reason, refused.value.facts


@pytest.mark.parametrize(("kind", "data"), REAL)
def test_real_files_are_what_they_are(kind: str, data: bytes) -> None:
    assert check_contents(data, ALL) == kind


def test_a_pdf_may_begin_after_a_few_bytes_and_go_on_after_its_end() -> None:
    assert check_contents(b"\xef\xbb\xbf\r\n" + a_pdf() + b"\n<!-- printed by the portal -->" * 500, ALL) == "pdf"


def test_a_pdf_with_packed_objects_is_not_looked_into() -> None:
    packed = a_pdf(pages=0).replace(b"/Catalog", b"/Catalog /Names 9 0 R /X /ObjStm")
    assert check_contents(packed, ALL) == "pdf"


@pytest.mark.parametrize(
    ("data", "sent"),
    [
        (a_zip({"a.txt": "hello"}), "zip"),
        (a_zip({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "zip"),
        (a_docx(**{"word/vbaProject.bin": "macro"}), "zip"),
        (a_heic(), "heif"),
        (b"PK\x03\x04 and nothing of an archive", "zip"),
        (b"just words", ""),
    ],
)
def test_what_is_none_of_the_formats_is_refused_whatever_its_name(data: bytes, sent: str) -> None:
    assert refusal(data) == (Reason.FILE_NOT_WHAT_IT_SAYS, {"formats": ALL, "sent": sent})


def test_a_program_named_as_a_picture_is_refused() -> None:
    assert refusal(an_exe())[0] is Reason.FILE_NOT_WHAT_IT_SAYS


def test_a_real_file_of_a_format_that_is_not_taken_here_is_refused() -> None:
    assert refusal(a_docx(), ("pdf",)) == (
        Reason.FILE_NOT_WHAT_IT_SAYS,
        {"formats": ("pdf",), "sent": "docx"},
    )


def test_an_empty_file_and_a_pdf_without_a_page_are_empty() -> None:
    assert refusal(b"") == (Reason.FILE_EMPTY, {})
    assert refusal(a_pdf(pages=0)) == (Reason.FILE_EMPTY, {})


@pytest.mark.parametrize(("kind", "data"), [one for one in REAL if one[0] != "docx"])
def test_what_was_cut_short_on_the_way_is_broken(kind: str, data: bytes) -> None:
    assert refusal(data[:-10]) == (Reason.FILE_BROKEN, {})
    assert refusal(data[:24])[0] in {Reason.FILE_BROKEN}


def test_a_docx_cut_short_is_no_docx() -> None:
    assert refusal(a_docx()[:-10])[0] is Reason.FILE_NOT_WHAT_IT_SAYS


@pytest.mark.parametrize("data", [a_png(400, 300), a_jpg(400, 300)])
def test_a_picture_too_small_to_read_is_refused_by_its_own_numbers(data: bytes) -> None:
    assert refusal(data) == (Reason.PICTURE_TOO_SMALL, {"width": 400, "height": 300, "least": 300_000})


def test_a_bomb_is_refused_by_what_it_promises_without_unpacking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object, **_options: object) -> None:
        raise AssertionError("unpacked")

    bomb = a_docx(**{f"word/media/{n}.bin": "0" * (1 << 20) for n in range(5)})
    monkeypatch.setattr(ZipFile, "open", never)
    assert check_contents(bomb, ALL) == "docx"
    monkeypatch.setattr(file_contents, "MOST_UNPACKED", 4 << 20)
    assert refusal(bomb)[0] is Reason.FILE_NOT_WHAT_IT_SAYS


def test_an_archive_of_thousands_of_names_is_not_even_listed() -> None:
    data = a_docx() + b"PK\x01\x02" * 6_000
    assert real_type(data) is None


@given(st.sampled_from([a_png(), a_jpg(), a_pdf(), a_docx(), b""]), st.data())
def test_no_bytes_break_the_check(data: bytes, draw: st.DataObject) -> None:
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(0, 5))):
        if broken:
            broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(broken)))
    assert what_comes_of(bytes(broken[:cut])) in {
        *ALL,
        Reason.FILE_EMPTY,
        Reason.FILE_BROKEN,
        Reason.FILE_NOT_WHAT_IT_SAYS,
        Reason.PICTURE_TOO_SMALL,
    }


def what_comes_of(data: bytes) -> str:
    try:
        return check_contents(data, ALL)
    except Refused as refused:
        return refused.reason
