"""Which papers are asked for, and what is let in at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.competition import DocumentSlot
from domain.documents import (
    DOWNLOAD_LIMIT,
    LONGEST_NAME,
    Document,
    DocumentState,
    IncomingFile,
    SlotState,
    check_incoming,
    check_room,
    clean_name,
    missing_slots,
    promised_type,
    size_limit,
    slot_state,
    slots_for,
)
from domain.refusal import Reason, Refused
from tests.factories import NOW, a_competition, a_slot

FORMATS = ("jpg", "png", "pdf", "docx")


def a_document(slot: str = "id_card", state: DocumentState = DocumentState.STORED, **more: Any) -> Document:
    values: dict[str, Any] = {
        "id": 1,
        "draft_id": 1,
        "file_id": "f",
        "file_unique_id": "u",
        "photo": False,
        "album": None,
        "name": "scan.pdf",
        "file_type": "pdf",
        "size": 10,
        "added_at": NOW,
    }
    return Document(slot=slot, state=state, **{**values, **more})


def an_incoming(name: str = "scan.pdf", **more: Any) -> IncomingFile:
    return replace(IncomingFile("f", "u", name, "", 1000), **more)


def refusal(file: IncomingFile, limit: int = 5000) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        check_incoming(file, FORMATS, limit)
    return refused.value.reason, refused.value.facts


def keys(slots: tuple[DocumentSlot, ...]) -> list[str]:
    return [slot.key for slot in slots]


@pytest.mark.parametrize("groups", [None, [], ["none"], ()])
def test_proof_of_a_vulnerable_group_is_not_asked_of_who_names_none(groups: Any) -> None:
    slots = slots_for(a_competition(), {"vulnerable_groups": groups})
    assert keys(slots) == ["id_card", "registration", "pension", "extra"]


def test_proof_of_a_vulnerable_group_is_asked_of_who_names_one() -> None:
    slots = slots_for(a_competition(), {"vulnerable_groups": ["orphan"]})
    assert keys(slots) == ["id_card", "registration", "vulnerable", "pension", "extra"]


def test_files_on_their_way_fill_a_slot_and_refused_ones_do_not() -> None:
    slots = (a_slot("id_card"), a_slot("pension"), a_slot("registration"), a_slot("extra", required=False))
    held = [
        a_document("id_card", DocumentState.FETCHING),
        a_document("pension", DocumentState.REFUSED),
    ]
    assert keys(missing_slots(slots, held)) == ["pension", "registration"]


def test_both_sides_are_two_files() -> None:
    slot = replace(a_slot("id_card"), min_files=2)
    assert missing_slots((slot,), [a_document()]) == (slot,)
    assert missing_slots((slot,), [a_document(), a_document(id=2)]) == ()


@pytest.mark.parametrize(
    ("required", "states", "expected"),
    [
        (True, [], SlotState.WANTED),
        (False, [], SlotState.OPTIONAL),
        (True, ["stored"], SlotState.FILLED),
        (False, ["stored"], SlotState.FILLED),
        (True, ["stored", "fetching"], SlotState.ARRIVING),
        (True, ["stored", "refused"], SlotState.PROBLEM),
        (False, ["refused"], SlotState.PROBLEM),
    ],
)
def test_how_a_slot_stands(required: bool, states: list[str], expected: SlotState) -> None:
    held = [a_document(state=DocumentState(state)) for state in states]
    other = a_document("pension", DocumentState.REFUSED)
    assert slot_state(a_slot("id_card", required=required), [*held, other]) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (an_incoming("scan.PDF"), "pdf"),
        (an_incoming("scan.JPEG"), "jpg"),
        (an_incoming("scan.jfif"), "jpg"),
        (an_incoming("scan.docx", mime="application/zip"), "docx"),
        (an_incoming("scan", mime="application/pdf"), "pdf"),
        (an_incoming("scan 04.05.2026", mime="image/png; charset=binary"), "png"),
        (an_incoming("", photo=True), "jpg"),
        (an_incoming("scan.doc", mime="application/msword"), None),
        (an_incoming("jpg"), None),
        (an_incoming(""), None),
    ],
)
def test_the_type_is_read_from_the_name_and_then_from_the_sender(file: IncomingFile, expected: str | None) -> None:
    assert promised_type(file) == expected


def test_what_fits_comes_in() -> None:
    assert check_incoming(an_incoming(size=5000), FORMATS, 5000) == "pdf"
    assert check_incoming(an_incoming(size=None), FORMATS, 5000) == "pdf"
    assert check_incoming(an_incoming("", photo=True, width=640, height=480), FORMATS, 5000) == "jpg"


def test_what_does_not_fit_is_refused_with_its_facts() -> None:
    assert refusal(an_incoming("a.heic")) == (Reason.FILE_TYPE, {"formats": FORMATS, "sent": "heic"})
    assert refusal(an_incoming("", mime="video/mp4")) == (Reason.FILE_TYPE, {"formats": FORMATS, "sent": "mp4"})
    assert refusal(an_incoming(size=0)) == (Reason.FILE_EMPTY, {})
    assert refusal(an_incoming(size=5001)) == (Reason.FILE_TOO_BIG, {"size": 5001, "limit": 5000})
    small = an_incoming("", photo=True, width=320, height=240)
    assert refusal(small) == (Reason.PICTURE_TOO_SMALL, {"width": 320, "height": 240, "least": 300_000})


def test_a_type_that_this_slot_does_not_take_is_refused() -> None:
    with pytest.raises(Refused, match="file_type"):
        check_incoming(an_incoming("a.docx"), ("pdf",), 5000)


def test_a_slot_takes_no_more_than_fits_and_refused_files_take_no_place() -> None:
    slot = replace(a_slot("id_card"), max_files=2)
    check_room(slot, [a_document(), a_document(state=DocumentState.REFUSED), a_document("pension")])
    with pytest.raises(Refused) as refused:
        check_room(slot, [a_document(), a_document(state=DocumentState.FETCHING)])
    assert (refused.value.reason, refused.value.facts) == (Reason.TOO_MANY_FILES, {"limit": 2})


def test_no_slot_promises_more_than_can_be_fetched() -> None:
    assert size_limit(replace(a_slot("id_card"), max_bytes=50 << 20)) == DOWNLOAD_LIMIT
    assert size_limit(replace(a_slot("id_card"), max_bytes=5 << 20)) == 5 << 20


def test_a_name_gets_the_ending_of_the_real_type() -> None:
    assert a_document(name="scan.pdf", file_type="jpg").file_name == "scan.jpg"
    assert a_document(name="04.05.2026", file_type="pdf").file_name == "04.05.2026.pdf"
    assert a_document(name="", file_type="jpg").file_name == "file.jpg"


def test_a_name_cannot_pretend_by_direction_marks_or_folders() -> None:
    assert clean_name("photo\u202egpj.exe") == "photo gpj.exe"
    assert clean_name("../../etc/пас порт\n.pdf") == "пас порт .pdf"
    assert clean_name("C:\\scans\\id.jpg") == "id.jpg"


@given(st.text(max_size=300))
def test_any_name_becomes_one_short_line(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= LONGEST_NAME
    assert not set("/\\\n\r\t\0\u202e\u200b") & set(cleaned)
    assert cleaned == cleaned.strip()
    assert clean_name(cleaned) == cleaned


@given(st.text(max_size=100), st.text(max_size=30))
def test_any_name_is_a_known_type_or_is_refused(name: str, mime: str) -> None:
    file = an_incoming(name, mime=mime)
    if (kind := promised_type(file)) is None:
        assert refusal(file)[0] is Reason.FILE_TYPE
    else:
        assert check_incoming(file, FORMATS, 5000) == kind
